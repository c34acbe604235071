"""Find the pairs that lie apart, at a cost by what is found and not by all pairs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from itertools import chain

from claimtrack.contradictions.gravest import Cut
from claimtrack.contradictions.numbers import Numbers
from claimtrack.domain.bounds import allowed, gap, upper_holds_for
from claimtrack.domain.case import Case, Claim, Metric
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

_End = tuple[int, str, Claim]


def apart(
    belows: Iterable[Claim],
    aboves: Iterable[Claim],
    metric: Metric,
    of_above: Metric | None = None,
    cut: Cut | None = None,
) -> Iterator[tuple[Claim, Claim, int]]:
    """Yield each (below, above, gap) where the one ends before the other begins.

    `metric` is what the first measure, `of_above` what the others measure where it differs.
    Days may let a pair meet after all, never the reverse, so sorting by the bare ends
    misses nothing. With a cut, where all speak of one time, pairs are left out, and counted,
    that are among the gravest of neither claim; that takes as long as what is yielded.
    """
    ends = [(span[1], c.id, c) for c in belows if (span := allowed(c)) and span[1] is not None]
    starts = [(span[0], c.id, c) for c in aboves if (span := allowed(c)) and span[0] is not None]
    ends.sort(key=lambda end: (end[0], end[1]))
    starts.sort(key=lambda start: (-start[0], start[1]))
    of_one_time = len({claim.as_of for _, _, claim in chain(ends, starts)}) == 1
    if cut and of_one_time:
        yield from _gravest_apart(ends, starts, cut)
        return
    for start, _, above in starts:
        for end, _, below in ends:
            if end >= start:
                break
            if of_one_time or upper_holds_for(below, above, metric, of_above):
                yield below, above, start - end


def _gravest_apart(
    ends: Sequence[_End], starts: Sequence[_End], cut: Cut
) -> Iterator[tuple[Claim, Claim, int]]:
    """Yield pairs of which one claim has fewer graver ones than the cut allows.

    The lower an end, the graver for all who begin above it; the higher a start, the graver for
    all who end below it. So the pairs of a start that count are its first; and those of an end are
    with the first starts.
    """
    only = [end for end, *_ in ends]
    for at, (start, _, above) in enumerate(starts):
        reached = bisect_left(only, start)
        wanted = reached if at < cut.most else min(reached, cut.most)
        cut.left_out += reached - wanted
        for end, _, below in ends[:wanted]:
            yield below, above, start - end


def affirmed_apart(
    case: Case, kinds: Container[Kind], cut: Cut | None
) -> Iterator[tuple[Claim, Claim, int]]:
    """Yield what `apart` finds among the assertions on each question of these kinds."""
    for question, claims in case.by_question.items():
        if case.kind(question) in kinds:
            affirmed = [claim for claim in claims if not claim.denied]
            metric = case.metrics[question.metric]
            if cut is None or cut.plain:
                yield from apart(affirmed, affirmed, metric, cut=cut)
                continue
            dated = [claim for claim in affirmed if claim.as_of is not None]
            undated = [claim for claim in affirmed if claim.as_of is None]
            yield from apart(dated, affirmed, metric, cut=cut)
            yield from apart(undated, dated, metric, cut=cut)


def larger_than_what_holds_it(case: Case, wanted: str, cut: Cut | None) -> Iterator[Conflict]:
    """Yield each number said to be larger than one that it never exceeds.

    `wanted` names the rule by which it never does.
    """
    numbers = Numbers.of(case)
    by_question = case.by_question
    for question, inner in by_question.items():
        for outer, rule in numbers.never_below(question):
            if rule == wanted and outer in by_question:
                metric, of_inner = numbers.metric(outer), numbers.metric(question)
                for below, above, distance in apart(
                    by_question[outer], inner, metric, of_inner, cut
                ):
                    yield Conflict(rule, (below, above), distance)


def pairs_with(ids: Collection[str], case: Case) -> Iterator[tuple[Claim, Claim, int]]:
    """Yield what `apart` finds between each claim so named and every claim of the event.

    On one question or on two of which the one number never exceeds the other.
    """
    numbers = Numbers.of(case)
    by_question = case.by_question
    named = {
        question: [claim for claim in claims if claim.id in ids]
        for question, claims in by_question.items()
    }
    for question, inner in by_question.items():
        for outer in dict.fromkeys(
            (question, *(above for above, _ in numbers.never_below(question)))
        ):
            metric, of_inner = numbers.metric(outer), numbers.metric(question)
            others = [claim for claim in by_question.get(outer, ()) if claim.id not in ids]
            yield from apart(named.get(outer, ()), inner, metric, of_inner)
            yield from apart(others, named[question], metric, of_inner)


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
