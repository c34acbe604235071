"""Lists and counts of what is in the database, and names looked up or suggested."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from claimtrack.errors import UnknownId
from claimtrack.store import schema
from claimtrack.store.records import Filter

__all__ = [
    "Connection",
    "check_names",
    "counts",
    "find_named",
    "list_rows",
    "nearest",
    "nearest_of_all",
]

_COUNTED = {
    "events": schema.events,
    "groups": schema.groups,
    "metrics": schema.metrics,
    "questions": schema.questions,
    "sources": schema.sources,
    "documents": schema.documents,
    "claims": schema.claims,
    "assertions": schema.assertions,
    "contradictions": schema.contradictions,
}

_NAMED = {
    "event": schema.events,
    "group": schema.groups,
    "metric": schema.metrics,
    "source": schema.sources,
    "document": schema.documents,
}

_NEAR_AMONG = 5_000
"""Ids compared for a suggestion, at most."""


def counts(connection: Connection) -> dict[str, int]:
    """Count the rows of each table that people know of."""
    return {
        name: int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
        for name, table in _COUNTED.items()
    }


def nearest(connection: Connection, table: sa.Table, name: str) -> str | None:
    """Suggest the id that may have been meant."""
    import difflib

    slugs = connection.scalars(sa.select(table.c.slug).limit(_NEAR_AMONG))
    return next(iter(difflib.get_close_matches(name, list(slugs), n=1)), None)


def nearest_of_all(connection: Connection, name: str) -> str | None:
    """Suggest the id of anything that may have been meant."""
    import difflib

    named = (*_NAMED.values(), schema.assertions)
    found = [near for table in named if (near := nearest(connection, table, name))]
    return next(iter(difflib.get_close_matches(name, found, n=1)), None)


def check_names(connection: Connection, filter_: Filter) -> None:
    """Refuse a filter that names what is not there: an empty answer would mislead."""
    for table, names in (
        (schema.events, filter_.events),
        (schema.metrics, filter_.metrics),
        (schema.groups, filter_.groups),
        (schema.sources, filter_.sources),
        (schema.sources, filter_.origins),
        (schema.documents, filter_.documents),
    ):
        for name in names:
            if connection.scalar(sa.select(table.c.id).where(table.c.slug == name)) is None:
                what = table.name.removesuffix("s")
                near = nearest(connection, table, name)
                hint = f"did you mean '{near}'?" if near else f"no {what} has an id like it"
                raise UnknownId(f"there is no {what} '{name}'", hint)


def list_rows(connection: Connection, type_: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """List columns and rows of sources, events or documents."""
    query = {"source": _sources, "event": _events, "document": _documents}[type_]()
    result = connection.execute(query)
    return list(result.keys()), [tuple(row) for row in result]


def _count(column: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> Any:
    return sa.select(sa.func.count(column.distinct())).where(*conditions).scalar_subquery()


def _sources() -> sa.Select[Any]:
    s, d, a, link = schema.sources, schema.documents, schema.assertions, schema.attributions
    documents = _count(d.c.id, d.c.source_id == s.c.id)
    named = _count(link.c.assertion_id, link.c.source_id == s.c.id)
    stated = (
        sa.select(sa.func.count(a.c.id))
        .join_from(a, d, d.c.id == a.c.document_id)
        .where(d.c.source_id == s.c.id)
        .scalar_subquery()
    )
    return sa.select(
        s.c.slug.label("id"),
        s.c.name,
        s.c.kind,
        s.c.anonymous,
        s.c.reliability,
        documents.label("documents"),
        stated.label("states"),
        named.label("quoted_in"),
    ).order_by(s.c.slug)


def _events() -> sa.Select[Any]:
    e, q, c, k = schema.events, schema.questions, schema.claims, schema.contradictions
    claims = (
        sa.select(sa.func.count(c.c.id))
        .join_from(c, q, q.c.id == c.c.question_id)
        .where(q.c.event_id == e.c.id)
        .scalar_subquery()
    )
    return sa.select(
        e.c.slug.label("id"),
        e.c.title,
        e.c.date,
        e.c.place,
        _count(q.c.id, q.c.event_id == e.c.id).label("questions"),
        claims.label("claims"),
        _count(k.c.id, k.c.event_id == e.c.id).label("contradictions"),
    ).order_by(e.c.date_lower, e.c.slug)


def _documents() -> sa.Select[Any]:
    d, s, a = schema.documents, schema.sources, schema.assertions
    return (
        sa.select(
            d.c.slug.label("id"),
            s.c.name.label("source"),
            d.c.title,
            d.c.published,
            d.c.url,
            _count(a.c.id, a.c.document_id == d.c.id).label("claims"),
        )
        .join_from(d, s, s.c.id == d.c.source_id)
        .order_by(d.c.published_lower, d.c.slug)
    )


def find_named(
    connection: Connection, name: str
) -> tuple[str, str, list[tuple[str, object]]] | None:
    """Find the row that an id names: its type, its id and the entry it was imported as."""
    for type_, table in _NAMED.items():
        entry = connection.scalar(sa.select(table.c.entry).where(table.c.slug == name))
        if entry is not None:
            fields = {key: value for key, value in json.loads(entry).items() if key != "type"}
            return type_, name, list(fields.items())
    return None
