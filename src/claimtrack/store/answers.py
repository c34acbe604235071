"""Answers to questions: each report with its value and the far end of its chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.answer import Answer
from claimtrack.domain.case import Question
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.store import schema
from claimtrack.store.catalog import known


@dataclass(frozen=True, slots=True)
class Names:
    """A question as people read it, and how its bounds are to be shown."""

    event: str
    metric: str
    group: str | None
    kind: Kind
    unit: str | None


def load_answers(
    connection: sa.Connection,
    *,
    events: Sequence[str] = (),
    metrics: Sequence[str] = (),
    groups: Sequence[str] = (),
    known_by: int | None = None,
) -> list[Answer]:
    """Load the answers to all questions that pass, corrected ones too, in a stable order.

    `known_by` leaves out what was not published by the end of that day, corrections too.
    """
    a, c, d, s = schema.assertions, schema.claims, schema.documents, schema.sources
    later, origin, link = a.alias("later"), s.alias("origin"), _last_links()
    query = (
        _questions(
            events,
            metrics,
            groups,
            a.c.slug.label("assertion"),
            c.c.slug.label("claim"),
            *(c.c[name] for name in ("stance", "lower", "upper", "best", "category", "as_of")),
            *(c.c[name] for name in ("hedge", "text")),
            s.c.slug.label("source"),
            s.c.name.label("source_name"),
            s.c.anonymous,
            origin.c.slug.label("origin"),
            origin.c.name.label("origin_name"),
            origin.c.anonymous.label("origin_anonymous"),
            sa.exists()
            .where(later.c.supersedes_id == a.c.id, known(later, known_by))
            .label("corrected"),
        )
        .join(c, c.c.question_id == schema.questions.c.id)
        .join(a, a.c.claim_id == c.c.id)
        .join(d, d.c.id == a.c.document_id)
        .join(s, s.c.id == d.c.source_id)
        .outerjoin(link, link.c.assertion_id == a.c.id)
        .outerjoin(origin, origin.c.id == link.c.source_id)
        .where(known(a, known_by))
        .order_by(schema.questions.c.id, c.c.lower.nulls_first(), c.c.slug, a.c.id)
    )
    return [_answer(row) for row in connection.execute(query)]


def count_answers(connection: sa.Connection, metrics: Sequence[str], most: int) -> int:
    """Count the answers to all questions on these metrics, no further than asked."""
    q, m, c, a = schema.questions, schema.metrics, schema.claims, schema.assertions
    some = (
        sa.select(a.c.id)
        .join_from(q, m, m.c.id == q.c.metric_id)
        .join(c, c.c.question_id == q.c.id)
        .join(a, a.c.claim_id == c.c.id)
        .where(m.c.slug.in_(metrics))
        .limit(most)
    )
    return int(connection.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0)


def _last_links() -> sa.Subquery:
    link, further = schema.attributions, schema.attributions.alias("further")
    last = ~sa.exists().where(
        further.c.assertion_id == link.c.assertion_id, further.c.position > link.c.position
    )
    return sa.select(link.c.assertion_id, link.c.source_id).where(last).subquery("last_link")


def _questions(
    events: Sequence[str], metrics: Sequence[str], groups: Sequence[str], *columns: Any
) -> sa.Select[Any]:
    q, e, m, g = schema.questions, schema.events, schema.metrics, schema.groups
    query = (
        sa.select(
            e.c.slug.label("event"),
            m.c.slug.label("metric"),
            g.c.slug.label("group"),
            m.c.kind,
            m.c.unit,
            *columns,
        )
        .join_from(q, e, e.c.id == q.c.event_id)
        .join(m, m.c.id == q.c.metric_id)
        .outerjoin(g, g.c.id == q.c.group_id)
    )
    for table, slugs in ((e, events), (m, metrics), (g, groups)):
        if slugs:
            query = query.where(table.c.slug.in_(slugs))
    return query


def _answer(row: Any) -> Answer:
    value = Value(
        kind=Kind(row.kind),
        lower=row.lower,
        upper=row.upper,
        text=row.text,
        hedge=Hedge(row.hedge),
        rule="",
        category=row.category,
        best=row.best,
    )
    relayed = row.origin is not None
    return Answer(
        assertion=row.assertion,
        claim=row.claim,
        question=Question(row.event, row.metric, row.group),
        value=value,
        source=row.source,
        source_name=row.source_name,
        origin=row.origin if relayed else row.source,
        origin_name=row.origin_name if relayed else row.source_name,
        anonymous=bool(row.origin_anonymous if relayed else row.anonymous),
        denied=row.stance == "denies",
        corrected=bool(row.corrected),
        as_of=read_edtf(row.as_of) if row.as_of else None,
    )


def question_names(
    connection: sa.Connection,
    *,
    events: Sequence[str] = (),
    metrics: Sequence[str] = (),
    groups: Sequence[str] = (),
) -> dict[Question, Names]:
    """Name the questions that pass, in the order in which they came in."""
    query = _questions(
        events,
        metrics,
        groups,
        schema.events.c.title,
        schema.metrics.c.name.label("metric_name"),
        schema.groups.c.name.label("group_name"),
    ).order_by(schema.events.c.slug, schema.metrics.c.id, schema.groups.c.id.nulls_first())
    return {
        Question(row.event, row.metric, row.group): Names(
            row.title, row.metric_name, row.group_name, Kind(row.kind), row.unit
        )
        for row in connection.execute(query)
    }


def source_names(connection: sa.Connection) -> dict[str, str]:
    """Name every source as people read it."""
    s = schema.sources.c
    return dict(connection.execute(sa.select(s.slug, s.name)).all())
