"""A value keeps its ends in order and is neither true nor false."""

from __future__ import annotations

import pytest

from claimtrack.domain.value import INT64_MAX, Hedge, Kind, Value


def value(lower: int | None, upper: int | None, hedge: Hedge = Hedge.RANGE) -> Value:
    return Value(Kind.COUNT, lower, upper, "words", hedge, "rule")


def test_upside_down() -> None:
    """An interval in which no answer could lie is refused."""
    with pytest.raises(ValueError, match="lower bound 3 is above upper bound 2"):
        value(3, 2)


@pytest.mark.parametrize(("lower", "upper"), [(2, 2), (2, 3), (None, 3), (2, None), (None, None)])
def test_ends_in_order(lower: int | None, upper: int | None) -> None:
    """Ends in order are kept as they are, and a missing end stays missing."""
    made = value(lower, upper)
    assert (made.lower, made.upper) == (lower, upper)


def test_no_truth() -> None:
    """A value in a condition is an error, even that of nobody killed."""
    with pytest.raises(TypeError, match="relation"):
        bool(value(0, 0))


def test_no_order() -> None:
    """Values cannot be put in order."""
    with pytest.raises(TypeError):
        assert value(1, 2) < value(3, 4)  # type: ignore[operator]


def test_unknown() -> None:
    """Only what was told as unknown is unknown; missing ends alone are not."""
    assert value(None, None, Hedge.UNKNOWN).is_unknown
    assert not value(None, None).is_unknown


def test_largest_bound() -> None:
    """The largest bound is the largest integer that a database column holds."""
    assert INT64_MAX == 9_223_372_036_854_775_807
