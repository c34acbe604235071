"""Groups and questions as rules see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.case import (
    Case,
    Groups,
    Metric,
    Question,
    group_by_question,
    with_sums_that_may_fall,
)
from claimtrack.domain.value import Hedge, Kind, Value
from contradictions.cases import METRICS, Said, groups


def test_wholes_of_no_group() -> None:
    """A group of which nothing is said is part of nothing."""
    assert Groups().wholes("contractors") == frozenset()


def test_wholes_at_any_depth() -> None:
    """Wholes are listed at any depth, upwards only, each once."""
    army = groups(a="b c", b="d", c="d", d="e")
    assert army.wholes("a") == {"b", "c", "d", "e"}
    assert army.wholes("d") == {"e"}
    assert army.wholes("e") == frozenset()


def test_circles_end() -> None:
    """A circle of groups is walked once, and a group is no whole of itself."""
    assert groups(a="b", b="c", c="a").wholes("a") == {"b", "c"}
    assert groups(a="a").wholes("a") == frozenset()


@given(st.dictionaries(st.integers(0, 6), st.frozensets(st.integers(0, 6), max_size=3), max_size=7))
def test_wholes_are_the_transitive_closure(links: dict[int, frozenset[int]]) -> None:
    """Wholes are what following the links until nothing is new gives."""
    part_of = {str(k): frozenset(map(str, v)) for k, v in links.items()}
    for start in map(str, range(7)):
        reached = set(part_of.get(start, ()))
        for _ in range(7):
            reached |= {w for r in reached for w in part_of.get(r, ())}
        assert Groups(part_of).wholes(start) == reached - {start}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("russians", "syrians", True),
        ("wagner", "syrians", True),
        ("wagner", "tiger", True),
        ("wagner", "russians", False),
        ("russians", "side", False),
        ("wagner", "civilians", False),
        ("wagner", "wagner", False),
    ],
)
def test_disjoint_groups(one: str, other: str, expected: bool) -> None:
    """Groups share no member where they or their wholes are said not to, in either order."""
    part_of = {
        "wagner": frozenset({"russians"}),
        "tiger": frozenset({"syrians"}),
        "russians": frozenset({"side"}),
        "syrians": frozenset({"side"}),
    }
    said = Groups(part_of, frozenset({frozenset({"russians", "syrians"})}))
    assert said.are_disjoint(one, other) is expected
    assert said.are_disjoint(other, one) is expected


def test_by_question() -> None:
    """Claims are sorted by event, metric and group, in the order they come."""
    said = Said()
    made = [
        said(1, 1),
        said(2, 2, group="side"),
        said(3, 3),
        said(4, 4, metric="wounded"),
        said(5, 5, event="aleppo"),
        said(6, 6, group=None),
    ]
    sorted_out = Case(made, METRICS).by_question
    assert list(sorted_out.values()) == [[made[0], made[2]], *([claim] for claim in made[1:2])] + [
        [claim] for claim in made[3:]
    ]
    assert sorted_out == group_by_question(made)
    assert sorted_out[Question("khasham", "killed", None)] == [made[5]]


def test_kind() -> None:
    """A question takes the kind of answer of its metric."""
    case = Case([], METRICS)
    assert case.kind(Question("khasham", "date", None)) is Kind.DATE
    assert case.kind(Question("khasham", "killed", "side")) is Kind.COUNT


def test_upside_down_value() -> None:
    """An interval that ends before it begins is refused; one of a single number is not."""
    with pytest.raises(ValueError, match="lower bound 6 is above upper bound 5"):
        Value(Kind.COUNT, 6, 5, "6 to 5", Hedge.RANGE, "range")
    assert Value(Kind.COUNT, 5, 5, "5", Hedge.EXACT, "number").upper == 5


def test_value_is_neither_true_nor_false() -> None:
    """Asking whether an uncertain value is true is an error that names the way out."""
    with pytest.raises(TypeError, match="relation"):
        bool(Said()(5, 5).value)


def test_sums_that_may_fall() -> None:
    """A sum may fall where a part of it may, at any depth; every other metric stays as it is."""

    def metric(name: str, *sum_of: str, cumulative: bool = True) -> Metric:
        return Metric(name, name, Kind.COUNT, cumulative=cumulative, sum_of=sum_of)

    made = [
        metric("all", "casualties", "sick"),
        metric("casualties", "killed", "missing"),
        metric("dead", "killed", "sick"),
        metric("killed"),
        metric("missing", cumulative=False),
        metric("sick"),
        metric("odd", "killed", "nobody knows"),
    ]
    told = with_sums_that_may_fall({one.id: one for one in made})
    assert list(told) == [one.id for one in made]
    assert {name for name, one in told.items() if not one.cumulative} == {
        "all",
        "casualties",
        "missing",
    }
