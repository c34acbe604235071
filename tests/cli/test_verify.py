"""`verify`: whatever was changed behind the program's back shows, and what was not does not."""

from __future__ import annotations

import os
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


@pytest.fixture
def spoilt(cli, folder, engine):
    """Give a case whose tables may be changed: it is thrown away, not put back as it was."""
    assert cli("init").code == 0
    if engine == "postgresql":
        return databases.Address(os.environ["CLAIMTRACK_DB"])
    return folder / "claimtrack.db"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DROP INDEX ix_claims_question_bounds", "is without its index ix_claims_question_bounds"),
        ("DROP INDEX uq_questions_event_metric_group", "is without its unique index uq_questions"),
        ("DROP TABLE grades", "the table grades is missing"),
        ("DROP VIEW assertion_list", "the view assertion_list is missing"),
        ("ALTER TABLE groups ADD COLUMN colour TEXT", "has a column colour"),
        ("CREATE UNIQUE INDEX one_quote ON assertions (quote)", "has a unique index one_quote"),
        ("ALTER TABLE batches DROP COLUMN undone_by", "is without its column undone_by TEXT"),
    ],
)
def test_a_table_that_is_not_as_released_shows(cli, spoilt, statement, told):
    """What is missing, changed or added to a table of ours is named."""
    change(spoilt, statement)
    done = cli("verify", "--json")
    assert "schema" in failed(done)
    assert told in done.out


@pytest.mark.sqlite_only(reason="writes SQLite's own table of tables")
@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("severity <= 1", "severity <= 9", "check ck_contradictions_severity: severity >= 0 AND"),
        ("ck_claims_stance", "ck_claims_stbnce", "without its check ck_claims_stance"),
        ("quote TEXT", "quote BLOB", "without its column quote TEXT"),
        ("FOREIGN KEY(claim_id) REFERENCES claims", "FOREIGN KEY(claim_id) REFERENCES events",
         "to claims.id"),
        ("m.name AS metric", "m.name AS metrix", "the view claim_list"),
        ("ON claims (question_id, lower, upper)", "ON claims (question_id, upper, lower)",
         "without its index ix_claims_question_bounds"),
    ],
)  # fmt: skip
def test_a_rule_changed_in_the_file_shows(cli, spoilt, one, other, told):
    """A check, a name, a type, a reference, a view or an index that was damaged is named."""
    with closing(sqlite3.connect(spoilt)) as raw, raw:
        raw.execute("PRAGMA writable_schema = ON")
        written = raw.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE instr(sql, ?)",
            (one, other, one),
        )
        assert written.rowcount
    done = cli("verify", "--json")
    assert "schema" in failed(done)
    assert told in done.out


def test_a_trigger_on_a_table_of_ours_shows(cli, spoilt, engine):
    """It could change what is written without a trace."""
    body = "BEGIN UPDATE claims SET text = 'x'; END"
    if engine == "postgresql":
        body = "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    when = "AFTER INSERT" if engine == "sqlite" else "BEFORE UPDATE"
    change(spoilt, f"CREATE TRIGGER sly {when} ON claims {body}")
    done = cli("verify", "--json")
    assert failed(done) == {"schema"}
    assert "the table claims has a trigger sly" in done.out


def test_tables_and_indexes_of_the_users_own_are_no_fault(cli, spoilt):
    """They change no answer: notes beside the case, and an index that makes a query quick."""
    change(
        spoilt,
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, claim TEXT)",
        "CREATE VIEW quotes AS SELECT quote FROM assertions",
        "CREATE INDEX my_quotes ON assertions (quote)",
        "CREATE INDEX my_short_quotes ON assertions (lower(quote))",
    )
    assert failed(cli("verify", "--json")) == set()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE metrics SET cumulative = NOT cumulative WHERE slug = 'missing'",
        "UPDATE metrics SET monotone = NOT monotone WHERE slug = 'killed'",
        "UPDATE metrics SET at_most_id = NULL WHERE slug = 'casualties'",
        "DELETE FROM metric_parts WHERE id = (SELECT min(id) FROM metric_parts)",
        "UPDATE group_links SET relation = 'part_of' WHERE relation = 'disjoint_with'",
        "DELETE FROM group_links",
        "UPDATE sources SET anonymous = NOT anonymous WHERE slug = 'radio'",
        "UPDATE sources SET kind = 'other' WHERE slug = 'official-1'",
        "DELETE FROM dependences WHERE source_id IS NOT NULL",
        "UPDATE dependences SET on_source_id = (SELECT max(id) FROM sources)"
        " WHERE document_id IS NOT NULL",
        "UPDATE documents SET published_lower = published_lower - 1",
        "UPDATE documents SET source_id = (SELECT max(id) FROM sources)",
        "UPDATE events SET date_upper = date_upper + 1",
    ],
)
def test_definitions_that_are_not_those_of_their_entries_show(cli, lived, write, statement):
    """What the rules ask of a definition, its ties and its days are those of its entry."""
    about = {"kind": "official", "name": "Ministry"}
    group = {"name": "Crew of the engine room", "part_of": ["crew"]}
    tied = {
        "claimtrack": 1,
        "sources": [{"id": "ministry", **about, "draws_on": ["radio"]}],
        "documents": [{"id": "annals", "source": "ministry", "draws_on": ["gazette"]}],
        "groups": [{"id": "engineers", **group, "disjoint_with": ["passengers"]}],
    }
    assert cli("import", write("tied.json", tied)).code == 0
    assert failed(cli("verify", "--json")) == set()
    change(lived, statement)
    assert "content" in failed(cli("verify", "--json"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assertions SET text = 'at least 400' WHERE slug = 'radio-passengers'",
        "UPDATE assertions SET hedge = 'exact' WHERE slug = 'radio-passengers'",
        "UPDATE assertions SET rule = 'at most n: n' WHERE slug = 'radio-passengers'",
        "UPDATE claims SET text = 'at least 400' WHERE text = 'at least 300'",
        "UPDATE claims SET hedge = 'exact' WHERE text = 'at least 300'",
        "UPDATE assertions SET claim_id = (SELECT max(id) FROM claims) WHERE slug = 'radio-200'",
        "UPDATE assertions SET supersedes_id = (SELECT min(id) FROM assertions)"
        " WHERE slug = 'radio-passengers'",
        "UPDATE attributions SET mode = 'quotes'",
        "UPDATE attributions SET position = 3",
        "UPDATE attributions SET source_id = (SELECT id FROM sources WHERE slug = 'radio')",
        "UPDATE attributions SET upstream_id = (SELECT max(id) FROM assertions)",
        "DELETE FROM attributions",
    ],
)
def test_words_that_are_not_those_of_the_entry_show(cli, lived, statement):
    """What is shown of a claim, its hedge, rule and bounds are read anew; so are chains."""
    change(lived, statement)
    done = cli("verify", "--json")
    assert "content" in failed(done)


def test_words_shared_by_two_sources_are_those_of_either(cli, lived, ferry, write):
    """A claim keeps the words of one of those who state it: of another one they are no fault."""
    about = {"event": "ferry-2031", "metric": "killed", "document": "gazette-0303"}
    again = {**about, "group": "passengers", "value": "300 or more", "id": "gazette-again"}
    assert cli("import", write("again.json", {"claimtrack": 1, "claims": [again]})).code == 0
    change(lived, "UPDATE claims SET text = '300 or more' WHERE text = 'at least 300'")
    assert failed(cli("verify", "--json")) == set()
    assert cli("undo", "--yes").code == 0
    assert failed(cli("verify", "--json")) == set()


def test_what_was_read_by_another_lexicon_is_not_read_anew(cli, empty, write, ferry):
    """Who reads "dozens" in a way of his own is not told that it is wrong."""
    own = write("own.toml", 'version = "mine-1"\n[vague]\ndozens = [50, 99]\n')
    done = cli("import", write("ferry.json", ferry), "--lexicon", own)
    assert done.code == 0, done
    assert "50" in cli("list-claims", "--json").out
    assert failed(cli("verify", "--json")) == set()


def test_signs_that_are_none_are_searched_and_verified(cli, empty, write):
    """SQLite's index reads U+FFFE and U+FFFF as U+FFFD: that is no fault of the index."""
    event = {"id": "odd", "title": "one\ufffe two\uffff three\ufffd"}
    assert cli("import", write("odd.json", {"claimtrack": 1, "events": [event]})).code == 0
    assert failed(cli("verify", "--json")) == set()
    assert "odd" in cli("search", "two\uffff", "--json").out


@pytest.mark.sqlite_only(reason="a server keeps no list of an index that can be read")
def test_an_index_that_names_another_passage_shows(cli, demo):
    """As many passages, but not the same: a search would miss what is there."""
    change(
        demo,
        "INSERT INTO passages_trigrams (passages_trigrams, rowid, text)"
        " SELECT 'delete', id, text FROM passages WHERE id = (SELECT max(id) FROM passages)",
        "INSERT INTO passages_trigrams (rowid, text)"
        " SELECT id + 1, text FROM passages WHERE id = (SELECT max(id) FROM passages)",
    )
    assert failed(cli("verify", "--json")) == {"search"}


@pytest.mark.sqlite_only(reason="changes a page of SQLite's index")
def test_an_index_that_lists_what_it_does_not_find_shows(cli, demo):
    """The list of its pages is read by look-ups only."""
    change(
        demo,
        "CREATE TEMP TABLE moved AS SELECT segid, term, pgno FROM passages_trigrams_idx"
        " ORDER BY term DESC LIMIT 1",
        "DELETE FROM passages_trigrams_idx WHERE term = (SELECT term FROM moved)",
        "INSERT INTO passages_trigrams_idx SELECT segid, CAST('0zz' AS BLOB), pgno FROM moved",
    )
    assert failed(cli("verify", "--json")) == {"search"}
