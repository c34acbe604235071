"""Suspected copying in a database: the Civil War's works, and what is stated to depend."""

from __future__ import annotations

import random

import pytest

from claimtrack.services.suspecting import find_suspicions, suspected_pairs
from claimtrack.store.engine import reading

FAMILY = {"cwsac", "cwsac-update", "cwss", "kennedy1998", "wikipedia"}


def battles(sources, answers, **more):
    """Write sources with a document each, and their numbers: source by question."""
    return {
        "claimtrack": 1,
        "events": [{"id": f"battle-{n}", "title": f"Battle {n}"} for n in range(len(answers))],
        "sources": [
            {"id": s, "name": s.title(), "kind": "book", **more.get(s, {})} for s in sources
        ],
        "documents": [{"id": f"{s}-book", "source": s} for s in sources],
        "claims": [
            {"event": f"battle-{n}", "document": f"{s}-book", "metric": "killed", "value": number}
            for n, told in enumerate(answers)
            for s, number in told.items()
        ],
    }


def copying(n):
    """Six books on a battle: each knows the number half of the time; the last copies the first."""
    chance = random.Random(n)
    told = {s: 1000 if chance.random() < 0.5 else chance.randint(100, 9000) for s in "abcde"}
    return told | {"f": told["a"]}


@pytest.fixture
def taken(cli, empty, write):
    def take(**more):
        data = battles("abcdef", [copying(n) for n in range(40)], **more)
        done = cli("import", write("battles.json", data))
        assert done.code == 0, done
        return str(empty)

    return take


def test_the_park_services_family_is_found_and_bodart_is_not_accused(cli, empty, shared):
    """On the real data the five are joined by suspected pairs, and who counted anew is in none."""
    cli("import", shared("acw/battles.jsonl"))
    found = cli("suspects", "--json").json
    pairs = [set(one["sources"]) for one in found["pairs"]]
    inside = [pair for pair in pairs if pair <= FAMILY]
    reached = {"cwsac"}
    for _ in FAMILY:
        reached |= {source for pair in inside if pair & reached for source in pair}
    assert reached == FAMILY
    assert not any("bodart1908" in pair for pair in pairs)
    first = found["pairs"][0]
    assert (first["sources"], first["shared"], first["agreed"]) == (
        ["cwss", "kennedy1998"],
        595,
        567,
    )
    assert all(one["given_by_others"] == 0 < one["others"] for one in first["evidence"])
    with reading(str(empty)) as connection:
        assert suspected_pairs(connection) == {frozenset(pair) for pair in pairs}


def test_who_copies_is_found_and_told_with_evidence(taken):
    """The copier and the copied, their agreements, and nobody else."""
    found = find_suspicions(taken())
    (pair,) = found.suspects.pairs
    assert (pair.sources, pair.shared, pair.agreed) == (("a", "f"), 40, 40)
    assert found.known == ()


@pytest.mark.parametrize(
    "stated",
    [
        {"f": {"draws_on": ["a"]}},
        {"a": {"draws_on": ["f"]}},
    ],
)
def test_what_is_stated_is_known_and_not_suspected(taken, stated):
    """A declared dependence is shown apart, whichever way it runs."""
    found = find_suspicions(taken(**stated))
    assert found.known == (("a", "f"),)
    assert found.suspects.pairs == ()


def test_two_that_draw_on_one_third_are_known_to_depend(taken):
    """Sharing a source is dependence as well."""
    found = find_suspicions(taken(a={"draws_on": ["c"]}, f={"draws_on": ["c"]}))
    assert found.known == (("a", "c"), ("a", "f"), ("c", "f"))
    assert found.suspects.pairs == ()


def test_what_is_told_on_the_word_of_another_is_no_agreement(cli, empty, write):
    """Relays say by their chain whom they have it from; their numbers are not their own."""
    data = battles("abcdef", [copying(n) for n in range(40)])
    for claim in data["claims"]:
        if claim["document"] == "f-book":
            claim["attributed_to"] = [{"source": "a", "mode": "quotes"}]
    assert cli("import", write("battles.json", data)).code == 0
    assert find_suspicions(str(empty)).suspects.pairs == ()


def test_filters_narrow_the_questions(taken, cli):
    """Four battles are too few to tell, and an event that is not there is refused."""
    taken()
    few = [word for n in range(4) for word in ("--event", f"battle-{n}")]
    found = cli("suspects", *few, "--json").json
    assert (found["pairs"], found["tested"], found["too_few"]) == ([], 0, 15)
    assert cli("suspects", "--event", "battle-x").code == 1


def test_the_exit_code_tells_of_suspects_only_when_asked(taken, cli):
    """Suspects are data: 0, or 3 with --exit-code."""
    taken()
    assert cli("suspects").code == 0
    assert cli("suspects", "--exit-code").code == 3
    assert "next: claimtrack list-claims" in cli("suspects", tty=True).err
