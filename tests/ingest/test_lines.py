"""JSON Lines: a stream of typed entries in bounded memory."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest import lines
from claimtrack.ingest.located import Located
from claimtrack.ingest.places import Problem
from claimtrack.ingest.reader import read_document, read_lines

CLAIM = {"type": "claim", "event": "e", "document": "d", "metric": "m", "value": 3}
GOOD = json.dumps(CLAIM).encode()


def read(data: bytes) -> list[Any]:
    """Read some lines."""
    return list(read_lines("f", io.BytesIO(data)))


def test_entries_carry_their_line_and_blank_lines_are_skipped() -> None:
    found = read(b"\xef\xbb\xbf" + GOOD + b"\r\n\n  \n" + GOOD)
    assert [(item.line, item.path, item.entry.type) for item in found] == [
        (1, "", "claim"),
        (4, "", "claim"),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{}", "f:2:1: the key 'type' is missing"),
        (b"[]", "f:2:1: must be an object, not a list"),
        (b'{"type": "clam"}', "f:2:10: type: 'clam' is no type of entry"),
        (b'{"type": 3}', "f:2:10: type: must be text, not the number 3"),
        (b'{"type": "event", "id": "E", "title": "x"}', "f:2:25: id: 'E' cannot be an id"),
        (b'{"type": "event"', "f:2:17: the text ends before the JSON does"),
        (b'{"type": "event", "type": "event"}', "f:2:19: the key 'type' is there twice"),
        (b'"\xff"', "f:2:2: byte 0xff is not UTF-8 text"),
    ],
)
def test_a_bad_line_is_told_and_the_next_is_read(line: bytes, sentence: str) -> None:
    first, problem, last = read(GOOD + b"\n" + line + b"\n" + GOOD)
    assert isinstance(first, Located) and isinstance(last, Located)
    assert last.line == 3
    assert str(problem).startswith(sentence)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{\n "claimtrack": 1\n}', "f:1: this is a JSON document, not JSON Lines"),
        (b'{"claimtrack": 1, "claims": []}', "f:1: this is a JSON document, not JSON Lines"),
        (GOOD.decode().encode("utf-16"), "f:1:1: this is not UTF-8 but looks like UTF-16"),
    ],
)
def test_a_file_of_another_kind_is_told_once(data: bytes, sentence: str) -> None:
    (problem,) = read(data)
    assert str(problem).startswith(sentence)


def test_a_very_long_line_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", len(GOOD) + 1)
    found = read(GOOD + b"\n" + b" " * 1000 + GOOD + b"\n" + GOOD)
    assert [type(item) for item in found] == [Located, Problem, Located]
    assert [item.line for item in found] == [1, 2, 3]


def test_lines_and_documents_agree() -> None:
    bad = CLAIM | {"stance": "denys", "value": {}}
    (first, second) = read(json.dumps(bad).encode())
    entry = {key: value for key, value in bad.items() if key != "type"}
    document = json.dumps({"claimtrack": 1, "claims": [entry]}).encode()
    others = read_document("f", document).problems.kept
    assert [(p.message, p.hint) for p in others] == [(p.message, p.hint) for p in (first, second)]


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    read(data)
    read(GOOD + b"\n" + data)
