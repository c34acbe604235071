"""Open a database: for reading (never created by it) or for writing (one transaction)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from claimtrack.errors import DatabaseError
from claimtrack.store.location import is_url
from claimtrack.store.schema import APPLICATION_ID, SCHEMA_VERSION

BUSY_SECONDS = 30
"""How long a writer waits for another before a person is told."""

_START = "start one with `claimtrack init`, or try `claimtrack demo`"


@contextmanager
def reading(where: str) -> Iterator[sa.Connection]:
    """Open for reading; the database must exist, be ours and be of this release."""
    with _connected(where, read_only=True) as connection:
        check_version(connection, where)
        yield connection


@contextmanager
def writing(where: str) -> Iterator[sa.Connection]:
    """Open for writing in one transaction, committed at the end or not at all."""
    with _connected(where, read_only=False) as connection:
        check_version(connection, where)
        yield connection
        connection.commit()


def make_engine(where: str, *, read_only: bool) -> sa.Engine:
    """Make an engine for a path or a URL; nothing is opened yet."""
    if is_url(where):
        return sa.create_engine(where, poolclass=NullPool)
    path = Path(where).resolve()
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    # A reader that may write tidies the write-ahead log away when it closes, so that a case
    # stays one file; `query_only` keeps it from changing anything else.
    uri = path.as_uri() + ("?mode=rw" if writable or not read_only else "?mode=ro")

    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        raw.execute("PRAGMA foreign_keys = ON")
        if read_only:
            raw.execute("PRAGMA query_only = ON")
        return raw

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    # The driver's own transactions leave schema changes half made; ours are explicit.
    sa.event.listen(engine, "begin", lambda conn: conn.exec_driver_sql(begin))
    return engine


@contextmanager
def _connected(where: str, *, read_only: bool) -> Iterator[sa.Connection]:
    if not is_url(where) and not Path(where).is_file():
        what = "is a folder" if Path(where).is_dir() else "does not exist"
        raise DatabaseError(f"the database {where} {what}", _START)
    engine = make_engine(where, read_only=read_only)
    try:
        with engine.connect() as connection:
            yield connection
    except sa.exc.DBAPIError as error:
        raise explain_fault(error.orig or error, where) from error
    finally:
        engine.dispose()


def check_version(connection: sa.Connection, where: str) -> None:
    """Compare the stored schema version with this release's; refuse with one sentence."""
    if connection.dialect.name == "sqlite":
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if mark != APPLICATION_ID:
            raise DatabaseError(f"{where} is no claimtrack database", _START)
    try:
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except sa.exc.DBAPIError as error:
        raise DatabaseError(f"{where} is no claimtrack database", _START) from error
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


def explain_fault(fault: BaseException, where: str) -> DatabaseError:
    """Turn a driver's fault into a sentence with a remedy."""
    text = str(fault)
    known: tuple[tuple[str, str, str], ...] = (
        ("locked", "is busy: another program is writing to it", "wait for it, then try again"),
        ("not a database", "is no claimtrack database", _START),
        ("malformed", "is damaged", "restore a backup; `sqlite3 FILE .recover` may save the rest"),
        ("disk is full", "could not be written: the disk is full", "make room; nothing changed"),
        ("readonly", "cannot be written to", "check who owns the file and its folder"),
        ("unable to open", "cannot be opened", "check who may read the file and its folder"),
    )
    for sign, problem, hint in known:
        if sign in text:
            return DatabaseError(f"the database {where} {problem}", hint)
    return DatabaseError(f"the database {where} answered: {text}", "nothing was changed")


def dialect_insert(connection: sa.Connection, table: sa.Table) -> Any:
    """Give the INSERT of this database that knows `on conflict`."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as pg_insert

        return pg_insert(table)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert(table)
