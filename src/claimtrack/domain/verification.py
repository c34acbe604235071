"""What was asked of a database, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One question that was put to the database: what was asked, how it came out.

    `more` tells that there are further faults beside those named.
    """

    name: str
    said: str
    faults: tuple[str, ...] = ()
    more: bool = False

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Verified:
    """All checks of a database, its newest history digest, and its counts."""

    where: str
    checks: tuple[Check, ...]
    head: str
    counts: dict[str, int]

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)
