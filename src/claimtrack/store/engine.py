"""Open a database: for reading (never created by it) or for writing (one transaction)."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from claimtrack.errors import ClaimtrackError, DatabaseError
from claimtrack.store.faults import NAME_ANOTHER, RESTORE, START, explain_fault
from claimtrack.store.location import check_there, is_url, without_password
from claimtrack.store.schema import APPLICATION_ID, SCHEMA_VERSION

BUSY_SECONDS = 120
"""How long a writer waits for another before a person is told."""

WRITERS_CACHE = 64 * 2**20
"""Bytes of an SQLite file that a writer may hold: names fall all over the indexes of a large one,
and a page let go has to be written, read and written again."""

__all__ = ["explain_fault", "make_engine", "reading", "writing"]


@contextmanager
def reading(where: str) -> Iterator[sa.Connection]:
    """Open for reading; the database must exist, be ours and be of this release."""
    with _connected(where, read_only=True) as connection:
        check_version(connection, where)
        yield connection


@contextmanager
def writing(where: str, *, references_last: bool = False) -> Iterator[sa.Connection]:
    """Open for writing in one transaction, committed at the end or not at all.

    With `references_last` those in a file are checked all at once before the end, in a third of
    the time where most of the file is new.
    """
    with _connected(where, read_only=False, references_last=references_last) as connection:
        check_version(connection, where)
        yield connection
        if references_last:
            _check_references(connection, where)
        keep(connection, where)


def _check_references(connection: sa.Connection, where: str) -> None:
    from claimtrack.store import soundness

    for fault in soundness.reference_faults(connection):
        raise DatabaseError(
            f"nothing was written to {without_password(where)}: {fault}",
            "run `claimtrack verify`: if it finds this too, restore a backup",
        )


def keep(connection: sa.Connection, where: str) -> None:
    """Commit; whoever loses the connection meanwhile cannot know whether it was done."""
    try:
        connection.commit()
    except sa.exc.DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise DatabaseError(
            f"the database {without_password(where)} ended the connection at the last step",
            "look with `claimtrack status` whether the work was kept; if not, do it again",
        ) from error


def make_engine(where: str, *, read_only: bool, references_last: bool = False) -> sa.Engine:
    """Make an engine for a path or a URL; nothing is opened yet.

    With `references_last` whoever writes to a file has to check references before the end.
    """
    if is_url(where):
        return _make_server_engine(where, read_only=read_only)
    path = Path(where).resolve()
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    # A reader that may write tidies the write-ahead log away when it closes, so that a case
    # stays one file; `query_only` keeps it from changing anything else.
    uri = path.as_uri() + ("?mode=rw" if writable or not read_only else "?mode=ro")
    if read_only and not writable and not path.with_name(path.name + "-wal").exists():
        # On read-only media the log cannot be made, and without a log nobody is writing.
        uri += "&immutable=1"

    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        raw.execute(f"PRAGMA foreign_keys = {'OFF' if references_last else 'ON'}")
        if read_only:
            raw.execute("PRAGMA query_only = ON")
        else:
            raw.execute(f"PRAGMA cache_size = -{WRITERS_CACHE // 2**10}")
        return raw

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)
    # The driver's own transactions leave schema changes half made; ours are explicit.
    begin = _begin_reading if read_only else _begin_in_turn
    sa.event.listen(engine, "begin", begin)
    return engine


def _begin_reading(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_in_turn(connection: sa.Connection) -> None:
    """Begin to write; whoever has waited longer asks more often, so that nobody starves.

    SQLite's own waiting asks ever more rarely, so that whoever has just come is let in first.
    """
    begun = time.monotonic()
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            break
        except sa.exc.OperationalError as error:
            waited = time.monotonic() - begun
            code = getattr(error.orig, "sqlite_errorcode", 0)
            if code & 0xFF != sqlite3.SQLITE_BUSY or waited > BUSY_SECONDS:
                raise
            time.sleep(max(0.002, 0.1 / (1 + waited) ** 2))
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")


def _make_server_engine(where: str, *, read_only: bool) -> sa.Engine:
    """Make an engine for PostgreSQL, through psycopg.

    A reader sees one state of the database from its first statement to its last, as on
    SQLite. A writer waits for the one before it and reads what that one left behind; where
    the server's owner allows no writing, it does not ask for it. Text travels as UTF-8,
    whatever the environment prefers.
    """
    address, replaced = re.subn(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", where)
    if not replaced:
        raise DatabaseError(
            f"the database {without_password(where)} is neither a file nor PostgreSQL",
            "name a file, or an address such as postgresql+psycopg://user@host/name",
        )
    try:
        engine = sa.create_engine(
            address,
            poolclass=NullPool,
            isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
            execution_options={"postgresql_readonly": True} if read_only else {},
            connect_args={"client_encoding": "UTF8"},
        )
    except ImportError as error:
        raise DatabaseError(
            "PostgreSQL needs a driver that is not installed",
            "install it: pip install 'claimtrack[postgresql]'",
        ) from error
    except (sa.exc.ArgumentError, ValueError) as error:
        raise DatabaseError(
            f"the address {without_password(where)} cannot be read",
            "write it as postgresql+psycopg://user@host/name",
        ) from error
    if not read_only:
        sa.event.listen(engine, "begin", _wait_for_the_other_writers)
    return engine


def _wait_for_the_other_writers(connection: sa.Connection) -> None:
    """Take the lock of writers, given back at the end of the transaction, however it ends.

    What SQLite's BEGIN IMMEDIATE is to a file, this is to a server's database.
    """
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{round(BUSY_SECONDS * 1000)}ms'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")


@contextmanager
def _connected(
    where: str, *, read_only: bool, references_last: bool = False
) -> Iterator[sa.Connection]:
    check_there(where, START)
    engine = make_engine(where, read_only=read_only, references_last=references_last)
    try:
        with engine.connect() as connection:
            yield connection
    except sa.exc.DBAPIError as error:
        raise explain_fault(error.orig or error, where) from error
    except (ClaimtrackError, OSError):
        raise
    except Exception as fault:
        # What cannot be read need not be a fault of the program: the file may be damaged.
        if is_url(where) or not (_is_damaged(where) or _holds_damaged_rows(where)):
            raise
        raise DatabaseError(f"the database {where} is damaged", RESTORE) from fault
    finally:
        engine.dispose()


def _is_damaged(where: str) -> bool:
    """Ask SQLite whether a file is whole; what cannot be asked is not."""
    try:
        with closing(sqlite3.connect(Path(where).resolve().as_uri() + "?mode=ro", uri=True)) as raw:
            found = raw.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.OperationalError:
        # It cannot be opened this way, which says nothing of what is in it.
        return False
    except (sqlite3.Error, UnicodeDecodeError):
        return True
    return bool(found != ("ok",))


def _holds_damaged_rows(where: str) -> bool:
    """Whether a row cannot be read though the file is whole: a letter in it was changed."""
    from claimtrack.store import soundness
    from claimtrack.store.entry_faults import entry_faults

    engine = make_engine(where, read_only=True)
    try:
        with engine.connect() as connection:
            faults = (*soundness.claim_faults(connection), *entry_faults(connection))
    except Exception:
        return True
    finally:
        engine.dispose()
    return bool(faults)


def check_version(connection: sa.Connection, where: str) -> None:
    """Compare the stored schema version with this release's; refuse with one sentence."""
    where = without_password(where)
    if connection.dialect.name == "sqlite":
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if mark != APPLICATION_ID:
            raise DatabaseError(f"{where} is no claimtrack database", NAME_ANOTHER)
    version = read_version(connection)
    if version is None:
        raise DatabaseError(f"{where} is no claimtrack database", NAME_ANOTHER)
    if version == SCHEMA_VERSION:
        return
    if str(version) > SCHEMA_VERSION:
        raise DatabaseError(
            f"{where} was written by a newer claimtrack (schema {version}; this one knows"
            f" {SCHEMA_VERSION})",
            "update claimtrack, then try again",
        )
    raise DatabaseError(
        f"{where} is of an older claimtrack (schema {version}, now {SCHEMA_VERSION})",
        "run `claimtrack upgrade`: it makes a backup first",
    )


def read_version(connection: sa.Connection) -> str | None:
    """Read the schema version, or None where the database holds none of our tables.

    A failed statement would end a transaction on PostgreSQL, so it is asked for first. A
    file is known by its mark; on a server another program's migrations may stand there.
    """
    mine = ("alembic_version", "contradictions")
    if connection.dialect.name == "postgresql":
        found = connection.execute(
            sa.select(*(sa.func.to_regclass(name).is_not(None) for name in mine))
        ).one()
        if not all(found):
            return None
    try:
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except sa.exc.DBAPIError:
        return None
    return str(version) if version else None
