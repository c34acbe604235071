"""Tell how an import file is written; apart from what reads it, which takes long to load."""

from __future__ import annotations

from enum import StrEnum

STDIN = "-"


class Format(StrEnum):
    """How a file is written."""

    JSON = "json"
    JSONL = "jsonl"


def format_of(name: str) -> Format:
    """Tell the format by the end of the name; standard input is taken for a JSON document."""
    return Format.JSONL if name.lower().endswith((".jsonl", ".ndjson")) else Format.JSON
