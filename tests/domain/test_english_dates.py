"""Dates as people write them in English."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.calendar import day_to_iso
from claimtrack.domain.dates import read_date
from claimtrack.domain.english_dates import read_english
from claimtrack.errors import UnreadableValue


def days(text: str) -> tuple[str | None, str | None]:
    lower, upper = read_date(text)
    return (
        None if lower is None else day_to_iso(lower),
        None if upper is None else day_to_iso(upper),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Feb. 8, 2018",
        "February 8, 2018",
        "FEBRUARY 8 2018",
        "8 February 2018",
        "8 Feb 2018",
        "8th of February 2018",
        "February 8th, 2018",
        "on February 8, 2018",
        "Thursday, February 8, 2018",
        "Thurs. 8 February 2018",
        "the morning of Thursday, February 8, 2018",
        "8  February\n2018.",
    ],
)
def test_one_day(text: str) -> None:
    """One day is one day in every common order, case and abbreviation."""
    assert days(text) == ("2018-02-08", "2018-02-08")


@pytest.mark.parametrize(
    "text",
    [
        "7-8 February 2018",
        "7–8 February 2018",
        "7 - 8 February 2018",
        "7 to 8 February 2018",
        "7 and 8 February 2018",
        "Feb. 7-8, 2018",
        "February 7 and 8, 2018",
        "February 7 to February 8, 2018",
        "from 7 February 2018 to 8 February 2018",
        "between February 7 and 8, 2018",
        "between 7 and 8 February 2018",
        "night of February 7–8, 2018",
        "the night of 7 February 2018",
        "overnight on February 7, 2018",
        "overnight February 7, 2018",
    ],
)
def test_two_days(text: str) -> None:
    """Two days are those two days: a day of the month is never taken for a year, a night is two."""
    assert days(text) == ("2018-02-07", "2018-02-08")


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("February 2018", "2018-02-01", "2018-02-28"),
        ("Sept. 2018", "2018-09-01", "2018-09-30"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("February to March 2018", "2018-02-01", "2018-03-31"),
        ("28 February to 2 March 2018", "2018-02-28", "2018-03-02"),
        ("February 28 - March 2, 2018", "2018-02-28", "2018-03-02"),
        ("Dec. 31, 2017 to Jan. 2, 2018", "2017-12-31", "2018-01-02"),
        ("31 December 2017 - 2 January 2018", "2017-12-31", "2018-01-02"),
        ("early February 2018", "2018-02-01", "2018-02-10"),
        ("mid-February 2018", "2018-02-11", "2018-02-20"),
        ("late February 2018", "2018-02-21", "2018-02-28"),
        ("the beginning of February 2018", "2018-02-01", "2018-02-10"),
        ("the end of February 2016", "2016-02-21", "2016-02-29"),
        ("early 2018", "2018-01-01", "2018-04-30"),
        ("mid-2018", "2018-05-01", "2018-08-31"),
        ("late 2018", "2018-09-01", "2018-12-31"),
        ("spring 2018", "2018-03-01", "2018-05-31"),
        ("the fall of 2018", "2018-09-01", "2018-11-30"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("before 8 February 2018", None, "2018-02-07"),
        ("by February 8, 2018", None, "2018-02-08"),
        ("until February 2018", None, "2018-02-28"),
        ("after February 8, 2018", "2018-02-09", None),
        ("since February 2018", "2018-02-01", None),
        ("not before Feb. 8, 2018", "2018-02-08", None),
        ("not after Feb. 8, 2018", None, "2018-02-08"),
    ],
)
def test_longer_spans(text: str, lower: str | None, upper: str | None) -> None:
    """Months, seasons, parts and open ends span from the first to the last day they can mean."""
    assert days(text) == (lower, upper)


@pytest.mark.parametrize(
    "text", ["Friday, 8 February 2018", "Wed. Feb. 8, 2018", "the night of Monday, 8 February 2018"]
)
def test_a_day_of_the_week_that_is_another(text: str) -> None:
    """Either it or the date is wrong; the error says which day it was."""
    with pytest.raises(UnreadableValue, match="2018-02-08 was a Thursday by our calendar"):
        read_date(text)


def test_a_day_of_the_week_within_a_span() -> None:
    """Which of the days it names is not said, so nothing is checked."""
    assert days("Friday, 7-8 February 2018") == ("2018-02-07", "2018-02-08")


@pytest.mark.parametrize("text", ["winter 2018", "the winter of 2018"])
def test_two_winters_touch_a_year(text: str) -> None:
    """It may have ended or begun in that year: refused, where other seasons are read."""
    with pytest.raises(UnreadableValue, match="ended in that year") as refusal:
        read_date(text)
    assert refusal.value.hint is not None
    assert days(refusal.value.hint.split("'")[1]) == ("2018-12-01", "2019-02-28")


@pytest.mark.parametrize("text", ["Feb. 7", "7 February", "7-8 February", "early February"])
def test_a_year_is_wanted(text: str) -> None:
    """A date without its year is refused with the hint to add it; no year is invented."""
    with pytest.raises(UnreadableValue, match="has no year") as refusal:
        read_date(text)
    assert "add it" in (refusal.value.hint or "")


@pytest.mark.parametrize("text", ["07/02/2018", "7/2/2018", "07.02.2018", "7. 2. 2018"])
def test_day_or_month_first(text: str) -> None:
    """Numbers alone are refused, since they can be read two ways; both are offered."""
    with pytest.raises(UnreadableValue, match="can be read as day") as refusal:
        read_date(text)
    assert "2018-02-07" in (refusal.value.hint or "")
    assert "2018-07-02" in (refusal.value.hint or "")


def test_a_year_of_two_digits() -> None:
    """A year of two digits is refused."""
    with pytest.raises(UnreadableValue, match="two digits"):
        read_date("07/02/18")


@pytest.mark.parametrize(
    "text",
    [
        "about 7 February 2018",
        "around February 2018",
        "30 February 2018",
        "0 February 2018",
        "8-7 February 2018",
        "March to February 2018",
        "9 March 2018 to 8 February 2018",
        "7 Smarch 2018",
        "8 February 2018 or so",
        "February 8, 2018 and March 1, 2019 and more",
        "before before",
        "after",
        "between 7 February 2018",
        "yesterday",
        "the day before 8 February 2018",
        "the night after 8 February 2018",
        "²0 February 2018",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """A hedge, a day that does not exist, the wrong order and left-over words are refused."""
    with pytest.raises(UnreadableValue) as refusal:
        read_date(text)
    assert refusal.value.hint


@pytest.mark.parametrize("text", ["February 2018 " * 8000, "a" * 100_000, "before " * 15_000])
def test_too_long(text: str) -> None:
    """A hundred thousand characters are refused, and only their beginning is shown."""
    with pytest.raises(UnreadableValue) as refusal:
        read_english(text)
    assert len(refusal.value.problem) < 200


def test_many_joints() -> None:
    """A date with as many joints as fit into the longest text is refused at once."""
    with pytest.raises(UnreadableValue):
        read_date(("a - a to " * 30)[:190] + " 2018")


WORDS = (
    "February Feb. may 7 8th 31 2018 2017 20 to - – and from between before after until since "
    "night of the early late spring mid 1990s , . / ² ٣ about on overnight Sat. \x00"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))
def test_any_words_are_a_date_or_refused(text: str) -> None:
    """Any words are either read as an interval in order, or refused as unreadable."""
    try:
        lower, upper = read_english(text)
    except UnreadableValue:
        return
    assert lower is not None or upper is not None
    assert lower is None or upper is None or lower <= upper


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("7 or 8 February 2018", "2018-02-07", "2018-02-08"),
        ("2018-02-07 to 2018-02-09", "2018-02-07", "2018-02-09"),
        ("before 2018-02-07", None, "2018-02-06"),
        ("no later than 7 February 2018", None, "2018-02-07"),
        ("no earlier than 7 February 2018", "2018-02-07", None),
        ("in February 2018", "2018-02-01", "2018-02-28"),
        ("as of 7 February 2018", "2018-02-07", "2018-02-07"),
        ("1861–1865", "1861-01-01", "1865-12-31"),
    ],
)
def test_other_ways_of_saying_it(text: str, lower: str | None, upper: str | None) -> None:
    """ISO days among words, either-or, years from and to, and little words before are read."""
    assert days(text) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "why", "hint"),
    [
        ("13/02/2018", "order", "write 2018-02-13$"),
        ("02/13/2018", "order", "write 2018-02-13$"),
        ("07/02/2018", "day 07 of month 02", "2018-07-02 or 2018-02-07"),
        ("30/30/2018", "no day of the calendar", ""),
        ("7 Feb 18", "two digits", "four"),
        ("Feb 7, '18", "two digits", "four"),
        ("1 March 44 BC", "era", "-0043"),
        ("circa 1860", "by how much", "1860~"),
        ("1865-1861", "no date", ""),
        ("1861-65", "no date", ""),
    ],
)
def test_the_hint_is_a_date_there_is(text: str, why: str, hint: str) -> None:
    """What cannot be read says why, and no hint proposes a day that does not exist."""
    with pytest.raises(UnreadableValue, match=why) as caught:
        read_date(text)
    assert re.search(hint, caught.value.hint or "")
