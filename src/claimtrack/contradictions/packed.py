"""Packed sets: numbers that share nobody and lie inside one number, added up, exceed it.

80 contractors and 91 soldiers of a side on which 110 were killed in all; 196 killed and 200
wounded of 253.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from claimtrack.contradictions.cells import Bounded
from claimtrack.contradictions.found_sets import MAX_MEMBERS, FoundSets
from claimtrack.contradictions.pairs import cannot_both_hold
from claimtrack.domain.bounds import upper_holds_for
from claimtrack.domain.case import Claim, Question

_ROWS_IN_A_STEP = 50
"""Claims that are asked whether a limit binds them, by their days, in the time of a step."""


def search_packed(found: FoundSets) -> None:
    """Search the numbers inside each number that is bounded above, strongest claims first."""
    numbers = found.cells.numbers
    inside: dict[Question, list[Bounded]] = defaultdict(list)
    limits: dict[Question, list[Bounded]] = defaultdict(list)
    for (question, _), rows in found.cells.uppers.items():
        limits[question].extend(rows)
    for (question, _), rows in found.cells.lowers.items():
        for outer in dict.fromkeys(outer for outer, _ in numbers.above(question)):
            if outer in limits:
                inside[outer].extend(rows)
    for outer, rows in inside.items():
        pool = sorted(rows, key=lambda row: (-row[0], row[1].id))
        for limit in limits[outer]:
            start = bisect_left(pool, -limit[0], key=lambda row: -row[0])
            if start == len(pool) or pool[start][0] * (MAX_MEMBERS - 1) <= limit[0]:
                continue
            found.step((len(pool) - start) // _ROWS_IN_A_STEP)
            _pack(found, limit, [row for row in pool[start:] if _binds(found, limit, row)])


def _binds(found: FoundSets, limit: Bounded, row: Bounded) -> bool:
    metric = found.cells.numbers.metric
    upper, lower = limit[1], row[1]
    return upper_holds_for(upper, lower, metric(upper.question), metric(lower.question))


def _pack(found: FoundSets, limit: Bounded, pool: Sequence[Bounded]) -> None:
    """Choose claims on numbers that share nobody until they exceed the limit."""
    waiting: list[tuple[int, int, tuple[Bounded, ...]]] = [(0, 0, ())]
    while waiting:
        start, total, chosen = waiting.pop()
        room = MAX_MEMBERS - 1 - len(chosen)
        for at in range(start, len(pool)):
            low, claim = pool[at]
            if total + low * room <= limit[0]:
                break
            found.step()
            if not all(_add_up(found, claim, other) for _, other in chosen):
                continue
            more = (*chosen, pool[at])
            if total + low > limit[0]:
                found.keep(more, (limit,))
            elif room > 1:
                waiting.append((at + 1, total + low, more))


def _add_up(found: FoundSets, one: Claim, other: Claim) -> bool:
    numbers = found.cells.numbers
    apart = numbers.share_nobody(one.question, other.question)
    return apart and not cannot_both_hold(one, other, numbers)
