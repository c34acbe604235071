"""Names made from content: the same thing gets the same name everywhere."""

from __future__ import annotations

import json.encoder
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b, sha256
from typing import Any

LENGTH = 12
"""Characters of an id: 60 bits, so that ten million rows meet by chance once in 20,000 cases."""


_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]


def _encoder(**how: Any) -> Callable[[object], str]:
    """Make an encoder to JSON without blanks, of data without circles.

    `JSONEncoder.encode` makes its inner encoder anew for every text, which takes longer
    than to encode a claim; so the inner one is kept, where the interpreter has it.
    """
    outer = json.JSONEncoder(separators=(",", ":"), **how)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return outer.encode
    text = "encode_basestring_ascii" if outer.ensure_ascii else "encode_basestring"
    written = (getattr(json.encoder, text), None, ":", ",")
    inner = make(None, outer.default, *written, outer.sort_keys, False, True)
    return lambda content: "".join(inner(content, 0))


_ascii = _encoder(ensure_ascii=True, default=str)
_sorted = _encoder(ensure_ascii=False, sort_keys=True)


quoted = json.encoder.encode_basestring_ascii
"""Write a text as JSON, in quotes and in ASCII."""


def written(parts: Iterable[object]) -> str:
    """Write plain parts as JSON: a list without blanks, in ASCII."""
    return _ascii(list(parts))


def digest(parts: Iterable[object]) -> str:
    """Name a sequence of plain parts, in base 32; None and the empty text differ."""
    return digest_of(written(parts))


def digest_of_text(text: str) -> str:
    """Name a text as the only part."""
    return digest_of(f"[{quoted(text)}]")


def digest_of(parts: str) -> str:
    """Name parts that are `written` already: what is the same in many is written once."""
    bits = int.from_bytes(blake2b(parts.encode(), digest_size=8).digest()) >> 4
    return (
        f"{_PAIRS[bits >> 50]}{_PAIRS[bits >> 40 & 1023]}{_PAIRS[bits >> 30 & 1023]}"
        f"{_PAIRS[bits >> 20 & 1023]}{_PAIRS[bits >> 10 & 1023]}{_PAIRS[bits & 1023]}"
    )


def fingerprint(text: str) -> bytes:
    """Give the SHA-256 of an entry's text."""
    return sha256(text.encode()).digest()


def canonical(entry: Mapping[str, Any]) -> str:
    """Write an entry so that equal content is equal text."""
    return _sorted(entry if isinstance(entry, dict) else dict(entry))
