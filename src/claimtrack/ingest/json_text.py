"""Bytes to JSON values, strictly: what two programs could read differently is refused.

The decoder of the standard library does the work at C speed. Only when it refuses, or
when a hook finds something it would let pass, is the text walked again to say where.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NoReturn

from claimtrack.ingest import layout
from claimtrack.ingest.places import PathParts, Problem, shown

DEEPEST = 64
"""Levels of lists and objects. An import file has five; more is an attack or a mistake."""

MOST = 500
"""Faults placed in one text: placing each costs a walk."""

INT64 = range(-(2**63), 2**63)
_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_START = 'begin it with {"claimtrack": 1, …}'
_SAVE = "save the file as UTF-8 (in most editors under “Save as… > Encoding”)"

_SYNTAX = (
    ("Expecting property name", "a key in double quotes is missing", 'write {"key": value}'),
    (
        "Illegal trailing comma",
        "there is a comma after the last item",
        "remove the comma",
    ),
    ("Expecting ',' delimiter", "a comma or a closing bracket is missing", "add it before this"),
    ("Expecting ':' delimiter", "a colon is missing after the key", 'write {"key": value}'),
    (
        "Invalid control character",
        "there is a line break, tab or other control character inside quotes",
        "close the quotes on the same line, or write \\n for a line break and \\t for a tab",
    ),
    (
        "Invalid \\u",
        "\\u must be followed by four hexadecimal digits",
        "write \\u00e9, or \\\\ for a backslash itself",
    ),
    (
        "Invalid \\",
        "a backslash inside quotes is followed by a character that it cannot escape",
        "write \\\\ for a backslash itself",
    ),
    ("Unterminated string", "the quotes that open here are never closed", 'add a closing "'),
    (
        "Extra data",
        "there is more text after the end of the JSON value",
        "remove it; if the file has one entry a line, name it .jsonl or give --format jsonl",
    ),
    (
        "Expecting value",
        "a value is missing, or is not written as JSON",
        "write text in double quotes, a number, true, false, null, a list or an object",
    ),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a text: the offset, the sentence, the remedy."""

    at: int
    message: str
    hint: str


class Unreadable(Exception):
    """A text that is not JSON, or not JSON of one meaning; holds every fault that was found."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults; there is at least one."""
        super().__init__(faults[0].message)
        self.faults = faults

    def problems(self, file: str, text: str, first_line: int = 1) -> Iterator[Problem]:
        """Place the faults in a file."""
        lines = layout.Lines(text, first_line)
        for fault in sorted(self.faults, key=lambda fault: fault.at):
            line, column = lines.line(fault.at), lines.column(fault.at)
            yield Problem(file, line, "", fault.message, fault.hint, column)


class NotText(Exception):
    """Bytes that are not UTF-8; `at` is the first bad byte."""

    def __init__(self, message: str, at: int) -> None:
        """Keep the sentence and the offset."""
        super().__init__(message)
        self.message = message
        self.at = at

    def problem(self, file: str, data: bytes, first_line: int = 1) -> Problem:
        """Place the bad byte in a file."""
        line = first_line + data.count(b"\n", 0, self.at)
        column = self.at - data.rfind(b"\n", 0, self.at)
        return Problem(file, line, "", self.message, _SAVE, column)


class _Repeated(ValueError):
    """An object has a key twice."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Repeated
    return found


def _integer(digits: str) -> int:
    if len(digits) > 20:
        raise ValueError
    number = int(digits)
    if number not in INT64:
        raise ValueError
    return number


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


_decode = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_integer, parse_constant=_constant
).decode


def text_of(data: bytes) -> str:
    """Decode bytes as UTF-8, without the byte order mark some editors put in front.

    Raises `NotText` for everything else; nothing is guessed and nothing replaced.
    """
    if data.startswith(_OTHER_BOMS) or b"\x00" in data[:4]:
        raise NotText("this is not UTF-8 but looks like UTF-16 or UTF-32", 0)
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        at = error.start + (len(_BOM) if data.startswith(_BOM) else 0)
        raise NotText(f"byte 0x{data[at]:02x} is not UTF-8 text", at) from None


def parse(text: str) -> Any:
    """Decode a JSON text; raises `Unreadable` with every fault that could be placed.

    Refused beyond what JSON itself forbids: keys given twice (readers differ on which
    one counts), whole numbers beyond 64 bits, and nesting deeper than `DEEPEST`.
    """
    try:
        value = _decode(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(*(_faults(text, error))) from None
    if text.count("[") + text.count("{") > DEEPEST and _too_deep(value):
        raise Unreadable(*_depth_faults(text))
    return value


def _too_deep(value: object) -> bool:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(DEEPEST):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True


def _faults(text: str, error: Exception) -> list[Fault]:
    if isinstance(error, RecursionError):
        return _depth_faults(text)
    if isinstance(error, json.JSONDecodeError):
        return [_syntax_fault(text, error)]
    numbers = list(islice(_number_faults(text), MOST))
    if numbers or not isinstance(error, _Repeated):
        return numbers or [Fault(0, "this is not JSON", _START)]
    try:
        json.loads(text)
        return _depth_faults(text) or list(islice(_repeated_faults(text), MOST))
    except json.JSONDecodeError as other:
        return [_syntax_fault(text, other)]
    except RecursionError:
        return _depth_faults(text)


def _syntax_fault(text: str, error: json.JSONDecodeError) -> Fault:
    if not text.strip(" \t\r\n"):
        return Fault(0, "there is nothing in the file", _START)
    before = text[: error.pos].rstrip(" \t\r\n")
    if text[error.pos : error.pos + 1] in ("]", "}") and before.endswith(","):
        return Fault(len(before) - 1, *_SYNTAX[1][1:])
    end = len(text.rstrip(" \t\r\n"))
    if error.pos >= end and not error.msg.startswith("Extra"):
        hint = "close every list and object, or fetch the file again if it was cut off"
        return Fault(end, "the text ends before the JSON does", hint)
    for beginning, message, hint in _SYNTAX:
        if error.msg.startswith(beginning):
            return Fault(error.pos, message, hint)
    return Fault(error.pos, "this is not JSON", _START)


def _number_faults(text: str) -> Iterator[Fault]:
    """Find bare words that are no JSON, and whole numbers that other programs would round."""
    for at, token in layout.tokens(text):
        if token in ("NaN", "Infinity", "-Infinity"):
            yield Fault(at, f"{token} is not a number in JSON", 'write null or "unknown"')
        elif token.lstrip("-").isdigit() and (len(token) > 20 or int(token) not in INT64):
            limit = "whole numbers go from -9223372036854775808 to 9223372036854775807"
            yield Fault(at, f"the number {shown(token)[1:-1]} is too large", limit)


def _depth_faults(text: str) -> list[Fault]:
    depth = 0
    for at, token in layout.tokens(text):
        depth += token in ("[", "{")
        depth -= token in ("]", "}")
        if depth > DEEPEST:
            what = f"lists and objects are nested more than {DEEPEST} deep"
            return [Fault(at, what, "an import file needs five levels; look for a stray bracket")]
    return []


def _repeated_faults(text: str) -> Iterator[Fault]:
    for at, key in layout.repeated_keys(text):
        what = f"the key {shown(key)} is there twice in one object"
        yield Fault(at, what, "keep one of the two")


def unfit_text(value: object) -> Iterator[tuple[PathParts, str, str]]:
    """Find text that cannot be kept everywhere: NUL characters and half surrogate pairs.

    Databases and UTF-8 refuse them. Gives the path, the sentence and the remedy.
    """
    waiting: list[tuple[PathParts, object]] = [((), value)]
    while waiting:
        path, item = waiting.pop()
        if isinstance(item, dict):
            for key, child in item.items():
                waiting += [((*path, key), child), ((*path, key), key)]
        elif isinstance(item, list):
            waiting += [((*path, at), child) for at, child in enumerate(item)]
        elif isinstance(item, str) and "\0" in item:
            yield path, "the text has a NUL character in it (\\u0000)", "remove it"
        elif isinstance(item, str) and any("\ud800" <= char <= "\udfff" for char in item):
            hint = "write the character itself, or both halves (\\ud83d\\ude00)"
            yield path, "the text has half of a surrogate pair in it", hint


def may_be_unfit(text: str) -> bool:
    """Whether a JSON text needs the slower look of `unfit_text`; only escapes can hide it."""
    return "\\u" in text and ("\\u0000" in text or "\\ud" in text or "\\uD" in text)
