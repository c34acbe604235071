"""What a claim leaves possible, as an interval, and what is left of it at another time.

Source of the rules: the project's model, "Contradictions" and "Time".
"""

from __future__ import annotations

from claimtrack.domain.case import Claim, Days, Metric
from claimtrack.domain.value import Kind, Value

Interval = tuple[int | None, int | None]
"""Inclusive ends in whole units; None where nothing bounds that side."""

_FLOOR = {Kind.COUNT: 0, Kind.DURATION: 0, Kind.DISTANCE: 0, Kind.TRUTH_VALUE: 0}
_CEILING = {Kind.TRUTH_VALUE: 1}


def allowed(claim: Claim) -> Interval | None:
    """Give the interval in which a claim says that the true number lies.

    None where it is no one interval: the unknown, categories, and the denial of a
    middle ("not 20 to 30" leaves two sides).
    """
    value = claim.value
    if value.is_unknown or value.kind is Kind.CATEGORY:
        return None
    if not claim.denied:
        return value.lower, value.upper
    nothing_below, nothing_above = _leaves_nothing(value)
    if nothing_below and value.upper is not None:
        return value.upper + 1, None
    if nothing_above and value.lower is not None:
        return None, value.lower - 1
    return None


def holds_every_answer(value: Value) -> bool:
    """Tell whether a value leaves out no answer at all, so that to deny it is to say nothing."""
    telling = not value.is_unknown and value.kind is not Kind.CATEGORY
    return telling and all(_leaves_nothing(value))


def _leaves_nothing(value: Value) -> tuple[bool, bool]:
    """Tell whether there is no answer below a value, and whether there is none above it."""
    floor, ceiling = _FLOOR.get(value.kind), _CEILING.get(value.kind)
    nothing_below = value.lower is None or (floor is not None and value.lower <= floor)
    nothing_above = value.upper is None or (ceiling is not None and value.upper >= ceiling)
    return nothing_below, nothing_above


def gap(below: Claim, above: Claim, metric: Metric, of_above: Metric | None = None) -> int | None:
    """Measure how far `above` begins beyond the end of `below`; None where they can meet.

    `metric` is what `below` measures, `of_above` what `above` measures where that differs.
    """
    low, high = allowed(below), allowed(above)
    if low is None or high is None or low[1] is None or high[0] is None:
        return None
    if not upper_holds_for(below, above, metric, of_above):
        return None
    distance = high[0] - low[1]
    return distance if distance > 0 else None


def upper_holds_for(
    below: Claim, above: Claim, metric: Metric, of_above: Metric | None = None
) -> bool:
    """Tell whether the upper end of one claim binds the other, given their days."""
    return upper_reaches_back(below.as_of, above.as_of, metric, of_above or metric)


def upper_reaches_back(
    day: Days | None, earlier: Days | None, metric: Metric, of_earlier: Metric
) -> bool:
    """Tell whether at most so many as of a day means at most so many as of another.

    A toll as of a day is only a lower bound afterwards, of itself and of its total. Where a
    number may also fall (the missing, a force) claims as of different days speak of
    different things.
    A claim as of no day speaks of the event as a whole, so its upper end binds whatever
    was counted on the way there.
    """
    if day == earlier:
        return True
    if not of_earlier.cumulative:
        return False
    if day is None:
        return True
    if earlier is None or not (metric.cumulative or of_earlier.id in metric.sum_of):
        return False
    latest, earliest = earlier[1], day[0]
    return latest is not None and earliest is not None and latest <= earliest
