"""Indexes laid aside while very much is written, and made when all of it is there.

One that is made of all rows at once takes a fraction of the time of one that is kept up row by
row, in places all over it.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from claimtrack.store import schema, search

_TABLES = (schema.claims, schema.assertions, schema.attributions)


def lay_aside(connection: sa.Connection) -> Sequence[str]:
    """Drop those indexes of a file that no row needs to be written; give what makes them again.

    All in the transaction of the caller, so that nobody else sees the tables without them. A
    server would keep readers waiting for it, and keeps its own.
    """
    if connection.dialect.name == "postgresql":
        return ()
    names = [index.name for table in _TABLES for index in table.indexes if not index.unique]
    there = sa.text("SELECT type, name, sql FROM sqlite_master WHERE name IN :names")
    there = there.bindparams(sa.bindparam("names", expanding=True))
    found = connection.execute(there, {"names": [*names, search.INDEX]}).all()
    for type_, name, _ in found:
        connection.exec_driver_sql(f'DROP {type_} "{name}"')
    return [statement for _, _, statement in found]


def make_again(connection: sa.Connection, statements: Sequence[str]) -> None:
    """Make what was laid aside, of all rows that are there now."""
    for statement in statements:
        connection.exec_driver_sql(statement)
    if statements:
        search.index_all(connection)
