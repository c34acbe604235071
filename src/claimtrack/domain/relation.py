"""How two claims stand to each other; comparing uncertain things gives this, never true or false.

Source of the relations: the project's model, "Relations between two claims".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from claimtrack.domain.bounds import gap, upper_holds_for
from claimtrack.domain.case import Claim, Metric
from claimtrack.domain.value import Kind

_Piece = tuple[float, float]


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
    # The upper end of each binds the other only where both speak of one time.
    same_time = upper_holds_for(one, other, metric) and upper_holds_for(other, one, metric)
    if gap(one, other, metric) is not None or gap(other, one, metric) is not None:
        both_false = not (same_time and _exhaust(one, other))
        return Comparison(Relation.CONTRARY if both_false else Relation.CONTRADICTORY)
    if not same_time:
        return Comparison(Relation.NOT_COMPARABLE, "day")
    if one.value.kind is Kind.CATEGORY:
        return Comparison(_relate_categories(one, other))
    return Comparison(_relate_numbers(one, other))


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


def _relate_numbers(one: Claim, other: Claim) -> Relation:
    left, right = _pieces(one), _pieces(other)
    if left == right:
        return Relation.EQUAL
    if not any(max(a, c) <= min(b, d) for a, b in left for c, d in right):
        return Relation.CONTRADICTORY if _exhaust(one, other) else Relation.CONTRARY
    if _within(left, right):
        return Relation.ENTAILS
    return Relation.ENTAILED_BY if _within(right, left) else Relation.OVERLAPS


def _pieces(claim: Claim) -> list[_Piece]:
    """List the runs of numbers that a claim leaves possible: two where a middle is denied."""
    bottom, top = _limits(claim.value.kind)
    lower = bottom if claim.value.lower is None else claim.value.lower
    upper = top if claim.value.upper is None else claim.value.upper
    if not claim.denied:
        return [(lower, upper)]
    below = [(bottom, lower - 1)] if lower > bottom else []
    above = [(upper + 1, top)] if upper < top else []
    return below + above


def _limits(kind: Kind) -> _Piece:
    return (
        float("-inf") if kind is Kind.DATE else 0,
        1 if kind is Kind.TRUTH_VALUE else float("inf"),
    )


def _within(inner: list[_Piece], outer: list[_Piece]) -> bool:
    return all(any(c <= a and b <= d for c, d in outer) for a, b in inner)


def _exhaust(one: Claim, other: Claim) -> bool:
    """Tell whether two claims that do not meet leave nothing out between and beside them."""
    pieces = sorted(_pieces(one) + _pieces(other))
    bottom, top = _limits(one.value.kind)
    joined = all(c == b + 1 for (_, b), (c, _) in pairwise(pieces))
    return joined and (pieces[0][0], pieces[-1][1]) == (bottom, top)
