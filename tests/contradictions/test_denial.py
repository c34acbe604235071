"""Denial: what one asserts lies wholly in what another denies."""

from __future__ import annotations

import pytest

from contradictions.cases import DAY, Said, shown

Span = tuple[int | None, int | None]


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.mark.parametrize(
    ("claim", "denied", "gap"),
    [
        ((20, 20), (20, None), 1),
        ((25, None), (20, None), 6),
        ((20, 30), (20, 30), 1),
        ((25, 25), (20, 30), 6),
        ((28, 29), (20, 30), 2),
        ((21, 23), (20, 30), 2),
        ((0, 0), (0, 0), 1),
        ((0, 3), (None, 9), 7),
        ((None, 3), (None, 9), 7),
    ],
)
def test_hit(said: Said, claim: Span, denied: Span, gap: int) -> None:
    """A claim whose whole interval is denied is found once, with its way out of it."""
    made = [said(*claim), said(*denied, denied=True)]
    for order in (made, made[::-1]):
        ((rule, first, second, found),) = shown(*order)
        assert (rule, {first, second}, found) == ("denial", {"c0001", "c0002"}, gap)


def test_the_lower_stands_first(said: Said) -> None:
    """Of a denial that leaves only lower numbers, or only higher ones, the lower side is first."""
    assert shown(said(25, 25), said(20, None, denied=True)) == [("denial", "c0002", "c0001", 6)]
    assert shown(said(5, 5), said(None, 9, denied=True)) == [("denial", "c0003", "c0004", 5)]


def test_a_denied_middle_stands_second(said: Said) -> None:
    """A denial that leaves two sides stands after the claim."""
    assert shown(said(20, 30, denied=True), said(25, 25)) == [("denial", "c0002", "c0001", 6)]


@pytest.mark.parametrize(
    ("claim", "denied"),
    [
        ((10, None), (20, None)),
        ((19, 30), (20, None)),
        ((19, 30), (20, 30)),
        ((20, 31), (20, 30)),
        ((25, None), (20, 30)),
        ((None, 25), (20, 30)),
        ((31, 31), (20, 30)),
        ((19, 19), (20, 30)),
        ((0, 10), (None, 9)),
    ],
)
def test_claim_that_reaches_beyond(said: Said, claim: Span, denied: Span) -> None:
    """A claim that may be true of one number that is not denied is let pass."""
    assert shown(said(*claim), said(*denied, denied=True)) == []


def test_denial_about_another_group(said: Said) -> None:
    """Denying that servicemen died says nothing of contractors."""
    assert shown(said(1, None, denied=True, group="servicemen"), said(80, None)) == []


def test_denial_about_another_metric(said: Said) -> None:
    """Denying any wounded says nothing of the killed."""
    assert shown(said(1, None, denied=True, metric="wounded"), said(80, None)) == []


def test_denial_of_what_nobody_asserts(said: Said) -> None:
    """A denial alone contradicts nothing, nor does it beside its twin."""
    assert shown(said(20, None, denied=True), said(20, 30, denied=True)) == []


def test_two_denials_that_leave_nothing(said: Said) -> None:
    """Denying both "20 or more" and "19 or fewer" leaves no number; found once."""
    made = [said(None, 19, denied=True), said(20, None, denied=True)]
    assert shown(*made) == [("denial", "c0002", "c0001", 1)]


def test_two_denials_that_leave_one_number(said: Said) -> None:
    """Denying "21 or more" and "19 or fewer" leaves twenty."""
    assert shown(said(None, 19, denied=True), said(21, None, denied=True)) == []


@pytest.mark.parametrize("denied_too", [False, True])
def test_unknown(said: Said, denied_too: bool) -> None:
    """The unknown, affirmed or denied, lies in no denial and denies nothing."""
    made = [said(1, None, denied=True), said(20, 30, denied=True)]
    assert shown(*made, said(unknown=True, denied=denied_too)) == []
    assert shown(said(5, 5), said(unknown=True, denied=True)) == []


def test_truth_value(said: Said) -> None:
    """ "They took part" against a denial of it is the denial rule's, and found once."""
    made = [
        said(1, 1, metric="participation"),
        said(1, 1, metric="participation", denied=True),
    ]
    assert shown(*made) == [("denial", "c0002", "c0001", 1)]


def test_denied_no_beside_yes(said: Said) -> None:
    """Denying that they did not take part agrees that they did."""
    made = [
        said(0, 0, metric="participation", denied=True),
        said(1, 1, metric="participation"),
    ]
    assert shown(*made) == []


def test_category(said: Said) -> None:
    """A category is denied by its name, whatever its capitals and outer blanks."""
    made = [
        said(metric="weapon", category="Tank "),
        said(metric="weapon", category=" tank", denied=True),
    ]
    assert shown(*made) == [("denial", "c0001", "c0002", None)]


def test_other_category(said: Said) -> None:
    """Denying one category leaves every other."""
    made = [
        said(metric="weapon", category="drone"),
        said(metric="weapon", category="tank", denied=True),
    ]
    assert shown(*made) == []


def test_date(said: Said) -> None:
    """A day within a denied week is found, a day beside it is not."""
    week = said(DAY, DAY + 6, metric="date", denied=True)
    assert shown(week, said(DAY + 6, DAY + 6, metric="date")) == [("denial", "c0002", "c0001", 1)]
    assert shown(week, said(DAY + 7, DAY + 7, metric="date")) == []


@pytest.mark.parametrize(
    ("claim_day", "denial_day", "found"),
    [(DAY, DAY + 1, True), (DAY + 1, DAY, False), (DAY, DAY, True), (DAY, None, True)],
)
def test_later_denial(
    said: Said, claim_day: int | None, denial_day: int | None, found: bool
) -> None:
    """A toll denied afterwards was never reached; one denied before may have been since."""
    made = [said(25, 25, as_of=claim_day), said(20, None, denied=True, as_of=denial_day)]
    assert bool(shown(*made)) is found


@pytest.mark.parametrize("days", [(DAY, DAY + 1), (DAY + 1, DAY), (None, DAY), (DAY, None)])
def test_denied_middle_of_another_day(said: Said, days: tuple[int | None, int | None]) -> None:
    """What is not 20 to 30 on one day may be 25 on another."""
    made = [said(25, 25, as_of=days[0]), said(20, 30, denied=True, as_of=days[1])]
    assert shown(*made) == []


def test_denied_middle_of_the_same_day(said: Said) -> None:
    """A claim in a denied middle of its own day is found."""
    made = [said(25, 25, as_of=DAY), said(20, 30, denied=True, as_of=DAY)]
    assert shown(*made) == [("denial", "c0001", "c0002", 6)]


def test_denials_on_a_later_question_are_found_as_well(said: Said) -> None:
    """A question that nobody denies ends nothing."""
    made = [said(1, 1, metric="wounded"), said(25, 25), said(20, 30, denied=True)]
    assert shown(*made) == [("denial", "c0002", "c0003", 6)]
