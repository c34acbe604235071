"""A conflict found by a rule, and how grave it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add
from typing import NamedTuple

from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Claim
from claimtrack.domain.identity import LENGTH, digest
from claimtrack.domain.value import Kind

DATE_SCALE = 7
"""Days: a gap of a week between two exact dates counts half."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a claim gives to the sum that shows a conflict: one of its ends, once or oftener.

    `claim` is its id.
    """

    claim: str
    is_upper: bool
    bound: int
    times: int = 1


class Conflict(NamedTuple):
    """Claims that cannot all hold, by which rule, and the gap between them if it has one.

    For two claims apart on a scale the first is the lower; a whole stands before its part.
    Where several numbers add up, `terms` holds the sum: the lower ends together exceed the
    upper ends together by `gap`.

    `severity` says between 0 and 1 how far apart the claims are, relative to their size. For
    numbers it is the gap by the larger of the two ends that face each other: 80 against more
    than 80 is 0.012, 5 against 200 is 0.975. Where several add up, by the larger of the two
    sums. For dates a gap of a week is one half. Different answers where only one can hold
    have no gap: 1.
    """

    rule: str
    claims: tuple[Claim, ...]
    gap: int | None = None
    terms: tuple[Term, ...] = ()

    @property
    def severity(self) -> float:
        """How far apart the claims are, between 0 and 1."""
        if self.gap is None:
            return 1.0
        return severity_apart(self.claims[0].value.kind, self.gap, self._size())

    def _size(self) -> int:
        if self.terms:
            return sum(term.bound * term.times for term in self.terms if not term.is_upper)
        second = self.claims[1]
        if not second.denied:
            return second.value.lower or 0
        above = allowed(second)
        # Without an interval the second is the denial of a middle: take its upper end.
        return (above[0] if above else second.value.upper) or 0


def severity_apart(kind: Kind, gap: int, size: int) -> float:
    """Say between 0 and 1 how far apart two answers are, by their gap and the larger of their ends.

    The view `contested_pairs` holds the same formula.
    """
    if kind is Kind.DATE:
        return gap / (gap + DATE_SCALE)
    return gap / max(size, gap)


def is_plain(claim: Claim) -> bool:
    """Tell whether a claim asserts an interval, as of no day.

    Two of one question that lie apart contradict each other whatever else is claimed, so such
    pairs are not kept one by one (`claimtrack.contradictions.contested`).
    """
    value = claim.value
    asserted = not claim.denied and claim.as_of is None
    return asserted and not value.is_unknown and value.kind is not Kind.CATEGORY


def name_of(rule: str, claims: Sequence[Claim]) -> str:
    """Name a contradiction by its content: the same has the same id everywhere.

    That of two plain claims on one question is named by their two ids, the lower claim first,
    so that the claims can be found by it.
    """
    ids = [claim.id for claim in claims]
    if len(claims) == 2 and claims[0].question == claims[1].question and all(map(is_plain, claims)):
        return pair_name(*ids)
    return "k" + digest([rule, *sorted(ids)])


PAIR_NAME = 1 + 2 * LENGTH
"""Signs of the id of a contradiction of two plain claims on one question."""


def pair_name(below: str, above: str) -> str:
    """Name the contradiction of two plain claims, the lower one first.

    Takes a sign of each in turn, so that the beginning of a name tells of both.
    """
    return "k" + "".join(map(add, below[1:], above[1:]))


def claims_named(name: str) -> tuple[str, str]:
    """Give the ids of the two claims by which a contradiction is named, or their beginnings."""
    return "c" + name[1::2], "c" + name[2::2]


def raise_severity(severity: float, origins: int) -> float:
    """Raise a severity between 0 and 1 where all sides have several independent origins.

    `origins` is the smallest certain number of independent origins among the claims, 1 or
    more: with 1 nothing changes; with 2 a quarter of what is left to 1 is added, with many
    half of it. The order of the list is all that depends on it.
    """
    return severity + (1 - severity) * (1 - 1 / max(origins, 1)) / 2
