"""Days as numbers, checked against Python's own calendar and beyond its years."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.calendar import (
    day_to_iso,
    days_in_month,
    from_day,
    is_leap,
    iso_to_day,
    to_day,
)

LAST = datetime.date.max.toordinal()
ANY_DAY = st.integers(min_value=-(10**14), max_value=10**14)


@given(st.integers(1, LAST))
def test_years_1_to_9999_are_numbered_as_python_does(number: int) -> None:
    """A day of the years Python knows has Python's number, parts and ISO form."""
    day = datetime.date.fromordinal(number)
    assert from_day(number) == (day.year, day.month, day.day)
    assert to_day(day.year, day.month, day.day) == number
    assert day_to_iso(number) == day.isoformat()
    assert iso_to_day(day.isoformat()) == number


@given(ANY_DAY)
def test_any_year_comes_back(number: int) -> None:
    """A day of any year, however far, comes back from its parts and from its ISO form."""
    year, month, day = from_day(number)
    assert 1 <= month <= 12
    assert 1 <= day <= days_in_month(year, month)
    assert to_day(year, month, day) == number
    assert iso_to_day(day_to_iso(number)) == number


@given(st.integers(-9999, -1), st.integers(1, 12), st.integers(1, 28))
def test_years_before_our_era_come_back(year: int, month: int, day: int) -> None:
    """A day before the year 0 comes back with its minus sign and four digits."""
    number = to_day(year, month, day)
    assert from_day(number) == (year, month, day)
    assert day_to_iso(number) == f"-{-year:04d}-{month:02d}-{day:02d}"


@given(ANY_DAY)
def test_the_next_day_is_later(number: int) -> None:
    """Days that follow each other have parts that follow each other."""
    assert from_day(number) < from_day(number + 1)


@pytest.mark.parametrize(
    ("number", "iso"),
    [
        (1, "0001-01-01"),
        (0, "0000-12-31"),
        (-366, "-0001-12-31"),
        (to_day(9999, 12, 31) + 1, "Y10000-01-01"),
        (to_day(-10000, 1, 1), "Y-10000-01-01"),
    ],
)
def test_the_edges_of_eras_and_of_four_digits(number: int, iso: str) -> None:
    """The day before the year 1 is in the year 0, and long years begin with Y."""
    assert day_to_iso(number) == iso
    assert iso_to_day(iso) == number


@pytest.mark.parametrize(
    ("year", "leap"), [(2000, True), (1900, False), (2024, True), (2023, False), (0, True)]
)
def test_leap_years(year: int, leap: bool) -> None:
    """Every fourth year is leap, a century only where 400 divides it."""
    assert is_leap(year) is leap
    assert days_in_month(year, 2) == 28 + leap


@pytest.mark.parametrize(
    "text",
    ["", "2018", "2018-2-8", "2018-13-01", "2018-00-01", "2023-02-29", "2018-02-00", "10000-01-01"],
)
def test_no_iso_day(text: str) -> None:
    """A text that is no day of the calendar is refused."""
    with pytest.raises(ValueError, match="is no"):
        iso_to_day(text)
