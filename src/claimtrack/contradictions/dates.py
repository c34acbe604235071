"""Date: one question, two dates or durations that do not meet."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.gravest import Cut
from claimtrack.contradictions.pairs import affirmed_apart
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

RULE = "date"
_KINDS = (Kind.DATE, Kind.DURATION)


def find(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    """Two datings that share no day, or two durations that share no length.

    A date is the interval of days that it can mean, so "7 February" lies within
    "February" and agrees with it. Deliberately let pass: neighbouring days where one
    telling covers both ("night of February 7-8"); the unknown.
    """
    for below, above, gap in affirmed_apart(case, _KINDS, cut):
        yield Conflict(RULE, (below, above), gap)
