"""A case on PostgreSQL: the same answers as from a file, and sentences where it fails."""

from __future__ import annotations

import sys
import threading

import pytest
import sqlalchemy as sa

import databases
from claimtrack.store.engine import make_engine, reading, writing
from claimtrack.store.location import without_password
from claimtrack.store.schema import metadata

pytestmark = pytest.mark.own_engines

LOOKED_AT = [
    ("list-claims",), ("list-events",), ("list-sources",), ("list-documents",),
    ("compare", "casualties"), ("compare", "killed"), ("contradictions",), ("findings",),
    ("versions", "khasham-2018"), ("estimate", "khasham-2018"), ("trace", "--errors"),
    ("track-record", "bloomberg"), ("suspects",), ("load-bearing", "khasham-2018"),
    ("list-claims", "--search", "RUSSIAN"), ("list-claims", "--as-of", "2018-02-09"),
    ("contradictions", "--source", "bloomberg", "--metric", "casualties"),
]  # fmt: skip


@pytest.fixture
def both(demo_template, tmp_path, on_server):
    """Give the seed on either engine: the file, the address."""
    return databases.copy_file(demo_template, tmp_path / "seed.db"), on_server("demo")


@pytest.fixture
def asked(cli, monkeypatch):
    """Ask a database that the environment names, so that no hint has to name it."""

    def ask(where, *args):
        monkeypatch.setenv("CLAIMTRACK_DB", str(where))
        return cli(*args)

    return ask


@pytest.mark.parametrize("command", LOOKED_AT, ids=" ".join)
def test_both_engines_give_the_same_bytes(asked, both, command):
    """Whatever is asked, in JSON and for people, the answers are equal byte for byte."""
    for form in ([], ["--json"]):
        from_file, from_server = (asked(db, *command, *form) for db in both)
        assert from_file == from_server
        assert from_file.code == 0, from_file


@pytest.fixture
def odd_order(write):
    """Write a case whose order depends on the alphabet of the server, and on open ends."""
    claim = {"metric": "killed", "group": "all"}
    slugs = ["zebra", "apple", "b", "a-b", "a-c", "ab", "a1", "a"]
    values = [5, {"max": 9}, "unknown", "at least 2", "about 100", 7, {"min": 1}, 3]
    return write(
        "odd.json",
        {
            "claimtrack": 1,
            "events": [{"id": s, "title": f"Event {s}"} for s in slugs],
            "groups": [{"id": "all", "name": "All"}],
            "sources": [{"id": s, "name": s} for s in slugs],
            "documents": [{"id": s, "source": s} for s in slugs],
            "claims": [
                {**claim, "id": f"{e}-{n}-{s}", "event": e, "document": s, "value": v, "quote": q}
                for e in slugs
                for n, (s, v) in enumerate(zip(slugs, values, strict=True))
                for q in ["ÄRGER in Köln", "Ärger in KÖLN"][n % 2 : n % 2 + 1]
            ],
        },
    )


def test_order_and_search_do_not_hang_on_the_servers_language(
    cli, asked, folder, odd_order, on_server
):
    """Ids in the order of their code points, open ends first; only ASCII letters fold."""
    server = on_server("empty")
    assert cli("init", "--db", "odd.db").code == 0
    for where in ("odd.db", server):
        done = cli("import", odd_order, "--db", where)
        assert done.code == 0, done
    for command in (
        ("list-claims", "--limit", "1000"),
        ("list-events",),
        ("contradictions", "--limit", "1000"),
        ("compare", "killed"),
        *(("list-claims", "--search", text) for text in ("köln", "KöLN", "KÖLN", "rger IN", "%")),
    ):
        one, other = (asked(where, *command, "--json") for where in ("odd.db", server))
        assert one == other, command
        assert one.code == 0, one
    listed = [row["id"] for row in cli("list-events", "--json", "--db", server).json]
    assert listed == sorted(listed)
    search = ("list-claims", "--search", "kÖln", "--limit", "0")
    assert asked(server, *search) == asked("odd.db", *search)


def test_real_data_gives_the_same_bytes(cli, asked, folder, shared, on_server):
    """Eleven works on a war: every list and every contradiction is equal."""
    server = on_server("empty")
    assert cli("init", "--db", "war.db").code == 0
    for where in ("war.db", server):
        assert cli("import", shared("acw/battles.jsonl"), "--db", where).code == 0
    for command in (
        ("list-claims", "--limit", "100000"),
        ("contradictions", "--limit", "100000"),
        ("compare", "killed"),
        ("findings",),
        ("suspects",),
    ):
        one, other = (asked(where, *command, "--json") for where in ("war.db", server))
        assert one == other, command
        assert one.code == 0, one


@pytest.fixture
def statements():
    """Give the statements that are sent, in order, but for those of a stream."""
    sent = []

    def hear(connection, cursor, statement, *_):
        sent.append(" ".join(statement.split()))

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    yield sent
    sa.event.remove(sa.Engine, "before_cursor_execute", hear)


def test_an_import_streams_its_rows(cli, on_server, write, ferry, statements):
    """No row is inserted by itself but the one of the batch, whatever the number of claims."""
    db = on_server("empty")
    statements.clear()
    assert cli("import", write("ferry.json", ferry), "--db", db).code == 0
    inserted = [s.split()[2] for s in statements if s.startswith("INSERT")]
    assert inserted == ["batches"]
    assert databases.rows(db, "SELECT count(*) FROM claims") == [(4,)]


@pytest.mark.parametrize("claims", [100, 600])
def test_much_is_counted_before_it_is_asked_about(cli, on_server, write, statements, claims):
    """The server knows the new size of its tables in the same transaction, or would plan badly."""
    db = on_server("empty")
    about = {"event": "e", "document": "d", "metric": "killed"}
    data = {
        "claimtrack": 1,
        "events": [{"id": "e", "title": "E"}],
        "sources": [{"id": "s", "name": "S"}],
        "documents": [{"id": "d", "source": "s"}],
        "claims": [{**about, "id": f"c{n}", "value": n % 7} for n in range(claims)],
    }
    assert cli("import", write("many.json", data), "--db", db).code == 0
    counted = [n for n, s in enumerate(statements) if s.startswith("ANALYZE")]
    asked = [n for n, s in enumerate(statements) if "SELECT DISTINCT questions.event_id" in s]
    assert len(counted) == (claims > 500)
    assert all(counted[0] < n for n in asked if counted)


def test_every_text_column_sorts_by_code_points(on_server):
    """The collation is a part of the schema, whatever was chosen for the database."""
    query = (
        "SELECT table_name, column_name, collation_name FROM information_schema.columns"
        " JOIN pg_tables ON tablename = table_name AND schemaname = 'public'"
        " WHERE table_schema = 'public' AND data_type = 'text'"
    )
    found = databases.rows(on_server("empty"), query)
    assert len(found) > 60
    assert [row for row in found if row[2] != "C"] == []


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_migrations_build_what_the_program_expects(on_server):
    """Alembic's own check finds no difference between migrations and tables."""
    from alembic import command
    from alembic.config import Config

    from claimtrack.store.migrate import migrations_folder

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    engine = make_engine(on_server("empty"), read_only=False)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        config.attributes["connection"].exec_driver_sql("SET search_path = public")
        command.check(config)
    engine.dispose()


def test_views_answer(both):
    """Every view can be read, and tells the words of the seed as on a file."""
    for view in ("claim_list", "assertion_list", "contradiction_list"):
        counts = [databases.rows(db, f"SELECT count(*) FROM {view}") for db in both]  # noqa: S608
        assert counts[0] == counts[1] != [(0,)]
    assert ("more than 200",) in databases.rows(both[1], "SELECT words FROM claim_list")


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE claims SET lower = 9, upper = 8", "ck_claims_bounds_order"),
        ("UPDATE sources SET reliability = 'G'", "ck_sources_reliability"),
        ("UPDATE documents SET source_id = 999999", "fk_documents_source_id"),
        ("DELETE FROM sources", "fk_"),
        ("INSERT INTO questions (event_id, metric_id) VALUES (1, 999)", "fk_questions_metric_id"),
    ],
)
def test_the_tables_hold_their_rules(on_server, statement, name):
    """What makes no sense is refused by a constraint with the name it has on a file."""
    import psycopg

    with pytest.raises(psycopg.IntegrityError, match=name):
        databases.change(on_server("demo"), statement)


def test_the_road_of_a_case(cli, on_server, write, ferry):
    """Blank database, demo, import, review, grade, upgrade, undo and status, all by address."""
    db = on_server()
    assert "is no claimtrack database" in cli("status", "--db", db).err
    for args in (
        ("demo",),
        ("import", write("ferry.json", ferry)),
        ("review", "bloomberg", "--status", "confirmed", "--why", "read"),
        ("grade", "bloomberg", "--reliability", "B", "--why", "read"),
        ("import", write("ferry.json", ferry), "--dry-run"),
        ("upgrade",),
        ("undo", "--yes"),
    ):
        done = cli(*args, "--db", db)
        assert done.code == 0, done
    assert "batch 2" in cli("status", "--db", db).out
    again = cli("init", "--db", db)
    assert (again.code, "holds tables already" in again.err) == (1, True)
    copy = cli("backup", "copy.db", "--db", db)
    assert (copy.code, "pg_dump" in copy.err, "copy-to" in copy.err) == (1, True, True)


def test_an_older_schema_is_upgraded(cli, on_server):
    """A database of the first schema is refused, then upgraded, and keeps its claims."""
    from alembic import command
    from alembic.config import Config

    from claimtrack.store.migrate import migrations_folder

    db = on_server()
    assert cli("demo", "--db", db).code == 0
    before = cli("list-claims", "--json", "--db", db).json
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    engine = make_engine(db, read_only=False)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.commit()
    engine.dispose()
    assert "claimtrack upgrade" in cli("list-claims", "--db", db).err
    done = cli("upgrade", "--db", db)
    assert done.code == 0, done
    assert cli("list-claims", "--json", "--db", db).json == before


def test_a_writer_waits_for_the_one_before(cli, on_server, write, ferry, monkeypatch):
    """While one writes another waits, and is told after a while; readers see the old state."""
    db = on_server("empty")
    file = write("ferry.json", ferry)
    with writing(db) as connection:
        connection.execute(
            sa.insert(metadata.tables["groups"]).values(slug="x", name="x", entry="")
        )
        assert "0  groups" in cli("status", "--db", db).out
        monkeypatch.setattr("claimtrack.store.engine.BUSY_SECONDS", 0.05)
        done = cli("import", file, "--db", db)
        assert (done.code, "is busy" in done.err) == (1, True), done
        monkeypatch.setattr("claimtrack.store.engine.BUSY_SECONDS", 30)
        results = []
        waiting = threading.Thread(target=lambda: results.append(wait_and_count(db)))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(20)
    assert results == [1]


def wait_and_count(db):
    with writing(db) as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(metadata.tables["groups"]))


def test_a_reader_cannot_write(on_server):
    """The transaction of a reader is read-only for the server too."""
    with (
        pytest.raises(Exception, match="cannot be written to"),
        reading(on_server("empty")) as connection,
    ):
        connection.execute(sa.delete(metadata.tables["metric_parts"]))


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("postgresql://ann:hush@/nowhere?host=/no/such/folder", "cannot be reached"),
        ("postgresql+psycopg://ann:hush@127.0.0.1:1/x", "cannot be reached"),
        ("postgresql://ann:hush@h:port/x", "cannot be read"),
        ("mysql://ann:hush@host/x", "neither a file nor PostgreSQL"),
        ("postgresql+asyncpg://ann:hush@host/x", "neither a file nor PostgreSQL"),
    ],
)
@pytest.mark.parametrize("command", ["status", "init", "demo", "upgrade", "copy"])
def test_no_such_server(cli, folder, where, words, command):
    """What cannot be reached is told in two lines, without the password."""
    args = ("copy-to", "x.db") if command == "copy" else (command,)
    done = cli(*args, "--db", where)
    assert done.code == 1
    assert [line.split(":")[0] for line in done.err.splitlines()] == ["error", "hint"], done.err
    assert words in done.err
    assert "hush" not in done.err
    assert list(folder.iterdir()) == []


def test_a_database_that_is_not_on_the_server(cli, on_server):
    """The remedy for a missing database is to make it."""
    done = cli("status", "--db", str(on_server()).replace("/gw", "/no").replace("/main", "/no"))
    assert done.code == 1
    assert "does not exist on its server" in done.err
    assert "createdb" in done.err


def test_without_the_driver(cli, monkeypatch):
    """An address where the driver is not installed says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    done = cli("status", "--db", "postgresql+psycopg://ann:hush@host/x")
    assert done.code == 1
    assert "pip install 'claimtrack[postgresql]'" in done.err
    assert "hush" not in done.err


def test_no_password_is_printed(cli, on_server):
    """No command that names its database names the password with it."""
    db = on_server("demo").replace("postgres@", "postgres:hush@")
    for args in (
        ("status",),
        ("status", "--json"),
        ("demo",),
        ("upgrade",),
        ("init",),
        ("backup", "x.db"),
        ("copy-to", "copy.db"),
    ):
        done = cli(*args, "--db", db)
        assert "hush" not in done.out + done.err, args
    assert ":***@" in cli("status", "--db", db).out


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("postgresql://ann:hush@host/x", "postgresql://ann:***@host/x"),
        ("postgresql://ann:hu@sh@host/x", "postgresql://ann:***@host/x"),
        ("postgresql://ann@host/x", "postgresql://ann@host/x"),
        ("postgresql:///x?host=h&password=hush", "postgresql:///x?host=h&password=***"),
        ("C:/a:b@c.db", "C:/a:b@c.db"),
    ],
)
def test_what_is_shown_of_an_address(where, shown):
    """Passwords go, the rest stays."""
    assert without_password(where) == shown
