"""Remove what a batch added, children first, and keep every removed entry in the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from claimtrack.store import contested, journal, schema
from claimtrack.store.catalog import TABLES, chunks, events_spoken_of

_USES: tuple[tuple[str, sa.Table, sa.Column[int], sa.Table], ...] = (
    ("source", schema.documents, schema.documents.c.source_id, schema.sources),
    ("document", schema.assertions, schema.assertions.c.document_id, schema.documents),
    ("claim", schema.assertions, schema.assertions.c.supersedes_id, schema.assertions),
)
"""(what is named, the table that names it, by which column, where it stands)."""


def events_of(connection: sa.Connection, batch: int) -> set[int]:
    """Find the events about which the batch added, changed or corrected a claim."""
    a = schema.assertions
    changed = sa.select(schema.history.c.slug).where(
        schema.history.c.batch_id == batch, schema.history.c.entity == "claim"
    )
    ours = sa.select(a).where((a.c.batch_id == batch) | a.c.slug.in_(changed))
    return events_spoken_of(connection, ours)


def later_uses(connection: sa.Connection, batch: int) -> list[tuple[int, str, str]]:
    """List (later batch, type, slug) of what this batch added and a later one names."""
    found: list[tuple[int, str, str]] = []
    for type_, user, column, used in _USES:
        target = used.alias("target")
        query = (
            sa.select(user.c.batch_id, target.c.slug)
            .join_from(user, target, target.c.id == column)
            .where(target.c.batch_id == batch, user.c.batch_id > batch)
        )
        found += _newest(connection, type_, query)
    return (
        found
        + _later_claims(connection, batch)
        + _later_links(connection, batch)
        + _later_dependences(connection, batch)
        + _later_versions(connection, batch)
    )


def _newest(
    connection: sa.Connection, type_: str, query: sa.Select[Any]
) -> list[tuple[int, str, str]]:
    """Give the newest batch of a query for batches and slugs, whatever the engine's order."""
    batch, slug = query.selected_columns
    rows = connection.execute(query.order_by(batch.desc(), slug).limit(1))
    return [(number, type_, slug) for number, slug in rows]


def _later_dependences(connection: sa.Connection, batch: int) -> list[tuple[int, str, str]]:
    """Look for later sources and documents that draw on ours."""
    d = schema.dependences
    found: list[tuple[int, str, str]] = []
    for user_type, user_column in (("source", d.c.source_id), ("document", d.c.document_id)):
        for type_, column in (("source", d.c.on_source_id), ("document", d.c.on_document_id)):
            user, used = TABLES[user_type].alias("user_"), TABLES[type_].alias("used")
            query = (
                sa.select(user.c.batch_id, used.c.slug)
                .join_from(d, used, used.c.id == column)
                .join(user, user.c.id == user_column)
                .where(used.c.batch_id == batch, user.c.batch_id > batch)
            )
            found += _newest(connection, type_, query)
    return found


def _later_versions(connection: sa.Connection, batch: int) -> list[tuple[int, str, str]]:
    """Look for later batches, still in force, that changed what ours added."""
    h, b = schema.history, schema.batches
    found: list[tuple[int, str, str]] = []
    for type_, table in TABLES.items():
        query = (
            sa.select(h.c.batch_id, h.c.slug)
            .join_from(h, table, table.c.slug == h.c.slug)
            .join(b, b.c.id == h.c.batch_id)
            .where(
                h.c.entity == type_,
                h.c.action == "changed",
                h.c.batch_id > batch,
                table.c.batch_id == batch,
                b.c.undone_at.is_(None),
            )
        )
        found += _newest(connection, type_, query)
    return found


def _later_claims(connection: sa.Connection, batch: int) -> list[tuple[int, str, str]]:
    """Look for later assertions about an event, metric or group, or through a source, of ours."""
    a, c, q, link = schema.assertions, schema.claims, schema.questions, schema.attributions
    found: list[tuple[int, str, str]] = []
    for type_, table, column in (
        ("event", schema.events, q.c.event_id),
        ("metric", schema.metrics, q.c.metric_id),
        ("group", schema.groups, q.c.group_id),
    ):
        query = (
            sa.select(a.c.batch_id, table.c.slug)
            .join_from(a, c, c.c.id == a.c.claim_id)
            .join(q, q.c.id == c.c.question_id)
            .join(table, table.c.id == column)
            .where(table.c.batch_id == batch, a.c.batch_id > batch)
        )
        found += _newest(connection, type_, query)
    ours = a.alias("ours")
    named: tuple[tuple[str, sa.FromClause, sa.Column[int]], ...] = (
        ("source", schema.sources, link.c.source_id),
        ("claim", ours, link.c.upstream_id),
    )
    for type_, used, column in named:
        query = (
            sa.select(a.c.batch_id, used.c.slug)
            .join_from(a, link, link.c.assertion_id == a.c.id)
            .join(used, used.c.id == column)
            .where(used.c.batch_id == batch, a.c.batch_id > batch)
        )
        found += _newest(connection, type_, query)
    return found


def _later_links(connection: sa.Connection, batch: int) -> list[tuple[int, str, str]]:
    """Look for later groups and metrics that name ours."""
    found: list[tuple[int, str, str]] = []
    for type_, table, links, mine, theirs in (
        (
            "group",
            schema.groups,
            schema.group_links,
            schema.group_links.c.other_id,
            schema.group_links.c.group_id,
        ),
        (
            "metric",
            schema.metrics,
            schema.metric_parts,
            schema.metric_parts.c.part_id,
            schema.metric_parts.c.metric_id,
        ),
    ):
        user, used = table.alias("user_"), table.alias("used")
        query = (
            sa.select(user.c.batch_id, used.c.slug)
            .join_from(links, used, used.c.id == mine)
            .join(user, user.c.id == theirs)
            .where(used.c.batch_id == batch, user.c.batch_id > batch)
        )
        found += _newest(connection, type_, query)
    return found


def remove_batch(connection: sa.Connection, batch: int, events: set[int]) -> tuple[int, int]:
    """Remove the rows a batch added; each entry goes to the history first.

    Gives the rows removed, and the contradictions that went with them.
    """
    removed = dropped = 0
    for type_ in ("claim", "document", "source", "event", "group", "metric"):
        table = TABLES[type_]
        rows = connection.execute(
            sa.select(table.c.id, table.c.slug, table.c.entry)
            .where(table.c.batch_id == batch)
            .order_by(table.c.id)
        ).all()
        changes = [{"entity": type_, "slug": row.slug, "before": row.entry} for row in rows]
        journal.record(connection, batch, "removed", changes)
        ids = [row.id for row in rows]
        # Each may name any other of its type: all are cut loose before the first goes.
        for piece in chunks(ids):
            _cut_loose(connection, type_, piece)
        for piece in chunks(ids):
            connection.execute(sa.delete(table).where(table.c.id.in_(piece)))
        if type_ == "claim":
            dropped = drop_unasserted(connection, events)
        removed += len(rows)
    return removed, dropped


def drop_unasserted(connection: sa.Connection, events: set[int]) -> int:
    """Remove the claims of these events that no assertion states, and empty questions.

    Gives the number of contradictions that went with them.
    """
    dropped = 0
    c, q = schema.claims, schema.questions
    members, found = schema.contradiction_members, schema.contradictions
    for piece in chunks(sorted(events)):
        orphans = (
            sa.select(c.c.id)
            .join_from(c, q, q.c.id == c.c.question_id)
            .where(
                q.c.event_id.in_(piece),
                ~sa.exists().where(schema.assertions.c.claim_id == c.c.id),
            )
        )
        ids = list(connection.scalars(orphans))
        for some in chunks(ids):
            broken = list(
                connection.scalars(
                    sa.select(members.c.contradiction_id)
                    .where(members.c.claim_id.in_(some))
                    .distinct()
                )
            )
            dropped += len(broken)
            for part in chunks(broken):
                connection.execute(sa.delete(members).where(members.c.contradiction_id.in_(part)))
                connection.execute(sa.delete(found).where(found.c.id.in_(part)))
            contested.drop_claims(connection, some)
            connection.execute(sa.delete(c).where(c.c.id.in_(some)))
        empty = q.c.event_id.in_(piece) & ~sa.exists().where(c.c.question_id == q.c.id)
        dropped += contested.drop_questions(connection, empty)
        connection.execute(sa.delete(q).where(empty))
        _reword(connection, piece)
    return dropped


def _reword(connection: sa.Connection, events: Sequence[int]) -> None:
    """Give claims of these events whose words nobody uses any more the words still used."""
    a, c, q = schema.assertions, schema.claims, schema.questions
    lost = (
        sa.select(c.c.id)
        .join_from(c, q, q.c.id == c.c.question_id)
        .where(
            q.c.event_id.in_(events),
            ~sa.exists().where(
                a.c.claim_id == c.c.id, a.c.text == c.c.text, a.c.hedge == c.c.hedge
            ),
        )
    )
    for id_ in list(connection.scalars(lost)):
        first = sa.select(a.c.text, a.c.hedge).where(a.c.claim_id == id_).order_by(a.c.id).limit(1)
        row = connection.execute(first).one()
        connection.execute(sa.update(c).where(c.c.id == id_).values(text=row.text, hedge=row.hedge))


def _cut_loose(connection: sa.Connection, type_: str, ids: Sequence[int]) -> None:
    """Remove the rows that belong to these and to nothing else."""
    links: dict[str, tuple[tuple[sa.Table, str], ...]] = {
        "claim": ((schema.attributions, "assertion_id"),),
        "document": ((schema.dependences, "document_id"), (schema.dependences, "on_document_id")),
        "source": ((schema.dependences, "source_id"), (schema.dependences, "on_source_id")),
        "group": ((schema.group_links, "group_id"),),
        "metric": ((schema.metric_parts, "metric_id"),),
        "event": ((schema.search_limits, "event_id"),),
    }
    for table, column in links.get(type_, ()):
        connection.execute(sa.delete(table).where(table.c[column].in_(ids)))
    names = {"claim": "supersedes_id", "metric": "at_most_id"}
    if type_ in names:
        table = TABLES[type_]
        connection.execute(sa.update(table).where(table.c.id.in_(ids)).values({names[type_]: None}))
