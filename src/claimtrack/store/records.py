"""Read claims for showing: a page of rows, then what belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.record import Assertion, ClaimRecord, Link
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.store import schema
from claimtrack.store.catalog import chunks, known
from claimtrack.store.conditions import Filter as Filter
from claimtrack.store.conditions import conditions, is_contradicted, together
from claimtrack.store.listing import order as listing_order


def claim_records(connection: sa.Connection, filter_: Filter) -> list[ClaimRecord]:
    """Read the claims that pass, by event, metric, group and lower bound."""
    rows = connection.execute(_claims(connection, filter_)).all()
    assertions = _assertions(connection, [row.id for row in rows], filter_.known_by)
    return [_record(row, assertions.get(row.id, ())) for row in rows]


def claims_in_rows(
    connection: sa.Connection, ids: Sequence[int], known_by: int | None = None
) -> list[ClaimRecord]:
    """Read the claims of these row numbers, in their order."""
    query = _claims(connection, Filter()).order_by(None)
    rows = {
        row.id: row
        for piece in chunks(ids)
        for row in connection.execute(query.where(schema.claims.c.id.in_(piece))).all()
    }
    assertions = _assertions(connection, ids, known_by)
    return [_record(rows[id_], assertions.get(id_, ())) for id_ in ids]


def passing_rows(connection: sa.Connection, filter_: Filter) -> sa.Select[Any]:
    """Select the row numbers of the claims that pass."""
    return _claims(connection, filter_).order_by(None).with_only_columns(schema.claims.c.id)


def claim_ids_of_assertion(connection: sa.Connection, slug: str) -> list[str]:
    """Find the claim that an assertion of this id states."""
    a, c = schema.assertions, schema.claims
    query = sa.select(c.c.slug).join_from(c, a, a.c.claim_id == c.c.id).where(a.c.slug == slug)
    return list(connection.scalars(query))


def slugs_starting_with(
    connection: sa.Connection, table: sa.Table, prefix: str, limit: int = 6
) -> list[str]:
    """List the first ids that begin so."""
    slug = table.c.slug
    query = sa.select(slug).where(slug >= prefix, slug < prefix + "\x7f").order_by(slug)
    return list(connection.scalars(query.limit(limit)))


def _claims(connection: sa.Connection, f: Filter) -> sa.Select[Any]:
    c, q, e, m, g = (
        schema.claims,
        schema.questions,
        schema.events,
        schema.metrics,
        schema.groups,
    )
    query = (
        sa.select(
            *(c.c[name] for name in ("id", "slug", "stance", "lower", "upper", "best")),
            *(c.c[name] for name in ("category", "as_of", "hedge", "text")),
            e.c.slug.label("event"),
            e.c.title.label("event_title"),
            m.c.slug.label("metric"),
            m.c.name.label("metric_name"),
            m.c.kind,
            m.c.unit,
            g.c.slug.label("group"),
            g.c.name.label("group_name"),
            is_contradicted().label("contradicted"),
        )
        .join_from(c, q, q.c.id == c.c.question_id)
        .join(e, e.c.id == q.c.event_id)
        .join(m, m.c.id == q.c.metric_id)
        .outerjoin(g, g.c.id == q.c.group_id)
        .order_by(*listing_order())
    )
    for table, slugs in ((e, f.events), (m, f.metrics), (g, f.groups)):
        if slugs:
            query = query.where(table.c.slug.in_(slugs))
    if f.claims:
        query = query.where(c.c.slug.in_(f.claims))
    all_ = list(conditions(connection, f))
    return query.where(*(one.whole for one in all_), *together(f, all_))


def _assertions(
    connection: sa.Connection, claims: Sequence[int], known_by: int | None
) -> dict[int, list[Assertion]]:
    a, d, s = schema.assertions, schema.documents, schema.sources
    later = a.alias("later")
    corrected = (
        sa.select(sa.func.min(later.c.slug))
        .where(later.c.supersedes_id == a.c.id, known(later, known_by))
        .scalar_subquery()
    )
    query = (
        sa.select(
            a.c.claim_id,
            a.c.id,
            a.c.slug,
            d.c.slug,
            *(d.c[name] for name in ("title", "published", "url")),
            *(s.c[name] for name in ("slug", "name", "anonymous")),
            *(a.c[name] for name in ("quote", "text", "hedge", "rule", "lexicon")),
            corrected,
        )
        .join_from(a, d, d.c.id == a.c.document_id)
        .join(s, s.c.id == d.c.source_id)
        .where(known(a, known_by))
        .order_by(d.c.published_lower.nulls_first(), d.c.slug, a.c.id)
    )
    rows = [
        row
        for piece in chunks(claims)
        for row in connection.execute(query.where(a.c.claim_id.in_(piece))).all()
    ]
    chains = _chains(connection, [row[1] for row in rows])
    found: dict[int, list[Assertion]] = defaultdict(list)
    for row in rows:
        claim, id_, *told, anonymous, quote, text, hedge, rule, lexicon, superseded_by = row
        words = (quote, text, hedge, rule, lexicon)
        fields = (*told, bool(anonymous), tuple(chains.get(id_, ())), *words, superseded_by)
        found[claim].append(Assertion(*fields))
    return found


def _chains(connection: sa.Connection, assertions: Sequence[int]) -> dict[int, list[Link]]:
    link, s, up = schema.attributions, schema.sources, schema.assertions
    query = (
        sa.select(link.c.assertion_id, s.c.slug, s.c.name, link.c.mode, s.c.anonymous, up.c.slug)
        .join_from(link, s, s.c.id == link.c.source_id)
        .outerjoin(up, up.c.id == link.c.upstream_id)
        .order_by(link.c.assertion_id, link.c.position)
    )
    found: dict[int, list[Link]] = defaultdict(list)
    for piece in chunks(assertions):
        for id_, slug, name, mode, anonymous, upstream in connection.execute(
            query.where(link.c.assertion_id.in_(piece))
        ).all():
            found[id_].append(Link(slug, name, mode, bool(anonymous), upstream))
    return found


def _record(row: Any, assertions: Sequence[Assertion]) -> ClaimRecord:
    told = row.text, row.hedge
    if assertions and told not in [(a.text, a.hedge) for a in assertions]:
        told = assertions[0].text, assertions[0].hedge
    value = Value(
        kind=Kind(row.kind),
        lower=row.lower,
        upper=row.upper,
        text=told[0],
        hedge=Hedge(told[1]),
        rule=assertions[0].rule if assertions else "",
        category=row.category,
        best=row.best,
    )
    return ClaimRecord(
        id=row.slug,
        event=row.event,
        event_title=row.event_title,
        metric=row.metric,
        metric_name=row.metric_name,
        unit=row.unit,
        group=row.group,
        group_name=row.group_name,
        stance=row.stance,
        as_of=row.as_of,
        value=value,
        contradicted=bool(row.contradicted),
        assertions=tuple(assertions),
    )
