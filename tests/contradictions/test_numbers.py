"""How the numbers of an event hang together: who is counted in whom, and who in both."""

from __future__ import annotations

import pytest

from claimtrack.contradictions.metric_ties import CAPACITY, SUM
from claimtrack.contradictions.numbers import PART_OF, Numbers
from claimtrack.domain.case import Case, Groups, Question
from contradictions.cases import METRICS, apart, groups

SIDES = apart(
    "russians",
    "syrians",
    within=groups(wagner="russians", russians="all", syrians="all", tiger="syrians"),
)


def numbers(within: Groups = SIDES) -> Numbers:
    return Numbers.of(Case((), METRICS, within))


def number(told: str) -> Question:
    """Read `killed of wagner`, or `killed` of the event itself."""
    metric, _, group = told.partition(" of ")
    return Question("khasham", metric, group or None)


def above(told: str) -> dict[str, str]:
    return named(numbers().above(number(told)))


def named(found) -> dict[str, str]:
    return {
        f"{question.metric} of {question.group}" if question.group else question.metric: rule
        for question, rule in found
    }


def test_above_a_part() -> None:
    """A number lies in the same of its wholes, and in totals and limits of both."""
    assert above("killed of wagner") == {
        "killed of russians": PART_OF,
        "killed of all": PART_OF,
        "casualties of wagner": SUM,
        "casualties of russians": SUM,
        "casualties of all": SUM,
        "force_size of wagner": CAPACITY,
        "force_size of russians": CAPACITY,
        "force_size of all": CAPACITY,
    }


def test_above_the_event_itself() -> None:
    """A number of the event itself lies in totals and limits of the event itself."""
    assert above("killed") == {"casualties": SUM, "force_size": CAPACITY}


def test_above_what_tells_nothing_of_the_whole() -> None:
    """A rank of a part lies in nothing; a length lies in sums of the same group."""
    assert above("rank of wagner") == {}
    assert above("approach of wagner") == {"fight of wagner": SUM}
    assert named(numbers().never_below(number("approach of wagner"))) == {
        "fight of wagner": SUM,
        "daylight of wagner": CAPACITY,
    }


def test_no_number_lies_above_the_last() -> None:
    """The force of the whole lies in nothing."""
    assert above("force_size of all") == {}


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("killed of wagner", "killed of russians", True),
        ("killed of wagner", "killed of all", True),
        ("killed of wagner", "casualties of all", True),
        ("killed of wagner", "casualties of wagner", True),
        ("killed of wagner", "force_size of all", True),
        ("killed of all", "killed of wagner", False),
        ("killed of wagner", "killed of syrians", False),
        ("killed of wagner", "killed of wagner", False),
        ("killed of wagner", "killed", False),
        ("killed", "killed of all", False),
        ("killed", "casualties", True),
        ("casualties of wagner", "killed of all", False),
        ("killed of wagner", "wounded of all", False),
        ("rank of wagner", "rank of all", False),
        ("approach of wagner", "fight of wagner", True),
        ("approach of wagner", "daylight of wagner", True),
        ("approach of wagner", "fight of all", False),
        ("participation of wagner", "participation of all", True),
    ],
)
def test_inside(inner: str, outer: str, expected: bool) -> None:
    """A number lies inside another where it never exceeds it."""
    assert numbers().inside(number(inner), number(outer)) is expected


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("killed of wagner", "wounded of all", True),
        ("killed of wagner", "wounded of wagner", True),
        ("killed of wagner", "wounded of syrians", False),
        ("killed", "wounded", True),
        ("killed of wagner", "wounded", False),
        ("killed", "wounded of all", False),
        ("rank of wagner", "killed of all", False),
        ("killed of wagner", "rank of all", False),
        ("rank of wagner", "killed of wagner", True),
    ],
)
def test_group_within(inner: str, outer: str, expected: bool) -> None:
    """Groups lie in each other where both metrics reach from a part to its whole."""
    assert numbers().group_within(number(inner), number(outer)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("killed of wagner", "killed of syrians", True),
        ("killed of wagner", "killed of tiger", True),
        ("killed of wagner", "wounded of tiger", True),
        ("killed of wagner", "casualties of tiger", True),
        ("killed of wagner", "killed of russians", False),
        ("killed of wagner", "wounded of wagner", True),
        ("killed of wagner", "wounded of all", True),
        ("killed", "wounded of all", True),
        ("killed", "killed of all", False),
        ("killed of all", "killed", False),
        ("killed", "killed", False),
        ("killed of wagner", "casualties of all", False),
        ("approach of wagner", "assault of wagner", True),
        ("fight of wagner", "fight of syrians", False),
        ("participation of wagner", "participation of syrians", False),
    ],
)
def test_share_nobody(one: str, other: str, expected: bool) -> None:
    """Parts of a sum share nobody, nor do counts of disjoint groups; nothing else adds up."""
    assert numbers().share_nobody(number(one), number(other)) is expected
    assert numbers().share_nobody(number(other), number(one)) is expected


def test_wholes_are_kept() -> None:
    """Wholes are those of the groups, at any depth, however often they are asked for."""
    found = numbers()
    for _ in range(2):
        assert found.wholes("wagner") == {"russians", "all"}
        assert found.wholes("all") == frozenset()


def test_metric_of_a_number() -> None:
    """A number measures its metric."""
    assert numbers().metric(number("killed of wagner")) is METRICS["killed"]
