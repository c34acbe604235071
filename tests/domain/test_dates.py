"""Dates in EDTF: the first and the last day they can mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.domain.calendar import days_in_month, to_day
from claimtrack.domain.dates import LONGEST, day_to_iso, read_date, read_edtf
from claimtrack.errors import UnreadableValue


def days(text: str) -> tuple[str | None, str | None]:
    lower, upper = read_edtf(text)
    return (
        None if lower is None else day_to_iso(lower),
        None if upper is None else day_to_iso(upper),
    )


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2018-02-08", "2018-02-08", "2018-02-08"),
        (" 2018-02-08 ", "2018-02-08", "2018-02-08"),
        ("2018-02-08T23:59:59Z", "2018-02-08", "2018-02-08"),
        ("2018-02-08T22:00:00+02:00", "2018-02-08", "2018-02-08"),
        ("2018-02-07/2018-02-08", "2018-02-07", "2018-02-08"),
        ("2018/2019-02", "2018-01-01", "2019-02-28"),
        ("-0044-03-15", "-0044-03-15", "-0044-03-15"),
        ("0000", "0000-01-01", "0000-12-31"),
    ],
)
def test_level_0(text: str, lower: str, upper: str) -> None:
    """Years, months, days, times of day and intervals span all that they mean."""
    assert days(text) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("2018?", "2018-01-01", "2018-12-31"),
        ("2018-02~", "2018-02-01", "2018-02-28"),
        ("2018-02-08%", "2018-02-08", "2018-02-08"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2018-XX", "2018-01-01", "2018-12-31"),
        ("2018-02-XX", "2018-02-01", "2018-02-28"),
        ("2018-XX-XX", "2018-01-01", "2018-12-31"),
        ("2018-21", "2018-03-01", "2018-05-31"),
        ("2018-22", "2018-06-01", "2018-08-31"),
        ("2018-23", "2018-09-01", "2018-11-30"),
        ("2018-24", "2018-12-01", "2019-02-28"),
        ("2019-24", "2019-12-01", "2020-02-29"),
        ("Y12018", "Y12018-01-01", "Y12018-12-31"),
        ("Y-12018", "Y-12018-01-01", "Y-12018-12-31"),
        ("2018-02-08/..", "2018-02-08", None),
        ("../2018-02-08", None, "2018-02-08"),
        ("2018-02-08/", "2018-02-08", None),
        ("/2018-02-08", None, "2018-02-08"),
        ("2018-02~/2018-03?", "2018-02-01", "2018-03-31"),
    ],
)
def test_level_1(text: str, lower: str | None, upper: str | None) -> None:
    """Doubt moves no bound, X is any digit, winter ends next year, and open ends are missing."""
    assert days(text) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("[2018-02-07,2018-02-08]", "2018-02-07", "2018-02-08"),
        ("[2018, 2016, 2017]", "2016-01-01", "2018-12-31"),
        ("{2016,2018-02}", "2016-01-01", "2018-02-28"),
        ("[2016..2018]", "2016-01-01", "2018-12-31"),
        ("[..2018-02-08]", None, "2018-02-08"),
        ("[2018-02-08..]", "2018-02-08", None),
        ("[2015,2018..]", "2015-01-01", None),
        ("2018-33", "2018-01-01", "2018-03-31"),
        ("2018-40", "2018-01-01", "2018-06-30"),
        ("2018-X2", "2018-02-01", "2018-12-31"),
        ("2018-1X", "2018-10-01", "2018-12-31"),
        ("2018-02-1X", "2018-02-10", "2018-02-19"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("?2018-~02-%08", "2018-02-08", "2018-02-08"),
        ("1950S2", "1950-01-01", "1950-12-31"),
        ("Y17E7", "Y170000000-01-01", "Y170000000-12-31"),
    ],
)
def test_level_2(text: str, lower: str | None, upper: str | None) -> None:
    """Sets span from their first to their last member; masked digits from first to last fit."""
    assert days(text) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no date"),
        ("2018-13", "no month 13"),
        ("2018-00", "no month 00"),
        ("2018-02-30", "no day 30"),
        ("2017-02-29", "no day 29"),
        ("2018-21-01", "a season has no days"),
        ("-0000", "no date"),
        ("2018-02-08T25:00:00", "time of day"),
        ("2018-02-08T12:60:00", "time of day"),
        ("2019/2018", "ends before it begins"),
        ("[2019..2018]", "ends before it begins"),
        ("[2018..2018-02]", "equally exact"),
        ("../..", "no date"),
        ("/", "no date"),
        ("2016/2017/2018", "no date"),
        ("[2018", "no date"),
        ("[]", "no date"),
        ("[..]", "no date"),
        ("{2018]", "no date"),
        ("Y2018", "needs no Y"),
        ("Y1E13", "million million"),
        ("2018-2-8", "no date"),
        ("20180208", "no date"),
        ("2018-02-08 ", None),
        ("07/02/2018", "no date"),
        ("last week", "no date"),
    ],
)
def test_what_is_no_edtf(text: str, told: str | None) -> None:
    """What is no date is refused in a sentence that says why; blanks around it are forgiven."""
    if told is None:
        assert read_edtf(text)
        return
    with pytest.raises(UnreadableValue, match=told) as refusal:
        read_edtf(text)
    assert refusal.value.hint


@pytest.mark.parametrize("text", ["9" * 100_000, "[" + "2018," * 20_000 + "2018]", "/" * 100_000])
def test_too_long(text: str) -> None:
    """A hundred thousand characters are refused by their length, and not repeated."""
    for read in (read_edtf, read_date):
        with pytest.raises(UnreadableValue, match="no date that can be read") as refusal:
            read(text)
        assert len(refusal.value.problem) < 200 < len(text)
    assert LONGEST == 200


MASKED = st.tuples(
    st.sampled_from(["2018", "201X", "20XX", "19XX", "2XX4", "2X18"]),
    st.sampled_from(["02", "0X", "1X", "X2", "XX", "12", "06"]),
    st.sampled_from(["08", "0X", "1X", "2X", "3X", "X1", "XX", "28", "29", "30", "31"]),
)


@settings(deadline=None)
@given(MASKED)
def test_masked_days_are_told_exactly(parts: tuple[str, str, str]) -> None:
    """A date with masked digits reaches from the first to the last real day that fits it."""

    def fits(mask: str, number: int) -> bool:
        digits = f"{number:0{len(mask)}d}"
        return all(m in ("X", d) for m, d in zip(mask, digits, strict=True))

    fitting = [
        to_day(year, month, day)
        for year in range(1900, 2995)
        if fits(parts[0], year)
        for month in range(1, 13)
        if fits(parts[1], month)
        for day in range(1, days_in_month(year, month) + 1)
        if fits(parts[2], day)
    ]
    text = "-".join(parts)
    if fitting:
        assert read_edtf(text) == (min(fitting), max(fitting))
    else:
        with pytest.raises(UnreadableValue):
            read_edtf(text)


DATE_LIKE = st.text(alphabet="0123456789-/.,[]{}XYES?~%T:Z ²٣", max_size=30)


@given(st.one_of(DATE_LIKE, st.text(max_size=250)))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    """Any text is either read as an interval in order, or refused as unreadable."""
    try:
        lower, upper = read_date(text)
    except UnreadableValue:
        return
    assert lower is not None or upper is not None
    assert lower is None or upper is None or lower <= upper
