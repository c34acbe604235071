"""Names made from content: the same thing gets the same name everywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

LENGTH = 12
"""Characters of an id: 60 bits, so that ten million rows meet by chance once in 20,000 cases."""


_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]
_ascii = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=str).encode
_sorted = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest(parts: Iterable[object]) -> str:
    """Name a sequence of plain parts, in base 32; None and the empty text differ."""
    raw = hashlib.blake2b(_ascii(list(parts)).encode(), digest_size=8).digest()
    bits = int.from_bytes(raw) >> (64 - 5 * LENGTH)
    return "".join([_PAIRS[bits >> shift & 1023] for shift in range(5 * LENGTH - 10, -1, -10)])


def canonical(entry: Mapping[str, Any]) -> str:
    """Write an entry so that equal content is equal text."""
    return _sorted(dict(entry))
