"""Where things stand in JSON text that is known to be well formed.

Decoders tell values and forget places. These functions walk the text again, skipping
what is not asked for at the speed of the decoder; all offsets are in characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimtrack.ingest.places import PathParts

_SPACE = re.compile(r"[ \t\n\r]*")
_SKIP = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]|-?[A-Za-z]+|-?[0-9][-+.0-9A-Za-z]*')
"""Quotes that are never closed reach to the end, lest each `\\"` in them be taken for others."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object or an element of a list, with the offsets of key and value."""

    key: str | int
    key_at: int
    value_at: int


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def start(text: str) -> int:
    """Find where the value of the text begins."""
    return _after_space(text, 0)


def members(text: str, at: int) -> Iterator[Member]:
    """Walk the object or list that begins at an offset; anything else has no members."""
    opening = text[at : at + 1]
    if opening not in ("{", "["):
        return
    at = _after_space(text, at + 1)
    index = 0
    while text[at] not in "}]":
        key_at, key = at, index
        if opening == "{":
            key, at = _SKIP.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + 1)
        yield Member(key, key_at, at)
        _, at = _SKIP.raw_decode(text, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        index += 1


def find(text: str, at: int, path: PathParts) -> int:
    """Find the value a path leads to from the value at an offset; the nearest one that exists."""
    for part in path:
        found = [member for member in members(text, at) if member.key == part]
        if not found:
            return at
        at = found[-1].value_at
    return at


def repeated_keys(text: str) -> Iterator[tuple[int, str]]:
    """Find every key that its object has already, with its offset."""
    waiting = [start(text)]
    while waiting:
        seen: set[str | int] = set()
        for member in members(text, waiting.pop()):
            if member.key in seen:
                yield member.key_at, str(member.key)
            seen.add(member.key)
            if text[member.value_at] in "{[":
                waiting.append(member.value_at)


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """Walk brackets, bare words and numbers with their offsets, well formed or not."""
    for found in _TOKEN.finditer(text):
        if not found[0].startswith('"'):
            yield found.start(), found[0]


class Lines:
    """Turn offsets into lines; ascending offsets cost one pass over the text in all."""

    def __init__(self, text: str, first: int = 1) -> None:
        """Begin at the top of a text whose first line has the number `first`."""
        self._text = text
        self._first = first
        self._at = 0
        self._line = first

    def line(self, offset: int) -> int:
        """Give the line of an offset."""
        if offset < self._at:
            self._at, self._line = 0, self._first
        self._line += self._text.count("\n", self._at, offset)
        self._at = offset
        return self._line

    def column(self, offset: int) -> int:
        """Give the column of an offset, from 1."""
        return offset - self._text.rfind("\n", 0, offset)
