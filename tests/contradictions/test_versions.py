"""Versions: the largest sets of claims on one question that can all be true together."""

from __future__ import annotations

import inspect
import sys
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.contradictions import versions as module
from claimtrack.contradictions.versions import versions
from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Claim
from claimtrack.domain.conflict import Conflict
from contradictions.cases import DAY, Said, claim_lists, conflicts, groups

DAYS = [None, (DAY, DAY), (DAY + 1, DAY + 1), (DAY, DAY + 3)]


@pytest.fixture
def said() -> Said:
    return Said()


def ids(*claims: Claim) -> list[list[str]]:
    return [[c.id for c in version] for version in versions(claims, conflicts(*claims))]


def by_all_subsets(claims: list[Claim]) -> set[frozenset[str]]:
    """Try every set of telling claims and keep those that nothing breaks or enlarges."""
    telling = [claim.id for claim in claims if not claim.value.is_unknown]
    broken = [{c.id for c in found.claims} for found in conflicts(*claims)]
    sound = {
        frozenset(chosen)
        for size in range(1, len(telling) + 1)
        for chosen in combinations(telling, size)
        if not any(pair <= set(chosen) for pair in broken)
    }
    return {one for one in sound if not any(one < other for other in sound)}


def test_nothing_said(said: Said) -> None:
    """No claims, or none that bound anything, make no version."""
    assert ids() == []
    assert ids(said(unknown=True)) == []


def test_all_agree(said: Said) -> None:
    """Claims that can all be true are one version, in the order they came."""
    assert ids(said(5, 9), said(8, None), said(None, 8)) == [["c0001", "c0002", "c0003"]]


def test_lowest_first(said: Said) -> None:
    """Versions of plain numbers go from the lowest to the highest."""
    assert ids(said(200, None), said(0, 0), said(90, 110)) == [["c0002"], ["c0003"], ["c0001"]]


def test_a_middle_claim_stands_in_two_versions(said: Said) -> None:
    """A wide claim belongs to every version that it fits."""
    assert ids(said(1, 4), said(3, 9), said(8, 12)) == [["c0001", "c0002"], ["c0002", "c0003"]]


def test_touching_ends_share_a_version(said: Said) -> None:
    """Intervals that share one number can both be true; one step apart they cannot."""
    assert ids(said(1, 4), said(4, 9)) == [["c0001", "c0002"]]
    assert ids(said(1, 4), said(5, 9)) == [["c0003"], ["c0004"]]


def test_denial_stands_beside_what_it_leaves(said: Said) -> None:
    """A one-sided denial is an interval like any other."""
    assert ids(said(20, None, denied=True), said(5, 5), said(30, 30)) == [
        ["c0001", "c0002"],
        ["c0003"],
    ]


def test_unknown_is_in_no_version(said: Said) -> None:
    """Who cannot say stands in no version, by the sweep or by the search."""
    assert ids(said(5, 5), said(unknown=True)) == [["c0001"]]
    assert ids(said(5, 5, as_of=DAY), said(unknown=True, as_of=DAY)) == [["c0003"]]


def test_tolls_of_several_days(said: Said) -> None:
    """Rising tolls are one version; a later, lower one makes a second."""
    rising = [said(5, 5, as_of=DAY), said(8, 8, as_of=DAY + 1)]
    assert ids(*rising) == [["c0001", "c0002"]]
    assert ids(*rising, said(6, 6, as_of=DAY + 2)) == [["c0001", "c0003"], ["c0001", "c0002"]]


def test_search_lists_lowest_first(said: Said) -> None:
    """Versions of dated tolls go from the lowest to the highest too."""
    assert ids(said(200, None, as_of=DAY), said(0, 0, as_of=DAY), said(9, 9, as_of=DAY)) == [
        ["c0002"],
        ["c0003"],
        ["c0001"],
    ]


def test_denied_middle(said: Said) -> None:
    """The denial of a middle stands with both sides and not with the middle."""
    assert ids(said(5, 5), said(20, 30, denied=True), said(25, 25)) == [
        ["c0001", "c0002"],
        ["c0003"],
    ]


def test_categories(said: Said) -> None:
    """Each answer is a version, and a denial stands with every other answer."""
    answers = [said(metric="weapon", category=name) for name in ("tank", "drone", "TANK")]
    denial = said(metric="weapon", category="tank", denied=True)
    assert ids(*answers, denial) == [["c0001", "c0003"], ["c0002", "c0004"]]


def test_conflicts_of_other_questions_are_not_looked_at(said: Said) -> None:
    """A conflict with a claim outside the question parts nothing within it."""
    mine = [said(80, 80, as_of=DAY), said(81, None, as_of=DAY + 1)]
    whole = said(5, 5, group="side")
    found = conflicts(*mine, whole, within=groups(contractors="side"))
    assert [conflict.rule for conflict in found] == ["part_of", "part_of"]
    assert versions(mine, found) == [tuple(mine)]


def test_three_that_cannot_all_hold_leave_each_one_out(said: Said) -> None:
    """Three claims that cannot all hold may still hold two by two."""
    one, two, three = (said(1, 1, as_of=DAY) for _ in range(3))
    found = versions([one, two, three], [Conflict("sum", (one, two, three))])
    assert sorted(found, key=str) == sorted([(one, two), (one, three), (two, three)], key=str)


def test_many_agreeing_tolls(said: Said) -> None:
    """A version may hold more claims than Python lets calls nest."""
    made = [said(10 + i, None, as_of=DAY + i) for i in range(1500)]
    assert versions(made, conflicts(*made)) == [tuple(made)]


def test_long_version_of_claims_each_with_its_own_foe(said: Said) -> None:
    """A version may be longer than calls may nest, though each claim has another foe."""
    made = [said(metric="weapon", category=f"w{i}", as_of=DAY) for i in range(400)]
    found = [Conflict("category", (made[i], made[i + 1])) for i in range(0, 400, 2)]
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        listed = versions(made, found)
    finally:
        sys.setrecursionlimit(limit)
    assert len(listed) == module.LIMIT
    assert all(len(version) == 200 for version in listed)


def test_listing_ends_at_the_limit(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more sets are listed than the limit, and exactly as many where they are that many."""
    made = [said(i, i, as_of=DAY) for i in range(6)]
    monkeypatch.setattr(module, "LIMIT", 5)
    assert len(ids(*made)) == 5
    monkeypatch.setattr(module, "LIMIT", 6)
    assert len(ids(*made)) == 6


@settings(max_examples=300, deadline=None)
@given(claim_lists("killed", size=9))
def test_versions_of_numbers(claims: list[Claim]) -> None:
    """The versions are the maximal sound sets, each once."""
    found = [frozenset(c.id for c in version) for version in versions(claims, conflicts(*claims))]
    assert len(found) == len(set(found))
    assert set(found) == by_all_subsets(claims)


@pytest.mark.parametrize("metric", ["killed", "missing", "date", "participation", "weapon"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_versions_of_dated_and_denied(metric: str, data: st.DataObject) -> None:
    """Days, categories and denied middles change nothing in what a version is."""
    claims = data.draw(claim_lists(metric, size=8, days=DAYS))
    found = [frozenset(c.id for c in version) for version in versions(claims, conflicts(*claims))]
    assert len(found) == len(set(found))
    assert set(found) == by_all_subsets(claims)


@settings(max_examples=200, deadline=None)
@given(claim_lists("killed", size=12))
def test_sweep_gives_at_most_as_many_as_claims(claims: list[Claim]) -> None:
    """Plain intervals have at most as many versions as claims."""
    plain = [claim for claim in claims if allowed(claim) is not None]
    found = versions(plain, conflicts(*plain))
    assert len(found) <= len(plain)


@settings(max_examples=200, deadline=None)
@given(claim_lists("killed", size=10))
def test_sweep_and_search_agree(claims: list[Claim]) -> None:
    """The sweep lists the very versions that the search lists, in the same order."""
    plain = [claim for claim in claims if allowed(claim) is not None]
    swept = versions(plain, conflicts(*plain))
    assert (swept, True) == module._search(plain, conflicts(*plain))
