"""Many rows at once: read as the driver gives them, and written to a server by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from claimtrack.store import schema

MANY = 500
"""Rows that are worth counting anew: below, the server's statistics still fit."""


def fetch(connection: sa.Connection, query: sa.Select[Any]) -> list[tuple[Any, ...]]:
    """Fetch all rows as the driver gives them: in half of the time, where they are very many.

    Nothing is made of them on the way: true and false may be 1 and 0.
    Raises DBAPIError or its kinds, as every other statement does.
    """
    result = connection.execute(query)
    with _faults_of(connection, str(result.context.statement)):
        rows = list(result.cursor.fetchall())
    result.close()
    return rows


@contextmanager
def _faults_of(connection: sa.Connection, command: str) -> Iterator[None]:
    """Raise what the driver raises as SQLAlchemy would."""
    base = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except base as fault:
        raise sa.exc.DBAPIError.instance(
            command, None, fault, base, dialect=connection.dialect
        ) from fault


def can_stream(connection: sa.Connection) -> bool:
    """Tell whether this database takes rows as a stream."""
    return connection.dialect.name == "postgresql"


def stream_in(
    connection: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write rows, each in the order of the columns, in one COPY of the caller's transaction.

    Rows may refer to each other in any order: constraints are checked when all are there.
    Raises DBAPIError or its kinds, as every other statement does.
    """
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.quote(name) for name in columns)
    command = f"COPY {quote.format_table(table)} ({names}) FROM STDIN"
    raw = connection.connection.driver_connection
    assert raw is not None
    with (
        _faults_of(connection, command),
        raw.cursor() as cursor,
        cursor.copy(command) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def count_anew(connection: sa.Connection, new_rows: int) -> None:
    """Let the server look at what it holds, where much of it came in this transaction.

    Else it plans as if the tables were as small as before, until its own daemon comes by
    after the end of the transaction. SQLite's plans do not hang on counts.
    """
    if can_stream(connection) and new_rows > MANY:
        connection.exec_driver_sql("ANALYZE " + ", ".join(schema.metadata.tables))
