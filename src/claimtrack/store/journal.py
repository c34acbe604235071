"""Batches and the history: what was done, by whom, and what stood there before."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.identity import canonical
from claimtrack.store import chain, schema
from claimtrack.store.catalog import TABLES, insert_rows


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
    named = os.environ.get("CLAIMTRACK_USER", "").strip()
    if not named:
        try:
            named = getpass.getuser()
        except (KeyError, OSError, ImportError):
            return "unknown"
    # Bytes that are no UTF-8 come as half surrogates, which no database keeps.
    return named.encode("utf-8", "backslashreplace").decode()


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


def close_batch(
    connection: sa.Connection, id_: int, *, additions: Mapping[str, chain.Additions], changed: int
) -> None:
    """Write down how much a batch did, and what it added, in the history.

    One row then answers for a million entries: which they were is told by the entries
    themselves and, where they were changed or removed since, by their history. They are
    counted and digested by type, in the order of their rows.
    """
    c = schema.batches.c
    told = {type_: additions[type_].told() for type_ in TABLES if type_ in additions}
    added = sum(each.count for each in additions.values())
    connection.execute(
        sa.update(schema.batches).where(c.id == id_).values(added=added, changed=changed)
    )
    query = sa.select(c.created_at, c.who, c.what).where(c.id == id_)
    batch = connection.execute(query).one()
    after = {"what": batch.what, "added": told, "changed": changed}
    about = {"batch_id": id_, "at": batch.created_at, "who": batch.who}
    about |= {"entity": "batch", "slug": str(id_)}
    append(connection, [about | {"action": "imported", "after": canonical(after)}])


def mark_undone(connection: sa.Connection, id_: int) -> None:
    """Write down that a batch was taken back, when and by whom."""
    table = schema.batches
    at, by = now(), who()
    connection.execute(sa.update(table).where(table.c.id == id_).values(undone_at=at, undone_by=by))
    about = {"batch_id": id_, "entity": "batch", "slug": str(id_)}
    append(connection, [about | {"at": at, "who": by, "action": "undone"}])


def judged(
    connection: sa.Connection,
    action: str,
    subject: tuple[str, str],
    *,
    mark: str,
    who: str,
    at: str,
    why: str,
) -> None:
    """Write down that a subject (its kind and id) was `reviewed` or `graded`, and how."""
    row = {"at": at, "who": who, "action": action, "entity": subject[0], "slug": subject[1]}
    append(connection, [row | {"after": canonical({"mark": mark, "why": why})}])


def upgraded(connection: sa.Connection, before: str) -> None:
    """Write down that the database came from an older schema to this release's."""
    row = {"at": now(), "who": who(), "action": "upgraded", "entity": "database"}
    append(connection, [row | {"slug": schema.SCHEMA_VERSION, "before": before}])


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
    common = {"batch_id": batch_id, "at": now(), "who": who(), "action": action}
    append(connection, [{**common, **change} for change in changes])


def append(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to the history, each chained to the one before it.

    The caller's is the only writing transaction, so that no two rows follow the same one.
    """
    if not rows:
        return
    last = head(connection)
    chained = []
    for row in rows:
        full = {"batch_id": None, "before": None, "after": None, **row}
        last = chain.follow(last, full)
        chained.append(full | {"digest": last})
    insert_rows(connection, schema.history, chained)


def head(connection: sa.Connection) -> str:
    """Give the digest of the newest history row: the one to note down elsewhere."""
    c = schema.history.c
    found = connection.scalar(sa.select(c.digest).order_by(c.id.desc()).limit(1))
    return chain.BEGINNING if found is None else str(found)


def changes_of(connection: sa.Connection, batch_id: int) -> list[tuple[str, str, str]]:
    """List (entity, slug, what stood before) of what a batch changed, newest first."""
    c = schema.history.c
    query = (
        sa.select(c.entity, c.slug, c.before)
        .where(c.batch_id == batch_id, c.action == "changed")
        .order_by(c.id.desc())
    )
    return [(entity, slug, before) for entity, slug, before in connection.execute(query)]


def overruled(connection: sa.Connection, batch_id: int) -> list[tuple[str, str, str, int]]:
    """List (entity, slug, who, batch) of what a batch changed that others had changed before.

    Of several earlier changes the newest is named, unless its batch was taken back.
    """
    mine, before = schema.history.alias("mine"), schema.history.alias("before")
    batches = schema.batches.c
    query = (
        sa.select(mine.c.entity, mine.c.slug, before.c.who, before.c.batch_id)
        .join_from(
            mine,
            before,
            sa.and_(mine.c.entity == before.c.entity, mine.c.slug == before.c.slug),
        )
        .join(schema.batches, batches.id == before.c.batch_id)
        .where(
            mine.c.batch_id == batch_id,
            mine.c.action == "changed",
            before.c.action == "changed",
            before.c.batch_id < batch_id,
            before.c.who != mine.c.who,
            batches.undone_at.is_(None),
        )
        .order_by(mine.c.id, before.c.id)
    )
    newest = {(row.entity, row.slug): (row.who, row.batch_id) for row in connection.execute(query)}
    return [(*subject, *other) for subject, other in newest.items()]


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
