"""The tables hold their own rules, whoever writes to them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from claimtrack.store import migrate
from claimtrack.store.engine import make_engine, reading, writing
from claimtrack.store.schema import SCHEMA_VERSION, metadata

pytestmark = pytest.mark.sqlite_only(
    reason="reads SQLite's own catalogue and files; for a server see test_postgresql.py"
)


@pytest.fixture
def config():
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(migrate.migrations_folder()))
    return made


def test_foreign_keys_are_on(demo):
    """A row that refers to nothing is refused, and so is the removal of what is named."""
    with reading(str(demo)) as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    for statement in (
        "UPDATE documents SET source_id = 999999",
        "DELETE FROM sources",
        "INSERT INTO questions (event_id, metric_id, group_id) VALUES (1, 1, 999999)",
    ):
        with pytest.raises(Exception, match="FOREIGN KEY"), writing(str(demo)) as connection:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE claims SET lower = 9, upper = 8", "ck_claims_bounds_order"),
        ("UPDATE events SET date_lower = 9, date_upper = 8", "ck_events_date_order"),
        ("UPDATE documents SET published_lower = 9, published_upper = 8", "ck_documents_"),
        ("UPDATE claims SET stance = 'doubts'", "ck_claims_stance"),
        ("UPDATE sources SET reliability = 'G'", "ck_sources_reliability"),
        ("UPDATE metrics SET kind = 'mood'", "ck_metrics_kind"),
        ("UPDATE contradictions SET severity = 2", "ck_contradictions_severity"),
        ("UPDATE group_links SET other_id = group_id", "ck_group_links_not_itself"),
        ("UPDATE assertions SET supersedes_id = id", "ck_assertions_not_itself"),
    ],
)
def test_checks_fire_by_name(demo, statement, name):
    """What makes no sense is refused by a check whose name says what it is."""
    with (
        closing(sqlite3.connect(demo)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=name),
    ):
        connection.execute(statement)


def test_an_open_bound_passes_the_check(demo):
    """A missing end is no disorder."""
    with closing(sqlite3.connect(demo)) as connection:
        connection.execute("UPDATE claims SET lower = 9, upper = NULL")
        connection.execute("UPDATE claims SET lower = NULL, upper = 8")


@pytest.mark.parametrize("group", ["(SELECT min(id) FROM groups)", "NULL"])
def test_a_question_is_asked_once(demo, group):
    """Event, metric and group make one row, also where there is no group."""
    insert = (
        "INSERT INTO questions (event_id, metric_id, group_id)"  # noqa: S608
        f" SELECT 1, id, {group} FROM metrics WHERE slug = 'captured'"
    )
    with closing(sqlite3.connect(demo)) as connection:
        connection.execute(insert)
        with pytest.raises(sqlite3.IntegrityError, match="uq_questions_event_metric_group"):
            connection.execute(insert)


def test_every_constraint_has_a_name(empty, ask):
    """Each key, check and unique rule in the file itself is named, so that it can be changed."""
    kinds = r"(PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)"
    tables = ask(empty, "SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    ours = [sql for name, sql in tables if not name.startswith(("sqlite_", "passages_trigrams"))]
    assert len(ours) >= 17
    for sql in ours:
        named = re.findall(rf"CONSTRAINT \"?\w+\"? {kinds}\b", sql)
        assert len(named) == len(re.findall(rf"\b{kinds}\b", sql)) >= 1, sql


def test_the_schema_version_is_the_newest_migration(config, empty, ask):
    """What the program takes for current is the head of the migrations and is stored."""
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA_VERSION]
    assert ask(empty, "SELECT version_num FROM alembic_version") == [(SCHEMA_VERSION,)]


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_migrations_build_what_the_program_expects(config, empty):
    """Alembic's own check finds no difference between migrations and tables."""
    from alembic import command

    engine = make_engine(str(empty), read_only=False)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.check(config)
    engine.dispose()


def test_downgrade_leaves_nothing_behind(config, demo, ask):
    """Going back to the base drops every table, view and index."""
    from alembic import command

    engine = make_engine(str(demo), read_only=False)
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
    engine.dispose()
    left = ask(demo, "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    assert set(left) <= {("alembic_version",)}


def test_views_answer(demo, ask):
    """Every view can be read and holds the demo."""
    views = [name for (name,) in ask(demo, "SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert {"claim_list", "assertion_list", "contradiction_list"} <= set(views)
    for view in views:
        rows = ask(demo, f'SELECT * FROM "{view}"')  # noqa: S608
        # No question of the demo is contested by itself.
        assert bool(rows) is not view.startswith("contested"), view
    assert ("more than 200",) in ask(demo, "SELECT words FROM claim_list")


def test_columns_of_foreign_keys_are_named(empty, ask):
    """Each reference names the column it points to: some viewers fail without."""
    for name in metadata.tables:
        for row in ask(empty, f"PRAGMA foreign_key_list({name})"):
            assert row[4] == "id", name


def test_postgresql_can_have_the_same_tables():
    """Every table compiles for PostgreSQL, with every constraint named."""
    from sqlalchemy.dialects import postgresql

    for table in metadata.sorted_tables:
        sql = str(sa.schema.CreateTable(table).compile(dialect=postgresql.dialect()))
        assert "CONSTRAINT" in sql
        assert all(constraint.name for constraint in table.constraints), table.name


def test_no_row_refers_to_nothing(demo, ask):
    """SQLite's own checks find the demo in order."""
    assert ask(demo, "PRAGMA foreign_key_check") == []
    assert ask(demo, "PRAGMA integrity_check") == [("ok",)]


def test_backup_holds_what_only_the_log_has(cli, demo, folder, ask):
    """A backup is complete while another program has written without a checkpoint."""
    with closing(sqlite3.connect(demo, isolation_level=None)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("UPDATE sources SET name = 'from the log' WHERE slug = 'bloomberg'")
        assert (folder / "claimtrack.db-wal").stat().st_size > 0
        done = cli("backup", "copy.db")
    assert done.code == 0, done
    query = "SELECT name FROM sources WHERE slug = 'bloomberg'"
    assert ask(folder / "copy.db", query) == [("from the log",)]
    assert ask(folder / "copy.db", "PRAGMA integrity_check") == [("ok",)]
    assert cli("status", "--db", "copy.db").code == 0
    assert not list(folder.glob(".*"))


def test_backup_never_overwrites(cli, demo, folder):
    """A file that stands where the copy should go stays as it is."""
    (folder / "copy.db").write_text("mine")
    assert cli("backup", "copy.db").code == 1
    assert (folder / "copy.db").read_text() == "mine"


def test_backup_into_no_folder(cli, demo, folder):
    """Where the copy cannot be made, that is one sentence about the copy."""
    done = cli("backup", "no/copy.db")
    assert done.code == 1
    assert "fault of its own" not in done.err
    assert "no/copy.db" in done.err, done.err


def test_an_older_database_is_told_to_be_upgraded(cli, empty):
    """A database of an older release is named as such, with the command that mends it."""
    with closing(sqlite3.connect(empty)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    done = cli("list-claims")
    assert (done.code, "run `claimtrack upgrade`" in done.err) == (1, True)


def test_upgrade_twice(cli, empty, folder):
    """A database that is up to date stays as it is, and no backup is made."""
    assert "up to date" in cli("upgrade").err
    assert not list(folder.glob("*backup*"))


def test_upgrade_from_the_first_schema(cli, config, demo, ask, folder):
    """A database of the first release keeps every row, gets its backup and today's rules."""
    from alembic import command

    engine = make_engine(str(demo), read_only=False)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.commit()
    engine.dispose()
    with closing(sqlite3.connect(demo)) as connection, connection:
        connection.execute("DELETE FROM contradiction_members")
        connection.execute("DELETE FROM contradictions")
        connection.execute(
            "INSERT INTO reviews (subject_kind, subject, status, who, at, why)"
            " VALUES ('source', 'bloomberg', 'confirmed', 'ann', '2030-01-01T00:00:00Z', 'read')"
        )
    before = ask(demo, "SELECT slug, entry FROM assertions ORDER BY id")
    assert cli("list-claims").code == 1
    done = cli("upgrade")
    assert done.code == 0, done
    assert "2 new" in done.err
    assert ask(demo, "SELECT slug, entry FROM assertions ORDER BY id") == before
    assert ask(demo, "SELECT who FROM reviews") == [("ann",)]
    (saved,) = folder.glob("*.backup")
    assert ask(saved, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert len(cli("contradictions", "--json").json) == 2
    assert "up to date" in cli("upgrade").err
