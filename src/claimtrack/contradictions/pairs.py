"""Find the pairs that lie apart, at a cost by what is found and not by all pairs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from claimtrack.contradictions.numbers import Numbers
from claimtrack.domain.bounds import allowed, gap, upper_holds_for
from claimtrack.domain.case import Case, Claim, Metric
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind


def apart(
    belows: Iterable[Claim],
    aboves: Iterable[Claim],
    metric: Metric,
    of_above: Metric | None = None,
) -> Iterator[tuple[Claim, Claim, int]]:
    """Yield each (below, above, gap) where the one ends before the other begins.

    `metric` is what the first measure, `of_above` what the others measure where it differs.
    Days may let a pair meet after all, never the reverse, so sorting by the bare ends
    misses nothing.
    """
    ends = sorted(
        (
            (span[1], i, c)
            for i, c in enumerate(belows)
            if (span := allowed(c)) and span[1] is not None
        ),
        key=lambda row: row[:2],
    )
    for above in aboves:
        span = allowed(above)
        if span is None or span[0] is None:
            continue
        for end, _, below in ends:
            if end >= span[0]:
                break
            if upper_holds_for(below, above, metric, of_above):
                yield below, above, span[0] - end


def affirmed_apart(case: Case, kinds: Container[Kind]) -> Iterator[tuple[Claim, Claim, int]]:
    """Yield what `apart` finds among the assertions on each question of these kinds."""
    for question, claims in case.by_question.items():
        if case.kind(question) in kinds:
            affirmed = [claim for claim in claims if not claim.denied]
            yield from apart(affirmed, affirmed, case.metrics[question.metric])


def larger_than_what_holds_it(case: Case, wanted: str) -> Iterator[Conflict]:
    """Yield each number said to be larger than one that it never exceeds.

    `wanted` names the rule by which it never does.
    """
    numbers = Numbers.of(case)
    by_question = case.by_question
    for question, inner in by_question.items():
        for outer, rule in numbers.never_below(question):
            if rule == wanted and outer in by_question:
                metric, of_inner = numbers.metric(outer), numbers.metric(question)
                for below, above, distance in apart(by_question[outer], inner, metric, of_inner):
                    yield Conflict(rule, (below, above), distance)


def cannot_both_hold(one: Claim, other: Claim, numbers: Numbers) -> bool:
    """Tell whether the bounds of two claims exclude each other by themselves."""
    if one.question == other.question:
        metric = numbers.metric(one.question)
        return gap(one, other, metric) is not None or gap(other, one, metric) is not None
    for inner, outer in ((one, other), (other, one)):
        if numbers.inside(inner.question, outer.question):
            below, above = numbers.metric(outer.question), numbers.metric(inner.question)
            if gap(outer, inner, below, above) is not None:
                return True
    return False
