"""What the database tells of a claim, complete enough to show it: values with their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.domain.value import Value

if TYPE_CHECKING:
    from claimtrack.domain.conflict import Term


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain, from the document outwards."""

    source: str
    name: str
    mode: str
    anonymous: bool
    upstream: str | None


@dataclass(frozen=True, slots=True)
class Assertion:
    """A document stating a claim."""

    id: str
    document: str
    title: str | None
    published: str | None
    url: str | None
    source: str
    source_name: str
    source_anonymous: bool
    chain: tuple[Link, ...]
    quote: str | None
    text: str
    hedge: str
    rule: str
    lexicon: str
    superseded_by: str | None

    @property
    def origin(self) -> str:
        """Give the far end of the chain: whoever is said to know it first-hand."""
        return self.chain[-1].source if self.chain else self.source

    @property
    def origin_name(self) -> str:
        """Name the origin as people read it."""
        return self.chain[-1].name if self.chain else self.source_name

    @property
    def relay_names(self) -> tuple[str, ...]:
        """Name those through whom it came, nearest to the origin first."""
        if not self.chain:
            return ()
        return (*(link.name for link in reversed(self.chain[:-1])), self.source_name)


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A proposition with its names and everyone who asserts it."""

    id: str
    event: str
    event_title: str
    metric: str
    metric_name: str
    unit: str | None
    group: str | None
    group_name: str | None
    stance: str
    as_of: str | None
    value: Value
    contradicted: bool
    assertions: tuple[Assertion, ...]

    @property
    def denied(self) -> bool:
        """Whether the claim is a denial."""
        return self.stance == "denies"

    @property
    def stands(self) -> bool:
        """Whether any assertion of it is left uncorrected."""
        return any(assertion.superseded_by is None for assertion in self.assertions)

    @property
    def told_by(self) -> Sequence[Assertion]:
        """Give the assertions by which to name who says so: those that stand, else all."""
        return [a for a in self.assertions if a.superseded_by is None] or self.assertions


@dataclass(frozen=True, slots=True)
class Review:
    """One person's signed judgement: open, confirmed, dismissed or explained, when and why."""

    status: str
    who: str
    at: str
    why: str


def voices(reviews: Sequence[Review]) -> tuple[Review, ...]:
    """Give the last word of each person, oldest first; `open` takes one's own word back."""
    last = {review.who: review for review in reviews}
    return tuple(r for r in reviews if last[r.who] is r and r.status != "open")


DIGITS = 4
"""Digits of a severity that are told."""


def status_of(reviews: Sequence[Review]) -> str:
    """Sum reviews up: what all voices say, `disputed` where they differ, `open` without any."""
    told = {voice.status for voice in voices(reviews)}
    return "disputed" if len(told) > 1 else next(iter(told), "open")


@dataclass(frozen=True, slots=True)
class ContradictionRecord:
    """A contradiction with the claims in it and what people have said of it, oldest first.

    `gap` and `terms` are those of its conflict: see `claimtrack.domain.conflict`.
    """

    id: str
    event: str
    rule: str
    severity: float
    claims: tuple[ClaimRecord, ...]
    gap: int | None = None
    terms: tuple[Term, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def status(self) -> str:
        """Say how people judge it: see `status_of`."""
        return status_of(self.reviews)

    @property
    def place(self) -> tuple[float, int, str]:
        """Give the key that sorts contradictions: by severity from the top, by gap, by id."""
        return -self.severity, -(self.gap or 0), self.id

    @property
    def told_severity(self) -> float:
        """Give the severity as it is told."""
        return round(self.severity, DIGITS)
