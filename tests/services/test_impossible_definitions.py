"""Definitions that cannot be, and denials that say nothing, are refused at import."""

from __future__ import annotations

import pytest

from claimtrack.domain.case import Metric, with_sums_that_may_fall
from claimtrack.domain.value import Kind
from claimtrack.services import links


def group(id_: str, part_of: str = "", disjoint_with: str = "") -> dict[str, object]:
    named = {"part_of": part_of.split(), "disjoint_with": disjoint_with.split()}
    return {"id": id_, "name": id_.title(), **{key: of for key, of in named.items() if of}}


def metric(id_: str, sum_of: str = "", at_most: str = "") -> dict[str, object]:
    entry: dict[str, object] = {"id": id_, "name": id_.title(), "kind": "count"}
    return (
        entry
        | ({"sum_of": sum_of.split()} if sum_of else {})
        | ({"at_most": at_most} if at_most else {})
    )


SIDES = [group("all"), group("east", "all", "west"), group("west", "all")]

REFUSED = {
    "a group inside two that share nobody": (
        "groups",
        [*SIDES, group("both", "east west")],
        "group 'both' is part of 'east' and of 'west', which share nobody",
    ),
    "a group inside two, by way of others": (
        "groups",
        [*SIDES, group("unit", "east"), group("squad", "unit west")],
        "group 'squad' is part of 'east' and of 'west', which share nobody",
    ),
    "a sum of itself": (
        "metrics",
        [metric("one", "two three"), metric("two", "one"), metric("three")],
        "metric 'one' is part of itself",
    ),
    "two at most each other": (
        "metrics",
        [metric("one", at_most="two"), metric("two", at_most="one")],
        "or at most itself",
    ),
    "a part counted twice": (
        "metrics",
        [metric("a"), metric("b"), metric("ab", "a b"), metric("total", "ab b")],
        "the sum 'total' counts 'b' twice: in 'ab', in 'b'",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_refused_with_the_reason(cli, empty, write, everything, case):
    """The reason is told, and nothing is changed."""
    before = everything(empty)
    type_, entries, reason = case
    done = cli("import", write("file.json", {"claimtrack": 1, type_: entries}))
    assert done.code == 1
    assert reason in done.err, done.err
    assert everything(empty) == before


def test_refused_when_the_wholes_are_parted_later(cli, empty, write):
    """What is impossible only by a later import is that import's error."""
    first = [group("all"), group("east", "all"), group("west", "all"), group("both", "east west")]
    assert cli("import", write("one.json", {"claimtrack": 1, "groups": first})).code == 0
    later = {"claimtrack": 1, "groups": [group("east", "all", "west")]}
    done = cli("import", write("two.json", later), "--update")
    assert done.code == 1
    assert "group 'both' is part of 'east' and of 'west'" in done.err


def test_sums_that_overlap_without_counting_twice_are_fine(cli, empty, write):
    """a + b and b + c overlap, but no sum holds both."""
    entries = [metric(name) for name in "abc"]
    entries += [metric("ab", "a b"), metric("bc", "b c"), metric("abc", "a b c", "most")]
    entries += [metric("most")]
    done = cli("import", write("file.json", {"claimtrack": 1, "metrics": entries}))
    assert done.code == 0, done


@pytest.mark.parametrize(
    ("value", "fine"), [("at least 0", False), ("0 or more", False), ("at least 1", True)]
)
def test_to_deny_every_number_says_nothing(cli, empty, write, value, fine):
    """At least none is true of every number: its denial leaves none, and is no claim."""
    entries = {
        "claimtrack": 1,
        "events": [{"id": "e", "title": "E"}],
        "sources": [{"id": "s", "name": "S"}],
        "documents": [{"id": "d", "source": "s"}],
        "claims": [
            {
                "event": "e",
                "metric": "killed",
                "document": "d",
                "value": value,
                "stance": "denies",
            }
        ],
    }
    done = cli("import", write("file.json", entries))
    assert (done.code == 0) is fine
    assert ("to deny every answer there is" in done.err) is not fine


@pytest.mark.parametrize("shape", ["groups", "metrics"])
def test_a_long_chain_of_definitions_is_followed_about_once(cli, empty, write, monkeypatch, shape):
    """Where nothing is at odds, nothing is followed from each entry anew."""
    met = []
    follow = links.reachable

    def count(*asked):
        found = follow(*asked)
        met.extend(found)
        return found

    monkeypatch.setattr(links, "reachable", count)
    made = group if shape == "groups" else metric
    told = []
    for size in (10, 80):
        met.clear()
        chain = [made(f"{shape}{at}", f"{shape}{at - 1}" if at else "") for at in range(size)]
        done = cli("import", write("chain.json", {"claimtrack": 1, shape: chain}), "--dry-run")
        assert done.code == 0, done
        told.append(len(met))
    assert told[1] <= 10 * told[0]


def test_a_long_circle_of_groups_is_refused_at_each_of_them(cli, empty, write):
    """Whoever is in the circle is told; who is only part of one in it is not."""
    ring = [group(f"g{at:02}", f"g{(at + 1) % 40:02}") for at in range(40)]
    done = cli(
        "import", write("ring.json", {"claimtrack": 1, "groups": [*ring, group("x", "g00")]})
    )
    assert done.code == 1
    assert done.err.count("is part of itself by way of other groups") == 40


def test_a_sum_may_fall_where_a_part_of_a_part_may():
    """The order in which metrics are told makes no difference, nor does a circle."""

    def counted(id_, *parts, grows=True):
        return Metric(id_, id_, Kind.COUNT, None, monotone=True, cumulative=grows, sum_of=parts)

    metrics = [counted("all", "some"), counted("some", "few", "all"), counted("few", grows=False)]
    metrics.append(counted("dead"))
    for order in (metrics, metrics[::-1]):
        found = with_sums_that_may_fall({metric.id: metric for metric in order})
        assert {id_ for id_, metric in found.items() if metric.cumulative} == {"dead"}
