"""Fold text for searching, so that capitals, accents and blanks make no difference.

The same in every script and on every database: compatibility decomposition (NFKD) without
combining marks, case folded as Unicode says, every run of blanks one blank. A letter with
an accent is found without it; marks that are letters of their own (vowel signs of Indic
scripts) stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a searched text stands in another, and whether no letter or digit adjoins it."""

    start: int
    end: int
    alone: bool


def fold(text: str) -> str:
    """Give the text as it is searched; two texts that fold alike are found by each other."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    return _BLANKS.sub(" ", _plain(text)).strip(" ")


def passage(parts: Sequence[str | None]) -> str:
    """Give several texts as one that is searched; what another of them holds is not repeated."""
    told = ""
    for part in parts:
        # A folded part has no line break: what is found in the passage is in one part of it.
        if part and (folded := fold(part)) not in told:
            told = f"{told}\n{folded}" if told else folded
    return told


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", decomposed)
        if not unicodedata.combining(letter)
    )


def places(text: str, folded_term: str) -> list[Place]:
    """Find where a folded term stands in an unfolded text, in places of that text."""
    letters: list[str] = []
    origins: list[int] = []
    for at, letter in enumerate(text):
        for plain in _plain(letter):
            if not _BLANKS.match(plain):
                letters.append(plain)
                origins.append(at)
            elif letters and letters[-1] != " ":
                letters.append(" ")
                origins.append(at)
    folded = "".join(letters)
    found = []
    at = folded.find(folded_term) if folded_term else -1
    while at >= 0:
        end = at + len(folded_term)
        last = origins[end - 1] + 1
        while last < len(text) and unicodedata.combining(text[last]):
            last += 1
        found.append(Place(origins[at], last, _alone(folded, at, end)))
        at = folded.find(folded_term, end)
    return found


def stands_alone(folded: str, folded_term: str) -> bool:
    """Whether the term stands somewhere with no letter or digit before or behind it."""
    at = folded.find(folded_term)
    while at >= 0:
        if _alone(folded, at, at + len(folded_term)):
            return True
        at = folded.find(folded_term, at + 1)
    return False


def _alone(folded: str, start: int, end: int) -> bool:
    before = start > 0 and folded[start - 1].isalnum()
    behind = end < len(folded) and folded[end].isalnum()
    return not before and not behind
