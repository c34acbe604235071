"""The hash chain of the history: each row's digest covers its content and the row before it.

Digests are SHA-256 in hexadecimal. A change, a removal, an insertion or another order shows
at the first row that no longer follows from the one before; rows cut off at the end show
only against a newest digest that was noted elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

CHAINED = ("batch_id", "at", "who", "action", "entity", "slug", "before", "after")
"""The columns that a row's digest covers, in this order, after the digest before it."""

BEGINNING = ""
"""What stands for the digest before the first row."""


def follow(previous: str, row: Mapping[str, Any]) -> str:
    """Give the digest of a row that comes after the row with the digest `previous`."""
    parts = [previous, *(row[name] for name in CHAINED)]
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Additions:
    """Entries added one after the other, as one digest over their fingerprints."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, *marks: bytes) -> None:
        """Take the fingerprints of the next entries: see `identity`."""
        self.count += len(marks)
        self._hash.update(b"".join(marks))

    @property
    def digest(self) -> str:
        """Give the digest of all so far."""
        return self._hash.hexdigest()

    def told(self) -> dict[str, Any]:
        """Give count and digest as they stand in a history row."""
        return {"count": self.count, "digest": self.digest}
