"""Nothing is skipped in silence, counted twice or read by a rule that no longer holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plans import asked_of

BASE = {
    "claimtrack": 1,
    "events": [{"id": "e", "title": "E"}],
    "metrics": [{"id": "length", "kind": "distance", "unit": "km"}],
    "sources": [{"id": "s", "name": "S"}],
    "documents": [{"id": "d", "source": "s"}],
}


def _claim(id_: str, value: object, **more: object) -> dict[str, object]:
    common = {"id": id_, "event": "e", "document": "d", "metric": "killed", "value": value}
    return {**common, **more}


@pytest.fixture
def take(cli, folder):
    """Import entries given as data."""
    cli("init")

    def call(*options: str, **lists: object):
        path: Path = folder / "case.json"
        path.write_text(json.dumps({"claimtrack": 1, **lists}), encoding="utf-8")
        return cli("import", path, *options)

    return call


def test_an_undo_that_cannot_restore_says_so_and_changes_nothing(cli, take):
    """An old version that names a source taken back since stops the undo, not the restoring."""
    take(sources=[{"id": "gone", "name": "G"}])
    lists = {key: value for key, value in BASE.items() if key != "claimtrack"}
    take(**lists, claims=[_claim("a", 3, attributed_to=["gone"])])
    take("--update", claims=[_claim("a", 4)])
    assert cli("undo", "1", "--yes").code == 0
    before = cli("list-claims", "--json").json
    result = cli("undo", "3", "--yes")
    assert result.code == 1
    assert "claim 'a' names what is no longer there" in result.err
    assert cli("list-claims", "--json").json == before


def test_a_metric_with_claims_keeps_its_kind_and_unit(cli, take):
    """--update cannot make kilometres of claims into miles behind their back."""
    lists = {key: value for key, value in BASE.items() if key != "claimtrack"}
    take(**lists, claims=[_claim("a", 8, metric="length")])
    other = [{"id": "length", "kind": "distance", "unit": "miles"}]
    result = take("--update", metrics=other)
    assert result.code == 1
    assert "metric 'length' has claims that were read by its unit" in result.err


def test_a_metric_without_claims_may_change(take):
    """Near miss: before anything was read by it, a metric's unit may still be corrected."""
    take(**{key: value for key, value in BASE.items() if key != "claimtrack"})
    other = [{"id": "length", "kind": "distance", "unit": "miles"}]
    assert take("--update", metrics=other).code == 0


def test_what_two_entries_correct_is_listed_once(cli, take):
    """Two corrections of one assertion do not make two assertions of it."""
    lists = {key: value for key, value in BASE.items() if key != "claimtrack"}
    later = [_claim("b", 5, supersedes="a"), _claim("c", 6, supersedes="a")]
    assert take(**lists, claims=[_claim("a", 3), *later]).code == 0
    first = next(c for c in cli("list-claims", "--json").json if c["value"]["lower"] == 3)
    assert [assertion["id"] for assertion in first["assertions"]] == ["a"]
    assert first["assertions"][0]["superseded_by"] == "b"


def test_two_entries_cannot_correct_each_other(take):
    """A circle of corrections would leave no claim standing, so it is refused."""
    lists = {key: value for key, value in BASE.items() if key != "claimtrack"}
    circle = [_claim("a", 3, supersedes="b"), _claim("b", 5, supersedes="a")]
    result = take(**lists, claims=circle)
    assert result.code == 1
    assert "correct this entry in its turn" in result.err


def _chain(count):
    return [_claim(f"c{at}", 3 + at, supersedes=f"c{at - 1}") for at in range(1, count)]


def test_a_long_chain_of_corrections_asks_as_often_as_a_short_one(cli, take, write):
    """Each correction is followed to its end in memory, not by a question a step."""
    lists = {key: value for key, value in BASE.items() if key != "claimtrack"}
    asked = []
    for count in (10, 80):
        entries = {"claimtrack": 1, **lists, "claims": [_claim("c0", 3), *_chain(count)]}
        name = write(f"{count}.json", entries)
        asked.append(len(asked_of(lambda name=name: cli("import", name, "--dry-run"))))
    assert asked[1] < 1.5 * asked[0]


def test_a_long_circle_of_corrections_is_told_once(take):
    """The entry that closes the circle is told, however long the way round."""
    lists = {key: value for key, value in BASE.items() if key != "claimtrack"}
    result = take(**lists, claims=[_claim("c0", 3, supersedes="c39"), *_chain(40)])
    assert result.code == 1
    assert result.err.count("correct this entry in its turn") == 1
    assert "'c38' is said" in result.err


def test_an_old_chain_is_followed_from_a_new_correction(take):
    """A circle through entries that were there is refused; a further correction is not."""
    lists = {key: value for key, value in BASE.items() if key != "claimtrack"}
    assert take(**lists, claims=[_claim("c0", 3), *_chain(5)]).code == 0
    assert take(claims=[_claim("c5", 99, supersedes="c4")]).code == 0
    turned = take("--update", claims=[_claim("c0", 3, supersedes="c5")])
    assert turned.code == 1
    assert "'c5' is said to correct this entry in its turn" in turned.err


def test_a_large_update_asks_as_often_as_a_small_one(cli, take, write):
    """Changed claims are written together, and the history has each of them."""
    lists = {key: value for key, value in BASE.items() if key != "claimtrack"}
    assert take(**lists, claims=[_claim(f"c{at}", 3 + at) for at in range(80)]).code == 0
    asked = []
    for count in (10, 80):
        claims = [_claim(f"c{at}", 3 + at, quote=f"{count}") for at in range(count)]
        name = write(f"{count}.json", {"claimtrack": 1, "claims": claims})
        asked.append(len(asked_of(lambda name=name: cli("import", name, "--update"))))
    assert asked[1] < 1.5 * asked[0]
    assert [row["action"] for row in cli("history", "c79", "--json").json].count("changed") == 1
