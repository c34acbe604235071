"""What an event's answers rest on: what moves when one origin is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.domain.case import Question
from claimtrack.domain.value import Kind


@dataclass(frozen=True, slots=True)
class Range:
    """The envelope of all that affirms an answer: the lowest and the highest end.

    A missing end stays missing. `answers` holds what is told where answers are no numbers.
    `claims` counts those it is made of; none means that nobody gives an answer.
    """

    kind: Kind
    lower: int | None
    upper: int | None
    answers: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class MovedRange:
    """A question whose envelope changes."""

    question: Question
    before: Range
    after: Range


@dataclass(frozen=True, slots=True)
class LostVersion:
    """A version of a question that no longer stands: the ids of its claims."""

    question: Question
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LostContradiction:
    """A contradiction that no longer stands: its rule and the ids of its claims."""

    rule: str
    claims: tuple[str, ...]
    severity: float


@dataclass(frozen=True, slots=True)
class Load:
    """What rests on one origin.

    `reports` counts what goes back to it, `only` names the claims nobody else makes. The
    unmoved are counted: ranges, versions, contradictions.
    """

    source: str | None
    name: str
    reports: int
    only: tuple[str, ...]
    ranges: Sequence[MovedRange]
    versions: Sequence[LostVersion]
    contradictions: Sequence[LostContradiction]
    unmoved: tuple[int, int, int]

    @property
    def moved(self) -> int:
        """Count all that moves."""
        return len(self.ranges) + len(self.versions) + len(self.contradictions)
