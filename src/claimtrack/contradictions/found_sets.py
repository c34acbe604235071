"""What a search for larger sets has found, and how far it may go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from claimtrack.contradictions.cells import Bounded, Cells
from claimtrack.contradictions.metric_ties import CAPACITY, SUM
from claimtrack.contradictions.pairs import cannot_both_hold
from claimtrack.domain.case import Question
from claimtrack.domain.conflict import Conflict, Term

MAX_MEMBERS = 5
"""Claims in a set at most: what needs six to show is read by nobody, and costs ten times more."""

MAX_STEPS = 100_000
"""Steps of each search for one event: a few seconds."""

MAX_FOUND = 2_000
"""Sets kept of one event at most; who meets more has wrong groups or one wrong claim."""


class LimitReached(Exception):
    """The search met a limit; what it had found stands."""


@dataclass
class FoundSets:
    """The sets found so far in the cells of a case, and the steps taken."""

    cells: Cells
    by_claims: dict[frozenset[str], Conflict] = field(default_factory=dict)
    steps: int = 0

    def step(self, count: int = 1) -> None:
        """Count steps, each some fifty microseconds of work; at the limit raise `LimitReached`."""
        self.steps += count
        if self.steps > MAX_STEPS or len(self.by_claims) >= MAX_FOUND:
            raise LimitReached

    def keep(self, lowers: Sequence[Bounded], uppers: Sequence[Bounded]) -> None:
        """Keep a set whose lower ends exceed its upper ends, unless two of it clash already."""
        members = {claim.id: claim for _, claim in (*uppers, *lowers)}
        key = frozenset(members)
        pairs = combinations(members.values(), 2)
        if key in self.by_claims or any(cannot_both_hold(*p, self.cells.numbers) for p in pairs):
            return
        terms = [
            Term(id_, is_upper, bound, times)
            for is_upper, side in ((True, uppers), (False, lowers))
            for (id_, bound), times in Counter((claim.id, bound) for bound, claim in side).items()
        ]
        gap = sum(bound for bound, _ in lowers) - sum(bound for bound, _ in uppers)
        rule = self._rule([c.question for _, c in lowers], [c.question for _, c in uppers])
        self.by_claims[key] = Conflict(rule, tuple(members.values()), gap, tuple(terms))

    def _rule(self, lowers: Sequence[Question], uppers: Sequence[Question]) -> str:
        larger = self.cells.numbers.ties.larger
        limits = any(
            larger(low.metric).get(up.metric) == CAPACITY for low in lowers for up in uppers
        )
        return CAPACITY if limits else SUM


def minimal(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Leave out every conflict that holds all the claims of a smaller one."""
    kept: dict[frozenset[str], Conflict] = {}
    for conflict in sorted(conflicts, key=lambda c: len(c.claims)):
        ids = sorted(claim.id for claim in conflict.claims)
        smaller = (
            frozenset(some) for size in range(2, len(ids) + 1) for some in combinations(ids, size)
        )
        if not any(some in kept for some in smaller):
            kept[frozenset(ids)] = conflict
    return list(kept.values())
