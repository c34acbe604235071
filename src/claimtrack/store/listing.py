"""A page of claims, without reading more of the database than it takes to find it.

Claims are listed by event, metric, group and bounds. Where a condition lets few pass, the
index names them, and they are sorted. Where it lets many pass, the events are walked in
their order until the page is full. Where what passes lies together far down the order, the
walk is given up, and all that passes is listed after all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from claimtrack.store import schema
from claimtrack.store.catalog import CHUNK
from claimtrack.store.conditions import (
    Alternatives,
    Condition,
    Filter,
    conditions,
    on_questions,
    together,
)

FEW = 500
"""Claims that are listed and sorted at once, where an index names them."""

LISTED = 15_000
"""Rows that a condition may name for claims on a walk to be looked up in the list of them."""

STRETCH = 200
"""Questions of the first stretch of a walk; each further one has four times as many."""

WALKED = 3_000
"""Questions that are walked before a page is looked for in another way."""

COUNTED = 1_000
"""Claims behind a page that are counted; beyond, there are more than so many."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The row numbers of a page in order; `total` is exact, or passed by what there is."""

    ids: Sequence[int]
    total: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """A condition, how many rows it names, and to how many claims they lead, about.

    Neither is counted far beyond `LISTED` claims.
    """

    condition: Condition
    rows: int
    claims: int


def order() -> tuple[sa.ColumnElement[Any], ...]:
    """Give the order of claims: by event, metric, group, lower and upper bound."""
    c = schema.claims.c
    return (*_order_of_questions(), c.lower.nulls_first(), c.upper.nulls_first(), c.slug)


def _order_of_questions() -> tuple[sa.ColumnElement[Any], ...]:
    """Give the order of questions as their index has it, so that it can be walked."""
    q = schema.questions.c
    group = sa.func.coalesce(q.group_id, sa.literal_column("0"))
    return (schema.events.c.slug, q.metric_id, group, q.id)


def page(connection: sa.Connection, f: Filter, limit: int, offset: int = 0) -> Rows:
    """Find the claims of a page."""
    asked = [_weigh(connection, condition) for condition in conditions(connection, f)]
    if (few := _few(connection, f, asked)) is not None:
        return Rows(few[offset : offset + limit], len(few), exact=True)
    wanted = offset + limit + 1
    found = _walk(connection, f, asked, wanted)
    if found is None:
        found = _all(connection, f, asked, wanted)
    if len(found) < wanted:
        return Rows(found[offset:], len(found), exact=True)
    return Rows(found[offset:-1], *_count(connection, f, asked, wanted))


def first_events(connection: sa.Connection, f: Filter, most: int) -> list[str]:
    """Name the first events of which a claim passes, in their order."""
    c, q, e = schema.claims, schema.questions, schema.events
    all_ = list(conditions(connection, f))
    passing = (
        sa.exists()
        .where(q.c.event_id == e.c.id, c.c.question_id == q.c.id, *on_questions(f))
        .where(*(condition.test for condition in all_), *together(f, all_))
    )
    query = sa.select(e.c.slug).where(passing).order_by(e.c.slug).limit(most)
    return list(connection.scalars(query))


def _ids(f: Filter) -> sa.Select[Any]:
    c, q, e = schema.claims, schema.questions, schema.events
    query = (
        sa.select(c.c.id)
        .join_from(c, q, q.c.id == c.c.question_id)
        .join(e, e.c.id == q.c.event_id)
        .where(*on_questions(f))
        .order_by(*order())
    )
    return query.where(c.c.slug.in_(f.claims)) if f.claims else query


def _few(connection: sa.Connection, f: Filter, asked: Sequence[_Asked]) -> list[int] | None:
    """List all that pass where one condition alone lets few pass; else None."""
    c = schema.claims
    tests = [one.condition.test for one in asked]
    if f.claims:
        return list(connection.scalars(_ids(f).where(*tests, *_together(f, asked))))
    for at, one in enumerate(asked):
        few = _short(connection, one.condition.lists) if one.rows <= FEW else None
        if few is not None:
            # Written out, as a library may take no more than some hundred parameters.
            among: sa.BindParameter[int] = sa.bindparam(
                "among", sorted(few), expanding=True, literal_execute=True
            )
            others = tests[:at] + tests[at + 1 :] + _together(f, asked)
            return list(connection.scalars(_ids(f).where(c.c.id.in_(among), *others)))
    return None


def _short(connection: sa.Connection, alternatives: Alternatives) -> set[int] | None:
    """Read lists of claims that together have few rows; else None."""
    found: list[int] = []
    for query in alternatives:
        found += connection.scalars(query.limit(FEW + 1 - len(found)))
        if len(found) > FEW:
            return None
    return set(found)


def _together(f: Filter, asked: Sequence[_Asked]) -> list[sa.ColumnElement[bool]]:
    return together(f, (one.condition for one in asked))


def _weigh(connection: sa.Connection, condition: Condition) -> _Asked:
    rows = claims = 0
    for query, leads_to in condition.named:
        some = query.limit(max(0, LISTED - claims) // leads_to + 1).subquery()
        count = int(connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0)
        rows, claims = rows + count, claims + leads_to * count
    return _Asked(condition, rows, claims)


def _walk(
    connection: sa.Connection, f: Filter, asked: Sequence[_Asked], wanted: int
) -> list[int] | None:
    """Take the questions in their order until enough claims pass; None where that takes long."""
    tests = [one.condition.among if one.claims <= LISTED else one.condition.test for one in asked]
    tests += _together(f, asked)
    found: list[int] = []
    walked = 0
    for stretch, questions in _stretches(connection, f):
        found += connection.scalars(stretch.where(*tests).limit(wanted - len(found)))
        walked += questions
        if len(found) >= wanted:
            return found
        if tests and walked > WALKED:
            return None
    return found


def _all(connection: sa.Connection, f: Filter, asked: Sequence[_Asked], wanted: int) -> list[int]:
    query = _ids(f).where(*(one.condition.whole for one in asked), *_together(f, asked))
    return list(connection.scalars(query.limit(wanted)))


def _stretches(connection: sa.Connection, f: Filter) -> Iterator[tuple[sa.Select[Any], int]]:
    """Cut the list of claims into stretches in its order, each with its number of questions.

    A few questions are cut into pieces; else a stretch ends with an event, and a database
    walks it in the order of its indexes, no further than the page needs.
    """
    q, e = schema.questions, schema.events
    mine = sa.select(q.c.id).where(*on_questions(f))
    if (f.metrics or f.groups) and _short(connection, [mine]) is not None:
        in_order = mine.join(e, e.c.id == q.c.event_id).order_by(*_order_of_questions())
        for piece in _pieces(list(connection.scalars(in_order))):
            yield _ids(Filter()).where(schema.claims.c.question_id.in_(piece)), len(piece)
        return
    walk, size = _walk_of_events(f), STRETCH
    ends = sa.select(e.c.slug).join_from(e, q, q.c.event_id == e.c.id).order_by(e.c.slug)
    if f.events:
        walk, ends = (query.where(e.c.slug.in_(f.events)) for query in (walk, ends))
    after = ""
    while end := connection.scalar(ends.where(e.c.slug > after).offset(size).limit(1)):
        yield walk.where(e.c.slug > after, e.c.slug <= end), size
        after, size = end, 4 * size
    yield walk.where(e.c.slug > after), size


def _walk_of_events(f: Filter) -> sa.Select[Any]:
    """List claims so that a database begins at the events and goes on by question.

    The sums keep it from any other index: it cannot know how soon the page will be full.
    """
    c, q, e = schema.claims, schema.questions, schema.events
    narrowed = (
        (column + 0).in_(sa.select(table.c.id).where(table.c.slug.in_(slugs)))
        for column, table, slugs in (
            (q.c.metric_id, schema.metrics, f.metrics),
            (q.c.group_id, schema.groups, f.groups),
        )
        if slugs
    )
    return (
        sa.select(c.c.id)
        .join_from(e, q, q.c.event_id == e.c.id + 0)
        .join(c, c.c.question_id == q.c.id + 0)
        .where(*narrowed)
        .order_by(*order())
    )


def _pieces(questions: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut into pieces: a question alone is read in the order of its index, and no further."""
    start, size = 0, 1
    while start < len(questions):
        yield questions[start : start + size]
        start, size = start + size, min(4 * size, CHUNK)


def _count(
    connection: sa.Connection, f: Filter, asked: Sequence[_Asked], seen: int
) -> tuple[int, bool]:
    """Count what passes as far as that is cheap: how many, and whether these are all.

    Conditions on assertions are not counted beyond the page.
    """
    c, q = schema.claims, schema.questions
    if asked:
        return seen, False
    query = sa.select(c.c.id)
    if narrowed := on_questions(f):
        query = query.join_from(c, q, q.c.id == c.c.question_id).where(*narrowed)
    some = query.limit(seen + COUNTED).subquery()
    count = int(connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0)
    return count, count < seen + COUNTED
