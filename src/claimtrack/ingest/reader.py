"""Open import files, tell their format, and read them one after another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from claimtrack.ingest import document
from claimtrack.ingest.document import Parsed, read_document
from claimtrack.ingest.form import STDIN, Format, format_of
from claimtrack.ingest.item import Item
from claimtrack.ingest.lines import read_lines
from claimtrack.ingest.places import Problem, Problems

__all__ = [
    "Format",
    "Item",
    "Parsed",
    "Problem",
    "Problems",
    "format_of",
    "read",
    "read_document",
    "read_lines",
]

LARGEST = 256 * 2**20
"""Bytes of a JSON document, which is read whole; JSON Lines have no limit."""


def read(name: str, form: Format | None = None) -> Iterator[Item | Problem]:
    """Read a file, or standard input for `-`: entries and problems in order.

    A file that cannot be opened or read is a problem too. `form` overrides what the name
    says of the format.
    """
    try:
        with _open(name) as stream:
            if (form or format_of(name)) is Format.JSONL:
                yield from read_lines(name, stream)
            else:
                yield from _document(name, stream)
    except OSError as error:
        yield Problem(name, None, "", *_trouble(error))


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    if name == STDIN:
        return nullcontext(sys.stdin.buffer)
    if "\0" in name:
        raise FileNotFoundError(name)
    return Path(name).open("rb")


def _document(name: str, stream: BinaryIO) -> Iterator[Item | Problem]:
    data = stream.read(LARGEST + 1)
    if len(data) <= LARGEST:
        return document.items(name, data)
    what = f"the file is larger than {LARGEST // 2**20} MiB, too large to read whole"
    return iter([Problem(name, None, "", what, "write it as JSON Lines: one entry a line")])


def _trouble(error: OSError) -> tuple[str, str]:
    """Say why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file", "check the name; quote it if it has spaces"
    if isinstance(error, IsADirectoryError):
        return "this is a directory, not a file", "name the files in it, for example with *.json"
    if isinstance(error, PermissionError):
        return "the file may not be read", "ask for permission to read it, or copy it"
    reason = error.strerror or type(error).__name__
    return f"the file cannot be read: {reason}", "check the name and the disk"
