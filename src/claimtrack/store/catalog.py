"""Rows that have a name of their own: events, groups, metrics, sources, documents, assertions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from claimtrack.store import schema
from claimtrack.store.stream import can_stream, fetch, stream_in

T = TypeVar("T")

TABLES: Mapping[str, sa.Table] = {
    "metric": schema.metrics,
    "group": schema.groups,
    "event": schema.events,
    "source": schema.sources,
    "document": schema.documents,
    "claim": schema.assertions,
}
"""By the type of the import's entries, in the order in which they may refer to each other."""

CHUNK = 500
"""Values in one IN list: below SQLite's limit on variables in every build."""


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def known(assertions: sa.FromClause, day: int | None) -> sa.ColumnElement[bool]:
    """Give the condition that an assertion was published by the end of a day; None passes all.

    A document of an uncertain date counts from the first day it can mean; one without a
    date is never known by a day.
    """
    if day is None:
        return sa.true()
    d = schema.documents.alias()
    return sa.exists().where(d.c.id == assertions.c.document_id, d.c.published_lower <= day)


def all_ids(connection: sa.Connection, type_: str) -> dict[str, int]:
    """Map every slug of a type to its row."""
    table = TABLES[type_]
    return dict(connection.execute(sa.select(table.c.slug, table.c.id)).all())


def measures(connection: sa.Connection) -> dict[str, tuple[str, str | None]]:
    """Map every metric to its kind and its unit."""
    m = schema.metrics.c
    query = sa.select(m.slug, m.kind, m.unit)
    return {slug: (kind, unit) for slug, kind, unit in connection.execute(query)}


def has_fewer(connection: sa.Connection, table: sa.Table, rows: int) -> bool:
    """Tell whether a table has fewer rows than so many, without reading more than these."""
    some = sa.select(table.c.id).limit(rows).subquery()
    return (connection.scalar(_count(some)) or 0) < rows


def some_slugs(connection: sa.Connection, type_: str, limit: int) -> list[str]:
    """List slugs of a type, the first so many."""
    slug = TABLES[type_].c.slug
    return list(connection.scalars(sa.select(slug).order_by(slug).limit(limit)))


class Stored(NamedTuple):
    """A named row as it stands: its id, its entry, and the batch that added it."""

    id: int
    entry: str
    batch: int | None


def stored_entries(
    connection: sa.Connection, type_: str, slugs: Sequence[str]
) -> dict[str, Stored]:
    """Fetch those slugs that are there."""
    table = TABLES[type_]
    query = sa.select(table.c.slug, table.c.id, table.c.entry, table.c.batch_id)
    rows = fetch(connection, _of_slugs(connection, query, table, slugs))
    return {slug: Stored(*row) for slug, *row in rows}


def ids_by_slug(connection: sa.Connection, table: sa.Table, slugs: Iterable[str]) -> dict[str, int]:
    """Map those of the slugs that are there to their rows."""
    query = sa.select(table.c.slug, table.c.id)
    return dict(fetch(connection, _of_slugs(connection, query, table, list(slugs))))


def _of_slugs(
    connection: sa.Connection, query: sa.Select[Any], table: sa.Table, slugs: Sequence[str]
) -> sa.Select[Any]:
    """Keep the rows of these slugs."""
    given = _given(connection, slugs, schema.Text)
    return query.join_from(given, table, table.c.slug == given.c.value)


def _given(connection: sa.Connection, values: Sequence[T], type_: Any) -> sa.FromClause:
    """Hand values over as a table of their own: however many, at once."""
    if connection.dialect.name == "postgresql":
        array = sa.func.unnest(sa.cast(values, sa.ARRAY(type_)))
        return array.table_valued("value").render_derived()
    return sa.func.json_each(json.dumps(values)).table_valued("value")


def corrections_from(connection: sa.Connection, assertions: Sequence[int]) -> dict[int, int]:
    """Map these assertions, and all that they correct at any depth, to what each corrects."""
    a, given = schema.assertions, _given(connection, assertions, sa.BigInteger)
    first = sa.select(a.c.id, a.c.supersedes_id).join_from(given, a, a.c.id == given.c.value)
    found = first.cte("found", recursive=True)
    further = sa.select(a.c.id, a.c.supersedes_id).join(found, a.c.id == found.c.supersedes_id)
    found = found.union(further)
    query = sa.select(found.c.id, found.c.supersedes_id)
    return dict(connection.execute(query.where(found.c.supersedes_id.is_not(None))).all())


def sources_and_events(
    connection: sa.Connection, assertions: Iterable[int]
) -> dict[int, tuple[int, int]]:
    """Map these assertions to the source of their document and the event they speak of."""
    a, d = schema.assertions, schema.documents
    c, q = schema.claims, schema.questions
    query = (
        sa.select(a.c.id, d.c.source_id, q.c.event_id)
        .join_from(a, d, d.c.id == a.c.document_id)
        .join(c, c.c.id == a.c.claim_id)
        .join(q, q.c.id == c.c.question_id)
    )
    return {
        id_: (source, event)
        for piece in chunks(sorted(assertions))
        for id_, source, event in connection.execute(query.where(a.c.id.in_(piece)))
    }


def set_corrections(connection: sa.Connection, ties: Sequence[Mapping[str, int]]) -> None:
    """Set which assertion (`later`) corrects which (`earlier`)."""
    if ties:
        table = schema.assertions
        itself = table.c.id == sa.bindparam("later")
        new = sa.update(table).where(itself).values(supersedes_id=sa.bindparam("earlier"))
        connection.execute(new, ties)


def set_reliances(connection: sa.Connection, ties: Sequence[Mapping[str, int]]) -> None:
    """Set on which assertion (`earlier`) a link (`at`, from 0) of an assertion (`later`) relies."""
    if ties:
        table = schema.attributions
        itself = table.c.assertion_id == sa.bindparam("later")
        itself &= table.c.position == sa.bindparam("at")
        new = sa.update(table).where(itself).values(upstream_id=sa.bindparam("earlier"))
        connection.execute(new, ties)


def new_ids(connection: sa.Connection, table: sa.Table, count: int) -> Sequence[int]:
    """Give the next numbers of a table's rows, as its own counter would."""
    if not count:
        return ()
    if connection.dialect.name == "postgresql":
        own = sa.func.pg_get_serial_sequence(table.name, "id")
        drawn = sa.select(sa.func.nextval(own)).select_from(sa.func.generate_series(1, count))
        return connection.scalars(drawn).all()
    newest = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
    return range(newest + 1, newest + 1 + count)


def insert_rows(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows that are not there yet; all have the same columns."""
    if rows:
        columns = tuple(rows[0])
        in_order = [tuple(row[name] for name in columns) for row in rows]
        insert_tuples(connection, table, columns, in_order)


def insert_tuples(
    connection: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Insert rows that are not there yet, each in the order of the columns."""
    if not rows:
        return
    if can_stream(connection):
        stream_in(connection, table, columns, rows)
        return
    # As they are to SQLite's driver: a third of the time where they are many.
    names = ", ".join(f'"{name}"' for name in columns)
    into = f'INSERT INTO "{table.name}" ({names})'
    connection.exec_driver_sql(f"{into} VALUES ({', '.join('?' * len(columns))})", list(rows))


def update_row(connection: sa.Connection, type_: str, id_: int, columns: Mapping[str, Any]) -> None:
    """Write new content over a row whose old content the history has taken."""
    table = TABLES[type_]
    connection.execute(sa.update(table).where(table.c.id == id_).values(**columns))


def update_rows(connection: sa.Connection, type_: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new content over rows named by their `id`; all have the same columns."""
    table = TABLES[type_]
    changed: dict[str, Any] = {
        name: sa.bindparam(f"new_{name}") for name in rows[0] if name != "id"
    }
    query = sa.update(table).where(table.c.id == sa.bindparam("new_id")).values(changed)
    connection.execute(query, [{f"new_{name}": row[name] for name in row} for row in rows])


def still_there(connection: sa.Connection, table: sa.Table, ids: Iterable[int]) -> set[int]:
    """Give those of these rows that exist."""
    query = sa.select(table.c.id)
    return {
        id_
        for piece in chunks(sorted(ids))
        for id_ in connection.scalars(query.where(table.c.id.in_(piece)))
    }


def replace_links(
    connection: sa.Connection,
    table: sa.Table,
    column: str,
    id_: int,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Put these links in place of those that the row had."""
    connection.execute(sa.delete(table).where(table.c[column] == id_))
    insert_rows(connection, table, rows)


def questions_of(
    connection: sa.Connection, events: Iterable[int]
) -> dict[tuple[int, int, int | None], int]:
    """Map (event, metric, group) to the question's row, for the questions on these events."""
    q = schema.questions.c
    query = sa.select(q.id, q.event_id, q.metric_id, q.group_id)
    return {
        (event, metric, group): id_
        for piece in chunks(sorted(events))
        for id_, event, metric, group in fetch(connection, query.where(q.event_id.in_(piece)))
    }


def group_graph(connection: sa.Connection) -> list[tuple[str, str, str]]:
    """List (group, relation, other group) by slug."""
    one, other = schema.groups.alias("one"), schema.groups.alias("other")
    links = schema.group_links.c
    query = (
        sa.select(one.c.slug, links.relation, other.c.slug)
        .join_from(schema.group_links, one, one.c.id == links.group_id)
        .join(other, other.c.id == links.other_id)
        .order_by(one.c.slug, links.relation, other.c.slug)
    )
    return [(a, relation, b) for a, relation, b in connection.execute(query)]


def events_asking_about(
    connection: sa.Connection, *, groups: Iterable[int] = (), metrics: Iterable[int] = ()
) -> set[int]:
    """Find the events with a question on one of these groups or metrics."""
    q = schema.questions.c
    query = sa.select(q.event_id).distinct()
    return {
        event
        for column, asked in ((q.group_id, groups), (q.metric_id, metrics))
        for piece in chunks(sorted(asked))
        for event in connection.scalars(query.where(column.in_(piece)))
    }


def events_told_by(
    connection: sa.Connection, sources: Iterable[int], documents: Iterable[int] = ()
) -> set[int]:
    """Find the events about which these, or what draws on them, say something or are said to.

    What draws on them is followed through every stated dependence, so that whatever was
    concluded from the independence of reports can be concluded anew.
    """
    found: set[int] = set()
    told_by, written = _drawing_on(connection, set(sources), set(documents))
    a, c, q, d = schema.assertions, schema.claims, schema.questions, schema.documents
    link = schema.attributions
    told = sa.select(q.c.event_id).join_from(a, c, c.c.id == a.c.claim_id)
    told = told.join(q, q.c.id == c.c.question_id).distinct()
    for piece in chunks(sorted(told_by)):
        own = told.join(d, d.c.id == a.c.document_id).where(d.c.source_id.in_(piece))
        passed = told.join(link, link.c.assertion_id == a.c.id).where(link.c.source_id.in_(piece))
        found.update(connection.scalars(own), connection.scalars(passed))
    for piece in chunks(sorted(written)):
        found.update(connection.scalars(told.where(a.c.document_id.in_(piece))))
    return found


def _drawing_on(
    connection: sa.Connection, sources: set[int], documents: set[int]
) -> tuple[set[int], set[int]]:
    """Add every source and document that is stated to draw on one of these, however far off."""
    on, d = schema.dependences, schema.documents
    new_sources, new_documents = set(sources), set(documents)
    while new_sources or new_documents:
        rows: list[Any] = []
        query = sa.select(on.c.source_id, on.c.document_id)
        for piece in chunks(sorted(new_sources)):
            theirs = sa.select(d.c.id).where(d.c.source_id.in_(piece))
            rows += connection.execute(query.where(on.c.on_source_id.in_(piece)))
            rows += connection.execute(query.where(on.c.on_document_id.in_(theirs)))
        for piece in chunks(sorted(new_documents)):
            rows += connection.execute(query.where(on.c.on_document_id.in_(piece)))
        new_sources = {row[0] for row in rows if row[0] is not None} - sources
        new_documents = {row[1] for row in rows if row[1] is not None} - documents
        sources, documents = sources | new_sources, documents | new_documents
    return sources, documents


def _count(table: sa.FromClause) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table)


def events_spoken_of(connection: sa.Connection, assertions: sa.Select[Any]) -> set[int]:
    """Find the events of these assertions, and of those which they correct."""
    a, c, q, some = schema.assertions, schema.claims, schema.questions, assertions.subquery()
    query = (
        sa.select(q.c.event_id)
        .join_from(a, c, c.c.id == a.c.claim_id)
        .join(q, q.c.id == c.c.question_id)
        .distinct()
    )
    return {
        event
        for ids in (some.c.id, some.c.supersedes_id)
        for event in connection.scalars(query.where(a.c.id.in_(sa.select(ids))))
    }


def events_relying_on(connection: sa.Connection, events: Iterable[int]) -> set[int]:
    """Find the other events whose reports name a report of one of these as what they go back to."""
    link, a, up = schema.attributions, schema.assertions, schema.assertions.alias("upstream")
    c, q = schema.claims, schema.questions
    of, oq = schema.claims.alias("of"), schema.questions.alias("of_question")
    query = (
        sa.select(q.c.event_id)
        .join_from(link, a, a.c.id == link.c.assertion_id)
        .join(c, c.c.id == a.c.claim_id)
        .join(q, q.c.id == c.c.question_id)
        .join(up, up.c.id == link.c.upstream_id)
        .join(of, of.c.id == up.c.claim_id)
        .join(oq, oq.c.id == of.c.question_id)
        .where(oq.c.event_id != q.c.event_id)
        .distinct()
    )
    reached = set(events)
    new = set(reached)
    # After a first import no other is left: nothing to read, of a database of any size.
    if len(reached) > CHUNK and len(reached) == connection.scalar(_count(schema.events)):
        return set()
    while new:
        further: set[int] = set()
        for piece in chunks(sorted(new)):
            further.update(connection.scalars(query.where(oq.c.event_id.in_(piece))))
        new = further - reached
        reached |= new
    return reached - set(events)
