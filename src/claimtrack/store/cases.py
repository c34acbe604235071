"""Events as the rules see them, and the contradictions found in them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from claimtrack.domain.case import (
    Case,
    Claim,
    Days,
    Groups,
    Metric,
    Question,
    with_sums_that_may_fall,
)
from claimtrack.domain.conflict import Term
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.store import schema
from claimtrack.store.catalog import chunks, group_graph, ids_by_slug, insert_tuples, known, new_ids


@dataclass(frozen=True, slots=True)
class Loaded:
    """An event's case, the row of each of its claims, and those with several reports that stand.

    Claims are named by their slugs.
    """

    event: int
    case: Case
    rows: Mapping[str, int]
    several: Collection[str]


WRITTEN_AT_ONCE = 5_000
"""Contradictions that are made ready before they are written."""


class Found(NamedTuple):
    """A contradiction ready to be kept."""

    slug: str
    rule: str
    severity: float
    gap: int | None
    terms: tuple[Term, ...]
    claims: tuple[str, ...]


def load_metrics(connection: sa.Connection) -> dict[str, Metric]:
    """Load every metric by slug."""
    c, links = schema.metrics.c, schema.metric_parts.c
    parts: dict[int, list[int]] = defaultdict(list)
    for whole, part in connection.execute(
        sa.select(links.metric_id, links.part_id).order_by(links.id)
    ):
        parts[whole].append(part)
    rows = connection.execute(
        sa.select(
            c.id, c.slug, c.name, c.kind, c.unit, c.monotone, c.cumulative, c.at_most_id
        ).order_by(c.id)
    ).all()
    slugs = {row.id: row.slug for row in rows}
    metrics = {
        row.slug: Metric(
            id=row.slug,
            name=row.name,
            kind=Kind(row.kind),
            unit=row.unit,
            monotone=bool(row.monotone),
            cumulative=bool(row.cumulative),
            sum_of=tuple(slugs[part] for part in parts[row.id]),
            at_most=slugs[row.at_most_id] if row.at_most_id else None,
        )
        for row in rows
    }
    return with_sums_that_may_fall(metrics)


def load_groups(connection: sa.Connection) -> Groups:
    """Load the graph of groups."""
    part_of: dict[str, set[str]] = defaultdict(set)
    disjoint: set[frozenset[str]] = set()
    for group, relation, other in group_graph(connection):
        if relation == "part_of":
            part_of[group].add(other)
        else:
            disjoint.add(frozenset((group, other)))
    return Groups({g: frozenset(wholes) for g, wholes in part_of.items()}, frozenset(disjoint))


def claims_of(connection: sa.Connection, events: Sequence[int]) -> dict[int, int]:
    """Count the claims of these events, a few thousand events at most."""
    q, c = schema.questions.c, schema.claims
    query = (
        sa.select(q.event_id, sa.func.count(c.c.id))
        .join_from(schema.questions, c, c.c.question_id == q.id)
        .where(q.event_id.in_(events))
        .group_by(q.event_id)
    )
    return dict(connection.execute(query).all())


def load_cases(
    connection: sa.Connection, events: Sequence[int], known_by: int | None = None
) -> Iterator[Loaded]:
    """Load the cases of these events; a claim counts while an assertion of it stands.

    With a day, only what was published by then exists, corrections too.
    """
    metrics, groups = load_metrics(connection), load_groups(connection)
    for piece in chunks(events):
        standing: dict[int, list[sa.Row[Any]]] = {event: [] for event in piece}
        for row in connection.execute(
            _claims(known_by).where(schema.questions.c.event_id.in_(piece))
        ):
            if row.reports:
                standing[row.event_id].append(row)
        for event, rows in standing.items():
            case = Case(tuple(_claim(row, metrics) for row in rows), metrics, groups)
            ids = {row.slug: row.id for row in rows}
            yield Loaded(event, case, ids, {row.slug for row in rows if row.reports > 1})


def _claims(known_by: int | None) -> sa.Select[Any]:
    """Select claims with the number of their reports that stand, counted as far as two."""
    q, c, a = schema.questions, schema.claims, schema.assertions
    stand = sa.select(a.c.id).where(*_stands(a, c.c.id, known_by)).limit(2).correlate(c)
    reports = sa.select(sa.func.count()).select_from(stand.subquery()).scalar_subquery()
    return (
        sa.select(
            c.c.id,
            q.c.event_id,
            schema.events.c.slug.label("event"),
            schema.metrics.c.slug.label("metric"),
            schema.groups.c.slug.label("group"),
            c.c.slug,
            c.c.stance,
            c.c.lower,
            c.c.upper,
            c.c.best,
            c.c.category,
            c.c.as_of,
            c.c.hedge,
            c.c.text,
            reports.label("reports"),
        )
        .join_from(c, q, q.c.id == c.c.question_id)
        .join(schema.events, schema.events.c.id == q.c.event_id)
        .join(schema.metrics, schema.metrics.c.id == q.c.metric_id)
        .outerjoin(schema.groups, schema.groups.c.id == q.c.group_id)
        .order_by(q.c.id, c.c.lower.nulls_first(), c.c.slug)
    )


def _stands(
    assertion: sa.FromClause, claim: sa.ColumnElement[int], known_by: int | None
) -> tuple[sa.ColumnElement[bool], ...]:
    """Give the conditions that an assertion is of a claim and was not corrected by the day."""
    later = schema.assertions.alias("later")
    corrected = sa.exists().where(later.c.supersedes_id == assertion.c.id, known(later, known_by))
    return assertion.c.claim_id == claim, known(assertion, known_by), ~corrected


def in_pairs(connection: sa.Connection, claims: Sequence[str], known_by: int) -> set[str]:
    """Give which of these claims stood by a day, with another of a pair that cannot both hold.

    Of two undated assertions on one question that lie apart, or of a pair that is kept.
    """
    c, members, rival = schema.claims, schema.contradiction_members, schema.claims.alias("rival")
    own, other, third = (members.alias(name) for name in ("own", "other", "third"))
    mine, its = (schema.assertions.alias(name) for name in ("mine", "its"))
    pair = sa.exists().where(
        own.c.claim_id == c.c.id,
        other.c.contradiction_id == own.c.contradiction_id,
        other.c.position == 1 - own.c.position,
        ~sa.exists().where(
            third.c.contradiction_id == own.c.contradiction_id, third.c.position == 2
        ),
        sa.exists().where(*_stands(its, other.c.claim_id, known_by)),
    )
    plain = [each.c.stance == "asserts" for each in (c, rival)]
    plain += [each.c.as_of.is_(None) for each in (c, rival)]
    apart = [
        sa.exists().where(
            rival.c.question_id == c.c.question_id,
            beyond,
            *plain,
            sa.exists().where(*_stands(its, rival.c.id, known_by)),
        )
        for beyond in (rival.c.lower > c.c.upper, rival.c.upper < c.c.lower)
    ]
    stood = sa.exists().where(*_stands(mine, c.c.id, known_by))
    query = sa.select(c.c.slug).where(stood, sa.or_(pair, *apart))
    return {
        slug
        for piece in chunks(claims)
        for slug in connection.scalars(query.where(c.c.slug.in_(piece)))
    }


def _claim(row: sa.Row[Any], metrics: Mapping[str, Metric]) -> Claim:
    value = Value(
        kind=metrics[row.metric].kind,
        lower=row.lower,
        upper=row.upper,
        text=row.text,
        hedge=Hedge(row.hedge),
        rule="",
        category=row.category,
        best=row.best,
    )
    as_of: Days | None = read_edtf(row.as_of) if row.as_of else None
    question = Question(row.event, row.metric, row.group)
    return Claim(row.slug, question, value, row.stance == "denies", as_of)


def events_with_kept(connection: sa.Connection, events: Sequence[int]) -> set[int]:
    """Give those of these events of which contradictions, or the sentence of a limit, are kept."""
    return {
        event
        for table in (schema.contradictions, schema.search_limits)
        for piece in chunks(events)
        for event in connection.scalars(
            sa.select(table.c.event_id).where(table.c.event_id.in_(piece)).distinct()
        )
    }


def keep_contradictions(
    connection: sa.Connection,
    event: int,
    claims: Mapping[str, int],
    found: Iterable[Found],
    stopped: str | None,
) -> tuple[int, int]:
    """Make the stored contradictions of an event equal to those found; count new and gone.

    `claims` are the rows of its claims by id. `stopped` is the sentence of a search that met
    its limit; it is kept beside them. What is found is taken in piece by piece: an event may
    have 300,000.
    """
    limits = schema.search_limits
    connection.execute(sa.delete(limits).where(limits.c.event_id == event))
    if stopped:
        connection.execute(sa.insert(limits).values(event_id=event, sentence=stopped))
    stored = _stored(connection, event)
    seen: set[str] = set()
    come, rows = 0, iter(found)
    while some := list(islice(rows, WRITTEN_AT_ONCE)):
        new = []
        for row in some:
            said = (row.severity, row.gap, write_terms(row.terms))
            kept = stored.pop(row.slug, None)
            if kept is None and row.slug not in seen:
                new.append(row)
            elif kept is not None and kept[1:] != said:
                _update_contradiction(connection, kept[0], said)
            seen.add(row.slug)
        _insert_contradictions(connection, event, claims, new)
        come += len(new)
    gone = [id_ for id_, *_ in stored.values()]
    table, members = schema.contradictions, schema.contradiction_members
    for piece in chunks(gone):
        connection.execute(sa.delete(members).where(members.c.contradiction_id.in_(piece)))
        connection.execute(sa.delete(table).where(table.c.id.in_(piece)))
    return come, len(gone)


_Said = tuple[float, int | None, str | None]
"""What is kept of a contradiction beside its claims: severity, gap and terms."""


def _stored(
    connection: sa.Connection, event: int
) -> dict[str, tuple[int, float, int | None, str | None]]:
    """Give the row and the rest of what is kept of the contradictions of an event, by slug."""
    c = schema.contradictions.c
    query = sa.select(c.slug, c.id, c.severity, c.gap, c.terms).where(c.event_id == event)
    return {
        slug: (id_, severity, gap, terms)
        for slug, id_, severity, gap, terms in connection.execute(query)
    }


def _update_contradiction(connection: sa.Connection, id_: int, said: _Said) -> None:
    table = schema.contradictions
    named = dict(zip(("severity", "gap", "terms"), said, strict=True))
    connection.execute(sa.update(table).where(table.c.id == id_).values(named))


def _insert_contradictions(
    connection: sa.Connection, event: int, claims: Mapping[str, int], rows: Sequence[Found]
) -> None:
    table = schema.contradictions
    ids = new_ids(connection, table, len(rows))
    insert_tuples(
        connection,
        table,
        ("id", "slug", "event_id", "rule", "severity", "gap", "terms"),
        [
            (id_, row.slug, event, row.rule, row.severity, row.gap, write_terms(row.terms))
            for id_, row in zip(ids, rows, strict=True)
        ],
    )
    insert_tuples(
        connection,
        schema.contradiction_members,
        ("contradiction_id", "position", "claim_id"),
        [
            (id_, at, claims[claim])
            for id_, row in zip(ids, rows, strict=True)
            for at, claim in enumerate(row.claims)
        ],
    )


def write_terms(terms: Sequence[Term]) -> str | None:
    """Write the sum that shows a contradiction as JSON; None where there is none."""
    if not terms:
        return None
    return json.dumps([[term.claim, term.is_upper, term.bound, term.times] for term in terms])


def read_terms(text: str | None) -> tuple[Term, ...]:
    """Read what `write_terms` wrote."""
    return tuple(Term(*said) for said in json.loads(text)) if text else ()


def search_limits(connection: sa.Connection, events: Sequence[str] = ()) -> dict[str, str]:
    """Give, for events in which a search met its limit, the sentence that says so."""
    limits, e = schema.search_limits.c, schema.events.c
    sentences = dict(connection.execute(sa.select(limits.event_id, limits.sentence)).all())
    found = {
        slug: sentences[id_]
        for piece in chunks(list(sentences))
        for id_, slug in connection.execute(sa.select(e.id, e.slug).where(e.id.in_(piece)))
        if not events or slug in events
    }
    return dict(sorted(found.items()))


def all_events(connection: sa.Connection) -> Iterable[int]:
    """List every event's row."""
    return list(connection.scalars(sa.select(schema.events.c.id).order_by(schema.events.c.id)))


def event_rows(connection: sa.Connection, slugs: Sequence[str]) -> list[int]:
    """List the rows of these events, of all where none is named."""
    if not slugs:
        return list(all_events(connection))
    return sorted(ids_by_slug(connection, schema.events, slugs).values())


def parts_of(connection: sa.Connection, metric: str) -> tuple[str, ...]:
    """List the metrics that add up to this one."""
    whole, part = schema.metrics.alias("whole"), schema.metrics.alias("part")
    links = schema.metric_parts
    query = (
        sa.select(part.c.slug)
        .join_from(links, whole, whole.c.id == links.c.metric_id)
        .join(part, part.c.id == links.c.part_id)
        .where(whole.c.slug == metric)
        .order_by(links.c.id)
    )
    return tuple(connection.scalars(query))
