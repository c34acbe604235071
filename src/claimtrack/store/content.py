"""The content of a case, without its bookkeeping: entries in a fixed order, and a digest."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from claimtrack.store import schema
from claimtrack.store.catalog import TABLES, chunks, stored_entries
from claimtrack.store.definitions import named

Selection = Mapping[str, Collection[str]]
"""Ids by type of entry."""

_BOOKKEEPING = ("batches", "history", "reviews", "grades", "former_names", "passages")

_PAGE = {"yield_per": 1000}


def _plain(connection: sa.Connection, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Sort by the letters' codes, on a server too, whose own order may be a language's."""
    return sa.collate(column, "C") if connection.dialect.name == "postgresql" else column


def entries(connection: sa.Connection, type_: str) -> Iterator[tuple[str, str]]:
    """Give id and entry of every row of a type, as it was imported, in a fixed order.

    The order is a function of the content: by id; claims by question, then proposition,
    first the entry whose words the proposition has, so that an import gives it them again.
    Metrics that are built in and were never changed are left out.
    """
    table = TABLES[type_]
    if type_ == "claim":
        query = _claims(connection)
    else:
        query = sa.select(table.c.slug, table.c.entry).order_by(_plain(connection, table.c.slug))
    untouched = _built_in(connection) if type_ == "metric" else {}
    for slug, entry in connection.execute(query.execution_options(**_PAGE)):
        if untouched.get(slug) != entry:
            yield slug, entry


def _claims(connection: sa.Connection) -> sa.Select[Any]:
    a, c, q = schema.assertions, schema.claims, schema.questions
    e, m, g = schema.events, schema.metrics, schema.groups
    has_words = sa.and_(a.c.text == c.c.text, a.c.hedge == c.c.hedge)
    slugs = [_plain(connection, table.c.slug) for table in (e, m, c, a)]
    group = _plain(connection, sa.func.coalesce(g.c.slug, ""))
    return (
        sa.select(a.c.slug, a.c.entry)
        .join_from(a, c, c.c.id == a.c.claim_id)
        .join(q, q.c.id == c.c.question_id)
        .join(e, e.c.id == q.c.event_id)
        .join(m, m.c.id == q.c.metric_id)
        .outerjoin(g, g.c.id == q.c.group_id)
        .order_by(*slugs[:2], group, slugs[2], sa.case((has_words, 0), else_=1), slugs[3])
    )


def _built_in(connection: sa.Connection) -> dict[str, str]:
    """Map the built-in metrics to their entries as they were built in."""
    m, h = schema.metrics.c, schema.history.c
    found = dict(connection.execute(sa.select(m.slug, m.entry).where(m.batch_id.is_(None))).all())
    query = sa.select(h.slug, h.before).where(h.entity == "metric", h.action == "changed")
    for slug, before in connection.execute(query.order_by(h.id.desc())):
        if slug in found:
            found[slug] = before
    return found


def changed_built_in(connection: sa.Connection) -> list[str]:
    """List the built-in metrics that are not as they were built in."""
    built_in = _built_in(connection)
    stored = stored_entries(connection, "metric", list(built_in))
    return sorted(slug for slug, row in stored.items() if row[1] != built_in[slug])


def lexicons(connection: sa.Connection) -> set[str]:
    """Name the lexicons by which the stored claims were read."""
    return set(connection.scalars(sa.select(schema.assertions.c.lexicon).distinct())) - {""}


def counts_left_out(connection: sa.Connection) -> dict[str, int]:
    """Count what an import file has no place for."""
    return {
        table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in (schema.reviews, schema.grades, schema.history)
    }


def select(connection: sa.Connection, events: Collection[str]) -> Selection:
    """Select what is said of these events, and all that it names, however far off."""
    found: dict[str, set[str]] = defaultdict(set)
    waiting: dict[str, set[str]] = {"event": set(events)}
    a, c, q, e = schema.assertions, schema.claims, schema.questions, schema.events
    told = (
        sa.select(a.c.slug)
        .join_from(a, c, c.c.id == a.c.claim_id)
        .join(q, q.c.id == c.c.question_id)
        .join(e, e.c.id == q.c.event_id)
    )
    waiting["claim"] = set()
    for piece in chunks(sorted(events)):
        waiting["claim"].update(connection.scalars(told.where(e.c.slug.in_(piece))))
    # A metric nobody asked about may still tie those that were.
    waiting["metric"] = set(connection.scalars(sa.select(schema.metrics.c.slug)))
    while any(waiting.values()):
        further: dict[str, set[str]] = defaultdict(set)
        for type_, slugs in waiting.items():
            stored = stored_entries(connection, type_, sorted(slugs))
            found[type_] |= stored.keys()
            for _, entry, *_ in stored.values():
                for other, slug in _named_by(json.loads(entry)):
                    further[other].add(slug)
        further["claim"].update(_corrections(connection, waiting.get("claim", ())))
        waiting = {type_: slugs - found[type_] for type_, slugs in further.items()}
        waiting = {type_: _there(connection, type_, slugs) for type_, slugs in waiting.items()}
    return found


def _there(connection: sa.Connection, type_: str, slugs: set[str]) -> set[str]:
    return set(stored_entries(connection, type_, sorted(slugs))) if slugs else slugs


def _named_by(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give type and id of what an entry names."""
    own = entry["type"]
    for field, types in (
        ("event", ("event",)),
        ("document", ("document",)),
        ("metric", ("metric",)),
        ("group", ("group",)),
        ("source", ("source",)),
        ("supersedes", ("claim",)),
        ("at_most", ("metric",)),
        ("part_of", ("group",)),
        ("disjoint_with", ("group",)),
        ("sum_of", ("metric",)),
        ("draws_on", ("source", "document")),
    ):
        for slug in named(entry, field):
            for type_ in types:
                yield type_, slug
    for link in entry.get("attributed_to", ()) if own == "claim" else ():
        full = {"source": link} if isinstance(link, str) else link
        yield "source", full["source"]
        if full.get("claim"):
            yield "claim", full["claim"]


def _corrections(connection: sa.Connection, slugs: Iterable[str]) -> set[str]:
    """Find what corrects these claims, about whatever event: they no longer stand."""
    later, older = schema.assertions.alias("later"), schema.assertions.alias("older")
    query = sa.select(later.c.slug).join_from(later, older, older.c.id == later.c.supersedes_id)
    return {
        slug
        for piece in chunks(sorted(slugs))
        for slug in connection.scalars(query.where(older.c.slug.in_(piece)))
    }


def content_digest(connection: sa.Connection) -> str:
    """Digest what a case says and what was concluded from it, by names instead of row numbers.

    Equal digests mean equal rows in every table of content: entries with their columns,
    links, questions, claims, attributions, contradictions, limits of a search. Who imported
    what and when is not in it, nor are reviews and grades. Holds a digest a row in memory.
    """
    whole = hashlib.sha256()
    for table in schema.metadata.sorted_tables:
        if table.name not in _BOOKKEEPING:
            rows = sorted(_named_rows(connection, table))
            whole.update(f"{table.name} {len(rows)}\n".encode())
            for row in rows:
                whole.update(row)
    return whole.hexdigest()


def _named_rows(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """Give each row's digest, with names in place of row numbers."""
    columns: list[sa.ColumnElement[Any]] = []
    joined: sa.FromClause = table
    for column in table.columns:
        if column.name in ("id", "batch_id", "newest"):
            continue
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table
            if target is schema.questions:
                names = _question_names()
                joined = joined.outerjoin(names, names.c.id == column)
                columns += [names.c.event, names.c.metric, names.c.group]
                continue
            other = target.alias(f"{column.name}_named")
            joined = joined.outerjoin(other, other.c.id == column)
            columns.append(other.c.slug)
        else:
            columns.append(column)
    query = sa.select(*columns).select_from(joined)
    for row in connection.execute(query.execution_options(**_PAGE)):
        yield hashlib.sha256(json.dumps(list(row)).encode()).digest()


def _question_names() -> sa.Subquery:
    q, e, m, g = schema.questions, schema.events, schema.metrics, schema.groups
    return (
        sa.select(
            q.c.id,
            e.c.slug.label("event"),
            m.c.slug.label("metric"),
            g.c.slug.label("group"),
        )
        .join_from(q, e, e.c.id == q.c.event_id)
        .join(m, m.c.id == q.c.metric_id)
        .outerjoin(g, g.c.id == q.c.group_id)
        .subquery()
    )
