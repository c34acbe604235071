"""What a server may do to the work: end it midway, forbid it, keep text in an odd way."""

from __future__ import annotations

import contextlib
import threading
import time

import psycopg
import pytest

import databases

pytestmark = pytest.mark.own_engines


def plain_address(db):
    return db.replace("+psycopg", "", 1)


@contextlib.contextmanager
def ended_while_waiting(db, table):
    """Hold a table, and end whoever comes to wait for it, as a server that goes down would."""
    query = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    ended = []

    def watch():
        with psycopg.connect(plain_address(db), autocommit=True) as connection:
            until = time.monotonic() + 60
            while not ended and time.monotonic() < until:
                ended.extend(connection.execute(query).fetchall())
                time.sleep(0.02)

    with psycopg.connect(plain_address(db)) as holder:
        holder.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        watcher = threading.Thread(target=watch)
        watcher.start()
        yield
        watcher.join(60)
    assert ended, "nobody came to wait"


def told_in_two_lines(done, *words):
    assert done.code == 1, done
    last = [line.split(":")[0] for line in done.err.splitlines()[-2:]]
    assert last == ["error", "hint"], done.err
    assert all(word in done.err for word in words), done.err


@pytest.mark.parametrize("table", ["documents", "assertions", "contradictions", "history"])
def test_an_import_that_the_server_ends_leaves_nothing(cli, on_server, write, ferry, table):
    """Wherever it was: one sentence, every table as before, and a second try takes it all."""
    db = on_server("demo")
    before = databases.everything(db)
    file = write("ferry.json", ferry)
    with ended_while_waiting(db, table):
        done = cli("import", file, "--db", db)
    told_in_two_lines(done, "ended the connection", "nothing was changed: try again")
    assert databases.everything(db) == before
    again = cli("import", file, "--db", db)
    assert again.code == 0, again
    assert "batch 2" in again.err
    assert cli("verify", "--db", db).code == 0


@pytest.mark.parametrize(
    ("command", "table"),
    [
        (("undo", "--yes"), "claims"),
        (("review", "bloomberg", "--status", "confirmed", "--why", "read"), "history"),
        (("grade", "bloomberg", "--reliability", "B", "--why", "read"), "history"),
    ],
)
def test_other_work_that_the_server_ends_leaves_nothing(cli, on_server, command, table):
    """A batch taken back, a review, a grade: whole or not at all."""
    db = on_server("demo")
    before = databases.everything(db)
    with ended_while_waiting(db, table):
        done = cli(*command, "--db", db)
    told_in_two_lines(done, "ended the connection")
    assert databases.everything(db) == before
    assert cli(*command, "--db", db).code == 0


def test_a_list_that_the_server_ends(cli, on_server):
    """A reader is told the same way."""
    db = on_server("demo")
    with ended_while_waiting(db, "claims"):
        done = cli("list-claims", "--db", db)
    told_in_two_lines(done, "ended the connection")
    assert done.out == ""


@pytest.mark.filterwarnings("ignore:<psycopg.ServerCursor:ResourceWarning")
@pytest.mark.parametrize("dying", ["source", "target"])
def test_a_copy_names_the_server_that_went(cli, on_server, dying):
    """Of two servers the one that ended the connection is named; the target stays empty."""
    source, target = on_server("demo"), on_server("empty")
    before = databases.everything(target)
    where = source if dying == "source" else target
    with ended_while_waiting(where, "assertions"):
        done = cli("copy-to", target, "--db", source)
    told_in_two_lines(done, f"/{databases.name_of(where)}?", "ended the connection")
    assert databases.everything(target) == before
    assert cli("copy-to", target, "--db", source).code == 0


def test_where_the_end_of_the_work_is_not_known_nothing_is_promised(cli, on_server, write, ferry):
    """A connection lost while the work is being kept: look first, then try again."""
    db = on_server("empty")
    databases.change(
        db,
        "CREATE TABLE gate ()",
        "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN LOCK TABLE gate; RETURN NULL; END $$",
        "CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON history"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()",
    )
    with ended_while_waiting(db, "gate"):
        done = cli("import", write("ferry.json", ferry), "--db", db)
    databases.change(db, "DROP TRIGGER wait ON history", "DROP FUNCTION wait", "DROP TABLE gate")
    told_in_two_lines(done, "ended the connection at the last step", "claimtrack status")
    assert "nothing was changed" not in done.err


@pytest.fixture
def as_reader(on_server):
    """Give the seed on the server, to a role that may read and no more."""
    db = on_server("demo")
    name = f"reader_{databases.name_of(db)}"
    databases.change(
        db, f"CREATE ROLE {name} LOGIN", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}"
    )
    yield db.replace("postgres@", f"{name}@", 1), db
    databases.change(db, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def test_a_role_that_may_read_only(cli, as_reader, write, ferry, folder):
    """It sees what everybody sees; whatever writes is refused in one sentence."""
    reader, owner = as_reader
    before = databases.everything(owner)
    for command in (
        ("list-claims",),
        ("contradictions",),
        ("history", "bloomberg"),
        ("verify",),
        ("export",),
        ("findings",),
    ):
        mine, theirs = (cli(*command, "--db", db) for db in (reader, owner))
        assert (mine.code, mine.out) == (0, theirs.out), mine
    assert cli("copy-to", "mine.db", "--db", reader).code == 0
    for command in (
        ("import", write("ferry.json", ferry)),
        ("undo", "--yes"),
        ("review", "bloomberg", "--status", "confirmed", "--why", "read"),
        ("grade", "bloomberg", "--reliability", "B", "--why", "read"),
    ):
        told_in_two_lines(cli(*command, "--db", reader), "does not allow this to your user")
    assert databases.everything(owner) == before


def test_a_server_that_takes_no_writing(cli, on_server, write, ferry):
    """A standby, or a database set to be read: lists answer, an import is refused."""
    db = on_server("demo")
    name = databases.name_of(db)
    databases.change(db, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    try:
        assert cli("list-claims", "--db", db).code == 0
        done = cli("import", write("ferry.json", ferry), "--db", db)
    finally:
        databases.change(
            db, "SET default_transaction_read_only = off", f"ALTER DATABASE {name} RESET ALL"
        )
    told_in_two_lines(done, "cannot be written to: it is read-only")


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("statement_timeout = 50", "statement_timeout"),
        ("idle_in_transaction_session_timeout = 50", "idle_in_transaction_session_timeout"),
    ],
)
def test_a_limit_of_the_server_is_named(
    cli, server, on_server, monkeypatch, write, ferry, setting, words
):
    """What the server's owner has limited is told with the name of the setting."""
    from claimtrack.services import importing

    conclude = importing.conclude

    def slowly(connection, *args):
        time.sleep(0.3)
        if words == "statement_timeout":
            connection.exec_driver_sql("SELECT pg_sleep(10)")
        return conclude(connection, *args)

    monkeypatch.setattr(importing, "conclude", slowly)
    db = on_server("demo")
    before = databases.everything(db)
    name = databases.name_of(db)
    databases.change(db, f"ALTER DATABASE {name} SET {setting}")
    try:
        done = cli("import", write("ferry.json", ferry), "--db", db)
    finally:
        # From another database: one of this one's own sessions would be under the limit.
        server._do(f"ALTER DATABASE {name} RESET ALL")
    told_in_two_lines(done, words, "nothing was changed")
    assert databases.everything(db) == before


def test_the_environment_does_not_choose_how_text_travels(
    cli, on_server, write, ferry, monkeypatch
):
    """Signs that the named encoding does not have arrive and come back."""
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    db = on_server("empty")
    ferry["sources"][0]["name"] = "Газета \U0001f6a2"
    assert cli("import", write("ferry.json", ferry), "--db", db).code == 0
    assert "Газета \U0001f6a2" in cli("list-sources", "--db", db).out


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
@pytest.mark.parametrize("command", ["init", "demo", "copy"])
def test_a_database_without_room_for_all_letters_is_refused(
    cli, server, folder, demo_template, encoding, command
):
    """Before anything is written: only UTF8 can keep every name."""
    name = f"odd_{encoding.lower()}_{command}"
    db = server.address(name)
    server._do(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
    try:
        args = (
            ("copy-to", db, "--db", demo_template) if command == "copy" else (command, "--db", db)
        )
        told_in_two_lines(cli(*args), encoding, "--encoding UTF8")
        assert databases.tables(db) == []
    finally:
        server._do(f"DROP DATABASE {name} WITH (FORCE)")
