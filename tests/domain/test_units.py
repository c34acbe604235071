"""Units of measure and bounds as people read them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.calendar import to_day
from claimtrack.domain.units import bound_for_display, find_unit, known_units, unit_size
from claimtrack.domain.value import Kind

MEASURED = [Kind.DURATION, Kind.DISTANCE]


@pytest.mark.parametrize(
    ("kind", "word", "unit"),
    [
        (Kind.DURATION, "hrs", "hours"),
        (Kind.DURATION, "Hour", "hours"),
        (Kind.DURATION, "min.", "minutes"),
        (Kind.DURATION, "weeks", "weeks"),
        (Kind.DURATION, "km", None),
        (Kind.DURATION, "months", None),
        (Kind.DISTANCE, "kilometres", "km"),
        (Kind.DISTANCE, "ft", "feet"),
        (Kind.DISTANCE, "m", "m"),
        (Kind.DISTANCE, "mi", "miles"),
        (Kind.DISTANCE, "nautical mile", "nautical miles"),
        (Kind.DISTANCE, "hours", None),
        (Kind.COUNT, "hours", None),
    ],
)
def test_words_of_units(kind: Kind, word: str, unit: str | None) -> None:
    """A word means a unit of its own kind only, whatever its case or spelling."""
    assert find_unit(kind, word) == unit


@pytest.mark.parametrize(
    ("kind", "unit", "size"),
    [
        (Kind.DURATION, "seconds", 1),
        (Kind.DURATION, "days", 86_400),
        (Kind.DISTANCE, "km", 1_000_000),
        (Kind.DISTANCE, "miles", 1_609_344),
        (Kind.DISTANCE, "feet", Fraction(3048, 10)),
        (Kind.DURATION, None, 3_600),
        (Kind.DISTANCE, None, 1_000_000),
        (Kind.DISTANCE, "parsecs", 1_000_000),
        (Kind.COUNT, None, 1),
        (Kind.COUNT, "people", 1),
    ],
)
def test_sizes(kind: Kind, unit: str | None, size: int | Fraction) -> None:
    """A unit holds its international size; one left out or not known is the standard one."""
    assert unit_size(kind, unit) == size


@pytest.mark.parametrize("kind", MEASURED)
def test_every_unit_is_found_by_its_name(kind: Kind) -> None:
    """Every unit listed is found by its own name and holds something."""
    for unit in known_units(kind):
        assert find_unit(kind, unit) == unit
        assert unit_size(kind, unit) > 0
    assert known_units(Kind.COUNT) == ()


@pytest.mark.parametrize(
    ("kind", "unit", "bound", "shown"),
    [
        (Kind.COUNT, None, 12, 12),
        (Kind.COUNT, None, None, None),
        (Kind.DATE, None, to_day(2018, 2, 8), "2018-02-08"),
        (Kind.DURATION, "hours", 9_000, 2.5),
        (Kind.DURATION, "hours", 7_200, 2),
        (Kind.DISTANCE, "km", 7_500_000, 7.5),
        (Kind.DISTANCE, "miles", 1_000_000, 0.621),
        (Kind.TRUTH_VALUE, None, 1, None),
        (Kind.CATEGORY, None, None, None),
    ],
)
def test_bounds_as_people_read_them(
    kind: Kind, unit: str | None, bound: int | None, shown: object
) -> None:
    """Bounds are shown in the metric's unit, days as dates, and missing ends as missing."""
    assert bound_for_display(kind, unit, bound) == shown


@given(st.sampled_from(MEASURED), st.data(), st.integers(0, 10**6))
def test_whole_units_are_shown_whole(kind: Kind, data: st.DataObject, number: int) -> None:
    """A whole number of units that are whole themselves is shown as that number."""
    unit = data.draw(st.sampled_from(known_units(kind)))
    size = unit_size(kind, unit)
    if size.denominator == 1:
        assert bound_for_display(kind, unit, number * int(size)) == number
