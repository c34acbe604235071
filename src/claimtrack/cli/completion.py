"""Complete ids on Tab: through the standard library, reading only, and never loudly."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from claimtrack.store.location import find_database, is_url

MOST = 50
"""Suggestions at most."""

_TABLES = {
    *("events", "metrics", "groups", "sources", "documents", "claims", "assertions"),
    "contradictions",
}


LAST = "\U0010ffff"
"""What comes after any sign that an id goes on with."""

_PAIRS = (
    "SELECT slug FROM contested_pairs"
    " WHERE below >= ? AND below < ? AND above >= ? AND above < ? LIMIT ?"
)


def complete(*tables: str) -> Callable[[Any, str], list[str]]:
    """Make a completer of the ids in these tables."""
    assert set(tables) <= _TABLES

    def completer(ctx: Any, incomplete: str) -> list[str]:
        try:
            return _matching(tables, incomplete, ctx.params.get("db"))
        except Exception:
            return []

    return completer


def _matching(tables: tuple[str, ...], start: str, option: str | None) -> list[str]:
    where = find_database(option).where
    if is_url(where) or not os.path.isfile(where):  # noqa: PTH113 (pathlib would cost more)
        return []
    connection = sqlite3.connect(Path(where).resolve().as_uri() + "?mode=ro", uri=True)
    try:
        return [slug for table in tables for slug in _starting_with(connection, table, start)]
    finally:
        connection.close()


def _starting_with(connection: sqlite3.Connection, table: str, start: str) -> list[str]:
    query = f"SELECT slug FROM {table} WHERE slug >= ? AND slug < ? ORDER BY slug LIMIT ?"  # noqa: S608
    found = [row[0] for row in connection.execute(query, (start, start + LAST, MOST))]
    if table == "contradictions" and start.startswith("k"):
        from claimtrack.domain.conflict import claims_named

        below, above = claims_named(start)
        ends = (below, below + LAST, above, above + LAST, MOST - len(found))
        found += [row[0] for row in connection.execute(_PAIRS, ends)]
    return found
