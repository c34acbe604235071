"""Reports with their chains, and who is stated to draw on whom, as counts of origins need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from claimtrack.domain.case import Days
from claimtrack.domain.testimony import (
    Dependences,
    Node,
    PlainLink,
    PlainReport,
    SourceKey,
    Step,
    Testimony,
)
from claimtrack.store import schema
from claimtrack.store.catalog import chunks, known
from claimtrack.store.stream import fetch


@dataclass(frozen=True)
class Loaded:
    """Reports by claim, the reports that their chains lead through, and the dependences.

    `by_claim` holds those that stand; `known` holds all, corrected ones and those of other
    claims that a chain leads through.
    """

    by_claim: dict[str, list[Testimony]]
    known: tuple[Testimony, ...]
    dependences: Dependences


def load_testimonies(
    connection: sa.Connection,
    *,
    claims: Sequence[str] | None = None,
    events: Sequence[str] | None = None,
    known_by: int | None = None,
) -> Loaded:
    """Load the reports of these claims, of these events' claims, or all there are.

    Where a chain leads to a report of another claim, all reports of that claim come too: the
    chain may go on through any of them.
    `known_by` leaves out what was not published by the end of that day, corrections too.
    """
    a, c, q, e = schema.assertions, schema.claims, schema.questions, schema.events
    wanted: list[sa.ColumnElement[bool]] = [sa.true()]
    if claims is not None:
        wanted = [c.c.slug.in_(piece) for piece in chunks(list(dict.fromkeys(claims)))]
    if events is not None:
        asked = sa.select(q.c.id).join_from(q, e, e.c.id == q.c.event_id)
        wanted = [
            c.c.question_id.in_(asked.where(e.c.slug.in_(piece)))
            for piece in chunks(list(dict.fromkeys(events)))
        ]
    found: dict[str, Testimony] = {}
    for condition in wanted:
        found.update(_load(connection, condition, known_by))
    counted = list(found.values())
    absent: set[str] = set()
    while missing := _missing(found) - absent:
        for piece in chunks(sorted(missing)):
            named = a.alias("named")
            alike = sa.select(named.c.claim_id).where(named.c.slug.in_(piece))
            found.update(_load(connection, a.c.claim_id.in_(alike), known_by))
        absent |= missing - found.keys()
    by_claim: dict[str, list[Testimony]] = defaultdict(list)
    for one in counted:
        if not one.corrected:
            by_claim[one.claim].append(one)
    return Loaded(dict(by_claim), tuple(found.values()), load_dependences(connection))


def load_plain_reports(
    connection: sa.Connection, claims: Sequence[int]
) -> dict[int, list[PlainReport]]:
    """Load the reports of those of these claims, by row, of which all chains name sources only.

    Left out are claims of which a report was corrected or names one that it relies on; all, where
    anybody is stated to draw on anybody.
    """
    a, d, s, t = schema.assertions, schema.documents, schema.sources, schema.dependences
    if connection.scalar(sa.select(t.c.id).limit(1)) is not None:
        return {}
    of_corrected = _of_corrected(connection)
    # All of it stands in an index; ids do not, and to fetch them takes twice as long.
    reports = (
        sa.select(a.c.claim_id, a.c.id, d.c.source_id, s.c.anonymous, d.c.published_lower)
        .join_from(a, d, d.c.id == a.c.document_id)
        .join(s, s.c.id == d.c.source_id)
    )
    found: dict[int, list[PlainReport]] = defaultdict(list)
    for piece in chunks(claims):
        some = a.c.claim_id.in_(piece)
        links = _plain_links(connection, some)
        if of_corrected is not None:
            links.left_out.update(connection.scalars(of_corrected.where(some)))
        told = fetch(connection, reports.where(some))
        named = [row for claim, row, source, *_ in told if (claim, source) in links.named]
        ids = _ids(connection, named)
        for claim, row, source, anonymous, day in told:
            if claim not in links.left_out:
                first = float("inf") if day is None else day
                chain = tuple(links.by_report[row]) if row in links.by_report else ()
                report = PlainReport(ids.get(row, ""), source, bool(anonymous), first, chain)
                found[claim].append(report)
    return found


def _ids(connection: sa.Connection, reports: Sequence[int]) -> dict[int, str]:
    a = schema.assertions.c
    query = sa.select(a.id, a.slug)
    return {
        row: id_
        for some in chunks(reports)
        for row, id_ in fetch(connection, query.where(a.id.in_(some)))
    }


def _of_corrected(connection: sa.Connection) -> sa.Select[Any] | None:
    """Select the claims of reports that were corrected; None where there is none at all."""
    a, later = schema.assertions, schema.assertions.alias("later")
    any_ = connection.scalar(sa.select(a.c.id).where(a.c.supersedes_id.is_not(None)).limit(1))
    if any_ is None:
        return None
    return sa.select(a.c.claim_id).join_from(a, later, later.c.supersedes_id == a.c.id)


class _Links(NamedTuple):
    """Links of reports, by report; which source is named in which claim; claims to be left out."""

    by_report: dict[int, list[PlainLink]]
    named: set[tuple[int, SourceKey]]
    left_out: set[int]


def _plain_links(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> _Links:
    """Give the links of the reports that pass; claims with one that names a report are left out."""
    a, link, s = schema.assertions, schema.attributions, schema.sources
    query = (
        sa.select(
            *(a.c.claim_id, link.c.assertion_id, link.c.source_id),
            *(link.c.mode, s.c.anonymous, link.c.upstream_id),
        )
        .join_from(a, link, link.c.assertion_id == a.c.id)
        .join(s, s.c.id == link.c.source_id)
        .where(condition)
        .order_by(link.c.assertion_id, link.c.position)
    )
    found = _Links(defaultdict(list), set(), set())
    for claim, report, source, mode, anonymous, upstream in fetch(connection, query):
        if upstream is not None:
            found.left_out.add(claim)
        found.named.add((claim, source))
        found.by_report[report].append(PlainLink(source, mode, bool(anonymous)))
    return found


def _missing(found: dict[str, Testimony]) -> set[str]:
    named = {
        step.upstream for one in found.values() for step in one.chain if step.upstream is not None
    }
    return named - found.keys()


def _load(
    connection: sa.Connection, condition: sa.ColumnElement[bool], known_by: int | None
) -> dict[str, Testimony]:
    a, c, d, s = schema.assertions, schema.claims, schema.documents, schema.sources
    later = a.alias("later")
    corrected = sa.exists().where(later.c.supersedes_id == a.c.id, known(later, known_by))
    condition = condition & known(a, known_by)
    reports = (
        sa.select(
            a.c.id,
            a.c.slug,
            c.c.slug.label("claim"),
            d.c.slug.label("document"),
            s.c.slug.label("source"),
            s.c.name,
            s.c.anonymous,
            d.c.published_lower,
            d.c.published_upper,
            corrected.label("corrected"),
        )
        .join_from(a, c, c.c.id == a.c.claim_id)
        .join(d, d.c.id == a.c.document_id)
        .join(s, s.c.id == d.c.source_id)
        .where(condition)
        .order_by(d.c.published_lower.nulls_first(), d.c.slug, a.c.id)
    )
    chains = _chains(connection, condition)
    found: dict[str, Testimony] = {}
    for row in connection.execute(reports).all():
        id_, slug, claim, document, source, name, anonymous, first, last, is_corrected = row
        published, chain = _days(first, last), tuple(chains.get(id_, ()))
        told = claim, document, source, name, bool(anonymous), published, chain, bool(is_corrected)
        found[slug] = Testimony(slug, *told)
    return found


def _chains(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> dict[int, list[Step]]:
    a, c, link, s = schema.assertions, schema.claims, schema.attributions, schema.sources
    upstream = a.alias("upstream")
    query = (
        sa.select(
            link.c.assertion_id,
            s.c.slug,
            s.c.name,
            link.c.mode,
            s.c.anonymous,
            upstream.c.slug.label("upstream"),
        )
        .join_from(link, a, a.c.id == link.c.assertion_id)
        .join(c, c.c.id == a.c.claim_id)
        .join(s, s.c.id == link.c.source_id)
        .outerjoin(upstream, upstream.c.id == link.c.upstream_id)
        .where(condition)
        .order_by(link.c.assertion_id, link.c.position)
    )
    found: dict[int, list[Step]] = defaultdict(list)
    for assertion, slug, name, mode, anonymous, through in connection.execute(query).all():
        found[assertion].append(Step(slug, name, mode, bool(anonymous), through))
    return found


def _days(lower: int | None, upper: int | None) -> Days | None:
    return None if lower is None and upper is None else (lower, upper)


def load_dependences(connection: sa.Connection) -> Dependences:
    """Load who is stated to draw on whom, everywhere."""
    t, s, d = schema.dependences, schema.sources, schema.documents
    on_s, on_d, owner = s.alias("on_s"), d.alias("on_d"), s.alias("owner")
    query = (
        sa.select(
            *(s.c[name].label(f"s_{name}") for name in ("slug", "name")),
            *_document_columns(d, "d"),
            *(on_s.c[name].label(f"on_s_{name}") for name in ("slug", "name")),
            *_document_columns(on_d, "on_d"),
        )
        .select_from(t)
        .outerjoin(s, s.c.id == t.c.source_id)
        .outerjoin(d, d.c.id == t.c.document_id)
        .outerjoin(on_s, on_s.c.id == t.c.on_source_id)
        .outerjoin(on_d, on_d.c.id == t.c.on_document_id)
    )
    draws: dict[Node, set[Node]] = defaultdict(set)
    documents: set[str] = set()
    days: dict[str, Days] = {}
    names: dict[Node, str] = {}
    for row in connection.execute(query):
        ends = [_node(row, prefix, documents, days, names) for prefix in ("", "on_")]
        draws[ends[0]].add(ends[1])
    owners = sa.select(d.c.slug, owner.c.slug).join_from(d, owner, owner.c.id == d.c.source_id)
    sources: dict[str, str] = {}
    for piece in chunks(sorted(documents)):
        sources.update(dict(connection.execute(owners.where(d.c.slug.in_(piece))).all()))
    drawing = {node: frozenset(others) for node, others in draws.items()}
    return Dependences(drawing, sources, days, names)


def _document_columns(table: Any, prefix: str) -> Iterable[Any]:
    for name in ("slug", "title", "published_lower", "published_upper"):
        yield table.c[name].label(f"{prefix}_{name}")


def _node(
    row: Any, prefix: str, documents: set[str], days: dict[str, Days], names: dict[Node, str]
) -> Node:
    source = getattr(row, f"{prefix}s_slug")
    if source is not None:
        node = Node("source", source)
        names[node] = getattr(row, f"{prefix}s_name")
        return node
    slug = getattr(row, f"{prefix}d_slug")
    node = Node("document", slug)
    documents.add(slug)
    names[node] = getattr(row, f"{prefix}d_title") or slug
    published = _days(
        getattr(row, f"{prefix}d_published_lower"), getattr(row, f"{prefix}d_published_upper")
    )
    if published is not None:
        days[slug] = published
    return node
