"""The engine against a search of every world: the same minimal sets, on random small events."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.contradictions.found_sets import MAX_MEMBERS
from claimtrack.contradictions.rules import search
from claimtrack.domain.case import Case, Claim, Groups, Metric, Question
from claimtrack.domain.value import Kind
from contradictions.cases import spans, value
from contradictions.oracle import impossible_sets


def small(sets: set[frozenset[str]]) -> set[frozenset[str]]:
    """Leave out the sets that are too large for the engine to look for."""
    return {members for members in sets if len(members) <= MAX_MEMBERS}


def count(name: str, *sum_of: str, at_most: str | None = None, cumulative: bool = True) -> Metric:
    return Metric(
        name, name, Kind.COUNT, monotone=True, cumulative=cumulative, sum_of=sum_of, at_most=at_most
    )


METRICS: Mapping[str, Mapping[str, Metric]] = {
    name: {metric.id: metric for metric in metrics}
    for name, metrics in {
        "one": (count("killed"),),
        "sum of two": (
            count("killed"),
            count("wounded"),
            count("casualties", "killed", "wounded"),
        ),
        "sum and capacity": (
            count("killed"),
            count("wounded"),
            count("casualties", "killed", "wounded", at_most="force"),
            count("force"),
        ),
        "sum of three": (
            count("killed"),
            count("wounded"),
            count("captured"),
            count("casualties", "killed", "wounded", "captured"),
        ),
        "a part and its total may fall": (
            count("killed"),
            count("missing", cumulative=False),
            count("casualties", "killed", "missing", cumulative=False),
        ),
        "sum and a force that may fall": (
            count("killed"),
            count("wounded"),
            count("casualties", "killed", "wounded", at_most="force"),
            count("force", cumulative=False),
        ),
        "sums that overlap": (
            count("a"),
            count("b"),
            count("c"),
            count("ab", "a", "b"),
            count("bc", "b", "c"),
            count("abc", "a", "b", "c"),
        ),
    }.items()
}

GROUPS = {
    "one": ({"all"}, Groups()),
    "a part": ({"all", "part"}, Groups({"part": frozenset({"all"})})),
    "a chain": (
        {"all", "side", "unit"},
        Groups({"unit": frozenset({"side"}), "side": frozenset({"all"})}),
    ),
    "two sides": (
        {"all", "east", "west"},
        Groups(
            {"east": frozenset({"all"}), "west": frozenset({"all"})},
            frozenset({frozenset({"east", "west"})}),
        ),
    ),
    "parts that may overlap": (
        {"all", "east", "west"},
        Groups({"east": frozenset({"all"}), "west": frozenset({"all"})}),
    ),
}


@st.composite
def events(draw: st.DrawFn, metrics: str, groups: str, *, days: bool) -> list[Claim]:
    claims = []
    for at in range(draw(st.integers(2, 6))):
        metric = draw(st.sampled_from(sorted(METRICS[metrics])))
        group = draw(st.sampled_from(sorted(GROUPS[groups][0])))
        lower, upper = draw(spans(0, 4))
        # The denial of every number there is cannot hold in any world: it is refused at import.
        denied = draw(st.integers(0, 4)) == 4 and not (lower in (None, 0) and upper is None)
        day = draw(st.sampled_from([1, 2, None])) if days else None
        claims.append(
            Claim(
                f"c{at}",
                Question("battle", metric, group),
                value(Kind.COUNT, lower, upper),
                denied,
                (day, day) if day else None,
            )
        )
    return claims


SHAPES = [
    ("one", "one"),
    ("one", "a chain"),
    ("one", "two sides"),
    ("one", "parts that may overlap"),
    ("sum of two", "one"),
    ("sum of two", "a part"),
    ("sum of two", "two sides"),
    ("sum of two", "parts that may overlap"),
    ("sum and capacity", "one"),
    ("sum and capacity", "a part"),
    ("sum of three", "one"),
    ("sum of three", "a part"),
    ("sums that overlap", "one"),
]
MAY_FALL = [
    ("a part and its total may fall", "one"),
    ("a part and its total may fall", "a part"),
    ("a part and its total may fall", "two sides"),
    ("sum and a force that may fall", "one"),
    ("sum and a force that may fall", "a part"),
]


@pytest.mark.parametrize("days", [False, True], ids=["in all", "as of days"])
@pytest.mark.parametrize(("metrics", "groups"), SHAPES, ids=[" · ".join(s) for s in SHAPES])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_the_same_minimal_sets(data, metrics, groups, days):
    claims = data.draw(events(metrics, groups, days=days))
    names, graph = GROUPS[groups]
    outcome = search(Case(claims, METRICS[metrics], graph))
    assert outcome.stopped is None
    found = {frozenset(claim.id for claim in conflict.claims) for conflict in outcome.conflicts}
    assert found == small(impossible_sets(claims, METRICS[metrics], graph, names))


@pytest.mark.parametrize(("metrics", "groups"), MAY_FALL, ids=[" · ".join(s) for s in MAY_FALL])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_nothing_is_found_that_can_be(metrics, groups, data):
    """Where numbers may fall the rules let more pass than a world would, and never less."""
    claims = data.draw(events(metrics, groups, days=True))
    names, graph = GROUPS[groups]
    impossible = impossible_sets(claims, METRICS[metrics], graph, names)
    for conflict in search(Case(claims, METRICS[metrics], graph)).conflicts:
        members = {claim.id for claim in conflict.claims}
        assert any(found <= members for found in impossible)


@pytest.mark.parametrize(("metrics", "groups"), MAY_FALL, ids=[" · ".join(s) for s in MAY_FALL])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_numbers_that_may_fall_on_one_day(metrics, groups, data):
    """On one day nothing falls, and the sets are the same."""
    claims = data.draw(events(metrics, groups, days=False))
    names, graph = GROUPS[groups]
    outcome = search(Case(claims, METRICS[metrics], graph))
    found = {frozenset(claim.id for claim in conflict.claims) for conflict in outcome.conflicts}
    assert found == small(impossible_sets(claims, METRICS[metrics], graph, names))


@pytest.mark.parametrize(("metrics", "groups"), MAY_FALL, ids=[" · ".join(s) for s in MAY_FALL])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_other_claims_hide_nothing(metrics, groups, data):
    """What cannot be among some claims cannot be among more, and is found there as well."""
    claims = data.draw(events(metrics, groups, days=True))
    fewer = data.draw(st.sets(st.sampled_from(claims).map(lambda claim: claim.id), min_size=2))
    _, graph = GROUPS[groups]

    def found(among):
        conflicts = search(Case(among, METRICS[metrics], graph)).conflicts
        return {frozenset(claim.id for claim in conflict.claims) for conflict in conflicts}

    among_fewer = found([claim for claim in claims if claim.id in fewer])
    assert among_fewer == {members for members in found(claims) if members <= fewer}


def test_who_was_there_the_day_before_may_fall_the_day_after():
    """One in the force on day 1, none lost; one lost by day 2, of the same one: all can hold."""

    def said(id_: str, metric: str, number: int, day: int) -> Claim:
        question = Question("battle", metric, "all")
        return Claim(id_, question, value(Kind.COUNT, number, number), False, (day, day))

    claims = [
        said("c0", "casualties", 1, 2),
        said("c1", "casualties", 0, 1),
        said("c2", "force", 1, 2),
        said("c3", "force", 1, 1),
    ]
    assert search(Case(claims, METRICS["sum and capacity"], Groups())).conflicts == []
