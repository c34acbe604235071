"""`verify`: whatever was changed behind the program's back shows, and what was not does not."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

import databases
from claimtrack.store.chain import CHAINED, follow


@pytest.fixture
def lived(cli, empty, write, ferry):
    """Give a database with imports, an update, a review, a grade and an undo behind it."""
    assert cli("import", write("ferry.json", ferry)).code == 0
    source = {**ferry["sources"][0], "name": "The New Gazette"}
    changed = {"claimtrack": 1, "sources": [source]}
    assert cli("import", write("new.json", changed), "--update").code == 0
    assert cli("review", "gazette", "--status", "confirmed", "--why", "read it").code == 0
    assert cli("grade", "radio", "--reliability", "C", "--why", "mixed").code == 0
    event = {"claimtrack": 1, "events": [{"id": "other", "title": "Other"}]}
    assert cli("import", write("more.json", event)).code == 0
    assert cli("undo", "--yes").code == 0
    return empty


def change(path, *statements):
    databases.change(path, *statements)


def failed(done):
    assert done.code in (0, 1), done
    return {check["name"] for check in done.json["checks"] if not check["passed"]}


def test_what_the_program_wrote_verifies(cli, lived):
    """Imports, updates, reviews, grades and undos leave an unbroken history."""
    done = cli("verify")
    assert done.code == 0, done
    assert "WRONG" not in done.out
    assert "newest digest of the history: " in done.out
    assert failed(cli("verify", "--json")) == set()


@pytest.mark.sqlite_only(reason="names rows by the numbers they have in a new file")
@pytest.mark.parametrize(
    ("statement", "checks"),
    [
        ("UPDATE history SET who = 'nobody' WHERE action = 'reviewed'", {"history"}),
        ("UPDATE history SET at = '1999' WHERE id = 1", {"history"}),
        ("DELETE FROM history WHERE action = 'changed'", {"history", "entries"}),
        ("UPDATE history SET id = id + 100 WHERE id = 2", {"history"}),
        ("UPDATE sources SET entry = replace(entry, 'Radio', 'TV')", {"entries", "content"}),
        ("UPDATE sources SET entry = replace(entry, 'New', 'Old')", {"entries", "content"}),
        ("UPDATE sources SET name = 'X' WHERE slug = 'radio'", {"content"}),
        ("UPDATE claims SET upper = 4 WHERE upper = 3", {"content"}),
        ("UPDATE reviews SET status = 'dismissed'", {"entries"}),
        ("UPDATE grades SET why = 'paid'", {"entries"}),
        ("DELETE FROM reviews", {"entries"}),
        ("UPDATE batches SET who = 'nobody' WHERE id = 1", {"entries"}),
        ("UPDATE batches SET undone_at = NULL", {"entries"}),
        ("DELETE FROM contradiction_members", {"contradictions"}),
        ("UPDATE contradictions SET severity = 0.01", {"contradictions"}),
        ("UPDATE claims SET question_id = 99 WHERE upper = 3", {"references"}),
    ],
)
def test_what_was_changed_by_hand_shows(cli, lived, statement, checks):
    """A row changed, removed or moved fails the check that covers it."""
    change(lived, statement)
    done = cli("verify", "--json")
    assert done.code == 1
    assert "hint: restore a backup" in done.err
    assert checks <= failed(done), done.out


@pytest.mark.sqlite_only(reason="changes the file itself")
def test_a_history_written_anew_shows_against_a_noted_digest(cli, lived):
    """Who rewrites the whole chain passes the chain, but not --expect."""
    noted = cli("verify", "--json").json["digest"]
    assert failed(cli("verify", "--expect", noted, "--json")) == set()
    with closing(sqlite3.connect(lived)) as connection, connection:
        connection.execute("UPDATE history SET who = 'nobody' WHERE action = 'changed'")
        connection.row_factory = sqlite3.Row
        head = ""
        for row in connection.execute("SELECT * FROM history ORDER BY id").fetchall():
            head = follow(head, {name: row[name] for name in CHAINED})
            connection.execute("UPDATE history SET digest = ? WHERE id = ?", (head, row["id"]))
    assert failed(cli("verify", "--json")) == set()
    assert failed(cli("verify", "--expect", noted, "--json")) == {"expected"}


@pytest.mark.sqlite_only(reason="names rows by the numbers they have in a new file")
def test_a_history_cut_off_shows_against_a_noted_digest(cli, demo, write, ferry):
    """Rows gone from the end of the chain break nothing but the digest noted elsewhere."""
    assert cli("review", "bloomberg", "--status", "confirmed", "--why", "read").code == 0
    noted = cli("verify", "--json").json["digest"]
    change(demo, "DELETE FROM history WHERE action = 'reviewed'", "DELETE FROM reviews")
    assert failed(cli("verify", "--json")) == set()
    assert failed(cli("verify", "--expect", noted, "--json")) == {"expected"}


def test_a_noted_digest_stays_good_while_work_goes_on(cli, demo):
    """What was the newest digest stands in the history for ever."""
    noted = cli("verify", "--json").json["digest"]
    assert cli("review", "bloomberg", "--status", "confirmed", "--why", "read").code == 0
    assert cli("verify", "--json").json["digest"] != noted
    assert cli("verify", "--expect", noted).code == 0


def test_an_undo_of_an_update_verifies(cli, lived, write, ferry):
    """Entries that changed, returned and went are accounted for in every batch."""
    for number in ("2", "1"):
        assert cli("undo", number, "--yes").code == 0
        assert failed(cli("verify", "--json")) == set(), number
    assert cli("import", write("ferry.json", ferry)).code == 0
    assert failed(cli("verify", "--json")) == set()


@pytest.mark.sqlite_only(reason="changes the file itself")
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("command", [("verify",), ("list-claims",), ("import", "ferry.json")])
def test_random_damage_never_gives_a_traceback(cli, demo, write, ferry, seed, command):
    """A file overwritten in many places, or cut short, is told in sentences."""
    write("ferry.json", ferry)
    chance = random.Random(seed)
    data = bytearray(demo.read_bytes())
    for _ in range(chance.choice((30, 300))):
        at = chance.randrange(100, len(data) - 8)
        data[at : at + 8] = chance.randbytes(8)
    demo.write_bytes(data[: chance.randrange(5000, len(data))] if seed > 5 else data)
    done = cli(*command)
    assert "fault of its own" not in done.err, done.err
    assert "Traceback" not in done.err
    if command == ("verify",):
        assert done.code == 1
        assert "error: " in done.err


@pytest.mark.sqlite_only(reason="changes the file itself")
def test_verify_changes_nothing(cli, demo):
    """The file is the same, byte for byte."""
    before = demo.read_bytes()
    assert cli("verify").code == 0
    assert demo.read_bytes() == before


@pytest.mark.sqlite_only(reason="changes the file itself")
def test_a_file_that_cannot_be_written_verifies(cli, demo, folder):
    """A file and a folder for reading only are enough."""
    demo.chmod(0o444)
    folder.chmod(0o555)
    try:
        assert cli("verify").code == 0
    finally:
        folder.chmod(0o755)
