"""Read JSON Lines as a stream: one entry a line, in memory bounded by the longest line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from claimtrack.ingest import json_text, layout, quick
from claimtrack.ingest.entries import BY_TYPE, Entry
from claimtrack.ingest.item import Item, make_item
from claimtrack.ingest.located import check, id_of
from claimtrack.ingest.places import Problem, advice, one_of, shown, written
from claimtrack.ingest.wording import Finding, described

LONGEST = 16 * 2**20
"""Bytes of a line. A claim has a few hundred; without a limit one line could fill memory."""

_TYPES = f'begin the entry with "type": {one_of(BY_TYPE)}'


def read_lines(name: str, stream: BinaryIO) -> Iterator[Item | Problem]:
    """Give the entry, or the problems, of each line; blank lines are skipped.

    `name` stands for the stream in problems. Never raises for bad data.
    """
    number = 0
    first = True
    while raw := stream.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST:
            _skip_line(stream, raw)
            yield _too_long(name, number)
            continue
        if (item := quick.read(name, number, raw)) is not None:
            first = False
            yield item
            continue
        if raw.isspace():
            continue
        if first and (problem := _wrong_kind(name, number, raw)) is not None:
            yield problem
            return
        first = False
        found = _line(name, number, raw)
        if isinstance(found, list):
            yield from found
        else:
            yield found


def _skip_line(stream: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(LONGEST)


def _too_long(name: str, number: int) -> Problem:
    what = f"the line is longer than {LONGEST // 2**20} MiB"
    return Problem(name, number, "", what, "write one entry a line; quote less of the document")


def _wrong_kind(name: str, number: int, raw: bytes) -> Problem | None:
    """Look at the first line for another encoding, or a document spread over lines."""
    try:
        text = json_text.text_of(raw).strip()
    except json_text.NotText as error:
        return error.problem(name, raw, number) if error.at == 0 else None
    if text in ("{", "[") or text.replace(" ", "").startswith('{"claimtrack":'):
        what = "this is a JSON document, not JSON Lines (one entry a line)"
        return Problem(name, number, "", what, "name the file .json, or give --format json")
    return None


def _line(name: str, number: int, raw: bytes) -> Item | list[Problem]:
    try:
        text = json_text.text_of(raw)
        data = json_text.parse(text)
    except json_text.NotText as error:
        return [error.problem(name, raw, number)]
    except json_text.Unreadable as error:
        return list(error.problems(name, text, number))
    checked = _entry(data, unfit=json_text.may_be_unfit(text))
    if not isinstance(checked, list):
        return make_item(checked.type, checked.plain(), name, number)
    top = layout.start(text)
    return [
        Problem(
            name,
            number,
            written(path),
            message,
            hint,
            layout.find(text, top, path) + 1,
            id_of(data),
        )
        for path, message, hint in checked
    ]


def _entry(data: Any, *, unfit: bool) -> Entry | list[Finding]:
    """Choose the model by the type the line gives."""
    if not isinstance(data, dict):
        return [((), f"must be an object, not {described(data)}", 'write {"type": "claim", …}')]
    kind = data.pop("type", None)
    if isinstance(kind, str) and kind in BY_TYPE:
        return check(BY_TYPE[kind], data, unfit=unfit)
    if kind is None:
        return [((), "the key 'type' is missing", _TYPES)]
    if isinstance(kind, str):
        return [(("type",), f"{shown(kind)} is no type of entry", advice(kind, BY_TYPE))]
    return [(("type",), f"must be text, not {described(kind)}", _TYPES)]
