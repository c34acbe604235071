"""Disjoint: one question, two numbers that leave nothing in common."""

from __future__ import annotations

import pytest

from claimtrack.domain.case import Days
from contradictions.cases import DAY, Said, shown

Span = tuple[int | None, int | None]


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        ((90, 110), (201, None), 91),
        ((80, 80), (81, None), 1),
        ((None, 4), (5, 9), 1),
        ((0, 0), (1, 1), 1),
    ],
)
@pytest.mark.parametrize("metric", ["killed", "missing", "rank", "distance"])
def test_hit(said: Said, metric: str, one: Span, other: Span, gap: int) -> None:
    """Two intervals that do not meet are found once, the lower first, with their gap."""
    made = [said(*other, metric=metric), said(*one, metric=metric)]
    assert shown(*made) == [("disjoint", "c0002", "c0001", gap)]
    assert shown(*reversed(made)) == [("disjoint", "c0002", "c0001", gap)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((90, 110), (110, 200)),
        ((80, 80), (80, None)),
        ((None, 5), (5, None)),
        ((5, None), (9, None)),
        ((None, 5), (None, 9)),
        ((40, 199), (90, 110)),
        ((7, 7), (7, 7)),
    ],
)
def test_touching(said: Said, one: Span, other: Span) -> None:
    """Intervals that share even one number are let pass."""
    assert shown(said(*one), said(*other)) == []


def test_each_pair_once(said: Said) -> None:
    """Three numbers that all differ make three conflicts."""
    assert len(shown(said(1, 1), said(2, 2), said(3, 3))) == 3


def test_unknown(said: Said) -> None:
    """Who cannot say contradicts nobody."""
    assert shown(said(0, 0), said(unknown=True), said(unknown=True, denied=True)) == []


def test_other_group(said: Said) -> None:
    """No servicemen and 80 contractors may both hold."""
    assert shown(said(0, 0, group="servicemen"), said(80, None)) == []


def test_other_metric(said: Said) -> None:
    """100 wounded and 5 killed may both hold."""
    assert shown(said(100, 100, metric="wounded"), said(5, 5)) == []


def test_other_event(said: Said) -> None:
    """5 killed in one event and 100 in another may both hold."""
    assert shown(said(5, 5), said(100, 100, event="aleppo")) == []


@pytest.mark.parametrize("later", [(5, 5), (6, 6), (80, None)])
def test_later_toll_not_lower(said: Said, later: Span) -> None:
    """A toll that stays or rises from day to day is let pass."""
    assert shown(said(5, 5, as_of=DAY), said(*later, as_of=DAY + 1)) == []


def test_later_toll_lower(said: Said) -> None:
    """A toll that falls from one day to the next is found."""
    made = [said(5, 5, as_of=DAY), said(4, 4, as_of=DAY + 1)]
    assert shown(*made) == [("disjoint", "c0002", "c0001", 1)]


def test_toll_of_one_day(said: Said) -> None:
    """Two tolls of the same day must be the same."""
    made = [said(5, 5, as_of=DAY), said(9, 9, as_of=DAY)]
    assert shown(*made) == [("disjoint", "c0001", "c0002", 4)]


def test_toll_against_the_whole_event(said: Said) -> None:
    """A toll above the final number is found; one below it is let pass."""
    assert shown(said(80, 80), said(5, 5, as_of=DAY)) == []
    found = shown(said(80, 80), said(90, 90, as_of=DAY))
    assert found == [("disjoint", "c0003", "c0004", 10)]


@pytest.mark.parametrize("later", [(4, 4), (80, 80)])
@pytest.mark.parametrize("days", [(DAY, DAY + 1), (None, DAY)])
@pytest.mark.parametrize("metric", ["missing", "force_size"])
def test_numbers_that_may_fall(
    said: Said, metric: str, days: tuple[int | None, int], later: Span
) -> None:
    """The missing and a force of different days are let pass, whether more or fewer."""
    first = said(20, 20, metric=metric, as_of=days[0])
    assert shown(first, said(*later, metric=metric, as_of=days[1])) == []


def test_numbers_that_may_fall_on_one_day(said: Said) -> None:
    """Two numbers of missing as of one day that do not meet are found."""
    made = [said(n, n, metric="missing", as_of=DAY) for n in (4, 20)]
    assert shown(*made) == [("disjoint", "c0001", "c0002", 16)]


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ((DAY + 3, DAY + 5), (DAY, DAY + 3), True),
        ((DAY + 3, DAY + 5), (DAY, DAY + 4), False),
        ((DAY + 3, None), (None, DAY + 3), True),
        ((None, DAY + 5), (DAY, DAY + 1), False),
        ((DAY + 3, DAY + 5), (DAY, None), False),
    ],
)
def test_uncertain_days(said: Said, low: Days, high: Days, found: bool) -> None:
    """A lower toll must surely be no earlier than the higher one to be found."""
    assert bool(shown(said(4, 4, as_of=low), said(9, 9, as_of=high))) is found


@pytest.mark.parametrize("metric", ["date", "duration", "participation"])
def test_other_kinds_have_rules_of_their_own(said: Said, metric: str) -> None:
    """Dates, durations and truth values are not called disjoint numbers."""
    (found,) = shown(said(0, 0, metric=metric), said(1, 1, metric=metric))
    assert found[0] != "disjoint"
