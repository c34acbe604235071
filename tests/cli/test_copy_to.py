"""`copy-to`: a case whole, from one engine to the other and back."""

from __future__ import annotations

import random

import pytest

import databases
from claimtrack.store.content import content_digest
from claimtrack.store.engine import reading
from databases import plain

SIGNS = ["a", "Ä", "ß", "Вагнер", "\U0001f6a2", '"', "\\", "\t", "'", "z", "e\u0301"]


@pytest.fixture
def worked_on(cli, empty, write, ferry):
    """Give a case with a correction, an update, something taken back, reviews and grades."""
    cli("import", write("ferry.json", ferry))
    ferry["claims"][0]["value"] = "scores"
    ferry["claims"][0]["id"] = "gazette-scores"
    ferry["claims"][0]["supersedes"] = "gazette-dozens"
    cli("import", write("two.json", ferry))
    ferry["sources"][0]["name"] = "The Daily Gazette"
    cli("import", write("three.json", ferry), "--update")
    cli("import", write("four.json", {**ferry, "events": [], "claims": ferry["claims"][1:2]}))
    cli("undo", "--yes")
    first = cli("contradictions", "--json").json[0]["id"]
    cli("review", first, "--status", "confirmed", "--why", "both read")
    cli("grade", "radio", "--reliability", "B", "--why", "on the spot")
    return empty


def random_case(seed):
    """Make a case of odd signs, open bounds and missing fields."""
    choose = random.Random(seed)

    def words():
        return "".join(choose.choices(SIGNS, k=choose.randint(1, 9))).strip() or "w"

    return {
        "claimtrack": 1,
        "events": [{"id": f"e{n}", "title": words()} for n in range(3)],
        "groups": [{"id": f"g{n}", "name": words()} for n in range(3)],
        "sources": [{"id": f"s{n}", "name": words()} for n in range(4)],
        "documents": [{"id": f"d{n}", "source": f"s{n}", "title": words()} for n in range(4)],
        "claims": [
            {
                "id": f"c{n}",
                "event": choose.choice(["e0", "e1", "e2"]),
                "metric": choose.choice(["killed", "wounded", "force_size"]),
                "group": choose.choice(["g0", "g1", "g2"]),
                "document": choose.choice(["d0", "d1", "d2", "d3"]),
                "value": choose.choice([7, "about 90", "at least 50", {"max": 40}, "unknown"]),
                "quote": words(),
            }
            for n in range(25)
        ],
    }


def digest(case):
    with reading(str(case)) as connection:
        return content_digest(connection)


def there_and_back(cli, start, on_server, folder):
    """Copy to a server and from there to a file; give the rows of all three.

    The content of all three has one digest.
    """
    on_a_server = on_server()
    for source, target in ((start, on_a_server), (on_a_server, folder / "back.db")):
        done = cli("copy-to", target, "--db", source)
        assert done.code == 0, done
        assert "all 23 tables have the same content" in done.err
    assert len({digest(case) for case in (start, on_a_server, folder / "back.db")}) == 1
    return plain(start), plain(on_a_server), plain(folder / "back.db")


def test_there_and_back_every_row_is_equal(cli, worked_on, on_server, folder):
    """History, reviews, grades and row numbers survive the journey, all text unchanged."""
    start, served, back = there_and_back(cli, worked_on, on_server, folder)
    assert back == served == start
    assert len(start["history"]) > 3
    assert [len(start[name]) for name in ("reviews", "grades")] == [1, 1]


@pytest.mark.parametrize("seed", range(3))
def test_random_cases_survive_the_journey(cli, empty, write, on_server, folder, seed):
    """Signs of any alphabet, open ends and fields left out come back as they went."""
    done = cli("import", write("random.json", random_case(seed)))
    assert done.code == 0, done
    start, served, back = there_and_back(cli, empty, on_server, folder)
    assert back == served == start


def test_the_seed_survives_the_journey(cli, demo, on_server, folder):
    """The article of the brief, whichever engine it begins on."""
    start, served, back = there_and_back(cli, demo, on_server, folder)
    assert back == served == start
    assert len(start["claims"]) == 37


def test_real_data_survives_the_journey(cli, empty, shared, on_server, folder):
    """A case of many thousand rows, more than are held in memory at a time."""
    done = cli("import", shared("acw/battles.jsonl"))
    assert done.code == 0, done
    start, served, back = there_and_back(cli, empty, on_server, folder)
    assert back == served == start
    assert len(start["assertions"]) > 5_000


def test_the_copy_can_be_worked_on(cli, worked_on, on_server, write):
    """In a copy new rows get new numbers: an import, its undo and a review go on from there."""
    target = on_server()
    assert cli("copy-to", target).code == 0
    claim = {"event": "ferry-2031", "document": "radio-0304", "metric": "wounded", "value": 3}
    more = write("more.json", {"claimtrack": 1, "claims": [claim]})
    done = cli("import", more, "--db", target)
    assert done.code == 0, done
    assert "batch 4" in done.err
    assert cli("undo", "--yes", "--db", target).code == 0
    assert cli("grade", "radio", "--reliability", "C", "--why", "x", "--db", target).code == 0


def test_a_target_that_holds_something_stays_as_it_is(cli, worked_on, new_case, everything):
    """Nothing is mixed: a case with rows is refused by name and keeps them."""
    other = new_case("other.db", of="demo")
    before = everything(other)
    done = cli("copy-to", other)
    assert done.code == 1
    assert "is not empty" in done.err
    assert everything(other) == before


def test_an_empty_case_is_a_fine_target(cli, worked_on, new_case):
    """Its built-in metrics give way to those of the source."""
    other = new_case("other.db")
    assert cli("copy-to", other).code == 0
    assert plain(other) == plain(worked_on)


def test_a_copy_that_differs_is_not_kept(cli, worked_on, folder, monkeypatch):
    """Where a table read back is not what was read, no file is left of the copy."""
    from claimtrack.store import duplicate

    read = duplicate.digest_tables
    monkeypatch.setattr(duplicate, "digest_tables", lambda c: {**read(c), "claims": "other"})
    done = cli("copy-to", "copy.db")
    assert done.code == 1
    assert "the copy differs" in done.err
    assert not list(folder.glob("copy.db*"))


def test_a_copy_that_differs_leaves_a_server_blank(cli, worked_on, on_server, monkeypatch):
    """The tables are made in the transaction of the rows: no empty case is left behind."""
    from claimtrack.store import duplicate

    read = duplicate.digest_tables
    target = on_server()
    with monkeypatch.context() as patch:
        patch.setattr(duplicate, "digest_tables", lambda c: {**read(c), "claims": "other"})
        assert cli("copy-to", target).code == 1
    assert databases.tables(target) == []
    assert cli("copy-to", target).code == 0


def test_a_case_of_an_older_schema_is_refused(cli, worked_on, folder):
    """Both have to be of this release: the older one is named with its remedy."""
    databases.change(worked_on, "UPDATE alembic_version SET version_num = '0001'")
    done = cli("copy-to", "copy.db")
    assert done.code == 1
    assert "claimtrack upgrade" in done.err
    assert not (folder / "copy.db").exists()
