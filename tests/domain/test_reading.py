"""Values of every kind as the import gives them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.calendar import to_day
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import INT64_MAX, Hedge, Kind, Value
from claimtrack.errors import UnreadableValue

UNITS = {Kind.DURATION: "hours", Kind.DISTANCE: "km"}
KM = 1_000_000


def read(raw: object, kind: Kind = Kind.COUNT) -> Value:
    return read_value(raw, kind=kind, unit=UNITS.get(kind), lexicon=default_lexicon())


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("three hours", 9_000, 12_600),
        ("3", 9_000, 12_600),
        (3, 9_000, 12_600),
        ("1.5", 5_220, 5_580),
        (3.5, 12_420, 12_780),
        ("about three hours", 8_640, 12_960),
        ("about 30 minutes", 1_440, 2_160),
        ("about 1 hour", 1_800, 5_400),
        ("more than 3 hours", 10_800, None),
        ("at least 2 hours", 7_200, None),
        ("less than 3 hours", None, 10_800),
        ("almost 3 hours", 9_720, 10_800),
        ("two to three hours", 5_400, 12_600),
        ("3-4 hours", 9_000, 16_200),
        ("3 hours 20 minutes", 11_970, 12_030),
        ("half an hour", 900, 2_700),
        ("an hour and a half", 4_500, 6_300),
        ("several hours", 9_000, 34_200),
        ("two days", 129_600, 216_000),
        ("0 hours", 0, 1_800),
    ],
)
def test_durations(text: object, lower: int | None, upper: int | None) -> None:
    """A duration carries the rounding of its unit; about is that or its percentage if wider."""
    value = read(text, Kind.DURATION)
    assert (value.lower, value.upper) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("8 km", 7.5 * KM, 8.5 * KM),
        ("8", 7.5 * KM, 8.5 * KM),
        ("8.5 km", 8.45 * KM, 8.55 * KM),
        ("8m", 7_500, 8_500),
        ("about 8 km", 6.4 * KM, 9.6 * KM),
        ("up to 5 km", None, 5 * KM),
        ("five miles", 7_242_048, 8_851_392),
        ("10 feet", 2_895, 3_201),
    ],
)
def test_distances(text: str, lower: int | None, upper: int | None) -> None:
    """A distance is kept in millimetres, rounded outwards, whatever unit it was told in."""
    value = read(text, Kind.DISTANCE)
    assert (value.lower, value.upper) == (lower, upper)


@pytest.mark.parametrize(
    ("raw", "lower", "upper", "hedge"),
    [
        (5, 5, 5, Hedge.EXACT),
        (5.0, 5, 5, Hedge.EXACT),
        (INT64_MAX, INT64_MAX, INT64_MAX, Hedge.EXACT),
        ({"min": 1}, 1, None, Hedge.ABOVE),
        ({"max": 5}, None, 5, Hedge.BELOW),
        ({"min": 1, "max": 5, "best": 3}, 1, 5, Hedge.RANGE),
        ({"min": 4, "max": 4}, 4, 4, Hedge.EXACT),
        ({"best": 4}, 4, 4, Hedge.EXACT),
    ],
)
def test_numbers_and_bounds(
    raw: object, lower: int | None, upper: int | None, hedge: Hedge
) -> None:
    """Numbers are exact, bounds are as given, and a missing end stays missing."""
    value = read(raw)
    assert (value.lower, value.upper, value.hedge) == (lower, upper, hedge)
    assert value.text


def test_bounds_keep_words_and_best() -> None:
    """Bounds keep the words told with them and the best estimate within them."""
    value = read({"min": 1, "max": 5, "best": 3, "text": "one to five, likely three"})
    assert (value.text, value.best) == ("one to five, likely three", 3)
    assert read({"min": 1, "max": 5}).text == "1 to 5"


def test_bounds_of_other_kinds() -> None:
    """Bounds of measures are in the metric's unit, bounds of dates are days."""
    hours = read({"min": 1, "max": 2}, Kind.DURATION)
    assert (hours.lower, hours.upper) == (3_600, 7_200)
    days = read({"min": "2018-02", "max": "8 March 2018"}, Kind.DATE)
    assert (days.lower, days.upper) == (to_day(2018, 2, 1), to_day(2018, 3, 8))


@pytest.mark.parametrize(
    ("raw", "kind", "told"),
    [
        (5.5, Kind.COUNT, "no whole number"),
        (-1, Kind.COUNT, "negative"),
        (-2, Kind.DURATION, "negative"),
        (True, Kind.COUNT, "true is no count"),
        (None, Kind.COUNT, "empty"),
        ([], Kind.COUNT, "empty"),
        ({}, Kind.COUNT, "empty"),
        ({"min": None, "max": None}, Kind.COUNT, "empty"),
        ({"least": 1}, Kind.COUNT, "no 'least'"),
        ({"min": 1, "text": 5}, Kind.COUNT, "must be words"),
        ({"min": 5, "max": 1}, Kind.COUNT, "min 5 is above max 1"),
        ({"min": 1, "max": 2, "best": 3}, Kind.COUNT, "outside min and max"),
        ({"min": "5"}, Kind.COUNT, "no number"),
        ({"min": True}, Kind.COUNT, "no number"),
        ({"min": 1.5}, Kind.COUNT, "no whole number"),
        ({"min": -1}, Kind.COUNT, "negative"),
        ({"min": 2**64}, Kind.COUNT, "64 bits"),
        (2**63, Kind.COUNT, "64 bits"),
        (float("nan"), Kind.COUNT, "64 bits"),
        (float("inf"), Kind.COUNT, "64 bits"),
        (1e300, Kind.DURATION, "64 bits"),
        (INT64_MAX, Kind.DURATION, "64 bits"),
        ({"min": 5}, Kind.DATE, "no date"),
        ({"min": "2018-03", "max": "2018-02"}, Kind.DATE, "above max"),
        (2018, Kind.DATE, "no date"),
        ("Feb. 7", Kind.DATE, "has no year"),
        ("two months", Kind.DURATION, "no fixed length"),
        ("5 km", Kind.DURATION, "no duration"),
        ("8 hours", Kind.DISTANCE, "no distance"),
        ("8 km and 5 miles", Kind.DISTANCE, "no distance"),
        ("maybe", Kind.TRUTH_VALUE, "neither true nor false"),
        (1, Kind.TRUTH_VALUE, "no truth value"),
        ({"min": 1}, Kind.TRUTH_VALUE, "no bounds"),
        (True, Kind.CATEGORY, "no category"),
        (1, Kind.CATEGORY, "no category"),
        ({"min": 1}, Kind.CATEGORY, "no bounds"),
    ],
)
def test_refused(raw: object, kind: Kind, told: str) -> None:
    """What is no value of the kind is refused in a sentence with a hint."""
    with pytest.raises(UnreadableValue, match=told) as refusal:
        read(raw, kind)
    assert refusal.value.hint


def test_a_unit_nobody_knows() -> None:
    """A metric in a unit nobody knows is refused, with the units there are."""
    with pytest.raises(UnreadableValue, match="no unit of distance") as refusal:
        read_value(8, kind=Kind.DISTANCE, unit="parsecs", lexicon=default_lexicon())
    assert "km" in (refusal.value.hint or "")


@pytest.mark.parametrize(
    ("raw", "truth"), [("true", 1), ("Yes.", 1), (True, 1), ("No", 0), ("false", 0), (False, 0)]
)
def test_truth_values(raw: object, truth: int) -> None:
    """True and yes are 1, false and no are 0."""
    value = read(raw, Kind.TRUTH_VALUE)
    assert (value.lower, value.upper) == (truth, truth)


def test_categories() -> None:
    """A category has no bounds, and is its words without the blanks around them."""
    value = read(" Drone strike ", Kind.CATEGORY)
    assert (value.lower, value.upper, value.category) == (None, None, "Drone strike")


@pytest.mark.parametrize(
    ("text", "lower", "upper", "hedge"),
    [
        ("2018-02-08", to_day(2018, 2, 8), to_day(2018, 2, 8), Hedge.EXACT),
        ("7-8 February 2018", to_day(2018, 2, 7), to_day(2018, 2, 8), Hedge.RANGE),
        ("2018-02-08/..", to_day(2018, 2, 8), None, Hedge.ABOVE),
        ("before 8 February 2018", None, to_day(2018, 2, 7), Hedge.BELOW),
    ],
)
def test_dates(text: str, lower: int | None, upper: int | None, hedge: Hedge) -> None:
    """A date is the days it can mean, and its hedge tells which end is open."""
    value = read(text, Kind.DATE)
    assert (value.lower, value.upper, value.hedge) == (lower, upper, hedge)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("text", ["unknown", "Unknown.", "unable to say", "?", "n/a"])
def test_unknown_of_every_kind(kind: Kind, text: str) -> None:
    """An answer that is not known has no bounds and no category, whatever is asked."""
    value = read(text, kind)
    assert value.is_unknown
    assert (value.lower, value.upper, value.category) == (None, None, None)
    assert value.text == text


WORDS = (
    "about more less than fewer at least most no or so equal to and between from - – 5 100 1,200 "
    "1.5 k m km hours hour half a an dozen dozens scores hundred thousand two twenty ² ٣ ½ % ~ + "
    "> < = ( ) , . plus unknown none no \x00 \x85 \u202e -5 2018 February 9999999999999999999 "
    "of killed the several ſ ı İ"
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join),
    st.lists(st.sampled_from(WORDS.split()), max_size=8).map("".join),
    st.text(max_size=350),
    st.text(alphabet="0123456789²٣५,.-–' kmbn", max_size=40),
)


@given(TEXTS, st.sampled_from(list(Kind)))
def test_any_text_is_a_value_or_refused(text: str, kind: Kind) -> None:
    """Any text of any kind gives a value with its words kept, or is refused as unreadable."""
    try:
        value = read(text, kind)
    except UnreadableValue as refusal:
        assert refusal.problem
        return
    assert value.text == text
    for end in (value.lower, value.upper):
        assert end is None or abs(end) <= INT64_MAX


JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["min", "max", "best", "text", "x"]), inner, max_size=4),
    ),
    max_leaves=5,
)


@given(JSON, st.sampled_from(list(Kind)))
def test_anything_is_a_value_or_refused(raw: object, kind: Kind) -> None:
    """Whatever a file may hold in the place of a value is read, or refused as unreadable."""
    try:
        value = read(raw, kind)
    except UnreadableValue:
        return
    assert value.lower is None or value.upper is None or value.lower <= value.upper


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.DATE, Kind.DURATION, Kind.DISTANCE])
@pytest.mark.parametrize(
    "text", ["9" * 100_000, "about " * 17_000, "5 to " * 20_000, "." * 100_000]
)
def test_too_long(kind: Kind, text: str) -> None:
    """A hundred thousand characters are refused in a short sentence by every kind."""
    with pytest.raises(UnreadableValue) as refusal:
        read(text, kind)
    assert len(refusal.value.problem) < 200
