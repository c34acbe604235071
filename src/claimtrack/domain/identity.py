"""Names made from content: the same thing gets the same name everywhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

LENGTH = 12
"""Characters of an id: 60 bits, so that ten million rows meet by chance once in 20,000 cases."""


def digest(parts: Iterable[object]) -> str:
    """Name a sequence of plain parts; None and the empty text differ."""
    text = json.dumps(list(parts), ensure_ascii=True, separators=(",", ":"), default=str)
    raw = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return base64.b32encode(raw).decode().lower()[:LENGTH]


def canonical(entry: Mapping[str, Any]) -> str:
    """Write an entry so that equal content is equal text."""
    return json.dumps(dict(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
