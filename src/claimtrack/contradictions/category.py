"""Category: one question, two different answers where only one can hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from claimtrack.contradictions.gravest import Cut
from claimtrack.domain.bounds import upper_holds_for
from claimtrack.domain.case import Case, Claim
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

RULE = "category"


def find(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    """Two categories that differ by more than the case of their letters.

    A metric of this kind takes one answer; where several may hold, ask a truth value of
    each instead. Deliberately let pass: the unknown; answers as of different days.
    """
    for question, claims in case.by_question.items():
        if case.kind(question) is Kind.CATEGORY:
            answers = [c for c in claims if not c.denied and c.value.category is not None]
            metric = case.metrics[question.metric]
            for one, other in combinations(answers, 2):
                if not same_category(one, other) and upper_holds_for(one, other, metric):
                    yield Conflict(RULE, (one, other))


def same_category(one: Claim, other: Claim) -> bool:
    """Compare two categories without regard to case and outer blanks."""
    return _folded(one) == _folded(other)


def _folded(claim: Claim) -> str:
    return (claim.value.category or "").strip().casefold()
