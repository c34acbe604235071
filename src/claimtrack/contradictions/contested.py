"""Contested questions: what undated assertions on one question show without a pair being made.

Two of them cannot both hold where the one ends before the other begins, and nothing else
matters: no day, no denial, no other number. So their ends tell at once whether a question is
contested, in how many pairs, in how many versions, and which pair is the gravest. The pairs
themselves grow with the square of the claims and are made when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimtrack.domain.conflict import raise_severity, severity_apart
from claimtrack.domain.contest import Contest, Span
from claimtrack.domain.value import Kind


def reach(spans: Iterable[Span]) -> tuple[int, int] | None:
    """Give the lowest upper and the highest lower end of spans, if two lie apart; else None."""
    ends = [span.upper for span in spans if span.upper is not None]
    starts = [span.lower for span in spans if span.lower is not None]
    if not ends or not starts:
        return None
    lowest, highest = min(ends), max(starts)
    return (lowest, highest) if lowest < highest else None


def apart_from_any(spans: Sequence[Span]) -> Sequence[Span]:
    """Give those of these that lie apart from another of them."""
    if len(spans) < 2 or (found := reach(spans)) is None:
        return ()
    lowest, highest = found
    return [
        span
        for span in spans
        if (span.upper is not None and span.upper < highest)
        or (span.lower is not None and span.lower > lowest)
    ]


def contest(spans: Sequence[Span], kind: Kind, origins: Mapping[int, int]) -> Contest | None:
    """Sum up the contradictions among the spans on a question; None where there is none.

    `origins` has the certain independent origins of spans, by row, where they are several.
    """
    found = reach(spans)
    if found is None:
        return None
    first = _widest(spans, *found, kind, origins)
    told_by_several = [span for span in spans if span.row in origins] if origins else ()
    for least in {origins[span.row] for span in told_by_several}:
        known = [span for span in told_by_several if origins[span.row] >= least]
        # Of these too no other two are farther apart, or have a larger gap by their size.
        if inner := reach(known):
            first = min(first, _widest(known, *inner, kind, origins))
    severity, gap, below, above = first
    return Contest(*found, *count_pairs_and_versions(spans), -severity, -gap, (below, above))


def count_pairs_and_versions(spans: Sequence[Span]) -> tuple[int, int]:
    """Count the pairs of spans that lie apart, and the largest sets that have a number in common.

    Passes the ends in order: a span that begins lies apart from all that have ended, and a set is
    complete when one ends after one has begun.
    """
    starts = sorted([span.lower for span in spans if span.lower is not None])
    ends = sorted([span.upper for span in spans if span.upper is not None])
    pairs = versions = at = 0
    begun = len(starts) < len(spans)
    for ended, end in enumerate(ends):
        while at < len(starts) and starts[at] <= end:
            pairs += ended
            at += 1
            begun = True
        if begun:
            versions += 1
            begun = False
    left = len(starts) - at
    return pairs + left * len(ends), versions + (1 if left or begun else 0)


def _widest(
    spans: Sequence[Span], lowest: int, highest: int, kind: Kind, origins: Mapping[int, int]
) -> tuple[float, int, str, str]:
    """Give the pair of the lowest and the highest span by its place in a list, and its ids.

    The place is severity and gap from the top, as negative numbers.
    """
    below, ended = min([(span.id, span.row) for span in spans if span.upper == lowest])
    above, began = min([(span.id, span.row) for span in spans if span.lower == highest])
    several = min(origins.get(ended, 1), origins.get(began, 1)) if origins else 1
    severity = severity_apart(kind, highest - lowest, highest)
    return -raise_severity(severity, several), lowest - highest, below, above
