"""Find the pairs that lie apart, at a cost by what is found and not by all pairs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from claimtrack.domain.bounds import allowed, gap
from claimtrack.domain.case import Case, Claim, Metric
from claimtrack.domain.value import Kind


def apart(
    belows: Iterable[Claim], aboves: Iterable[Claim], metric: Metric
) -> Iterator[tuple[Claim, Claim, int]]:
    """Yield each (below, above, gap) where the one ends before the other begins.

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
            distance = gap(below, above, metric)
            if distance is not None:
                yield below, above, distance


def affirmed_apart(case: Case, kinds: Container[Kind]) -> Iterator[tuple[Claim, Claim, int]]:
    """Yield what `apart` finds among the assertions on each question of these kinds."""
    for question, claims in case.by_question().items():
        if case.kind(question) in kinds:
            affirmed = [claim for claim in claims if not claim.denied]
            yield from apart(affirmed, affirmed, case.metrics[question.metric])
