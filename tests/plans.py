"""What a database reads for a piece of work, by its own plan of every statement."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing

import sqlalchemy as sa

LARGE = {"events", "questions", "sources", "documents", "claims", "assertions", "attributions"}
LARGE |= {"contradictions", "contradiction_members", "passages"}

BOUNDED = re.compile(r"SELECT [\w.]+ (AS \w+ )?FROM \w+ LIMIT")
"""The first rows of a table in any order: however large it is, no more of it is read."""


def asked_of(work):
    """Run work and list the statements it asked, each with one set of its values."""
    told = []

    def hear(connection, cursor, statement, parameters, context, executemany):
        if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            told.append((statement, parameters[0] if executemany else parameters))

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", hear)
    assert told
    return told


def scanned(where, work):
    """Run work and list the large tables that a statement of it reads from end to end."""
    found = set()
    told = asked_of(work)
    with closing(sqlite3.connect(where)) as connection:
        for statement, parameters in told:
            if BOUNDED.search(" ".join(statement.split())):
                continue
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            scans = [re.match(r"SCAN (\w+)", row[3]) for row in plan]
            found |= {scan[1] for scan in scans if scan and scan[1] in LARGE}
    return found


def steps(where, work):
    """Run work, and count the steps that SQLite's machine takes for all it asks."""
    told = asked_of(work)
    counted = Counter()
    with closing(sqlite3.connect(where)) as connection:
        connection.set_progress_handler(lambda: counted.update(steps=1), 1)
        for statement, parameters in told:
            connection.execute(statement, parameters).fetchall()
    return counted["steps"]
