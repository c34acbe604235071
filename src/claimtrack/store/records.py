"""Read claims and contradictions for showing: a page of rows, then what belongs to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord, Link
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.store import schema
from claimtrack.store.catalog import CHUNK, chunks, known


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims to show; what is left out does not narrow. All ids are slugs.

    `known_by` is a day: only what was published by then exists, claims and their
    assertions and corrections alike. `contradicted` speaks of today even so.
    """

    events: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    contradicted: bool = False
    search: str | None = None
    since: int | None = None
    until: int | None = None
    known_by: int | None = None


def claim_records(
    connection: sa.Connection,
    filter_: Filter,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[ClaimRecord]:
    """Read the claims that pass, by event, metric, group and lower bound."""
    if limit is None or filter_.claims or list(_on_assertions(filter_)):
        rows = connection.execute(_claims(filter_).limit(limit).offset(offset)).all()
    else:
        rows = _first(connection, filter_, offset + limit)[offset:]
    ids = [row.id for row in rows]
    assertions = _assertions(connection, ids, filter_.known_by)
    return [_record(row, assertions.get(row.id, ())) for row in rows]


def _first(connection: sa.Connection, filter_: Filter, wanted: int) -> Sequence[Any]:
    """Read the first claims that pass event by event, so that not all have to be sorted."""
    e = schema.events
    query = sa.select(e.c.id, e.c.slug).order_by(e.c.slug)
    if filter_.events:
        query = query.where(e.c.slug.in_(filter_.events))
    rows: list[Any] = []
    after, at_once = "", 1
    while len(rows) < wanted:
        events = connection.execute(query.where(e.c.slug > after).limit(at_once)).all()
        if not events:
            break
        mine = _claims(filter_).where(e.c.id.in_([event.id for event in events]))
        rows += connection.execute(mine.limit(wanted - len(rows))).all()
        after, at_once = events[-1].slug, min(2 * at_once, CHUNK)
    return rows


def count_claims(connection: sa.Connection, filter_: Filter) -> int:
    """Count the claims that pass, touching only the tables that the filter speaks of."""
    c, q = schema.claims, schema.questions
    asked = sa.select(q.c.id)
    for column, table, slugs in (
        (q.c.event_id, schema.events, filter_.events),
        (q.c.metric_id, schema.metrics, filter_.metrics),
        (q.c.group_id, schema.groups, filter_.groups),
    ):
        if slugs:
            asked = asked.where(column.in_(sa.select(table.c.id).where(table.c.slug.in_(slugs))))
    query = sa.select(sa.func.count()).select_from(c).where(*_on_claims(filter_))
    if filter_.events or filter_.metrics or filter_.groups:
        query = query.where(c.c.question_id.in_(asked))
    return int(connection.scalar(query) or 0)


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


def _claims(f: Filter) -> sa.Select[Any]:
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
            _contradicted().label("contradicted"),
        )
        .join_from(c, q, q.c.id == c.c.question_id)
        .join(e, e.c.id == q.c.event_id)
        .join(m, m.c.id == q.c.metric_id)
        .outerjoin(g, g.c.id == q.c.group_id)
        .order_by(
            e.c.slug,
            m.c.id,
            *(column.nulls_first() for column in (g.c.id, c.c.lower, c.c.upper)),
            c.c.slug,
        )
    )
    for table, slugs in ((e, f.events), (m, f.metrics), (g, f.groups)):
        if slugs:
            query = query.where(table.c.slug.in_(slugs))
    return query.where(*_on_claims(f))


def _contradicted() -> sa.Exists:
    members = schema.contradiction_members
    return sa.exists().where(members.c.claim_id == schema.claims.c.id)


def _on_claims(f: Filter) -> Iterable[sa.ColumnElement[bool]]:
    """Give the conditions that a claim itself has to meet."""
    if f.claims:
        yield schema.claims.c.slug.in_(f.claims)
    if f.contradicted:
        yield _contradicted()
    yield from _on_assertions(f)


def _on_assertions(f: Filter) -> Iterable[sa.ColumnElement[bool]]:
    """Give the conditions that some assertion of the claim has to meet.

    Each is a list of claims that stands by itself, so that it is looked up once.
    """
    a, d, s = schema.assertions, schema.documents, schema.sources
    passes = schema.claims.c.id.in_
    mine = known(a, f.known_by)
    said = sa.select(a.c.claim_id).join_from(a, d, d.c.id == a.c.document_id).where(mine)
    if f.known_by is not None:
        yield passes(said)
    if f.documents:
        yield passes(said.where(d.c.slug.in_(f.documents)))
    if f.since is not None:
        yield passes(said.where(d.c.published_upper >= f.since))
    if f.until is not None:
        yield passes(said.where(d.c.published_lower <= f.until))
    if f.search:
        text = f.search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        words = a.c.quote.ilike(f"%{text}%", escape="\\") | a.c.text.ilike(f"%{text}%", escape="\\")
        yield passes(said.where(words))
    by_document = said.join(s, s.c.id == d.c.source_id)
    link, later = schema.attributions, schema.attributions.alias("later")
    through = (
        sa.select(a.c.claim_id)
        .join_from(a, link, link.c.assertion_id == a.c.id)
        .join(s, s.c.id == link.c.source_id)
        .where(mine)
    )
    if f.sources:
        named = s.c.slug.in_(f.sources)
        yield passes(by_document.where(named).union(through.where(named)))
    if f.origins:
        named = s.c.slug.in_(f.origins)
        own = ~sa.exists().where(link.c.assertion_id == a.c.id)
        further = sa.exists().where(
            later.c.assertion_id == a.c.id, later.c.position > link.c.position
        )
        yield passes(by_document.where(named, own).union(through.where(named, ~further)))


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
            *(a.c[name] for name in ("id", "claim_id", "slug", "quote", "text")),
            *(a.c[name] for name in ("hedge", "rule", "lexicon")),
            d.c.slug.label("document"),
            *(d.c[name] for name in ("title", "published", "url")),
            s.c.slug.label("source"),
            s.c.name.label("source_name"),
            s.c.anonymous,
            corrected.label("superseded_by"),
        )
        .join_from(a, d, d.c.id == a.c.document_id)
        .join(s, s.c.id == d.c.source_id)
        .where(known(a, known_by))
        .order_by(d.c.published_lower.nulls_first(), d.c.slug, a.c.id)
    )
    rows = [
        row
        for piece in chunks(claims)
        for row in connection.execute(query.where(a.c.claim_id.in_(piece)))
    ]
    chains = _chains(connection, [row.id for row in rows])
    found: dict[int, list[Assertion]] = defaultdict(list)
    for row in rows:
        found[row.claim_id].append(
            Assertion(
                id=row.slug,
                document=row.document,
                title=row.title,
                published=row.published,
                url=row.url,
                source=row.source,
                source_name=row.source_name,
                source_anonymous=bool(row.anonymous),
                chain=tuple(chains.get(row.id, ())),
                quote=row.quote,
                text=row.text,
                hedge=row.hedge,
                rule=row.rule,
                lexicon=row.lexicon,
                superseded_by=row.superseded_by,
            )
        )
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
        ):
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


def contradiction_records(
    connection: sa.Connection,
    *,
    events: Sequence[str] = (),
    metrics: Sequence[str] = (),
    sources: Sequence[str] = (),
    rules: Sequence[str] = (),
    slugs: Sequence[str] = (),
    claims: Sequence[str] = (),
    statuses: Sequence[str] = (),
    least: float = 0.0,
    limit: int | None = None,
) -> list[ContradictionRecord]:
    """Read the kept contradictions that pass, worst first."""
    k, e, members = schema.contradictions, schema.events, schema.contradiction_members
    query = (
        sa.select(
            k.c.id, k.c.slug, e.c.slug.label("event"), k.c.rule, k.c.severity, k.c.explanation
        )
        .join_from(k, e, e.c.id == k.c.event_id)
        .where(k.c.severity >= least)
        .order_by(k.c.severity.desc(), k.c.slug)
        .limit(limit)
    )
    for column, wanted in ((e.c.slug, events), (k.c.rule, rules), (k.c.slug, slugs)):
        if wanted:
            query = query.where(column.in_(wanted))
    if statuses:
        query = _with_status(query, statuses)
    if metrics or sources or claims:
        inside = Filter(metrics=tuple(metrics), sources=tuple(sources), claims=tuple(claims))
        passing = _claims(inside).order_by(None).with_only_columns(schema.claims.c.id)
        mine = sa.select(members.c.contradiction_id).where(members.c.claim_id.in_(passing))
        query = query.where(k.c.id.in_(mine))
    rows = connection.execute(query).all()
    return _with_claims(connection, rows)


def _with_status(query: sa.Select[Any], wanted: Sequence[str]) -> sa.Select[Any]:
    from claimtrack.store import reviews

    judged = reviews.statuses("contradiction").subquery()
    return query.outerjoin(judged, judged.c.subject == schema.contradictions.c.slug).where(
        sa.func.coalesce(judged.c.status, "open").in_(wanted)
    )


def _with_claims(connection: sa.Connection, rows: Sequence[Any]) -> list[ContradictionRecord]:
    from claimtrack.store.reviews import reviews_of

    members, c = schema.contradiction_members, schema.claims
    inside: dict[int, list[str]] = defaultdict(list)
    query = (
        sa.select(members.c.contradiction_id, c.c.slug)
        .join_from(members, c, c.c.id == members.c.claim_id)
        .order_by(members.c.contradiction_id, members.c.position)
    )
    for piece in chunks([row.id for row in rows]):
        for id_, slug in connection.execute(query.where(members.c.contradiction_id.in_(piece))):
            inside[id_].append(slug)
    wanted = sorted({slug for slugs in inside.values() for slug in slugs})
    claims = {
        record.id: record
        for piece in chunks(wanted)
        for record in claim_records(connection, Filter(claims=tuple(piece)))
    }
    reviewed = reviews_of(connection, "contradiction", [row.slug for row in rows])
    return [
        ContradictionRecord(
            id=row.slug,
            event=row.event,
            rule=row.rule,
            severity=row.severity,
            explanation=row.explanation,
            claims=tuple(claims[slug] for slug in inside[row.id]),
            reviews=reviewed.get(row.slug, ()),
        )
        for row in rows
    ]
