"""Lists and counts of what is in the database, and names looked up or suggested."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from claimtrack.errors import UnknownId
from claimtrack.store import contested, schema
from claimtrack.store.catalog import known
from claimtrack.store.records import Filter

__all__ = [
    "Connection",
    "Listing",
    "check_names",
    "count_undated",
    "counts",
    "events",
    "find_named",
    "kinds_named",
    "list_rows",
    "names",
    "nearest",
    "nearest_of_all",
    "was_known",
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

COUNTED = 1_000
"""Rows behind a page that are counted; beyond, there are more than so many."""

_NEAR_AMONG = 5_000
"""Ids compared for a suggestion, at most."""


def counts(connection: Connection, known_by: int | None = None) -> dict[str, int]:
    """Count the rows of each table that people know of.

    With a day, what has a date of publication is counted as known by then, contradictions
    left out: they have to be found anew. Events, groups, metrics and sources have no date.
    """
    queries = {name: sa.select(sa.func.count()).select_from(t) for name, t in _COUNTED.items()}
    if known_by is not None:
        a, c, q = schema.assertions, schema.claims, schema.questions
        said = sa.exists().where(a.c.claim_id == c.c.id, known(a, known_by))
        asked = sa.exists().where(c.c.question_id == q.c.id, said)
        queries["questions"] = queries["questions"].where(asked)
        queries["claims"] = queries["claims"].where(said)
        queries["assertions"] = queries["assertions"].where(known(a, known_by))
        queries["documents"] = queries["documents"].where(
            schema.documents.c.published_lower <= known_by
        )
        del queries["contradictions"]
    found = {name: int(connection.scalar(query) or 0) for name, query in queries.items()}
    if known_by is None:
        found["contradictions"] += contested.count_pairs(connection)
    return found


def count_undated(connection: Connection) -> int:
    """Count the documents of which no day of publication is known."""
    d = schema.documents
    query = sa.select(sa.func.count(d.c.id)).where(d.c.published_lower.is_(None))
    return int(connection.scalar(query) or 0)


def nearest(connection: Connection, table: sa.Table, name: str) -> str | None:
    """Suggest the id that may have been meant."""
    import difflib

    slugs = connection.scalars(sa.select(table.c.slug).order_by(table.c.slug).limit(_NEAR_AMONG))
    return next(iter(difflib.get_close_matches(name, list(slugs), n=1)), None)


def nearest_of_all(connection: Connection, name: str) -> str | None:
    """Suggest the id of anything that may have been meant."""
    import difflib

    named = (*_NAMED.values(), schema.assertions)
    found = [near for table in named if (near := nearest(connection, table, name))]
    return next(iter(difflib.get_close_matches(name, found, n=1)), None)


def hint_of(connection: Connection, name: str, otherwise: str) -> str:
    """Say what an id that names nothing of the kind asked for may be, else how to go on."""
    if (found := find_named(connection, name)) is not None:
        article = "an" if found[0] == "event" else "a"
        return f"'{name}' is {article} {found[0]}: `claimtrack show {name}`"
    near = nearest_of_all(connection, name)
    return f"did you mean '{near}'?" if near and near != name else otherwise


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


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows; `total` is how many there are in all, or, if not `exact`, at least."""

    columns: Sequence[str]
    rows: Sequence[tuple[object, ...]]
    total: int
    exact: bool


def list_rows(
    connection: Connection,
    type_: str,
    known_by: int | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Listing:
    """List columns and rows of sources, events or documents.

    With a day, documents published later are left out and nothing in them is counted;
    the contradictions of events are those kept today.
    """
    table = _NAMED[type_]
    day = {"event": schema.events.c.date_lower, "document": schema.documents.c.published_lower}
    by = [day[type_].nulls_first(), table.c.slug] if type_ in day else [table.c.slug]
    every = sa.select(table.c.id)
    if type_ == "document" and known_by is not None:
        every = every.where(day[type_] <= known_by)
    query = {"source": _sources, "event": _events, "document": _documents}[type_](known_by)
    # What is counted for a row is counted for those of the page alone.
    whole = limit is None and not offset
    page = every if whole else every.order_by(*by).limit(limit).offset(offset)
    result = connection.execute(query.where(table.c.id.in_(page)).order_by(*by))
    columns, rows = list(result.keys()), [tuple(row) for row in result.all()]
    some = every.limit(offset + len(rows) + COUNTED).subquery()
    total = int(connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0)
    exact = total < offset + len(rows) + COUNTED
    return Listing(columns, rows, total, exact)


def _count(column: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> Any:
    return sa.select(sa.func.count(column)).where(*conditions).scalar_subquery()


def _sources(known_by: int | None) -> sa.Select[Any]:
    s, d, a, link = schema.sources, schema.documents, schema.assertions, schema.attributions
    published = d.c.published_lower <= known_by if known_by is not None else sa.true()
    documents = _count(d.c.id, d.c.source_id == s.c.id, published)
    passed_on = sa.exists().where(a.c.id == link.c.assertion_id, known(a, known_by))
    named = _count(
        link.c.assertion_id.distinct(),
        link.c.source_id == s.c.id,
        passed_on if known_by is not None else sa.true(),
    )
    stated = (
        sa.select(sa.func.count(a.c.id))
        .join_from(a, d, d.c.id == a.c.document_id)
        .where(d.c.source_id == s.c.id, known(a, known_by))
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
    )


def _events(known_by: int | None) -> sa.Select[Any]:
    e, q, c, k = schema.events, schema.questions, schema.claims, schema.contradictions
    a = schema.assertions
    said: sa.ColumnElement[bool] = sa.true()
    asked: sa.ColumnElement[bool] = sa.true()
    if known_by is not None:
        said = sa.exists().where(a.c.claim_id == c.c.id, known(a, known_by))
        asked = sa.exists().where(c.c.question_id == q.c.id, said)
    claims = (
        sa.select(sa.func.count(c.c.id))
        .join_from(c, q, q.c.id == c.c.question_id)
        .where(q.c.event_id == e.c.id, said)
        .scalar_subquery()
    )
    disputed = schema.contested_questions
    pairs = (
        sa.select(sa.cast(sa.func.coalesce(sa.func.sum(disputed.c.pairs), 0), sa.BigInteger))
        .where(disputed.c.event_id == e.c.id)
        .scalar_subquery()
    )
    return sa.select(
        e.c.slug.label("id"),
        e.c.title,
        e.c.date,
        e.c.place,
        _count(q.c.id, q.c.event_id == e.c.id, asked).label("questions"),
        claims.label("claims"),
        (_count(k.c.id, k.c.event_id == e.c.id) + pairs).label("contradictions"),
    )


def _documents(_: int | None) -> sa.Select[Any]:
    d, s, a = schema.documents, schema.sources, schema.assertions
    return sa.select(
        d.c.slug.label("id"),
        s.c.name.label("source"),
        d.c.title,
        d.c.published,
        d.c.url,
        _count(a.c.id, a.c.document_id == d.c.id).label("claims"),
    ).join_from(d, s, s.c.id == d.c.source_id)


def find_named(
    connection: Connection, name: str, kind: str | None = None
) -> tuple[str, str, list[tuple[str, object]]] | None:
    """Find the row that an id names: its type, its id and the entry it was imported as.

    Where it names several, that of this kind, or the first in the order of the import file.
    """
    for type_, table in _NAMED.items():
        if kind not in (None, type_):
            continue
        entry = connection.scalar(sa.select(table.c.entry).where(table.c.slug == name))
        if entry is not None:
            fields = {key: value for key, value in json.loads(entry).items() if key != "type"}
            return type_, name, list(fields.items())
    return None


def kinds_named(connection: Connection, name: str) -> list[str]:
    """List the types of all that an id names; an assertion's id names its claim."""
    tables = {**_NAMED, "claim": schema.assertions}
    return [
        type_
        for type_, table in tables.items()
        if connection.scalar(sa.select(table.c.id).where(table.c.slug == name)) is not None
    ]


def was_known(connection: Connection, document: str, day: int | None) -> bool:
    """Tell whether a document was published by the end of a day."""
    d = schema.documents
    published = connection.scalar(sa.select(d.c.published_lower).where(d.c.slug == document))
    return day is None or (published is not None and published <= day)


def events(connection: Connection) -> list[str]:
    """List the ids of all events in the order in which claims are listed."""
    return list(connection.scalars(sa.select(schema.events.c.slug).order_by(schema.events.c.slug)))


def names(connection: Connection, type_: str) -> dict[str, str]:
    """Map the ids of all events or groups to their titles or names."""
    table = _NAMED[type_]
    told = table.c.title if type_ == "event" else table.c.name
    return dict(connection.execute(sa.select(table.c.slug, told).order_by(table.c.slug)).all())
