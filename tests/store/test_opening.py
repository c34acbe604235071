"""Opening a database: ours, of this release, there; else one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.sqlite_only(
    reason="what can be wrong with a file; for a server see test_postgresql.py"
)

READ = [
    ("status",), ("list-claims",), ("list-sources",), ("list-events",), ("list-documents",),
    ("compare", "killed"), ("contradictions",), ("explain", "x"), ("show", "x"),
]  # fmt: skip
WRITE = [("import", "ferry.json"), ("undo", "--yes"), ("upgrade",), ("backup", "copy.db")]


def change(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def contents(folder):
    """Read every file but those that SQLite keeps beside an open database."""
    beside = ("-wal", "-shm")
    files = (p for p in folder.iterdir() if p.is_file() and not p.name.endswith(beside))
    return {p.name: p.read_bytes() for p in files}


@pytest.fixture(params=["newer", "other", "text", "folder", "missing", "nothing", "unmarked"])
def unfit(request, folder, empty):
    """Give a path that is no database of this release, and words that say why."""
    path = folder / "bad.db"
    if request.param == "newer":
        path.write_bytes(empty.read_bytes())
        change(path, "UPDATE alembic_version SET version_num = '9999'")
    elif request.param == "other":
        change(path, "CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    elif request.param == "unmarked":
        path.write_bytes(empty.read_bytes())
        change(path, "PRAGMA application_id = 1")
    elif request.param == "text":
        path.write_text("Dear diary, " * 200)
    elif request.param == "nothing":
        path.write_bytes(b"")
    elif request.param == "folder":
        path.mkdir()
    words = {"newer": "newer claimtrack", "folder": "is a folder", "missing": "does not exist"}
    return path, words.get(request.param, "is no claimtrack database")


@pytest.mark.parametrize("command", READ + WRITE, ids=" ".join)
def test_what_cannot_be_opened_gets_one_sentence(cli, folder, unfit, command, write, ferry):
    """Every command says what is wrong with the file, and touches nothing."""
    path, words = unfit
    if command[0] == "backup" and "newer" in words:
        pytest.skip("a database of a newer release may be copied")
    write("ferry.json", ferry)
    before = contents(folder)
    done = cli(*command, "--db", path)
    assert done.code == 1, done
    assert done.out == ""
    lines = done.err.splitlines()
    assert [line.split(":")[0] for line in lines] == ["error", "hint"], done.err
    assert words in lines[0]
    assert contents(folder) == before


@pytest.mark.parametrize("command", READ, ids=" ".join)
def test_reading_never_makes_a_file(cli, folder, command):
    """In an empty folder a command that reads says how to start and makes nothing."""
    done = cli(*command)
    assert done.code == 1
    assert "claimtrack init" in done.err
    assert list(folder.iterdir()) == []


def test_the_order_in_which_a_database_is_chosen(cli, folder, monkeypatch, tmp_path):
    """--db comes before CLAIMTRACK_DB, that before the folder, that before the data folder."""
    own = tmp_path / "home" / "claimtrack"
    own.mkdir(parents=True)
    for place in (
        own / "claimtrack.db",
        folder / "claimtrack.db",
        folder / "b.db",
        folder / "a.db",
    ):
        assert cli("init", "--db", place).code == 0
    monkeypatch.setenv("CLAIMTRACK_DB", "b.db")
    assert "named by --db" in cli("status", "--db", "a.db").out
    assert "named by CLAIMTRACK_DB" in cli("status").out
    monkeypatch.delenv("CLAIMTRACK_DB")
    assert "in this folder" in cli("status").out
    (folder / "claimtrack.db").unlink()
    assert "in your data folder" in cli("status").out


def test_odd_names_are_fine(cli, folder):
    """A path may hold what a URI would read as its own."""
    for name in ("a b?mode=rw#x.db", "100%.db", "%41.db", "Россия.db", "-.db"):
        assert cli("init", f"--db={name}").code == 0, name
        assert cli("status", f"--db={name}").code == 0, name
        assert (folder / name).is_file(), name


def test_init_never_overwrites(cli, demo):
    """`init` where something stands is refused and leaves it alone."""
    before = demo.read_bytes()
    done = cli("init")
    assert (done.code, "is there already" in done.err) == (1, True)
    assert demo.read_bytes() == before


def test_a_failed_init_leaves_no_file(cli, folder, monkeypatch):
    """When making a database fails midway, nothing is left of it."""
    import alembic.command

    def full(*args, **more):
        raise OSError(28, "database or disk is full")

    monkeypatch.setattr(alembic.command, "upgrade", full)
    done = cli("init")
    assert (done.code, "disk is full" in done.err) == (1, True), done
    assert list(folder.iterdir()) == []
    assert cli("init", "--db", "no/such/folder/x.db").code == 1
    assert list(folder.iterdir()) == []


def test_a_busy_database_is_told(cli, demo, monkeypatch, write, ferry):
    """While another program writes, reading goes on, and a writer is told to wait."""
    monkeypatch.setattr("claimtrack.store.engine.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(demo, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE sources SET name = 'half'")
        assert "half" not in cli("list-sources").out
        done = cli("import", write("ferry.json", ferry))
        assert done.code == 1
        assert "is busy" in done.err
        other.execute("ROLLBACK")


def test_a_damaged_database_is_told(cli, demo):
    """A database with its middle overwritten gets a sentence, never a traceback."""
    data = bytearray(demo.read_bytes())
    data[4096:] = b"\xaa" * (len(data) - 4096)
    demo.write_bytes(data)
    done = cli("list-claims")
    assert done.code == 1
    assert "fault of its own" not in done.err, done.err
