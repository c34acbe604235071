"""Something that was done to an entry, as a story tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Happening:
    """What was done to which entry: when (UTC), by whom, in which batch, and the details.

    `action` is one of imported, changed, corrected, removed, reviewed, graded.
    """

    at: str
    who: str
    action: str
    kind: str
    subject: str
    batch: int | None
    detail: str
