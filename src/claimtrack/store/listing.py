"""A page of claims, without reading more of the database than it takes to find it.

Claims are listed by event, metric, group and bounds. Where a condition lets few pass, the
index names them, and they are sorted. Where it lets many pass, the questions are walked in
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
    Filter,
    is_contradicted,
    listed,
    lists,
    on_questions,
    tests,
)

FEW = 500
"""Claims that are listed and sorted at once, where an index names them."""

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


def order() -> tuple[sa.ColumnElement[Any], ...]:
    """Give the order of claims: by event, metric, group, lower and upper bound."""
    c, q, e = schema.claims, schema.questions, schema.events
    ends = (column.nulls_first() for column in (q.c.group_id, c.c.lower, c.c.upper))
    return (e.c.slug, q.c.metric_id, *ends, c.c.slug)


def page(connection: sa.Connection, f: Filter, limit: int, offset: int = 0) -> Rows:
    """Find the claims of a page."""
    if (few := _few(connection, f)) is not None:
        return Rows(few[offset : offset + limit], len(few), exact=True)
    wanted = offset + limit + 1
    found = _walk(connection, f, wanted)
    if found is None:
        found = _all(connection, f, wanted)
    if len(found) < wanted:
        return Rows(found[offset:], len(found), exact=True)
    return Rows(found[offset:-1], *_count(connection, f, wanted))


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


def _few(connection: sa.Connection, f: Filter) -> Sequence[int] | None:
    """List all that pass where one condition alone lets few pass; else None."""
    c, members = schema.claims, schema.contradiction_members
    found = list(lists(connection, f))
    if f.contradicted:
        found.append([sa.select(members.c.claim_id)])
    asking = _asking(connection, f)
    if f.claims:
        return list(connection.scalars(_ids(f).where(*asking)))
    for at, alternatives in enumerate(found):
        ids = _short(connection, alternatives)
        if ids is not None:
            # Written out, as a library may take no more than some hundred parameters.
            among: sa.BindParameter[int] = sa.bindparam(
                "among", sorted(ids), expanding=True, literal_execute=True
            )
            others = asking[:at] + asking[at + 1 :]
            return list(connection.scalars(_ids(f).where(c.c.id.in_(among), *others)))
    return None


def _asking(connection: sa.Connection, f: Filter) -> list[sa.ColumnElement[bool]]:
    return [*tests(connection, f), *([is_contradicted()] if f.contradicted else [])]


def _short(connection: sa.Connection, alternatives: Alternatives) -> set[int] | None:
    """Read lists of claims that together have few rows; else None."""
    found: list[int] = []
    for query in alternatives:
        found += connection.scalars(query.limit(FEW + 1 - len(found)))
        if len(found) > FEW:
            return None
    return set(found)


def _walk(connection: sa.Connection, f: Filter, wanted: int) -> list[int] | None:
    """Take the questions in their order until enough claims pass; None where that takes long."""
    asking = _asking(connection, f)
    query = _ids(f).where(*asking)
    found: list[int] = []
    walked = 0
    for questions in _questions(connection, f):
        inside = query.where(schema.claims.c.question_id.in_(questions))
        found += connection.scalars(inside.limit(wanted - len(found)))
        walked += len(questions)
        if len(found) >= wanted:
            return found
        if asking and walked > WALKED:
            return None
    return found


def _all(connection: sa.Connection, f: Filter, wanted: int) -> list[int]:
    query = _ids(f).where(*(listed(one) for one in lists(connection, f)))
    if f.contradicted:
        query = query.where(is_contradicted())
    return list(connection.scalars(query.limit(wanted)))


def _questions(connection: sa.Connection, f: Filter) -> Iterator[Sequence[int]]:
    """Give the questions that pass in order, a few at first, then more at a time."""
    q, e = schema.questions, schema.events
    mine = sa.select(q.c.id).where(*on_questions(f))
    by_name = (e.c.slug, q.c.metric_id, q.c.group_id.nulls_first())
    in_order = mine.join(e, e.c.id == q.c.event_id).order_by(*by_name)
    if (f.metrics or f.groups) and _short(connection, [mine]) is not None:
        yield from _growing(list(connection.scalars(in_order)))
        return
    names = sa.select(e.c.id, e.c.slug).order_by(e.c.slug)
    if f.events:
        names = names.where(e.c.slug.in_(f.events))
    after, at_once = "", 1
    while events := connection.execute(names.where(e.c.slug > after).limit(at_once)).all():
        of_these = in_order.where(q.c.event_id.in_([event.id for event in events]))
        yield from _growing(list(connection.scalars(of_these)))
        after, at_once = events[-1].slug, min(2 * at_once, CHUNK)


def _growing(questions: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut into pieces: a question alone is read in the order of its index, and no further."""
    start, size = 0, 1
    while start < len(questions):
        yield questions[start : start + size]
        start, size = start + size, min(4 * size, CHUNK)


def _count(connection: sa.Connection, f: Filter, seen: int) -> tuple[int, bool]:
    """Count what passes as far as that is cheap: how many, and whether these are all.

    Conditions on assertions are not counted beyond the page.
    """
    c, q = schema.claims, schema.questions
    if _asking(connection, f):
        return seen, False
    query = sa.select(c.c.id)
    if narrowed := on_questions(f):
        query = query.join_from(c, q, q.c.id == c.c.question_id).where(*narrowed)
    some = query.limit(seen + COUNTED).subquery()
    count = int(connection.scalar(sa.select(sa.func.count()).select_from(some)) or 0)
    return count, count < seen + COUNTED
