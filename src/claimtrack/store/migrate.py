"""Make and upgrade databases; the only module that imports Alembic."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count, zip_longest
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from claimtrack.errors import DatabaseError
from claimtrack.store import engine as engines
from claimtrack.store.faults import NAME_ANOTHER, RESTORE
from claimtrack.store.location import check_there, is_url, without_password
from claimtrack.store.schema import APPLICATION_ID, SCHEMA_VERSION, metadata
from claimtrack.store.unfinished import built_beside


def migrations_folder() -> Path:
    """Find the migrations: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_alembic"
    return inside if inside.is_dir() else package.parents[1] / "alembic"


def create(where: str) -> None:
    """Make an empty database with the built-in metrics; refuse where something stands."""
    if is_url(where):
        with new_on_server(where):
            return
    with new_case(Path(where)):
        return


@contextmanager
def new_on_server(where: str) -> Iterator[sa.Connection]:
    """Make a case in a server's database, to be filled in the same transaction."""
    if taken := _names_taken(where):
        raise DatabaseError(
            f"{without_password(where)} holds tables already ({', '.join(taken[:3])})",
            "use it, or name another with --db",
        )
    with _migrated(where) as connection:
        yield connection


def _names_taken(where: str) -> list[str]:
    """List the tables of a server's database that stand where ours would.

    Refuses a database that keeps text in another encoding than UTF8: it has no place for
    all names.
    """
    engine = engines.make_engine(where, read_only=True)
    try:
        with engine.connect() as connection:
            encoding = connection.scalar(sa.text("SHOW server_encoding"))
            if encoding not in ("UTF8", b"UTF8"):
                shown = encoding.decode() if isinstance(encoding, bytes) else encoding
                raise DatabaseError(
                    f"{without_password(where)} keeps text as {shown}, not as UTF8",
                    "make one with `createdb --encoding UTF8 --template template0`",
                )
            ours = {"alembic_version", *metadata.tables}
            return sorted(ours.intersection(sa.inspect(connection).get_table_names()))
    except sa.exc.DBAPIError as error:
        raise engines.explain_fault(error.orig or error, where) from error
    finally:
        engine.dispose()


@contextmanager
def new_case(path: Path) -> Iterator[Path]:
    """Give the path of an empty case to be filled; it stands at `path` when that is done."""
    with _built_as_file(path) as half:
        _build(half)
        yield half


@contextmanager
def _built_as_file(path: Path, like: Path | None = None) -> Iterator[Path]:
    """Build a database under another name, so that no half one is ever seen.

    A copy may be read by those who may read what it is made of.
    """
    if path.exists():
        raise DatabaseError(f"{path} is there already", "use it, or name another with --db")
    if not path.resolve().parent.is_dir():
        raise DatabaseError(f"the folder of {path} does not exist", "make the folder first")
    try:
        with built_beside(path, like=like) as half:
            yield half
            _empty_log(half)
    except (sqlite3.Error, OSError) as error:
        raise engines.explain_fault(error, str(path)) from error


def _empty_log(half: Path) -> None:
    """Put what the write-ahead log holds into the file; SQLite fails at this in silence."""
    with closing(sqlite3.connect(half)) as raw:
        busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DatabaseError(f"the database {half} is in use", "try again")


def _build(half: Path) -> None:
    with closing(sqlite3.connect(half)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with _migrated(str(half)):
        pass


def upgrade(
    where: str, finish: Callable[[sa.Connection], None] = lambda connection: None
) -> tuple[bool, Path | None]:
    """Bring a database to this release's schema; tell whether it was older, and its backup.

    A file is copied first; a server's database is not.

    Everything happens in one transaction with foreign keys off (a rebuilt table would
    otherwise take its children along) and checked before it is kept. `finish` is called in
    it with the new schema, so that there is no state between the old and the finished one.
    """
    version = stored_version(where)
    if version == SCHEMA_VERSION:
        return False, None
    if version is None:
        raise DatabaseError(f"{without_password(where)} is no claimtrack database", NAME_ANOTHER)
    if version > SCHEMA_VERSION:
        raise DatabaseError(
            f"{without_password(where)} was written by a newer claimtrack (schema {version})",
            "update claimtrack",
        )
    saved = None
    if not is_url(where):
        saved = _save(Path(where))
    with _migrated(where) as connection:
        finish(connection)
    return True, saved


def _save(path: Path) -> Path:
    """Copy a file before its upgrade; an upgrade that was stopped may have left the same copy."""
    name = f"{path.name}.before-{SCHEMA_VERSION}"
    for number in count(1):
        saved = path.with_name(f"{name}.backup" if number == 1 else f"{name}-{number}.backup")
        if not saved.exists():
            backup(str(path), saved)
            return saved
        if _holds_the_same(saved, path):
            return saved
    raise AssertionError("numbers do not end")


def _holds_the_same(saved: Path, path: Path) -> bool:
    """Whether a copy holds what the database holds now, statement by statement."""
    try:
        with closing(_open(saved)) as one, closing(_open(path)) as other:
            return all(a == b for a, b in zip_longest(one.iterdump(), other.iterdump()))
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path.resolve().as_uri() + "?mode=ro", uri=True)


def stored_version(where: str) -> str | None:
    """Read the schema version, or None where the database is none of ours."""
    check_there(where, "start one: `claimtrack init`")
    engine = engines.make_engine(where, read_only=True)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
                if mark != APPLICATION_ID:
                    return None
            return engines.read_version(connection)
    except sa.exc.DBAPIError as error:
        if is_url(where):
            raise engines.explain_fault(error.orig or error, where) from error
        return None
    except UnicodeDecodeError as error:
        raise DatabaseError(f"the database {where} is damaged", RESTORE) from error
    finally:
        engine.dispose()


def backup(where: str, target: Path) -> None:
    """Copy a SQLite database through its backup API, which misses nothing in the log."""
    if is_url(where):
        raise DatabaseError(
            f"{without_password(where)} is on a server: backup copies files only",
            "use the server's pg_dump, or copy the case to a file: claimtrack copy-to FILE",
        )
    if target.exists():
        raise DatabaseError(f"{target} is there already", "name another file")
    if stored_version(where) is None:
        raise DatabaseError(f"{where} is no claimtrack database", NAME_ANOTHER)
    with (
        _built_as_file(target, like=Path(where)) as half,
        closing(_open(Path(where))) as source,
        closing(sqlite3.connect(half)) as copy,
    ):
        try:
            source.backup(copy)
        except sqlite3.DatabaseError as error:
            if "malformed" not in str(error):
                raise
            raise DatabaseError(f"the database {where} is damaged", RESTORE) from error


@contextmanager
def _migrated(where: str) -> Iterator[sa.Connection]:
    """Bring a database to the newest schema; kept with what is done in the same transaction."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    engine = engines.make_engine(where, read_only=False)
    try:
        with engine.connect() as connection:
            sqlite = connection.dialect.name == "sqlite"
            if sqlite:
                raw = connection.connection.driver_connection
                assert raw is not None
                raw.execute("PRAGMA foreign_keys = OFF")
            config.attributes["connection"] = connection
            # Begun here, the transaction is not ended by the migrations.
            connection.begin()
            command.upgrade(config, "head")
            yield connection
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise DatabaseError(f"{where} holds rows that refer to nothing", "restore a backup")
            engines.keep(connection, where)
    except sa.exc.DBAPIError as error:
        raise engines.explain_fault(error.orig or error, where) from error
    finally:
        engine.dispose()
