"""Copy the rows of a case into an empty one, on either engine, and compare the two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import sqlalchemy as sa

from claimtrack.store import schema, search
from claimtrack.store.faults import explain_fault
from claimtrack.store.stream import can_stream, count_anew, stream_in

CHUNK = 5_000
"""Rows held in memory at a time, whatever the size of the case."""

_OF_ITS_MAKING = (schema.history, schema.metric_parts, schema.metrics)
"""What an empty case holds: the built-in metrics, and that it began."""


def count_rows(connection: sa.Connection) -> dict[str, int]:
    """Count the rows that somebody brought in, by table: those of an empty case are none."""
    counts = {}
    for table in schema.metadata.sorted_tables:
        query = sa.select(sa.func.count()).select_from(table)
        if table in (schema.metrics, schema.history):
            query = query.where(table.c.batch_id.is_not(None))
        if table is not schema.metric_parts:
            counts[table.name] = int(connection.scalar(query) or 0)
    return counts


def copy_rows(
    source: sa.Connection, where: str, target: sa.Connection, progress: Callable[[int], None]
) -> dict[str, str]:
    """Put every row of every table into an empty case; give a digest of each table read.

    The transaction is the caller's. Row numbers are kept, so that what refers to a row
    refers to it still. A fault of the source, which is at `where`, is raised as its own.
    """
    if target.dialect.name == "sqlite":
        # A row may refer to one further down: checked when the transaction ends.
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in _OF_ITS_MAKING:
        target.execute(sa.delete(table))
    copied = 0

    def count(rows: int) -> None:
        nonlocal copied
        copied += rows
        progress(rows)

    digests = {
        table.name: _copy_table(source, where, target, table, count)
        for table in schema.metadata.sorted_tables
    }
    search.index_all(target)
    count_anew(target, copied)
    return digests


def digest_tables(connection: sa.Connection) -> dict[str, str]:
    """Give a digest of the content of each table, the same on either engine."""
    digests = {}
    for table in schema.metadata.sorted_tables:
        seen = hashlib.sha256()
        for rows in _chunks(connection, table):
            _add(seen, rows)
        digests[table.name] = seen.hexdigest()
    return digests


def _copy_table(
    source: sa.Connection,
    where: str,
    target: sa.Connection,
    table: sa.Table,
    progress: Callable[[int], None],
) -> str:
    seen = hashlib.sha256()

    def chunks() -> Iterator[list[tuple[Any, ...]]]:
        try:
            for rows in _chunks(source, table):
                _add(seen, rows)
                yield rows
                progress(len(rows))
        except sa.exc.DBAPIError as fault:
            raise explain_fault(fault.orig or fault, where) from fault

    if can_stream(target):
        _stream_in(target, table, chunks())
    else:
        names = [column.name for column in table.columns]
        for rows in chunks():
            target.execute(sa.insert(table), [dict(zip(names, row, strict=True)) for row in rows])
    return seen.hexdigest()


def _stream_in(
    target: sa.Connection, table: sa.Table, chunks: Iterator[list[tuple[Any, ...]]]
) -> None:
    """Write one table in one COPY; the numbers that rows came with stay theirs."""
    columns = [column.name for column in table.columns]
    stream_in(target, table, columns, chain.from_iterable(chunks))
    if "id" in table.c and table.c.id.autoincrement:
        # The rows came with their numbers: the next one has to follow them.
        newest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
        own = sa.func.pg_get_serial_sequence(table.name, "id")
        target.execute(sa.select(sa.func.setval(own, newest)).where(newest.is_not(None)))


def _chunks(connection: sa.Connection, table: sa.Table) -> Iterator[list[tuple[Any, ...]]]:
    query = sa.select(table).order_by(*table.primary_key.columns)
    result = connection.execute(query, execution_options={"yield_per": CHUNK})
    for rows in result.partitions():
        yield [tuple(row) for row in rows]


def _add(seen: Any, rows: list[tuple[Any, ...]]) -> None:
    for row in rows:
        seen.update(json.dumps(row, ensure_ascii=True).encode("ascii") + b"\n")
