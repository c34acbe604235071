"""Disjoint: one question, two answers whose intervals do not meet."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.gravest import Cut
from claimtrack.contradictions.pairs import affirmed_apart
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

RULE = "disjoint"
_KINDS = (Kind.COUNT, Kind.DISTANCE)


def find(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    """Two counts, or two distances, of the same thing that leave no number in common.

    One thing has one number: "about 100" and "more than 200" cannot both be it.
    Deliberately let pass: intervals that touch; the unknown; another metric or group
    (rules of their own tie those that are tied); tolls as of different days of which the
    later is not the lower. Denials are the denial rule's.
    """
    for below, above, gap in affirmed_apart(case, _KINDS, cut):
        yield Conflict(RULE, (below, above), gap)
