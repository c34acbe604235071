"""Date: one question, two dates or durations that do not meet."""

from __future__ import annotations

import pytest

from contradictions.cases import DAY, Said, shown


@pytest.fixture
def said() -> Said:
    return Said()


def test_neighbouring_days(said: Said) -> None:
    """The 7th and the 8th, each alone, cannot both be the day."""
    made = [said(DAY, DAY, metric="date"), said(DAY - 1, DAY - 1, metric="date")]
    assert shown(*made) == [("date", "c0002", "c0001", 1)]


def test_a_night_of_two_days(said: Said) -> None:
    """ "The night of 7 to 8" agrees with the 7th and with the 8th."""
    night = said(DAY - 1, DAY, metric="date")
    assert shown(night, said(DAY, DAY, metric="date")) == []
    assert shown(night, said(DAY - 1, DAY - 1, metric="date")) == []
    assert len(shown(night, said(DAY + 1, DAY + 1, metric="date"))) == 1


def test_a_day_within_a_month(said: Said) -> None:
    """A day within a month agrees with it."""
    assert shown(said(DAY, DAY, metric="date"), said(DAY - 7, DAY + 20, metric="date")) == []


def test_open_dates(said: Said) -> None:
    """ "Before the 8th" agrees with any earlier day and not with the 8th."""
    before = said(None, DAY - 1, metric="date")
    assert shown(before, said(5, 5, metric="date")) == []
    assert shown(before, said(DAY, None, metric="date")) == [("date", "c0001", "c0003", 1)]


def test_durations(said: Said) -> None:
    """Three hours, told as 2.5 to 3.5, meets 3.5 to 4.5 and misses what is a second longer."""
    three = said(9000, 12_600, metric="duration")
    assert shown(three, said(12_600, 16_200, metric="duration")) == []
    longer = said(12_601, 16_200, metric="duration")
    assert shown(three, longer) == [("date", "c0001", "c0003", 1)]


def test_unknown_and_denied(said: Said) -> None:
    """An unknown date is let pass, and a denied one is the denial rule's."""
    made = [said(DAY, DAY, metric="date"), said(unknown=True, metric="date")]
    assert shown(*made) == []
    (found,) = shown(*made, said(None, DAY, metric="date", denied=True))
    assert found[0] == "denial"


def test_other_events_and_groups(said: Said) -> None:
    """Dates of two events, or of two groups in one, may differ."""
    made = [
        said(DAY, DAY, metric="date"),
        said(5, 5, metric="date", event="aleppo"),
        said(9, 9, metric="date", group="side"),
    ]
    assert shown(*made) == []


@pytest.mark.parametrize("metric", ["date", "duration"])
def test_as_of_different_days(said: Said, metric: str) -> None:
    """Datings as of different days are let pass: a thing that lasts has more than one."""
    made = [said(5, 5, metric=metric, as_of=DAY), said(9, 9, metric=metric, as_of=DAY + 1)]
    assert shown(*made) == []
