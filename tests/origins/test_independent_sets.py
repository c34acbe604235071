"""The largest set of which no two are tied, against trying all sets."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.origins import independent_sets
from claimtrack.origins.independent_sets import largest_independent


@st.composite
def graphs(draw):
    size = draw(st.integers(0, 9))
    pairs = list(combinations(range(size), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    ties = {at: set() for at in range(size)}
    for one, other in chosen:
        ties[one].add(other)
        ties[other].add(one)
    return ties


def is_free(ties, members):
    return all(not ties[one] & set(members) for one in members)


@given(graphs())
def test_it_is_as_large_as_the_best_of_all_sets(ties):
    found, most = largest_independent(ties)
    best = max(
        size
        for size in range(len(ties) + 1)
        for members in combinations(ties, size)
        if is_free(ties, members)
    )
    assert is_free(ties, found)
    assert len(found) == most == best


def test_a_ring_needs_a_choice():
    """No member's company is tied to itself, so nothing is simple: five in a ring hold two."""
    ring = {at: {(at + 1) % 5, (at - 1) % 5} for at in range(5)}
    found, most = largest_independent(ring)
    assert (len(found), most) == (2, 2)


def test_beyond_the_bound_the_answer_is_a_range_around_the_truth(monkeypatch):
    monkeypatch.setattr(independent_sets, "STEPS", 1)
    ring = {at: {(at + 1) % 7, (at - 1) % 7} for at in range(7)}
    found, most = largest_independent(ring)
    assert is_free(ring, found)
    assert len(found) <= 3 <= most
    assert len(found) < most


def test_a_thousand_equals_are_one_at_once():
    everyone = set(range(1000))
    assert largest_independent({at: everyone - {at} for at in everyone})[1] == 1
