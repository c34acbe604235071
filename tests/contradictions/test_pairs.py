"""The search for pairs that lie apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.contradictions.pairs import apart
from claimtrack.domain.bounds import gap
from claimtrack.domain.case import Claim
from contradictions.cases import DAY, METRICS, Said, claim_lists

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
