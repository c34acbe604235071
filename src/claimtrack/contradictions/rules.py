"""The rules, listed by hand, and the search through all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from claimtrack.contradictions import (
    capacity,
    category,
    dates,
    denial,
    disjoint,
    part_of,
    sums,
    truth_value,
)
from claimtrack.contradictions.denied_middles import find_with_denied_middles
from claimtrack.contradictions.gravest import PAIRS_OF_A_CLAIM, Cut, by_gravity, gravest, told
from claimtrack.contradictions.larger_sets import find_larger_sets
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict, is_plain

Rule = Callable[[Case, Cut | None], Iterator[Conflict]]

RULES: tuple[tuple[str, Rule], ...] = (
    (disjoint.RULE, disjoint.find),
    (part_of.RULE, part_of.find),
    (sums.RULE, sums.find),
    (capacity.RULE, capacity.find),
    (denial.RULE, denial.find),
    (dates.RULE, dates.find),
    (category.RULE, category.find),
    (truth_value.RULE, truth_value.find),
)
"""What each rule finds in pairs; larger sets bear the name of the rule they follow from.

With a cut, a rule may leave out pairs that are not among the gravest of either claim, and counts
them.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found, and a sentence where it met a limit."""

    conflicts: list[Conflict]
    stopped: str | None


def search(case: Case) -> Outcome:
    """Find every minimal set of claims of one event that a rule shows to be impossible.

    The gravest come first.
    """
    larger, stopped = _larger_sets(case)
    return Outcome(sorted([*_pairs(case), *larger], key=by_gravity), stopped)


def search_beside(case: Case) -> Outcome:
    """Find what is kept one by one: all but the pairs of plain claims on one question.

    Of pairs only the gravest of each claim, and it says how many are left out. In no order:
    where there are very many, sorting takes as long as finding them.
    """
    cut = Cut(PAIRS_OF_A_CLAIM, plain=False)
    pairs = gravest(_pairs(case, cut), cut)
    larger, stopped = _larger_sets(case)
    sentences = "; ".join(filter(None, (stopped, told(cut))))
    return Outcome([*pairs, *larger], sentences or None)


def search_told(case: Case) -> Outcome:
    """Find what is kept, and the pairs of plain claims on one question beside, in no order."""
    beside = search_beside(case)
    return Outcome([*_plain_pairs(case), *beside.conflicts], beside.stopped)


def contradicted(case: Case, asked: Collection[str]) -> set[str]:
    """Give which of these claims, named by their ids, stand in any of these sets.

    Looks no further than that takes: at one pair of each claim, and at larger sets where
    a claim stands in no pair.
    """
    inside: set[str] = set()
    for conflict in chain(_pairs(case, Cut(1)), _larger_when_asked(case)):
        inside.update(claim.id for claim in conflict.claims if claim.id in asked)
        if len(inside) == len(asked):
            break
    return inside


def find_conflicts(case: Case) -> list[Conflict]:
    """Find every conflict that a rule shows in the claims of one event, gravest first."""
    return search(case).conflicts


def conflicts_when_asked(case: Case) -> Iterator[Conflict]:
    """Yield the same, found when the first is asked for."""
    yield from find_conflicts(case)


def _pairs(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    for _, find in RULES:
        yield from find(case, cut)


def _plain_pairs(case: Case) -> Iterator[Conflict]:
    plain = Case([claim for claim in case.claims if is_plain(claim)], case.metrics, case.groups)
    for find in (disjoint.find, dates.find, truth_value.find):
        yield from find(plain, None)


def _larger_sets(case: Case) -> tuple[list[Conflict], str | None]:
    larger, stopped = find_larger_sets(case)
    with_denials, stopped_again = find_with_denied_middles(case)
    return [*larger, *with_denials], stopped or stopped_again


def _larger_when_asked(case: Case) -> Iterator[Conflict]:
    yield from _larger_sets(case)[0]
