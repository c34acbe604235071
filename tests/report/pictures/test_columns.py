"""Columns of a graph: right of whoever leads there, and no wider for a circle."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.report.pictures.columns import columns

NODES = "abcdef"
PAIRS = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES))


def test_each_stands_right_of_the_longest_way_to_it():
    assert columns("abc", [("a", "b"), ("b", "c"), ("a", "c")]) == {"a": 0, "b": 1, "c": 2}


def test_a_circle_among_many_takes_two_columns():
    many = [f"s{n}" for n in range(200)]
    assert max(columns(many, [("s0", "s1"), ("s1", "s0")]).values()) == 1


def test_a_long_chain_needs_no_deep_recursion():
    many = [f"s{n}" for n in range(5_000)]
    assert columns(many, pairwise(many))["s4999"] == 4_999


@given(st.sets(PAIRS))
def test_without_circles_every_edge_leads_right(edges):
    onward = [(one, other) for one, other in edges if one < other]
    placed = columns(NODES, onward)
    assert all(placed[one] < placed[other] for one, other in onward)


@given(st.sets(PAIRS))
def test_any_graph_has_every_node_in_fewer_columns_than_nodes(edges):
    placed = columns(NODES, edges)
    assert set(placed) == set(NODES)
    assert all(0 <= column < len(NODES) for column in placed.values())
