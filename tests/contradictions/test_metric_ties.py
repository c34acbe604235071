"""How metrics hang together: sums, limits, and what follows from them."""

from __future__ import annotations

import pytest

from claimtrack.contradictions.metric_ties import CAPACITY, SUM, MetricTies, metric_ties
from claimtrack.domain.case import Metric
from claimtrack.domain.value import Kind
from contradictions.cases import METRICS

LOSSES = ("killed", "wounded", "captured", "missing")


def metric(name: str, *sum_of: str, at_most: str | None = None, kind: Kind = Kind.COUNT) -> Metric:
    return Metric(name, name, kind, monotone=True, sum_of=sum_of, at_most=at_most)


def ties(*metrics: Metric) -> MetricTies:
    return metric_ties({one.id: one for one in metrics})


def closed(found: MetricTies, *metrics: str) -> set[str]:
    """Name what somebody counted in these metrics may be counted in, each way joined."""
    return {" ".join(sorted(atom)) for atom in found.atoms(frozenset(metrics))}


BUILT_IN = metric_ties(METRICS)
NESTED = ties(
    metric("a"),
    metric("b"),
    metric("c"),
    metric("ab", "a", "b"),
    metric("abc", "ab", "c", at_most="room"),
    metric("room", at_most="hall"),
    metric("hall"),
)
OVERLAPPING = ties(
    *map(metric, "abc"),
    metric("ab", "a", "b"),
    metric("bc", "b", "c"),
    metric("abc", "a", "b", "c", at_most="room"),
    metric("room"),
)


def test_looked_at_once() -> None:
    """The same metrics are looked at once, others anew."""
    found = metric_ties(METRICS)
    assert metric_ties(dict(METRICS)) is found
    assert metric_ties({"killed": METRICS["killed"]}) is not found


@pytest.mark.parametrize("name", LOSSES)
def test_losses_lie_in_casualties_and_the_force(name: str) -> None:
    """Each loss is a casualty by the sum and of the force by its capacity."""
    assert BUILT_IN.larger(name) == {"casualties": SUM, "force_size": CAPACITY}


def test_casualties_lie_in_the_force() -> None:
    """What is at most another lies in it, and nothing lies in itself."""
    assert BUILT_IN.larger("casualties") == {"force_size": CAPACITY}
    assert BUILT_IN.larger("force_size") == {}
    assert BUILT_IN.larger("rank") == {}


def test_sums_of_sums_and_limits_of_limits() -> None:
    """Totals and limits are followed to the end; a limit on the way makes it a capacity."""
    assert NESTED.larger("a") == {"ab": SUM, "abc": SUM, "room": CAPACITY, "hall": CAPACITY}
    assert NESTED.larger("c") == {"abc": SUM, "room": CAPACITY, "hall": CAPACITY}
    assert NESTED.larger("abc") == {"room": CAPACITY, "hall": CAPACITY}


def test_a_total_of_a_limit_is_a_capacity() -> None:
    """What lies in a limit lies in the totals of that limit, by way of the limit."""
    found = ties(metric("a", at_most="b"), metric("b"), metric("c"), metric("bc", "b", "c"))
    assert found.larger("a") == {"b": CAPACITY, "bc": CAPACITY}


def test_two_ways_up() -> None:
    """A total that is a limit as well is larger by the sum: the plainer reason."""
    found = ties(metric("a", at_most="ab"), metric("b"), metric("ab", "a", "b"))
    assert found.larger("a") == {"ab": SUM}


def test_sums_that_overlap() -> None:
    """`a + b` never exceeds `a + b + c` nor what limits it."""
    assert OVERLAPPING.larger("ab") == {"abc": SUM, "room": CAPACITY}
    assert OVERLAPPING.larger("bc") == {"abc": SUM, "room": CAPACITY}
    assert OVERLAPPING.larger("b") == {"ab": SUM, "bc": SUM, "abc": SUM, "room": CAPACITY}


def test_atoms() -> None:
    """Whoever is in a part is in the total, whoever is in a total is in one of its parts."""
    assert closed(BUILT_IN, "killed") == {"casualties force_size killed"}
    assert closed(BUILT_IN, "force_size") == {"force_size"}
    assert closed(BUILT_IN, "casualties") == {
        " ".join(sorted(("casualties", "force_size", part))) for part in LOSSES
    }
    assert closed(NESTED, "abc") == {"a ab abc hall room", "ab abc b hall room", "abc c hall room"}
    assert closed(OVERLAPPING, "ab", "bc") == {"ab abc b bc room"}


def test_atoms_of_parts_that_exclude_each_other() -> None:
    """Nobody is in two parts of one sum."""
    assert BUILT_IN.atoms(frozenset(("killed", "wounded"))) == ()
    assert NESTED.atoms(frozenset(("ab", "c"))) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("killed", "wounded", True),
        ("missing", "captured", True),
        ("killed", "casualties", False),
        ("killed", "force_size", False),
        ("casualties", "force_size", False),
        ("killed", "rank", False),
        ("killed", "killed", False),
        ("approach", "assault", True),
        ("approach", "fight", False),
    ],
)
def test_exclude(one: str, other: str, expected: bool) -> None:
    """Different parts of a sum exclude each other, in either order; nothing else does."""
    assert BUILT_IN.exclude(one, other) is expected
    assert BUILT_IN.exclude(other, one) is expected


def test_parts_of_parts_exclude_each_other() -> None:
    """Parts of different parts of a sum exclude each other; overlapping sums do not."""
    assert NESTED.exclude("a", "c")
    assert NESTED.exclude("ab", "c")
    assert not NESTED.exclude("a", "ab")
    assert OVERLAPPING.exclude("ab", "c")
    assert not OVERLAPPING.exclude("ab", "bc")


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.TRUTH_VALUE, Kind.CATEGORY])
def test_kinds_that_do_not_add_up(kind: Kind) -> None:
    """Dates, truth values and categories have no sums and no limits."""
    found = ties(
        metric("a", kind=kind, at_most="limit"),
        metric("b", kind=kind),
        metric("ab", "a", "b", kind=kind),
        metric("limit", kind=kind),
    )
    assert found.parts("ab") == ()
    assert found.larger("a") == {}
    assert not found.exclude("a", "b")


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.DURATION, Kind.DISTANCE])
def test_kinds_that_add_up(kind: Kind) -> None:
    """Counts, durations and distances have sums and limits."""
    found = ties(
        metric("a", kind=kind, at_most="limit"),
        metric("b", kind=kind),
        metric("ab", "a", "b", kind=kind),
        metric("limit", kind=kind),
    )
    assert found.parts("ab") == ("a", "b")
    assert found.larger("a") == {"ab": SUM, "limit": CAPACITY}
    assert found.exclude("a", "b")


def test_parts_of_another_kind() -> None:
    """A sum of people and hours is no sum."""
    found = ties(metric("a"), metric("h", kind=Kind.DURATION), metric("ah", "a", "h"))
    assert found.parts("ah") == ()
    assert found.larger("a") == {}


def test_a_part_that_is_not_there() -> None:
    """A sum of which a part is not known is no sum: the part could be anything."""
    found = ties(metric("a"), metric("ab", "a", "b"))
    assert found.parts("ab") == ()
    assert found.larger("a") == {}


def test_a_limit_of_another_kind_or_not_there() -> None:
    """A limit in other units, or none that is known, limits nothing."""
    found = ties(
        metric("a", at_most="h"), metric("b", at_most="x"), metric("h", kind=Kind.DURATION)
    )
    assert found.larger("a") == {}
    assert found.larger("b") == {}


def test_counts_add_up_under_a_common_limit() -> None:
    """Two counts that are each at most a third, and share nobody, add up in it."""
    found = ties(
        metric("a", at_most="limit"),
        metric("b", at_most="limit"),
        metric("ab", "a", "b"),
        metric("limit"),
    )
    assert found.held_in("a") == {"ab": SUM, "limit": CAPACITY}
    assert found.larger("ab") == {"limit": CAPACITY}


def test_lengths_do_not_add_up_under_a_common_limit() -> None:
    """Two marches that are each at most a day may be longer together."""
    assert BUILT_IN.larger("approach") == {"fight": SUM, "daylight": CAPACITY}
    assert BUILT_IN.held_in("approach") == {"fight": SUM}
    assert BUILT_IN.larger("fight") == {}
    assert closed(BUILT_IN, "approach") == {"approach fight"}
