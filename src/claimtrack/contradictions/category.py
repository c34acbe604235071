"""Category: one question, two different answers where only one can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from math import comb

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
            told = [c for c in claims if not c.denied and c.value.category is not None]
            answers = sorted(told, key=lambda claim: claim.id)
            metric = case.metrics[question.metric]
            of_one_time = len({claim.as_of for claim in answers}) == 1
            pairs = _gravest(answers, cut) if cut and of_one_time else combinations(answers, 2)
            for one, other in pairs:
                if not same_category(one, other) and upper_holds_for(one, other, metric):
                    yield Conflict(RULE, (one, other))


def _gravest(answers: Sequence[Claim], cut: Cut) -> Iterator[tuple[Claim, Claim]]:
    """Yield pairs of which one claim has fewer graver ones than the cut allows.

    All are equally grave, so of each claim those count with the first that differ from it, in
    the order of their ids, in which the answers come.
    """
    names = [_folded(claim) for claim in answers]
    kept: set[tuple[int, int]] = set()
    for at, name in enumerate(names):
        differing = (i for i, other in enumerate(names) if other != name)
        kept.update((min(at, i), max(at, i)) for i in islice(differing, cut.most))
    alike = sum(comb(count, 2) for count in Counter(names).values())
    cut.left_out += comb(len(names), 2) - alike - len(kept)
    return ((answers[one], answers[other]) for one, other in sorted(kept))


def same_category(one: Claim, other: Claim) -> bool:
    """Compare two categories without regard to case and outer blanks."""
    return _folded(one) == _folded(other)


def _folded(claim: Claim) -> str:
    return (claim.value.category or "").strip().casefold()
