"""Imports larger than what is held in memory: nothing lost, nothing taken twice."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from claimtrack.ingest import ahead, chunk, stating
from claimtrack.services import intake, statements
from claimtrack.services.verifying import verify
from claimtrack.store import catalog, indexes, schema, soundness
from plans import scanned


@pytest.fixture
def narrow(monkeypatch):
    """Hold next to nothing in memory, so that a small file is a large one."""
    monkeypatch.setattr(chunk, "SIZE", 2)
    monkeypatch.setattr(intake, "REMEMBERED", 1)
    monkeypatch.setattr(statements, "REMEMBERED", 1)
    monkeypatch.setattr(stating, "REMEMBERED", 1)
    monkeypatch.setattr(intake, "HELD", 10)


def entries(count=6):
    """Make two events, groups in each other, documents, and claims at odds with a chain."""
    yield from ({"type": "event", "id": f"e{at}", "title": f"Event {at}"} for at in range(2))
    yield {"type": "group", "id": "part", "name": "Part", "part_of": ["whole"]}
    yield {"type": "group", "id": "whole", "name": "Whole"}
    for at in range(count):
        yield {"type": "source", "id": f"s{at}", "name": f"Source {at}"}
        yield {"type": "document", "id": f"d{at}", "source": f"s{at}"}
        chain = {"attributed_to": [{"source": "s0", "claim": "c0"}]} if at else {}
        yield claim(at, **chain)


def claim(at, **more):
    """Make a claim, the only one of its document."""
    names = {"event": f"e{at % 2}", "document": f"d{at}", "metric": "killed", "group": "part"}
    return {"type": "claim", "id": f"c{at}", "value": 10 + at, **names, **more}


def listed(cli):
    """List the claims and contradictions."""
    return cli("list-claims", "--json").json, cli("contradictions", "--json").json


def test_a_file_in_the_worst_order_is_taken_whole(cli, write, narrow):
    cli("init", "--db", "straight.db")
    cli("init", "--db", "reversed.db")
    made = list(entries())
    assert cli("import", write("a.jsonl", made), "--db", "straight.db").code == 0
    assert cli("import", write("b.jsonl", made[::-1]), "--db", "reversed.db").code == 0
    told = [
        [cli(*what, "--json", "--db", db).json for what in (("list-claims",), ("contradictions",))]
        for db in ("straight.db", "reversed.db")
    ]
    assert told[0] == told[1]
    assert len(told[0][0]) == 6
    assert len(told[0][1]) == 6


def test_a_second_import_of_much_changes_nothing(cli, empty, write, narrow):
    name = write("a.jsonl", [*entries()])
    assert cli("import", name).code == 0
    before = listed(cli)
    again = cli("import", name, "--json").json
    assert again["unchanged"] == {"event": 2, "group": 2, "source": 6, "document": 6, "claim": 6}
    assert listed(cli) == before


def test_two_versions_far_apart_in_one_file_are_refused(cli, empty, write, narrow):
    told = cli("import", write("a.jsonl", [*entries(), claim(0, quote="other words")]))
    assert told.code == 1
    assert "'c0' is in the same call already with other content" in told.err
    told = cli(
        "import", write("a.jsonl", [*entries(), {"type": "event", "id": "e0", "title": "?"}])
    )
    assert "'e0' is in the same call already with other content" in told.err
    assert cli("list-claims", "--json").json == []


def test_the_same_entry_far_apart_in_one_file_counts_once(cli, empty, write, narrow):
    done = cli("import", write("a.jsonl", [*entries(), *entries()]), "--json")
    assert done.code == 0, done.err
    assert done.json["added"] == {"event": 2, "group": 2, "source": 6, "document": 6, "claim": 6}
    assert not any(done.json["unchanged"].values())


def test_what_waits_in_vain_is_named(cli, empty, write, narrow):
    told = cli("import", write("a.jsonl", [claim(at) for at in range(5)]))
    assert told.code == 1
    assert told.err.count("unknown document") == 5
    assert "give a document of this id too" in told.err


@pytest.fixture
def laid_aside(monkeypatch):
    """Tell how many indexes each import laid aside."""
    found = []
    lay = indexes.lay_aside
    monkeypatch.setattr(indexes, "lay_aside", lambda c: found.append(lay(c)) or found[-1])
    return found


of_a_file = pytest.mark.sqlite_only(reason="a server keeps its indexes while rows are written")
DEFINED = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"


@of_a_file
def test_the_first_large_import_makes_its_indexes_at_the_end(
    cli, empty, write, narrow, laid_aside, ask
):
    before = ask(empty, DEFINED)
    assert cli("import", write("a.jsonl", [*entries()])).code == 0
    assert [len(statements) for statements in laid_aside] == [8]
    assert ask(empty, DEFINED) == before
    assert cli("verify").code == 0
    assert "Event 1" in cli("search", "event 1").out
    more = [{"type": "source", "id": f"t{at}", "name": "More"} for at in range(9)]
    assert cli("import", write("b.jsonl", more)).code == 0
    assert len(laid_aside) == 1  # more than two chunks of claims are there by now


@of_a_file
def test_an_import_that_is_killed_while_it_makes_them_changes_nothing(
    empty, write, everything, ask
):
    before = everything(empty), ask(empty, DEFINED)
    name = write("a.jsonl", [*entries()])
    done = subprocess.run([sys.executable, "-c", KILLED_AT_WORK, empty, name], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (everything(empty), ask(empty, DEFINED)) == before
    assert verify(str(empty)).passed


KILLED_AT_WORK = """
import os, signal, sys
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.ingest import chunk
from claimtrack.services import importing
from claimtrack.store import indexes
chunk.SIZE = 2
make_again = indexes.make_again
def made_in_part(connection, statements):
    assert len(statements) == 8
    make_again(connection, statements[:3])
    os.kill(os.getpid(), signal.SIGKILL)
indexes.make_again = made_in_part
importing.import_files(sys.argv[1], [sys.argv[2]], lexicon=default_lexicon())
"""


@pytest.fixture
def large(monkeypatch):
    """Take any file for a large one."""
    monkeypatch.setattr(ahead, "LARGE", 1)


@pytest.fixture
def checked(monkeypatch):
    """Tell of each check of all references whether each row is checked as well."""
    told = []
    find = soundness.reference_faults
    monkeypatch.setattr(soundness, "reference_faults", lambda c: told.append(_checks(c)) or find(c))
    return told


@of_a_file
def test_a_small_import_checks_each_row(cli, empty, write, narrow, checked):
    assert cli("import", write("a.jsonl", [*entries()])).code == 0
    assert checked == []


@of_a_file
def test_the_first_large_import_checks_references_at_the_end(
    cli, empty, write, narrow, large, checked
):
    assert cli("import", write("a.jsonl", [*entries()])).code == 0
    assert checked == [False]
    more = [{"type": "source", "id": f"t{at}", "name": "More"} for at in range(9)]
    assert cli("import", write("b.jsonl", more)).code == 0
    assert checked == [False]  # where much is there, each row is checked when it is written


def _checks(connection):
    return bool(connection.exec_driver_sql("PRAGMA foreign_keys").scalar())


@of_a_file
def test_a_reference_to_nothing_is_found_before_the_end(
    cli, empty, write, narrow, large, monkeypatch, everything
):
    before = everything(empty)
    insert = catalog.insert_tuples

    def insert_wrongly(connection, table, columns, rows):
        if table is schema.assertions:
            rows = [(*row[:3], 999, *row[4:]) for row in rows]
        insert(connection, table, columns, rows)

    monkeypatch.setattr(catalog, "insert_tuples", insert_wrongly)
    told = cli("import", write("a.jsonl", [*entries()]))
    assert told.code == 1
    assert "nothing was written" in told.err
    assert "row 1 of assertions refers to a row of documents that is not there" in told.err
    assert "claimtrack verify" in told.err
    assert everything(empty) == before


@of_a_file
def test_a_small_import_lays_nothing_aside(cli, empty, write, laid_aside):
    assert cli("import", write("a.jsonl", [*entries()])).code == 0
    assert laid_aside == []


@of_a_file
def test_what_was_laid_aside_is_back_after_an_import_that_is_refused(
    cli, empty, write, narrow, laid_aside, everything, ask
):
    before = everything(empty), ask(empty, DEFINED)
    told = cli("import", write("a.jsonl", [*entries(), claim(0, id="x", document="none")]))
    assert told.code == 1
    assert len(laid_aside) == 1
    assert (everything(empty), ask(empty, DEFINED)) == before


def test_a_server_keeps_its_indexes(cli, empty, write, narrow, laid_aside, engine):
    assert cli("import", write("a.jsonl", [*entries()])).code == 0
    assert [bool(statements) for statements in laid_aside] == [engine == "sqlite"]
    assert cli("verify").code == 0


reads_plans = pytest.mark.sqlite_only(reason="reads the plans of SQLite")


@reads_plans
def test_an_import_reads_no_large_table_from_end_to_end(cli, empty, write):
    assert cli("import", write("a.jsonl", [*entries()])).code == 0
    more = [
        {"type": "document", "id": "new", "source": "s0"},
        claim(1, id="more", document="new", value=99, attributed_to=["s2"]),
    ]
    name = write("b.jsonl", more)
    assert scanned(empty, lambda: cli("import", name)) == set()
    assert cli("list-claims", "--document", "new", "--json").json


@reads_plans
def test_the_look_for_scans_sees_one(cli, empty, write):
    assert cli("import", write("a.jsonl", [*entries()])).code == 0
    assert "claims" in scanned(empty, lambda: cli("list-claims", "--json"))
