"""What a database can be asked of itself: its file, its references, ids made from content."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from claimtrack.domain.identity import digest
from claimtrack.domain.value import Hedge
from claimtrack.store import schema
from claimtrack.store.cases import Found, read_terms
from claimtrack.store.catalog import TABLES

COUNTED = (
    "events", "groups", "metrics", "sources", "documents", "questions", "claims", "assertions",
    "contradictions", "reviews", "grades", "batches", "history",
)  # fmt: skip
_MIRRORED = {
    "event": ("title", "date", "place"),
    "group": ("name",),
    "metric": ("kind", "unit"),
    "source": ("name", "reliability"),
    "document": (
        "title", "published", "retrieved", "url", "archive_url", "language", "sha256",
    ),
    "claim": ("quote",),
}  # fmt: skip
"""The columns of a type that say what the entry says under the same name."""

_PAGE = {"yield_per": 1000}


def file_faults(connection: sa.Connection) -> Iterator[str]:
    """Give what SQLite finds wrong with its file; a server checks its own."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield str(line)


def reference_faults(connection: sa.Connection) -> Iterator[str]:
    """Give the rows that refer to nothing; a server never lets them in."""
    if connection.dialect.name == "sqlite":
        for table, row, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row} of {table} refers to a row of {target} that is not there"


def claim_faults(connection: sa.Connection) -> Iterator[str]:
    """Give the claims whose id is not the digest of what they say."""
    q, c = schema.questions, schema.claims
    query = (
        sa.select(
            schema.events.c.slug.label("event"),
            schema.metrics.c.slug.label("metric"),
            schema.groups.c.slug.label("group"),
            c,
        )
        .join_from(c, q, q.c.id == c.c.question_id)
        .join(schema.events, schema.events.c.id == q.c.event_id)
        .join(schema.metrics, schema.metrics.c.id == q.c.metric_id)
        .outerjoin(schema.groups, schema.groups.c.id == q.c.group_id)
    )
    for row in connection.execute(query.execution_options(**_PAGE)):
        stance = "denies" if row.stance == "denies" else None
        category = row.category.strip().casefold() if row.category else None
        unknown = row.hedge == Hedge.UNKNOWN
        parts = [row.event, row.metric, row.group, stance, row.as_of]
        name = "c" + digest([*parts, row.lower, row.upper, row.best, category, unknown])
        if name != row.slug:
            yield f"claim '{row.slug}' does not say what its id was made from"
    for table in (schema.claims, schema.assertions):
        other = sa.select(table.c.slug).where(table.c.hedge.not_in([each.value for each in Hedge]))
        for slug in connection.scalars(other):
            yield f"the hedge of '{slug}' is none"


def entry_faults(connection: sa.Connection) -> Iterator[str]:
    """Give the rows whose columns do not say what the entry they were made from says."""
    for type_, table in TABLES.items():
        columns = [table.c[name] for name in _MIRRORED[type_]]
        query = sa.select(table.c.slug, table.c.entry, *columns)
        for slug, text, *said in connection.execute(query.execution_options(**_PAGE)):
            try:
                entry = json.loads(text)
                own = entry.get("id") or "a" + digest([text])
                kept = [entry.get(name) for name in _MIRRORED[type_]]
            except (ValueError, AttributeError):
                yield f"the entry of {type_} '{slug}' cannot be read"
                continue
            if own != slug or kept != said:
                yield f"{type_} '{slug}' does not say what its entry says"
    yield from _assertion_faults(connection)


def _assertion_faults(connection: sa.Connection) -> Iterator[str]:
    a, c, q = schema.assertions, schema.claims, schema.questions
    query = (
        sa.select(
            a.c.slug,
            a.c.entry,
            schema.events.c.slug,
            schema.metrics.c.slug,
            schema.groups.c.slug,
            schema.documents.c.slug,
        )
        .join_from(a, c, c.c.id == a.c.claim_id)
        .join(q, q.c.id == c.c.question_id)
        .join(schema.documents, schema.documents.c.id == a.c.document_id)
        .join(schema.events, schema.events.c.id == q.c.event_id)
        .join(schema.metrics, schema.metrics.c.id == q.c.metric_id)
        .outerjoin(schema.groups, schema.groups.c.id == q.c.group_id)
    )
    for slug, text, *names in connection.execute(query.execution_options(**_PAGE)):
        try:
            entry = json.loads(text)
            told = [entry.get(name) for name in ("event", "metric", "group", "document")]
        except (ValueError, AttributeError):
            continue
        if told != names:
            yield f"claim entry '{slug}' hangs on another question or document than it names"


def kept_contradictions(
    connection: sa.Connection, events: Sequence[int]
) -> dict[int, tuple[set[Found], str | None]]:
    """Give the stored contradictions of these events, and the sentence of a limit met."""
    k, m, c = schema.contradictions, schema.contradiction_members, schema.claims
    members: dict[int, list[str]] = defaultdict(list)
    query = (
        sa.select(m.c.contradiction_id, c.c.slug)
        .join_from(m, k, k.c.id == m.c.contradiction_id)
        .join(c, c.c.id == m.c.claim_id)
        .where(k.c.event_id.in_(events))
        .order_by(m.c.contradiction_id, m.c.position)
    )
    for id_, slug in connection.execute(query):
        members[id_].append(slug)
    limits = schema.search_limits.c
    told = dict(
        connection.execute(
            sa.select(limits.event_id, limits.sentence).where(limits.event_id.in_(events))
        ).all()
    )
    found: dict[int, set[Found]] = {event: set() for event in events}
    for row in connection.execute(sa.select(k).where(k.c.event_id.in_(events))):
        terms = read_terms(row.terms)
        found[row.event_id].add(
            Found(row.slug, row.rule, row.severity, row.gap, terms, tuple(members[row.id]))
        )
    return {event: (rows, told.get(event)) for event, rows in found.items()}


def counts(connection: sa.Connection) -> dict[str, int]:
    """Count the rows of every table that people know by name."""
    tables = schema.metadata.tables
    return {
        name: connection.scalar(sa.select(sa.func.count()).select_from(tables[name])) or 0
        for name in COUNTED
    }
