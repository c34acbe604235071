"""Files: what cannot be opened is told in a sentence."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from claimtrack.ingest import reader
from claimtrack.ingest.places import Problem
from claimtrack.ingest.reader import Format, format_of, read

LINE = b'{"type": "event", "id": "e", "title": "E"}\n'
DOCUMENT = b'{"claimtrack": 1, "events": [{"id": "e", "title": "E"}]}'


def only(name: Path | str, form: Format | None = None) -> object:
    """Read a file that gives one thing."""
    (found,) = read(str(name), form)
    return found.message if isinstance(found, Problem) else found.entry


def test_the_name_tells_the_format(tmp_path: Path) -> None:
    assert format_of("a.JSONL") is format_of("a.ndjson") is Format.JSONL
    assert format_of("a.json") is format_of("-") is format_of("a.txt") is Format.JSON
    (tmp_path / "a.jsonl").write_bytes(LINE)
    (tmp_path / "a.json").write_bytes(DOCUMENT)
    assert only(tmp_path / "a.jsonl") == only(tmp_path / "a.json") == {"id": "e", "title": "E"}


def test_the_format_can_be_forced(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(LINE)
    assert only(tmp_path / "a.json", Format.JSONL) == {"id": "e", "title": "E"}


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE)))
    assert only("-", Format.JSONL) == {"id": "e", "title": "E"}
    assert not sys.stdin.closed


def test_what_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    assert only(tmp_path / "none.json") == "there is no such file"
    assert only("a\0b") == "there is no such file"
    assert only(tmp_path) == "this is a directory, not a file"
    assert "cannot be read" in str(only(tmp_path / ("x" * 5000)))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_a_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(DOCUMENT)
    path.chmod(0)
    assert only(path) == "the file may not be read"


def test_a_document_too_large_to_read_whole_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(DOCUMENT)
    monkeypatch.setattr(reader, "LARGEST", len(DOCUMENT))
    assert only(path) == {"id": "e", "title": "E"}
    monkeypatch.setattr(reader, "LARGEST", len(DOCUMENT) - 1)
    assert "too large to read whole" in str(only(path))
