"""What a database can be asked of itself: its file, its references, ids made from content.

Whether rows say what their entries say is asked by `claimtrack.store.entry_faults`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa

from claimtrack.domain.identity import digest
from claimtrack.domain.value import Hedge
from claimtrack.store import schema
from claimtrack.store.cases import Found, read_terms

COUNTED = (
    "events", "groups", "metrics", "sources", "documents", "questions", "claims", "assertions",
    "contradictions", "reviews", "grades", "batches", "history",
)  # fmt: skip
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


def kept_contradictions(connection: sa.Connection, event: int) -> tuple[set[Found], str | None]:
    """Give the stored contradictions of an event, and the sentence of a limit met."""
    k, m, c = schema.contradictions, schema.contradiction_members, schema.claims
    limits = schema.search_limits.c
    members: dict[int, list[str]] = defaultdict(list)
    query = (
        sa.select(m.c.contradiction_id, c.c.slug)
        .join_from(m, k, k.c.id == m.c.contradiction_id)
        .join(c, c.c.id == m.c.claim_id)
        .where(k.c.event_id == event)
        .order_by(m.c.contradiction_id, m.c.position)
    )
    for id_, slug in connection.execute(query):
        members[id_].append(slug)
    found = {
        Found(
            row.slug, row.rule, row.severity, row.gap, read_terms(row.terms), tuple(members[row.id])
        )
        for row in connection.execute(sa.select(k).where(k.c.event_id == event))
    }
    limit = connection.scalar(sa.select(limits.sentence).where(limits.event_id == event))
    return found, limit


def counts(connection: sa.Connection) -> dict[str, int]:
    """Count the rows of every table that people know by name; what is missing has none."""
    tables, there = schema.metadata.tables, sa.inspect(connection).get_table_names()
    return {
        name: connection.scalar(sa.select(sa.func.count()).select_from(tables[name])) or 0
        for name in COUNTED
        if name in there
    }
