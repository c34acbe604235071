"""Disputes: what hangs together by conflicts, and the versions of each."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.contradictions import versions as module
from claimtrack.contradictions.versions import Dispute, disputes, versions
from claimtrack.domain.case import Claim
from claimtrack.domain.conflict import Conflict
from contradictions.cases import DAY, Said, conflicts


@pytest.fixture
def said() -> Said:
    return Said()


def told(*claims: Claim) -> list[tuple[str, list[str]]]:
    """Give each dispute of an event as its claims and its versions."""
    return [named(dispute) for dispute in disputes(claims, conflicts(*claims))]


def named(dispute: Dispute) -> tuple[str, list[str]]:
    return (
        " ".join(claim.id for claim in dispute.claims),
        [" ".join(claim.id for claim in version) for version in dispute.versions],
    )


def test_no_conflicts_no_disputes(said: Said) -> None:
    """Claims that can all be true are in no dispute."""
    assert told() == []
    assert told(said(1, 5), said(3, 9), said(unknown=True)) == []


def test_one_question(said: Said) -> None:
    """Only the claims that stand in conflicts are told, the versions lowest first."""
    made = [said(90, 110), said(0, 0), said(5, None), said(None, None)]
    assert told(*made) == [("c0001 c0002 c0003", ["c0002", "c0001 c0003"])]


def test_disputes_that_have_nothing_to_do_with_each_other(said: Said) -> None:
    """Conflicts without a claim in common are disputes of their own."""
    made = [
        said(5, 5),
        said(1, 1, metric="distance"),
        said(9, 9),
        said(3, 3, metric="distance"),
    ]
    assert told(*made) == [
        ("c0001 c0003", ["c0001", "c0003"]),
        ("c0002 c0004", ["c0002", "c0004"]),
    ]


def test_conflicts_in_a_chain_are_one_dispute(said: Said) -> None:
    """Two questions are one dispute where a claim on one is at odds with claims on both."""
    made = [said(300, 300), said(5, 5), said(250, 250, metric="casualties")]
    assert told(*made) == [("c0001 c0002 c0003", ["c0002 c0003", "c0001"])]


def test_long_chain(said: Said) -> None:
    """Any number of links makes one dispute, in whichever order they are told."""
    claims = [said(1, 1, as_of=DAY) for _ in range(12)]
    links = [Conflict("disjoint", (claims[at], claims[at + 1])) for at in range(11)]
    for order in (links, links[::-1], links[::2] + links[1::2]):
        (dispute,) = disputes(claims, order)
        assert dispute.claims == tuple(claims)
        assert dispute.complete


def test_three_that_cannot_all_hold(said: Said) -> None:
    """Of a set of three each version leaves out one."""
    made = [said(60, 60), said(60, 60, metric="wounded"), said(100, 100, metric="casualties")]
    ((claims, found),) = told(*made)
    assert claims == "c0001 c0002 c0003"
    assert sorted(found) == ["c0001 c0002", "c0001 c0003", "c0002 c0003"]


def test_a_set_of_three_beside_a_pair(said: Said) -> None:
    """Who is at odds with one of three stands with the other two."""
    made = [
        said(60, 60),
        said(60, 60, metric="wounded"),
        said(100, 100, metric="casualties"),
        said(5, 5),
    ]
    ((_, found),) = told(*made)
    assert sorted(found) == [
        "c0001 c0002",
        "c0001 c0003",
        "c0002 c0003 c0004",
    ]


def test_days_in_a_dispute(said: Said) -> None:
    """Tolls of several days are versions by what is at odds, not by what overlaps."""
    made = [said(5, 5, as_of=DAY), said(8, 8, as_of=DAY + 1), said(6, 6, as_of=DAY + 2)]
    assert told(*made) == [("c0002 c0003", ["c0003", "c0002"])]


@st.composite
def hypergraphs(draw: st.DrawFn) -> tuple[list[Claim], list[Conflict]]:
    """Draw claims and conflicts of two to four of them, none of which holds another."""
    said = Said()
    claims = [said(at, at, as_of=DAY) for at in range(draw(st.integers(2, 9)))]
    indexes = st.integers(0, len(claims) - 1)
    drawn = draw(st.lists(st.frozensets(indexes, min_size=2, max_size=4), max_size=9))
    edges = [one for one in dict.fromkeys(drawn) if not any(other < one for other in drawn)]
    return claims, [Conflict("sum", tuple(claims[i] for i in sorted(e))) for e in edges]


def by_all_subsets(claims: list[Claim], found: list[Conflict]) -> set[frozenset[str]]:
    edges = [{claim.id for claim in conflict.claims} for conflict in found]
    ids = [claim.id for claim in claims]
    sound = [
        set(some)
        for size in range(len(ids) + 1)
        for some in combinations(ids, size)
        if not any(edge <= set(some) for edge in edges)
    ]
    return {frozenset(one) for one in sound if not any(one < other for other in sound)}


@settings(max_examples=400, deadline=None)
@given(hypergraphs())
def test_versions_are_the_maximal_sets_that_nothing_breaks(
    drawn: tuple[list[Claim], list[Conflict]],
) -> None:
    """Whatever the sets, the versions are those that trying every subset gives, each once."""
    claims, found = drawn
    listed = [frozenset(claim.id for claim in version) for version in versions(claims, found)]
    assert len(listed) == len(set(listed))
    assert set(listed) == by_all_subsets(claims, found)


@settings(max_examples=400, deadline=None)
@given(hypergraphs())
def test_disputes_share_out_the_conflicts(drawn: tuple[list[Claim], list[Conflict]]) -> None:
    """Each conflict lies in one dispute, whose versions are those of its own claims alone."""
    claims, found = drawn
    listed = disputes(claims, found)
    seen = [claim.id for dispute in listed for claim in dispute.claims]
    assert len(seen) == len(set(seen))
    assert set(seen) == {claim.id for conflict in found for claim in conflict.claims}
    for dispute in listed:
        members = {claim.id for claim in dispute.claims}
        mine = [c for c in found if members & {claim.id for claim in c.claims}]
        assert all({claim.id for claim in c.claims} <= members for c in mine)
        assert _is_connected(members, mine)
        assert dispute.complete
        sets = [frozenset(claim.id for claim in version) for version in dispute.versions]
        assert len(sets) == len(set(sets))
        assert set(sets) == by_all_subsets(list(dispute.claims), mine)


def _is_connected(members: set[str], found: list[Conflict]) -> bool:
    reached = {min(members)}
    for _ in members:
        for conflict in found:
            ids = {claim.id for claim in conflict.claims}
            if ids & reached:
                reached |= ids
    return reached == members


def pairs(said: Said, number: int) -> tuple[list[Claim], list[Conflict]]:
    """Make so many pairs, of which one claim stands in a set of three with the next pair's."""
    claims = [said(1, 1, as_of=DAY) for _ in range(2 * number)]
    found = [Conflict("disjoint", (claims[i], claims[i + 1])) for i in range(0, 2 * number, 2)]
    found += [
        Conflict("sum", (claims[i], claims[i + 2], claims[i + 4]))
        for i in range(0, 2 * number - 4, 2)
    ]
    return claims, found


def test_complete_below_the_limit(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that ends before the limit says that it is all."""
    claims, found = pairs(said, 4)
    (dispute,) = disputes(claims, found)
    number = len(dispute.versions)
    assert dispute.complete
    for limit, complete in ((100, True), (number, False)):
        monkeypatch.setattr(module, "LIMIT", limit)
        (cut,) = disputes(claims, found)
        assert cut.complete is complete
        assert len(cut.versions) <= limit
        assert set(cut.versions) <= set(dispute.versions)


def test_cut_off_at_the_limit_of_sets_without_pairs(said: Said) -> None:
    """Two to the twelfth versions are more than are listed, and that is told."""
    claims, found = pairs(said, 12)
    (dispute,) = disputes(claims, found)
    assert not dispute.complete
    assert 0 < len(dispute.versions) <= module.LIMIT


def test_cut_off_while_claims_are_left_out(said: Said) -> None:
    """Many sets of three without a pair meet the limit in the choice of whom to leave out."""
    claims = [said(1, 1, as_of=DAY) for _ in range(24)]
    found = [Conflict("sum", tuple(claims[i : i + 3])) for i in range(0, 24, 3)]
    found.append(Conflict("sum", tuple(claims[::3])))
    (dispute,) = disputes(claims, found)
    assert not dispute.complete
    for version in dispute.versions:
        ids = {claim.id for claim in version}
        assert not any({claim.id for claim in c.claims} <= ids for c in found)


def test_plain_tolls_are_always_complete(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain intervals of one question have at most as many versions as claims: none is cut."""
    monkeypatch.setattr(module, "LIMIT", 2)
    (dispute,) = disputes(made := [said(at, at) for at in range(5)], conflicts(*made))
    assert dispute.complete
    assert len(dispute.versions) == 5


def path_of(said: Said, length: int) -> tuple[list[Claim], list[Conflict]]:
    """Make claims of which each is at odds with the next."""
    made = [said(at, at, as_of=DAY + at) for at in range(length)]
    return made, [Conflict("sum", (one, other)) for one, other in pairwise(made)]


def test_a_thousand_versions_are_told(said: Said) -> None:
    """Of a dispute with more versions a thousand are told, and that there are more."""
    (dispute,) = disputes(*path_of(said, 30))
    assert len(dispute.versions) == 1000
    assert not dispute.complete


def test_at_the_limit_there_may_be_more(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many versions as the limit: whether there are more was not looked at."""
    claims, found = path_of(said, 3)
    monkeypatch.setattr(module, "LIMIT", 2)
    assert not disputes(claims, found)[0].complete
    monkeypatch.setattr(module, "LIMIT", 3)
    (dispute,) = disputes(claims, found)
    assert dispute.complete
    assert len(dispute.versions) == 2
