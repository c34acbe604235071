"""The median over independent origins, with the lowest and the highest of them."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.domain.bounds import Interval
from claimtrack.estimates.material import Estimate, Material, Refusal, hull, voices_of

NAME = "origin-median"


def origin_median(material: Material) -> Estimate:
    """Give the lowest, the middle and the highest that independent origins say.

    One value an origin (see `voices_of`); the origins are those that are, or may be,
    independent of each other, the dependent are left out. The range runs from their lowest
    lower end to their highest upper end. The middle is the interval in which the median
    lies whatever each origin's true number is within what it says: from the median of the
    lower ends to the median of the upper ends, outwards where their number is even. A
    missing lower end is below every number, a missing upper end above every number: the
    middle stays closed while fewer than half of the origins leave that end open.
    """
    voices, dependent = voices_of(material)
    left_out = (*material.left_out, *dependent)
    if not voices:
        return Estimate(NAME, left_out=left_out, refusal=Refusal.NO_ANSWERS)
    intervals = [voice.interval for voice in voices]
    lower, upper = hull(intervals)
    return Estimate(NAME, lower, upper, median_interval(intervals), voices, left_out)


def median_interval(intervals: Sequence[Interval]) -> Interval:
    """Give the interval that holds the median of any numbers chosen one from each."""
    lowers = sorted((low is not None, low or 0) for low, _ in intervals)
    uppers = sorted((high is None, high or 0) for _, high in intervals)
    has_lower, lower = lowers[(len(lowers) - 1) // 2]
    is_open, upper = uppers[len(uppers) // 2]
    return lower if has_lower else None, None if is_open else upper
