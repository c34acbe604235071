"""`undo`: what a batch added goes, what it changed returns."""

from __future__ import annotations

import copy

import pytest

from claimtrack.store import catalog, removal

BOOKKEEPING = ("batches", "history", "alembic_version")


@pytest.fixture
def loaded(cli, empty, write, ferry):
    """Give a database that holds the ferry case."""
    assert cli("import", write("ferry.json", ferry)).code == 0
    return empty


@pytest.fixture
def told(everything):
    """Read all that the database says, without its own row numbers and bookkeeping."""

    def read(path):
        return {
            name: sorted((row[1:] for row in rows), key=repr)
            for name, rows in everything(path).items()
            if name not in BOOKKEEPING
        }

    return read


def test_undo_restores_what_was_added(cli, empty, write, ferry, everything):
    """After the undo of the only import every table is as it was."""
    before = everything(empty)
    cli("import", write("ferry.json", ferry))
    done = cli("undo", "--yes")
    assert done.code == 0, done
    after = everything(empty)
    for name in before.keys() - set(BOOKKEEPING):
        assert after[name] == before[name], name


def test_undo_brings_old_versions_back(loaded, cli, write, ferry, told):
    """After an update is taken back the claims, chains and contradictions are the old ones."""
    before, listed = told(loaded), cli("list-claims", "--json").json
    new = copy.deepcopy(ferry)
    new["claims"][0] |= {"value": 500, "attributed_to": ["radio", "official-1"], "quote": "no"}
    new["claims"][1] |= {"group": "crew", "as_of": "2031-03-04"}
    new["groups"][1]["part_of"] = ["passengers"]
    new["sources"][0]["draws_on"] = ["radio"]
    new["documents"][0]["published"] = "2032"
    new["claims"].append({**new["claims"][2], "id": "fresh", "value": "scores"})
    done = cli("import", write("new.json", new), "--update")
    assert done.code == 0, done
    assert told(loaded) != before
    assert cli("undo", "--yes").code == 0
    after = cli("list-claims", "--json").json
    for key in ("id", "value", "assertions", "contradicted"):
        assert sorted(str(c[key]) for c in after) == sorted(str(c[key]) for c in listed)
    for table in ("groups", "sources", "documents", "contradictions", "events"):
        assert [row[:4] for row in told(loaded)[table]] == [row[:4] for row in before[table]]


def test_undo_keeps_what_it_removed_in_the_history(loaded, cli, ask):
    """Nothing is lost: the removed entries stand in the history under who removed them."""
    cli("undo", "--yes")
    found = dict(ask(loaded, "SELECT action, count(*) FROM history GROUP BY action"))
    assert found == {"began": 1, "imported": 1, "removed": 13, "undone": 1}
    assert ask(loaded, "SELECT undone_by FROM batches") == [("tester",)]


@pytest.mark.parametrize("later", ["claim", "document", "link", "supersedes", "group", "update"])
def test_undo_is_refused_where_later_work_rests_on_it(loaded, cli, write, ferry, everything, later):
    """A batch that a later one builds on stays, and the later one is named."""
    claim = {"event": "ferry-2031", "document": "radio-0304", "metric": "wounded", "value": 3}
    data = {
        "claim": {"claims": [claim]},
        "document": {"documents": [{"id": "radio-0305", "source": "radio"}]},
        "link": {
            "sources": [{"id": "new", "name": "New"}],
            "documents": [{"id": "new-1", "source": "new"}],
            "events": [{"id": "other", "title": "Other"}],
            "claims": [
                {**claim, "document": "new-1", "event": "other", "attributed_to": ["radio"]}
            ],
        },
        "supersedes": {"claims": [{**claim, "supersedes": "radio-200"}]},
        "group": {"groups": [{"id": "deck-crew", "name": "Deck", "part_of": ["crew"]}]},
        "update": {"sources": [{**ferry["sources"][0], "name": "Changed"}]},
    }[later]
    assert cli("import", write("l.json", {"claimtrack": 1, **data}), "--update").code == 0
    before = everything(loaded)
    done = cli("undo", "1", "--yes")
    assert done.code == 1, done
    assert "batch 2 rests on what batch 1 wrote" in done.err
    assert "fault of its own" not in done.err
    assert everything(loaded) == before
    assert cli("undo", "--yes").code == 0
    assert cli("undo", "--yes").code == 0


def test_undo_is_refused_where_a_later_source_draws_on_it(loaded, cli, write):
    """A later source that draws on one of the batch holds it in place."""
    new = {"sources": [{"id": "new", "name": "New", "draws_on": ["radio"]}]}
    assert cli("import", write("l.json", {"claimtrack": 1, **new})).code == 0
    done = cli("undo", "1", "--yes")
    assert done.code == 1, done
    assert "batch 2" in done.err


def test_undo_is_refused_where_an_older_entry_was_changed_to_rest_on_it(
    loaded, cli, write, ferry, everything
):
    """An entry of the first batch that the third made to name the second's holds the second."""
    new = {"claimtrack": 1, "sources": [{"id": "new", "name": "New"}]}
    cli("import", write("two.json", new))
    changed = {**ferry["claims"][0], "attributed_to": ["new"]}
    cli("import", write("three.json", {"claimtrack": 1, "claims": [changed]}), "--update")
    before = everything(loaded)
    done = cli("undo", "2", "--yes")
    assert done.code == 1, done
    assert "rest on what batch 2 wrote" in done.err
    assert everything(loaded) == before


def test_undo_counts_the_contradictions_that_go(loaded, cli):
    """What vanishes with the claims is counted too."""
    assert "2 gone" in cli("undo", "--yes").err


def test_undo_of_what_is_undone(loaded, cli):
    """A batch is taken back once; a batch that never was is unknown."""
    cli("undo", "--yes")
    assert "already" in cli("undo", "1", "--yes").err
    for args in (("undo", "1", "--yes"), ("undo", "77", "--yes"), ("undo", "--yes")):
        assert cli(*args).code == 1


def test_undo_asks_first(loaded, cli, everything):
    """Without a terminal to ask on, --yes is needed, and nothing changes without it."""
    before = everything(loaded)
    assert cli("undo").code == 2
    assert everything(loaded) == before


def test_words_follow_the_assertions_left(loaded, cli, write, ferry):
    """When the wording that came first is taken back, the claim is told in the words left."""
    say = {"event": "ferry-2031", "metric": "missing", "group": "crew"}
    bounds = {"min": 80, "max": 120, "text": "a hundred or so"}
    first = {**say, "id": "first", "document": "radio-0304", "value": bounds}
    second = {**say, "id": "second", "document": "gazette-0303", "value": "about 100"}
    cli("import", write("one.json", {"claimtrack": 1, "claims": [first]}))
    cli("import", write("two.json", {"claimtrack": 1, "claims": [second]}))
    assert cli("undo", "2", "--yes").code == 0
    (claim,) = cli("list-claims", "--metric", "missing", "--json").json
    assert [a["id"] for a in claim["assertions"]] == ["second"]
    assert claim["value"]["text"] == "about 100"


@pytest.fixture
def corrected_elsewhere(cli, empty, write):
    """Two claims at odds about one event, one corrected by what its source says of another."""
    about = {"metric": "killed", "group": "aboard"}
    case = {
        "claimtrack": 1,
        "events": [{"id": "crash", "title": "Crash"}, {"id": "storm", "title": "Storm"}],
        "groups": [{"id": "aboard", "name": "Aboard"}],
        "sources": [{"id": "agency", "name": "Agency"}],
        "documents": [{"id": "wire", "source": "agency"}],
        "claims": [
            {**about, "id": "seven", "event": "storm", "document": "wire", "value": 7},
            {**about, "id": "nine", "event": "storm", "document": "wire", "value": 9},
        ],
    }
    correction = {**about, "id": "other", "event": "crash", "document": "wire", "value": 9}
    assert cli("import", write("case.json", case)).code == 0

    def take(*args, **more):
        file = write("correction.json", {"claimtrack": 1, "claims": [correction | more]})
        assert cli("import", file, *args).code == 0

    def at_odds():
        assert cli("verify").code == 0
        return len(cli("contradictions", "--event", "storm", "--json").json)

    return take, at_odds


def test_undo_of_a_correction_from_another_event(corrected_elsewhere, cli):
    """What was corrected stands again, and so does its contradiction."""
    take, at_odds = corrected_elsewhere
    found = [at_odds()]
    take(supersedes="nine")
    found.append(at_odds())
    assert "1 new" in cli("undo", "--yes").err
    assert [*found, at_odds()] == [1, 0, 1]


def test_update_of_a_correction_from_another_event(corrected_elsewhere, cli):
    """A new version that corrects nothing any more, and the old one back."""
    take, at_odds = corrected_elsewhere
    take(supersedes="nine")
    found = [at_odds()]
    take("--update")
    found.append(at_odds())
    assert cli("undo", "--yes").code == 0
    found.append(at_odds())
    take("--update", supersedes="seven")
    assert [*found, at_odds()] == [0, 1, 0, 0]


@pytest.mark.parametrize("kind", ["groups", "corrections", "relays", "metrics"])
def test_undo_of_a_batch_larger_than_a_piece(cli, empty, write, monkeypatch, kind):
    """Later entries name earlier ones of their type, whatever the pieces they are removed in."""
    pieces = catalog.chunks
    monkeypatch.setattr(removal, "chunks", lambda items, size=2: pieces(items, 2))
    case = {
        "claimtrack": 1,
        "events": [{"id": "storm", "title": "Storm"}],
        "sources": [{"id": "agency", "name": "Agency"}],
        "documents": [{"id": "wire", "source": "agency"}],
    }
    if kind in ("groups", "metrics"):
        more = "part_of" if kind == "groups" else "at_most"
        told = {"name": "N"} if kind == "groups" else {"kind": "count"}
        case[kind] = [
            {"id": f"n{at}", **told}
            | ({more: [f"n{at + 1}"] if kind == "groups" else f"n{at + 1}"} if at < 6 else {})
            for at in range(7)
        ]
    else:
        about = {"event": "storm", "document": "wire", "metric": "killed"}
        links = [
            {"supersedes": f"c{at - 1}"}
            if kind == "corrections"
            else {"attributed_to": [{"source": "agency", "claim": f"c{at - 1}"}]}
            for at in range(1, 7)
        ]
        case["claims"] = [
            {**about, "id": f"c{at}", "value": at, **link} for at, link in enumerate([{}, *links])
        ]
    assert cli("import", write("case.json", case)).code == 0
    assert cli("undo", "--yes").code == 0
    assert cli("verify").code == 0
    assert cli("import", write("case.json", case)).code == 0
