"""How two claims stand to each other; comparing uncertain things gives this, never true or false.

Source of the relations: the project's model, "Relations between two claims".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claimtrack.domain.bounds import Interval, allowed, gap, upper_holds_for
from claimtrack.domain.case import Claim, Metric
from claimtrack.domain.value import Kind


class Relation(StrEnum):
    """What the truth of one claim says of the other."""

    EQUAL = "equal"
    ENTAILS = "entails"
    ENTAILED_BY = "entailed_by"
    OVERLAPS = "overlaps"
    CONTRARY = "contrary"
    CONTRADICTORY = "contradictory"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A relation and, where claims cannot be compared, the dimension in which they differ."""

    relation: Relation
    differs_in: str | None = None


def relate(one: Claim, other: Claim, metric: Metric) -> Comparison:
    """Relate two claims; those on different questions, days or on the unknown do not compare."""
    for dimension in ("event", "metric", "group"):
        if getattr(one.question, dimension) != getattr(other.question, dimension):
            return Comparison(Relation.NOT_COMPARABLE, dimension)
    if one.value.is_unknown or other.value.is_unknown:
        return Comparison(Relation.NOT_COMPARABLE, "unknown value")
    if one.value.kind is Kind.CATEGORY:
        return Comparison(_relate_categories(one, other))
    return _relate_numbers(one, other, metric)


def _relate_categories(one: Claim, other: Claim) -> Relation:
    same = (one.value.category or "").strip().casefold() == (
        other.value.category or ""
    ).strip().casefold()
    if one.denied and other.denied:
        return Relation.EQUAL if same else Relation.OVERLAPS
    if one.denied or other.denied:
        if same:
            return Relation.CONTRADICTORY
        return Relation.ENTAILED_BY if one.denied else Relation.ENTAILS
    return Relation.EQUAL if same else Relation.CONTRARY


def _relate_numbers(one: Claim, other: Claim, metric: Metric) -> Comparison:
    if (one.value.lower, one.value.upper) == (other.value.lower, other.value.upper) and (
        one.as_of == other.as_of
    ):
        same = one.denied == other.denied
        return Comparison(Relation.EQUAL if same else Relation.CONTRADICTORY)
    left, right = allowed(one), allowed(other)
    if left is None or right is None:
        return Comparison(_relate_to_denied_middle(one, other))
    if gap(one, other, metric) is not None or gap(other, one, metric) is not None:
        return Comparison(
            Relation.CONTRADICTORY if _complete(left, right, one.value.kind) else Relation.CONTRARY
        )
    if not (upper_holds_for(one, other, metric) and upper_holds_for(other, one, metric)):
        return Comparison(Relation.NOT_COMPARABLE, "day")
    return Comparison(_relate_intervals(left, right, one.value.kind))


def _relate_to_denied_middle(one: Claim, other: Claim) -> Relation:
    if one.denied and other.denied:
        return Relation.OVERLAPS
    denial, claim = (one, other) if one.denied else (other, one)
    inner, outer = _closed(claim), _closed(denial)
    if outer[0] <= inner[0] and inner[1] <= outer[1]:
        return Relation.CONTRARY
    if inner[1] < outer[0] or outer[1] < inner[0]:
        return Relation.ENTAILED_BY if one.denied else Relation.ENTAILS
    return Relation.OVERLAPS


def _closed(claim: Claim) -> tuple[float, float]:
    lower, upper = claim.value.lower, claim.value.upper
    return (
        float("-inf") if lower is None else lower,
        float("inf") if upper is None else upper,
    )


def _floor(interval: Interval, kind: Kind) -> tuple[float, float]:
    bottom = float("-inf") if kind is Kind.DATE else 0
    top = 1 if kind is Kind.TRUTH_VALUE else float("inf")
    return (
        bottom if interval[0] is None else interval[0],
        top if interval[1] is None else interval[1],
    )


def _complete(left: Interval, right: Interval, kind: Kind) -> bool:
    """Tell whether two intervals that do not meet leave nothing out between and beside them."""
    (a, b), (c, d) = sorted((_floor(left, kind), _floor(right, kind)))
    return (a, d) == _floor((None, None), kind) and c == b + 1


def _relate_intervals(left: Interval, right: Interval, kind: Kind) -> Relation:
    (a, b), (c, d) = _floor(left, kind), _floor(right, kind)
    if (a, b) == (c, d):
        return Relation.EQUAL
    if c <= a and b <= d:
        return Relation.ENTAILS
    if a <= c and d <= b:
        return Relation.ENTAILED_BY
    return Relation.OVERLAPS
