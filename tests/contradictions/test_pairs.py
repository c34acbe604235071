"""The search for pairs that lie apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.contradictions.numbers import Numbers
from claimtrack.contradictions.pairs import apart, cannot_both_hold
from claimtrack.domain.bounds import gap
from claimtrack.domain.case import Case, Claim
from contradictions.cases import DAY, METRICS, Said, claim_lists, groups

DAYS = [None, (DAY, DAY), (DAY + 1, DAY + 1), (DAY, DAY + 3), (None, None)]


def test_each_side_is_kept_to() -> None:
    """The first list is only ever below and the second only ever above."""
    said = Said()
    low, high = said(1, 1), said(9, 9)
    metric = METRICS["killed"]
    assert list(apart([low], [high], metric)) == [(low, high, 8)]
    assert list(apart([high], [low], metric)) == []


def test_equal_ends_need_no_order_between_claims() -> None:
    """Claims with the same end come in the order in which they were given."""
    said = Said()
    first, second, high = said(1, 2), said(2, 2), said(9, 9)
    found = list(apart([first, second], [high], METRICS["killed"]))
    assert found == [(first, high, 7), (second, high, 7)]


def test_an_open_side_is_never_apart() -> None:
    """A claim without an upper end is below nothing, one without a lower end above nothing."""
    said = Said()
    assert list(apart([said(1, None)], [said(None, 9)], METRICS["killed"])) == []
    assert list(apart([said(5, None)], [said(9, 9)], METRICS["killed"])) == []
    assert list(apart([said(1, 1)], [said(None, 9)], METRICS["killed"])) == []


@pytest.mark.parametrize("metric", ["killed", "missing", "date", "participation"])
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_finds_what_trying_all_pairs_finds(metric: str, data: st.DataObject) -> None:
    """Sorting by the ends finds the same pairs, with the same gaps, as trying every pair."""
    belows: list[Claim] = data.draw(claim_lists(metric, size=10, days=DAYS))
    aboves: list[Claim] = data.draw(claim_lists(metric, size=10, days=DAYS))
    tried = [
        (below, above, distance)
        for above in aboves
        for below in belows
        if (distance := gap(below, above, METRICS[metric])) is not None
    ]
    found = list(apart(belows, aboves, METRICS[metric]))
    assert len(found) == len(tried)
    assert all(row in tried for row in found)
    assert all(row in found for row in tried)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((5, 9), (10, 12), True), ((5, 9), (9, 12), False), ((None, None), (10, 12), False)],
)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("whole", [None, "contractors"])
def test_two_that_cannot_both_hold(one, other, expected, turned: bool, whole: str | None) -> None:
    """Bounds that lie apart exclude each other whichever is named first, also part and whole."""
    said = Said()
    below = said(*one, group="contractors")
    above = said(*other, group="contractors" if whole is None else "medics")
    tied = groups(medics="contractors")
    pair = (above, below) if turned else (below, above)
    numbers = Numbers.of(Case(pair, METRICS, tied))
    assert cannot_both_hold(*pair, numbers) is expected


@pytest.mark.parametrize("turned", [False, True])
def test_a_part_below_its_whole_can_hold(turned: bool) -> None:
    """What is apart as one question is not where the smaller number is a part's."""
    said = Said()
    pair = [said(5, 9, group="medics"), said(10, 12, group="contractors")]
    numbers = Numbers.of(Case(pair, METRICS, groups(medics="contractors")))
    assert cannot_both_hold(*(reversed(pair) if turned else pair), numbers) is False
