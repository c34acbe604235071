"""Relations, held against answers counted one by one and against the rules."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.domain.case import Claim
from claimtrack.domain.relation import Relation, relate
from claimtrack.domain.value import Kind
from contradictions.cases import DAY, METRICS, claim_lists, conflicts

NUMBERS = ["killed", "date", "participation"]
ONE_QUESTION = [*NUMBERS, "distance", "duration", "rank", "weapon"]
DAYS = [None, (DAY, DAY), (DAY + 1, DAY + 1), (DAY, DAY + 3), (None, DAY), (DAY, None)]
MIRROR = {Relation.ENTAILS: Relation.ENTAILED_BY, Relation.ENTAILED_BY: Relation.ENTAILS}
CLASH = {Relation.CONTRARY, Relation.CONTRADICTORY}


def universe(kind: Kind) -> range:
    """Every answer near the ends that the strategies draw, and some on either side."""
    return {Kind.DATE: range(DAY - 3, DAY + 14), Kind.TRUTH_VALUE: range(2)}.get(kind, range(14))


def answers(claim: Claim) -> set[int]:
    """Count out the answers that a claim leaves possible."""
    low, high = claim.value.lower, claim.value.upper
    inside = {
        n
        for n in universe(claim.value.kind)
        if (low is None or low <= n) and (high is None or n <= high)
    }
    return set(universe(claim.value.kind)) - inside if claim.denied else inside


def counted_out(one: Claim, other: Claim) -> Relation:
    left, right = answers(one), answers(other)
    if left == right:
        return Relation.EQUAL
    if not left & right:
        all_told = left | right == set(universe(one.value.kind))
        return Relation.CONTRADICTORY if all_told else Relation.CONTRARY
    if left < right:
        return Relation.ENTAILS
    return Relation.ENTAILED_BY if right < left else Relation.OVERLAPS


@pytest.mark.parametrize("metric", NUMBERS)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_relation_is_that_of_the_sets(metric: str, data: st.DataObject) -> None:
    """A relation is what counting out both sets of answers gives."""
    made = data.draw(claim_lists(metric, size=4))
    for one, other in combinations([c for c in made if not c.value.is_unknown], 2):
        assert relate(one, other, METRICS[metric]).relation is counted_out(one, other)


@pytest.mark.parametrize("metric", ONE_QUESTION)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_relation_mirrors(metric: str, data: st.DataObject) -> None:
    """Turning a pair turns entails into entailed_by and changes no other relation."""
    made = data.draw(claim_lists(metric, size=4, days=DAYS))
    for one, other in combinations(made, 2):
        there, back = relate(one, other, METRICS[metric]), relate(other, one, METRICS[metric])
        assert back.relation is MIRROR.get(there.relation, there.relation)
        assert back.differs_in == there.differs_in


@pytest.mark.parametrize("metric", ONE_QUESTION)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_relation_to_itself(metric: str, data: st.DataObject) -> None:
    """A claim that says something equals itself."""
    for claim in data.draw(claim_lists(metric, days=DAYS)):
        expected = Relation.NOT_COMPARABLE if claim.value.is_unknown else Relation.EQUAL
        assert relate(claim, claim, METRICS[metric]).relation is expected


@pytest.mark.parametrize("days", [[None], DAYS], ids=["one time", "many days"])
@pytest.mark.parametrize("metric", [*ONE_QUESTION, "missing"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_rules_agree_with_relations(metric: str, days: list[object], data: st.DataObject) -> None:
    """The rules find a pair on one question exactly where its relation is a clash, and once."""
    made = data.draw(claim_lists(metric, size=5, days=days))  # type: ignore[arg-type]
    pairs = [f for f in conflicts(*made) if len(f.claims) == 2]
    found = sorted(tuple(sorted(c.id for c in f.claims)) for f in pairs)
    clashing = [
        (one.id, other.id)
        for one, other in combinations(made, 2)
        if relate(one, other, METRICS[metric]).relation in CLASH
    ]
    assert found == clashing


@pytest.mark.parametrize("metric", ONE_QUESTION)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_severity_lies_between_nothing_and_one(metric: str, data: st.DataObject) -> None:
    """A severity is above 0 and at most 1, and the list begins with the gravest."""
    found = [f.severity for f in conflicts(*data.draw(claim_lists(metric, days=DAYS)))]
    assert all(0 < severity <= 1 for severity in found)
    assert found == sorted(found, reverse=True)
