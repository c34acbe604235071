"""How two claims stand to each other, by example."""

from __future__ import annotations

import pytest

from claimtrack.domain.case import Claim
from claimtrack.domain.relation import Comparison, Relation, relate
from contradictions.cases import DAY, METRICS, Said


@pytest.fixture
def said() -> Said:
    return Said()


def relation(one: Claim, other: Claim) -> Relation:
    found = relate(one, other, METRICS[one.question.metric])
    assert found.differs_in is None
    return found.relation


def differs_in(one: Claim, other: Claim) -> str | None:
    found = relate(one, other, METRICS[one.question.metric])
    assert found.relation is Relation.NOT_COMPARABLE
    return found.differs_in


def test_other_event(said: Said) -> None:
    """Claims about two events do not compare, and the event is named before the group."""
    assert differs_in(said(5, 5), said(9, 9, event="aleppo", group="civilians")) == "event"


def test_other_metric(said: Said) -> None:
    """Killed and wounded do not compare."""
    assert differs_in(said(5, 5), said(9, 9, metric="wounded", group="civilians")) == "metric"


def test_other_group(said: Said) -> None:
    """No servicemen and some contractors do not compare: the groups differ."""
    assert differs_in(said(0, 0, group="servicemen"), said(80, None)) == "group"


@pytest.mark.parametrize("turned", [False, True])
def test_unknown(said: Said, turned: bool) -> None:
    """An unknown value compares with nothing, on whichever side it stands."""
    pair = [said(5, 5), said(unknown=True)]
    assert differs_in(*(reversed(pair) if turned else pair)) == "unknown value"


def test_two_unknowns(said: Said) -> None:
    """Two who cannot say do not thereby agree."""
    assert differs_in(said(unknown=True), said(unknown=True)) == "unknown value"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((5, 5), (5, 5), Relation.EQUAL),
        ((None, 5), (0, 5), Relation.EQUAL),
        ((5, 5), (4, 6), Relation.ENTAILS),
        ((5, 5), (5, None), Relation.ENTAILS),
        ((5, 9), (5, 12), Relation.ENTAILS),
        ((None, 5), (None, 6), Relation.ENTAILS),
        ((4, 6), (6, 6), Relation.ENTAILED_BY),
        ((4, 6), (6, 8), Relation.OVERLAPS),
        ((4, None), (None, 4), Relation.OVERLAPS),
        ((4, 6), (7, 8), Relation.CONTRARY),
        ((0, 0), (201, None), Relation.CONTRARY),
        ((None, 4), (5, None), Relation.CONTRADICTORY),
        ((0, 4), (5, None), Relation.CONTRADICTORY),
        ((None, 4), (6, None), Relation.CONTRARY),
        ((1, 4), (5, None), Relation.CONTRARY),
        ((0, 4), (5, 9), Relation.CONTRARY),
    ],
)
def test_counts(
    said: Said,
    one: tuple[int | None, int | None],
    other: tuple[int | None, int | None],
    expected: Relation,
) -> None:
    """Two affirmed counts stand to each other as their sets of possible numbers do."""
    assert relation(said(*one), said(*other)) is expected


@pytest.mark.parametrize("metric", ["distance", "duration"])
def test_measures_begin_at_nothing(said: Said, metric: str) -> None:
    """A length and a duration cannot be below zero, so "up to 4" is "0 to 4"."""
    assert relation(said(None, 4, metric=metric), said(0, 4, metric=metric)) is Relation.EQUAL


def test_dates_have_no_first_day(said: Said) -> None:
    """A date may lie before any day, so "by the 8th" is more than the days of that week."""
    by, week = said(None, DAY, metric="date"), said(DAY - 6, DAY, metric="date")
    assert relation(week, by) is Relation.ENTAILS
    assert relation(said(0, 4, metric="date"), said(5, None, metric="date")) is Relation.CONTRARY


def test_dates_before_and_after(said: Said) -> None:
    """By a day, or later than that day: exactly one is true."""
    by, later = said(None, DAY, metric="date"), said(DAY + 1, None, metric="date")
    assert relation(by, later) is Relation.CONTRADICTORY


@pytest.mark.parametrize("span", [(20, 30), (20, None), (None, 20), (0, 0)])
def test_a_claim_and_its_denial(said: Said, span: tuple[int | None, int | None]) -> None:
    """Of a claim and its denial exactly one is true."""
    assert relation(said(*span), said(*span, denied=True)) is Relation.CONTRADICTORY


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ((20, 30), Relation.CONTRADICTORY),
        ((20, 29), Relation.CONTRARY),
        ((25, 25), Relation.CONTRARY),
        ((19, 30), Relation.OVERLAPS),
        ((20, 31), Relation.OVERLAPS),
        ((20, None), Relation.OVERLAPS),
        ((None, 20), Relation.OVERLAPS),
        ((10, 19), Relation.ENTAILS),
        ((None, 19), Relation.ENTAILS),
        ((31, None), Relation.ENTAILS),
        ((0, None), Relation.ENTAILED_BY),
    ],
)
def test_denied_middle(
    said: Said, claim: tuple[int | None, int | None], expected: Relation
) -> None:
    """ "Not 20 to 30" leaves two sides, and a claim stands to both of them at once."""
    assert relation(said(*claim), said(20, 30, denied=True)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((20, 30), (22, 25), Relation.ENTAILS),
        ((22, 25), (20, 30), Relation.ENTAILED_BY),
        ((20, None), (25, 30), Relation.ENTAILS),
        ((20, 30), (40, 50), Relation.OVERLAPS),
        ((20, 30), (25, 35), Relation.OVERLAPS),
        ((20, 30), (20, 30), Relation.EQUAL),
        ((None, 5), (0, 5), Relation.EQUAL),
        ((None, 5), (6, None), Relation.CONTRADICTORY),
        ((None, 5), (5, None), Relation.CONTRARY),
    ],
)
def test_two_denials(
    said: Said,
    one: tuple[int | None, int | None],
    other: tuple[int | None, int | None],
    expected: Relation,
) -> None:
    """To deny more is to say more, and two denials that leave nothing cannot both hold."""
    assert relation(said(*one, denied=True), said(*other, denied=True)) is expected


def test_a_denial_without_an_upper_end(said: Said) -> None:
    """To deny 20 or more is to say at most 19, and no more than that."""
    assert relation(said(20, None, denied=True), said(None, 19)) is Relation.EQUAL


@pytest.mark.parametrize(
    ("one", "one_denied", "other", "other_denied", "expected"),
    [
        (1, False, 0, False, Relation.CONTRADICTORY),
        (1, False, 1, True, Relation.CONTRADICTORY),
        (1, False, 0, True, Relation.EQUAL),
        (1, True, 0, True, Relation.CONTRADICTORY),
        (0, True, 0, True, Relation.EQUAL),
        (0, False, 1, True, Relation.EQUAL),
    ],
)
def test_truth_values(
    said: Said, one: int, one_denied: bool, other: int, other_denied: bool, expected: Relation
) -> None:
    """A truth value has two answers, so to deny one is to affirm the other."""
    first = said(one, one, metric="participation", denied=one_denied)
    second = said(other, other, metric="participation", denied=other_denied)
    assert relation(first, second) is expected


@pytest.mark.parametrize(
    ("one", "one_denied", "other", "other_denied", "expected"),
    [
        ("tank", False, " Tank", False, Relation.EQUAL),
        ("tank", False, "drone", False, Relation.CONTRARY),
        ("tank", False, "TANK ", True, Relation.CONTRADICTORY),
        ("tank", True, "tank", False, Relation.CONTRADICTORY),
        ("tank", False, "drone", True, Relation.ENTAILS),
        ("tank", True, "drone", False, Relation.ENTAILED_BY),
        ("tank", True, "tank", True, Relation.EQUAL),
        ("tank", True, "drone", True, Relation.OVERLAPS),
    ],
)
def test_categories(
    said: Said, one: str, one_denied: bool, other: str, other_denied: bool, expected: Relation
) -> None:
    """One of two categories at most can be the answer, and there may be a third."""
    first = said(metric="weapon", category=one, denied=one_denied)
    second = said(metric="weapon", category=other, denied=other_denied)
    assert relation(first, second) is expected


def test_later_toll_not_lower(said: Said) -> None:
    """A toll of a day and a higher one of a later day differ in the day and in nothing else."""
    assert differs_in(said(5, 5, as_of=DAY), said(80, 80, as_of=DAY + 1)) == "day"


def test_same_toll_of_two_days(said: Said) -> None:
    """The same number as of two days is not the same claim."""
    assert differs_in(said(5, 5, as_of=DAY), said(5, 5, as_of=DAY + 1)) == "day"


@pytest.mark.parametrize("turned", [False, True])
def test_later_toll_lower(said: Said, turned: bool) -> None:
    """A later toll below an earlier one cannot hold beside it, whichever is named first."""
    pair = [said(80, 80, as_of=DAY), said(5, 5, as_of=DAY + 1)]
    assert relation(*(reversed(pair) if turned else pair)) is Relation.CONTRARY


def test_tolls_of_two_days_are_never_contradictory(said: Said) -> None:
    """At least 20 on one day, fewer on the next: both are false of 10 that became 30."""
    early, late = said(20, None, as_of=DAY), said(None, 19, as_of=DAY + 1)
    assert relation(early, late) is Relation.CONTRARY
    assert relation(said(20, None), said(None, 19)) is Relation.CONTRADICTORY


@pytest.mark.parametrize("denied", [False, True])
def test_denied_middle_of_another_day(said: Said, denied: bool) -> None:
    """What was not 20 to 30 on one day may be 25 on another."""
    one = said(25, 25, as_of=DAY, denied=denied)
    assert differs_in(one, said(20, 30, denied=True, as_of=DAY + 1)) == "day"


@pytest.mark.parametrize("denied", [False, True])
def test_category_of_another_day(said: Said, denied: bool) -> None:
    """One category on one day and another on the next do not compare."""
    one = said(metric="weapon", category="tank", as_of=DAY, denied=denied)
    assert differs_in(one, said(metric="weapon", category="drone", as_of=DAY + 1)) == "day"


def test_comparison_names_no_dimension_by_default() -> None:
    """Claims that compare differ in no dimension."""
    assert Comparison(Relation.EQUAL).differs_in is None
