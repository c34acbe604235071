"""What a database reads for a piece of work, by its own plan of every statement."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import sqlalchemy as sa

LARGE = {"events", "questions", "sources", "documents", "claims", "assertions", "attributions"}
LARGE |= {"contradictions", "contradiction_members", "passages"}

BOUNDED = re.compile(r"SELECT [\w.]+ (AS \w+ )?FROM \w+ LIMIT")
"""The first rows of a table in any order: however large it is, no more of it is read."""


def scanned(where, work):
    """Run work and list the large tables that a statement of it reads from end to end."""
    told = []

    def hear(connection, cursor, statement, parameters, context, executemany):
        if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            told.append((statement, parameters[0] if executemany else parameters))

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", hear)
    found = set()
    with closing(sqlite3.connect(where)) as connection:
        for statement, parameters in told:
            if BOUNDED.search(" ".join(statement.split())):
                continue
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            scans = [re.match(r"SCAN (\w+)", row[3]) for row in plan]
            found |= {scan[1] for scan in scans if scan and scan[1] in LARGE}
    assert told
    return found
