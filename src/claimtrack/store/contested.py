"""Questions with their spans, and what is kept of those that are contested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from claimtrack.domain.conflict import pair_name
from claimtrack.domain.contest import Contest, Span
from claimtrack.domain.value import Kind
from claimtrack.store import schema
from claimtrack.store.catalog import chunks, insert_tuples
from claimtrack.store.stream import fetch

Number = tuple[str, str | None]
"""What is counted: a metric and a group, by their ids."""


@dataclass(slots=True)
class Asked:
    """A question of an event with its spans; `alone` is false where it has other claims too."""

    event: int
    number: Number
    kind: Kind
    spans: list[Span] = field(default_factory=list)
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Reports:
    """The claims of which more or fewer reports stand than one, by row."""

    several: frozenset[int]
    none: frozenset[int]


def _is_plain() -> sa.ColumnElement[bool]:
    """Give the condition that a claim asserts, as of no day, and names no category."""
    c = schema.claims.c
    return (c.stance == "asserts") & c.as_of.is_(None) & c.category.is_(None)


def load_numbers(connection: sa.Connection, events: Sequence[int]) -> dict[int, set[Number]]:
    """Give what is asked of these events; none of those of which other than spans is claimed."""
    q, c, m, g = schema.questions, schema.claims, schema.metrics, schema.groups
    asked = (
        sa.select(q.c.event_id, m.c.slug, g.c.slug)
        .join_from(q, m, m.c.id == q.c.metric_id)
        .outerjoin(g, g.c.id == q.c.group_id)
    )
    others = sa.select(q.c.event_id).join_from(q, c, c.c.question_id == q.c.id).distinct()
    found: dict[int, set[Number]] = {event: set() for event in events}
    for piece in chunks(events):
        some = q.c.event_id.in_(piece)
        for event, metric, group in connection.execute(asked.where(some)):
            found[event].add((metric, group))
        for event in connection.scalars(others.where(some, ~_is_plain())):
            del found[event]
    return found


def load_questions(connection: sa.Connection, events: Sequence[int]) -> dict[int, Asked]:
    """Load the questions of these events by row, with their spans, corrected ones among them."""
    q, c, m, g = schema.questions, schema.claims, schema.metrics, schema.groups
    asked = (
        sa.select(q.c.id, q.c.event_id, m.c.slug, g.c.slug, m.c.kind)
        .join_from(q, m, m.c.id == q.c.metric_id)
        .outerjoin(g, g.c.id == q.c.group_id)
    )
    told = sa.select(
        c.c.id, c.c.slug, c.c.lower, c.c.upper, c.c.question_id, _is_plain()
    ).join_from(q, c, c.c.question_id == q.c.id)
    found: dict[int, Asked] = {}
    for piece in chunks(events):
        some = q.c.event_id.in_(piece)
        for id_, event, metric, group, kind in fetch(connection, asked.where(some)):
            found[id_] = Asked(event, (metric, group), Kind(kind))
        for id_, slug, lower, upper, question, is_plain in fetch(connection, told.where(some)):
            if is_plain:
                found[question].spans.append(Span(id_, slug, lower, upper))
            else:
                found[question].alone = False
    return found


def count_reports(connection: sa.Connection, events: Sequence[int]) -> Reports:
    """Find the claims of these events of which several reports stand, or none."""
    a, c, q, later = schema.assertions, schema.claims, schema.questions, schema.assertions.alias()
    of_claims = sa.join(q, c, c.c.question_id == q.c.id).join(a, a.c.claim_id == c.c.id)
    count, by_claim = sa.func.count(), a.c.claim_id
    several = sa.select(by_claim, count).select_from(of_claims).group_by(by_claim)
    several = several.having(count > 1)
    corrected = sa.select(by_claim, sa.func.count(a.c.id.distinct())).group_by(by_claim)
    corrected = corrected.select_from(of_claims.join(later, later.c.supersedes_id == a.c.id))
    told: dict[int, int] = {}
    taken_back: dict[int, int] = {}
    any_ = connection.scalar(sa.select(a.c.id).where(a.c.supersedes_id.is_not(None)).limit(1))
    for piece in chunks(events):
        some = q.c.event_id.in_(piece)
        told.update(fetch(connection, several.where(some)))
        if any_ is not None:
            taken_back.update(fetch(connection, corrected.where(some)))
    standing = {row: told.get(row, 1) - count for row, count in taken_back.items()}
    return Reports(
        frozenset(row for row, count in (told | standing).items() if count > 1),
        frozenset(row for row, count in standing.items() if count == 0),
    )


class Kept(NamedTuple):
    """A row of `contested_questions`."""

    question: int
    event: int
    kind: str
    lowest_upper: int
    highest_lower: int
    pairs: int
    versions: int
    severity: float
    gap: int
    gravest: str
    newest: int


def to_be_kept(question: int, asked: Asked, contest: Contest) -> Kept:
    """Give the row of a contested question."""
    return Kept(
        question,
        asked.event,
        asked.kind.value,
        contest.lowest_upper,
        contest.highest_lower,
        contest.pairs,
        contest.versions,
        contest.severity,
        contest.gap,
        pair_name(*contest.gravest),
        newest=max([span.row for span in asked.spans]),
    )


def kept_questions(connection: sa.Connection, events: Sequence[int]) -> dict[int, Kept]:
    """Give what is kept of the contested questions of these events, by question."""
    table = schema.contested_questions
    return {
        row[0]: Kept(*row)
        for piece in chunks(events)
        for row in fetch(connection, sa.select(table).where(table.c.event_id.in_(piece)))
    }


def kept_origins(connection: sa.Connection, events: Sequence[int]) -> dict[int, int]:
    """Give the kept numbers of origins of the claims of these events, by claim."""
    o, c, q = schema.claim_origins, schema.claims, schema.questions
    query = (
        sa.select(o.c.claim_id, o.c.origins)
        .join_from(q, c, c.c.question_id == q.c.id)
        .join(o, o.c.claim_id == c.c.id)
    )
    return {
        claim: origins
        for piece in chunks(events)
        for claim, origins in fetch(connection, query.where(q.c.event_id.in_(piece)))
    }


def keep(
    connection: sa.Connection,
    questions: tuple[Mapping[int, Kept], Mapping[int, Kept]],
    origins: tuple[Mapping[int, int], Mapping[int, int]],
) -> None:
    """Put rows of questions, and origins of claims, in place of those before: each by its row."""
    _replace(connection, schema.contested_questions, *questions)
    before, after = ({claim: (claim, n) for claim, n in some.items()} for some in origins)
    _replace(connection, schema.claim_origins, before, after)


def _replace(
    connection: sa.Connection,
    table: sa.Table,
    before: Mapping[int, tuple[Any, ...]],
    after: Mapping[int, tuple[Any, ...]],
) -> None:
    """Put these rows in place of those, by the number in their first column."""
    columns = [column.name for column in table.columns]
    wrong = [id_ for id_, row in before.items() if after.get(id_) != row]
    for piece in chunks(wrong):
        connection.execute(sa.delete(table).where(table.c[columns[0]].in_(piece)))
    new = [row for id_, row in after.items() if before.get(id_) != row]
    insert_tuples(connection, table, columns, new)


def drop_questions(connection: sa.Connection, questions: sa.ColumnElement[bool]) -> int:
    """Forget that these questions are contested; give the number of pairs that go with it."""
    table, q = schema.contested_questions, schema.questions
    mine = table.c.question_id.in_(sa.select(q.c.id).where(questions))
    pairs = connection.scalar(sa.select(sa.func.sum(table.c.pairs)).where(mine))
    connection.execute(sa.delete(table).where(mine))
    return int(pairs or 0)


def drop_claims(connection: sa.Connection, claims: Sequence[int]) -> None:
    """Forget the origins of these claims."""
    table = schema.claim_origins
    connection.execute(sa.delete(table).where(table.c.claim_id.in_(claims)))


def count_pairs(connection: sa.Connection) -> int:
    """Count the pairs of all contested questions."""
    total = sa.select(sa.func.sum(schema.contested_questions.c.pairs))
    return int(connection.scalar(total) or 0)
