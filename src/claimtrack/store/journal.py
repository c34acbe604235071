"""Batches and the history: what was done, by whom, and what stood there before."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from claimtrack.store import schema


@dataclass(frozen=True, slots=True)
class Batch:
    """One import, as it stands in the journal."""

    id: int
    created_at: str
    who: str
    what: str
    added: int
    changed: int
    undone_at: str | None


def now() -> str:
    """Give the present moment as text, in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def who() -> str:
    """Name the person at work: `CLAIMTRACK_USER`, else the account."""
    if named := os.environ.get("CLAIMTRACK_USER"):
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def open_batch(connection: sa.Connection, what: str) -> int:
    """Begin a batch and give its number."""
    # People call batches by their numbers: no engine's own counter may leave gaps in them.
    newest = sa.select(sa.func.max(schema.batches.c.id))
    row = {
        "id": (connection.scalar(newest) or 0) + 1,
        "created_at": now(),
        "who": who(),
        "what": what,
    }
    key = connection.execute(sa.insert(schema.batches).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def close_batch(connection: sa.Connection, id_: int, *, added: int, changed: int) -> None:
    """Write down how much a batch did."""
    table = schema.batches
    connection.execute(
        sa.update(table).where(table.c.id == id_).values(added=added, changed=changed)
    )


def mark_undone(connection: sa.Connection, id_: int) -> None:
    """Write down that a batch was taken back, when and by whom."""
    table = schema.batches
    connection.execute(
        sa.update(table).where(table.c.id == id_).values(undone_at=now(), undone_by=who())
    )


def list_batches(connection: sa.Connection) -> list[Batch]:
    """List the batches, newest first."""
    c = schema.batches.c
    query = sa.select(c.id, c.created_at, c.who, c.what, c.added, c.changed, c.undone_at)
    return [Batch(*row) for row in connection.execute(query.order_by(c.id.desc()))]


def record(
    connection: sa.Connection,
    batch_id: int,
    action: str,
    changes: Sequence[Mapping[str, Any]],
) -> None:
    """Add rows (`entity`, `slug`, `before`, `after`) to the history."""
    if changes:
        common = {"batch_id": batch_id, "at": now(), "who": who(), "action": action}
        rows = [{"before": None, "after": None, **common, **change} for change in changes]
        connection.execute(sa.insert(schema.history), rows)


def changes_of(connection: sa.Connection, batch_id: int) -> list[tuple[str, str, str]]:
    """List (entity, slug, what stood before) of what a batch changed, newest first."""
    c = schema.history.c
    query = (
        sa.select(c.entity, c.slug, c.before)
        .where(c.batch_id == batch_id, c.action == "changed")
        .order_by(c.id.desc())
    )
    return [(entity, slug, before) for entity, slug, before in connection.execute(query)]


def later_changes(connection: sa.Connection, batch_id: int) -> list[tuple[int, str, str]]:
    """List (batch, entity, slug) changed by a later batch that touch what this one wrote."""
    mine, later = schema.history.alias("mine"), schema.history.alias("later")
    query = (
        sa.select(later.c.batch_id, later.c.entity, later.c.slug)
        .join_from(
            mine,
            later,
            sa.and_(mine.c.entity == later.c.entity, mine.c.slug == later.c.slug),
        )
        .join(schema.batches, schema.batches.c.id == later.c.batch_id)
        .where(
            mine.c.batch_id == batch_id,
            later.c.batch_id > batch_id,
            schema.batches.c.undone_at.is_(None),
        )
    )
    return [(batch, entity, slug) for batch, entity, slug in connection.execute(query)]
