"""Make and upgrade databases; the only module that imports Alembic."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from claimtrack.errors import DatabaseError
from claimtrack.store import engine as engines
from claimtrack.store.faults import RESTORE
from claimtrack.store.location import check_there, is_url, without_password
from claimtrack.store.schema import APPLICATION_ID, SCHEMA_VERSION, metadata


def migrations_folder() -> Path:
    """Find the migrations: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_alembic"
    return inside if inside.is_dir() else package.parents[1] / "alembic"


def create(where: str) -> None:
    """Make an empty database with the built-in metrics; refuse where something stands."""
    if not is_url(where):
        path = Path(where)
        if path.exists():
            raise DatabaseError(f"{where} is there already", "use it, or name another with --db")
        if not path.resolve().parent.is_dir():
            raise DatabaseError(f"the folder of {where} does not exist", "make the folder first")
        _create_file(path)
        return
    if taken := _names_taken(where):
        raise DatabaseError(
            f"{without_password(where)} holds tables already ({', '.join(taken[:3])})",
            "use it, or name another with --db",
        )
    _migrate(where)


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


def _create_file(path: Path) -> None:
    """Build under another name and rename, so that no half database is ever seen."""
    half = path.with_name(f".{path.name}.{datetime.now(UTC):%H%M%S%f}.new")
    try:
        raw = sqlite3.connect(half)
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.close()
        _migrate(str(half))
        half.rename(path)
    except (sqlite3.Error, OSError) as error:
        raise engines.explain_fault(error, str(path)) from error
    finally:
        for leftover in (half, *(half.with_name(half.name + end) for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def upgrade(where: str) -> tuple[bool, Path | None]:
    """Bring a database to this release's schema; tell whether it was older, and its backup.

    A file is copied first; a server's database is not.

    Everything happens in one transaction with foreign keys off (a rebuilt table would
    otherwise take its children along) and checked before it is kept.
    """
    version = stored_version(where)
    if version == SCHEMA_VERSION:
        return False, None
    if version is None:
        raise DatabaseError(
            f"{without_password(where)} is no claimtrack database", "start one: `claimtrack init`"
        )
    if version > SCHEMA_VERSION:
        raise DatabaseError(
            f"{without_password(where)} was written by a newer claimtrack (schema {version})",
            "update claimtrack",
        )
    saved = None
    if not is_url(where):
        saved = Path(where).with_name(f"{Path(where).name}.before-{SCHEMA_VERSION}.backup")
        backup(where, saved)
    _migrate(where)
    return True, saved


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
    if not target.resolve().parent.is_dir():
        raise DatabaseError(f"the folder of {target} does not exist", "make the folder first")
    if stored_version(where) is None:
        raise DatabaseError(f"{where} is no claimtrack database", "start one: `claimtrack init`")
    half = target.with_name(f".{target.name}.part")
    try:
        uri = Path(where).resolve().as_uri() + "?mode=ro"
        source = sqlite3.connect(uri, uri=True)
        copy = sqlite3.connect(half)
        with source, copy:
            source.backup(copy)
        source.close()
        copy.close()
        half.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise engines.explain_fault(error, where) from error
    finally:
        half.unlink(missing_ok=True)


def _migrate(where: str) -> None:
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
            command.upgrade(config, "head")
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise DatabaseError(f"{where} holds rows that refer to nothing", "restore a backup")
            connection.commit()
    except sa.exc.DBAPIError as error:
        raise engines.explain_fault(error.orig or error, where) from error
    finally:
        engine.dispose()
