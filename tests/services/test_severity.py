"""The severity that is kept: raised by independent origins on every side, and kept up to date."""

from __future__ import annotations

import copy

import pytest


def claim(document: str, value: int) -> dict[str, object]:
    return {
        "id": f"{document}-{value}",
        "event": "fire",
        "metric": "killed",
        "group": "all",
        "document": document,
        "value": value,
    }


@pytest.fixture
def fire():
    """Two papers say 10, two say 40, none of them through anybody else."""
    papers = ("one", "two", "three", "four")
    return {
        "claimtrack": 1,
        "events": [{"id": "fire", "title": "Fire"}],
        "groups": [{"id": "all", "name": "Everyone"}],
        "sources": [{"id": paper, "name": paper.title(), "kind": "news"} for paper in papers],
        "documents": [{"id": f"{paper}-1", "source": paper} for paper in papers],
        "claims": [
            claim("one-1", 10),
            claim("two-1", 10),
            claim("three-1", 40),
            claim("four-1", 40),
        ],
    }


@pytest.fixture
def severity(cli, empty, ask):
    """Read the one severity that is kept."""

    def read():
        ((of_pair,),) = ask(empty, "SELECT severity FROM contested_pairs")
        assert ask(empty, "SELECT severity FROM contested_questions") == [(of_pair,)]
        return of_pair

    return read


def test_two_origins_on_each_side_raise_it(cli, empty, write, fire, severity):
    """(40 - 10) / 40 = 0.75; two origins on each side add a quarter of the rest."""
    cli("import", write("fire.json", fire))
    assert severity() == pytest.approx(0.8125)


def test_two_origins_on_one_side_raise_nothing(cli, empty, write, fire, severity):
    del fire["claims"][1]
    cli("import", write("fire.json", fire))
    assert severity() == pytest.approx(0.75)


def test_a_dependence_stated_later_lowers_it_and_undo_raises_it(cli, empty, write, fire, severity):
    """What draws on what is part of the conclusion: a change of it is concluded anew."""
    cli("import", write("fire.json", fire))
    changed = copy.deepcopy(fire)
    changed["documents"][1]["draws_on"] = ["one-1"]
    assert cli("import", write("changed.json", changed), "--update").code == 0
    assert severity() == pytest.approx(0.75)
    assert cli("undo", "--yes").code == 0
    assert severity() == pytest.approx(0.8125)


def test_a_dependence_far_off_lowers_it(cli, empty, write, fire, severity):
    """Two draws on a wire and the wire, as is found out later, on One."""
    fire["sources"].append({"id": "wire", "name": "Wire", "kind": "agency"})
    fire["sources"][1]["draws_on"] = ["wire"]
    cli("import", write("fire.json", fire))
    assert severity() == pytest.approx(0.8125)
    wire = {"claimtrack": 1, "sources": [{**fire["sources"][4], "draws_on": ["one"]}]}
    assert cli("import", write("wire.json", wire), "--update").code == 0
    assert severity() == pytest.approx(0.75)
