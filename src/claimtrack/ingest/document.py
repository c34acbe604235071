"""Read a JSON document: the lists of an import file, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from claimtrack.ingest import json_text, layout
from claimtrack.ingest.entries import BY_LIST, VERSION
from claimtrack.ingest.item import Item, make_item
from claimtrack.ingest.located import check, id_of
from claimtrack.ingest.places import PathParts, Problem, Problems, meant, shown, written
from claimtrack.ingest.wording import Finding, described

_HEAD = 'begin the file with {"claimtrack": 1, …}'
_KEYS = ("claimtrack", *BY_LIST)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds: the good entries, and the problems up to the limit of `Problems`."""

    entries: list[Item]
    problems: Problems


def read_document(name: str, data: bytes) -> Parsed:
    """Read a whole JSON document; `name` stands for it in problems. Never raises for bad data."""
    parsed = Parsed([], Problems())
    for item in items(name, data):
        if isinstance(item, Problem):
            parsed.problems.add(item)
        else:
            parsed.entries.append(item)
    return parsed


def items(name: str, data: bytes) -> Iterator[Item | Problem]:
    """Give the entries and problems of a document in the order of the file."""
    try:
        text = json_text.text_of(data)
        value = json_text.parse(text)
    except json_text.NotText as error:
        yield error.problem(name, data)
        return
    except json_text.Unreadable as error:
        yield from error.problems(name, text)
        return
    yield from _Reading(name, text).walk(value)


class _Reading:
    """One document being read; keeps the text to find lines in it."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._unfit = json_text.may_be_unfit(text)
        self._lines = layout.Lines(text)

    def walk(self, value: Any) -> Iterator[Item | Problem]:
        """Check the head, then each list."""
        top = layout.start(self._text)
        if not isinstance(value, dict):
            yield self._problem(top, (), (), f"must be an object, not {described(value)}", _HEAD)
            return
        if "claimtrack" not in value:
            yield self._problem(top, (), (), "the key 'claimtrack' is missing", _HEAD)
        elif (fault := _version_fault(value["claimtrack"])) is not None:
            yield self._problem(top, (), *fault)
            if fault[1].startswith("made for"):
                return
        for member in layout.members(self._text, top):
            key = str(member.key)
            if key in BY_LIST:
                yield from self._list(key, value[key], member.value_at)
            elif key != "claimtrack":
                yield self._problem(member.key_at, (), *_unknown(key))

    def _list(self, key: str, value: object, list_at: int) -> Iterator[Item | Problem]:
        if not isinstance(value, list):
            what = f"must be a list, not {described(value)}"
            yield self._problem(list_at, (key,), (), what, "put the entries in square brackets")
            return
        for member, data in zip(layout.members(self._text, list_at), value, strict=True):
            checked = check(BY_LIST[key], data, unfit=self._unfit)
            if isinstance(checked, list):
                for finding in checked:
                    problem = self._problem(member.value_at, (key, member.key), *finding)
                    yield replace(problem, entry=id_of(data))
            else:
                line = self._lines.line(member.value_at)
                path = f"{key}[{member.key}]"
                yield make_item(checked.type, checked.plain(), self._name, line, path)

    def _problem(
        self, at: int, above: PathParts, path: PathParts, message: str, hint: str
    ) -> Problem:
        """Place a finding; `path` leads on from the value at an offset."""
        line = self._lines.line(layout.find(self._text, at, path))
        return Problem(self._name, line, written((*above, *path)), message, hint)


def _version_fault(version: object) -> Finding | None:
    path = ("claimtrack",)
    if isinstance(version, bool) or not isinstance(version, int):
        return path, f"must be the number {VERSION}, not {described(version)}", _HEAD
    if version > VERSION:
        what = f"made for a newer claimtrack: the format is {version}, this one reads {VERSION}"
        return path, what, "upgrade claimtrack"
    if version < VERSION:
        return path, f"there is no format {version}", _HEAD
    return None


def _unknown(key: str) -> Finding:
    near = meant(key, _KEYS)
    hint = f"did you mean '{near}'?" if near else f"the keys are {', '.join(_KEYS)}"
    return (key,), f"unknown key {shown(key)}", hint
