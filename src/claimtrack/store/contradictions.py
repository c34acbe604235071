"""Read contradictions for showing, those kept one by one and those of contested questions alike.

They are listed by severity, then by gap, then by id. A contested question keeps the place in
that order of its first pair, so that a page takes the pairs of as many questions as it has rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from claimtrack.domain.conflict import PAIR_NAME, claims_named, pair_name
from claimtrack.domain.record import DIGITS, ContradictionRecord
from claimtrack.errors import DatabaseError
from claimtrack.store import records, schema
from claimtrack.store.catalog import chunks
from claimtrack.store.conditions import Filter, on_questions
from claimtrack.store.faults import RESTORE

if TYPE_CHECKING:
    from claimtrack.domain.conflict import Term

_HALF = 0.5 * 10**-DIGITS

_KINDS = {"disjoint": ("count", "distance"), "date": ("date", "duration")}
"""The kinds of metrics on which a rule finds pairs, where the two have other names."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contradictions to give; what is left out does not narrow. All ids are slugs.

    Of `claims_that` events, metrics, groups, sources and claims count: one claim in it passes.
    """

    claims_that: Filter
    rules: Sequence[str] = ()
    statuses: Sequence[str] = ()
    slugs: Sequence[str] = ()
    least: float = 0.0


class _Row(NamedTuple):
    """A contradiction as it is listed: `kept` is its own row, else it is the pair of `claims`."""

    slug: str
    event: str
    rule: str
    severity: float
    gap: int | None
    terms: str | None
    kept: int | None
    claims: tuple[str, ...]


def contradiction_records(
    connection: sa.Connection,
    wanted: Wanted,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[ContradictionRecord]:
    """Read the contradictions that pass, worst first."""
    most = None if limit is None else offset + limit
    without: Collection[str] = ()
    if wanted.statuses:
        judged = _judged(connection)
        if "open" in wanted.statuses:
            without = {slug for slug, status in judged.items() if status not in wanted.statuses}
        else:
            slugs = [slug for slug, status in judged.items() if status in wanted.statuses]
            wanted = replace(wanted, slugs=[s for s in slugs if s in (wanted.slugs or slugs)])
            if not wanted.slugs:
                return []
    enough = None if most is None else most + len(without)
    rows = [*_kept(connection, wanted, enough), *_pairs(connection, wanted, enough)]
    rows.sort(key=lambda row: (-row.severity, -(row.gap or 0), row.slug))
    passing = [row for row in rows if row.slug not in without] if without else rows
    return _with_claims(connection, passing[offset:most])


def _judged(connection: sa.Connection) -> dict[str, str]:
    from claimtrack.store import reviews

    return dict(connection.execute(reviews.statuses("contradiction")).all())


def _kept(connection: sa.Connection, wanted: Wanted, most: int | None) -> Iterator[_Row]:
    """Read what is kept one by one and passes, in the order of the list."""
    k, e, members = schema.contradictions, schema.events, schema.contradiction_members
    f = wanted.claims_that
    query = (
        sa.select(k.c.slug, e.c.slug, k.c.rule, k.c.severity, k.c.gap, k.c.terms, k.c.id)
        .join_from(k, e, e.c.id == k.c.event_id)
        .where(k.c.severity >= wanted.least - _HALF)
        .order_by(k.c.severity.desc(), sa.func.coalesce(k.c.gap, 0).desc(), k.c.slug)
        .limit(most)
    )
    for column, names in ((e.c.slug, f.events), (k.c.rule, wanted.rules)):
        if names:
            query = query.where(column.in_(names))
    if f.metrics or f.groups or f.sources or f.claims:
        mine = sa.select(members.c.contradiction_id).where(
            members.c.claim_id.in_(records.passing_rows(connection, f))
        )
        query = query.where(k.c.id.in_(mine))
    pieces = [k.c.slug.in_(some) for some in chunks(wanted.slugs)] if wanted.slugs else [sa.true()]
    for piece in pieces:
        for row in connection.execute(query.where(piece)):
            yield _Row(*row, ())


def _pairs(connection: sa.Connection, wanted: Wanted, most: int | None) -> Iterator[_Row]:
    """Read the pairs of contested questions that pass: of so many the first of the list.

    What they begin at is found first and handed over: no server plans a view in a view well.
    """
    f, p = wanted.claims_that, schema.contested_pairs.c
    if wanted.slugs:
        for slug in wanted.slugs:
            if len(slug) == PAIR_NAME and _passes(connection, f, claims_named(slug)):
                yield from _read_pairs(connection, wanted, _named(slug), most)
    elif f.sources or f.claims:
        # Both claims of a pair are on one question: events, metrics and groups pass with either.
        passing = connection.scalars(records.passing_rows(connection, f)).all()
        found: dict[str, _Row] = {}
        for some in chunks(passing):
            for column in (p.below_id, p.above_id):
                rows = _read_pairs(connection, wanted, column.in_(some), most)
                found.update((row.slug, row) for row in rows)
        yield from found.values()
    else:
        questions, least = _first_questions(connection, wanted, most)
        for some in chunks(questions):
            as_grave = replace(wanted, least=least)
            yield from _read_pairs(connection, as_grave, p.question_id.in_(some), most)


def _passes(connection: sa.Connection, f: Filter, claims: Sequence[str]) -> bool:
    """Tell whether one of these claims passes."""
    asked = tuple([claim for claim in claims if not f.claims or claim in f.claims])
    some = records.passing_rows(connection, replace(f, claims=asked)).limit(1)
    return bool(asked) and connection.scalar(some) is not None


def _first_questions(
    connection: sa.Connection, wanted: Wanted, most: int | None
) -> tuple[Sequence[int], float]:
    """Find the questions whose pairs pass, no more than it takes for so many pairs.

    Gives as well how grave a pair has to be: where there are as many questions as wanted pairs, so
    many pairs are as grave as the last of them.
    """
    k, q = schema.contested_questions, schema.questions
    query = sa.select(k.c.question_id, k.c.severity).where(k.c.severity >= wanted.least - _HALF)
    if narrowed := on_questions(wanted.claims_that):
        query = query.join_from(k, q, q.c.id == k.c.question_id).where(*narrowed)
    if wanted.rules:
        query = query.where(k.c.kind.in_(_kinds(wanted.rules)))
    if most is not None:
        query = query.order_by(k.c.severity.desc(), k.c.gap.desc(), k.c.gravest).limit(most)
    found = connection.execute(query).all()
    least = min([severity for _, severity in found], default=0.0) if len(found) == most else 0.0
    return [question for question, _ in found], max(wanted.least, least)


def _kinds(rules: Sequence[str]) -> list[str]:
    return [kind for rule in rules for kind in _KINDS.get(rule, (rule,))]


def _named(slug: str) -> sa.ColumnElement[bool]:
    p, (below, above) = schema.contested_pairs.c, claims_named(slug)
    return (p.below == below) & (p.above == above)


def _read_pairs(
    connection: sa.Connection,
    wanted: Wanted,
    condition: sa.ColumnElement[bool],
    most: int | None,
) -> Iterator[_Row]:
    p, e = schema.contested_pairs, schema.events
    query = (
        sa.select(e.c.slug, *(p.c[name] for name in ("rule", "severity", "gap", "below", "above")))
        .join_from(p, e, e.c.id == p.c.event_id)
        .where(condition)
    )
    if wanted.least:
        query = query.where(_as_grave_as(wanted.least - _HALF))
    if wanted.rules:
        query = query.where(p.c.rule.in_(wanted.rules))
    if most is not None:
        query = query.order_by(p.c.severity.desc(), p.c.gap.desc(), p.c.slug).limit(most)
    for event, rule, severity, gap, below, above in connection.execute(query).all():
        name = pair_name(below, above)
        yield _Row(name, event, rule, severity, gap, None, None, (below, above))


def _as_grave_as(least: float) -> sa.ColumnElement[bool]:
    """Ask for pairs of this severity at least, without making those of claims that have none.

    Origins raise a severity by half of what it lacks at most: see `raise_severity`.
    """
    p, apart = schema.contested_pairs.c, 2 * least - 1
    return (p.severity >= least) & (p.below_at_most >= apart) & (p.above_at_most >= apart)


def names_starting_with(connection: sa.Connection, start: str, most: int = 6) -> list[str]:
    """List ids of contradictions that begin so: as many as asked for, not always the first."""
    found = records.slugs_starting_with(connection, schema.contradictions, start, most)
    if not start.startswith("k") or len(start) > PAIR_NAME:
        return found
    p, (below, above) = schema.contested_pairs.c, claims_named(start)
    pairs = sa.select(p.slug).where(_begins(p.below, below), _begins(p.above, above))
    found += connection.scalars(pairs.limit(most))
    former = schema.former_names.c
    found += connection.scalars(sa.select(former.slug).where(_begins(former.former, start)))
    return sorted(set(found))[:most]


def _begins(id_: sa.ColumnElement[str], signs: str) -> sa.ColumnElement[bool]:
    return (id_ >= signs) & (id_ < signs + "\x7f")


def names_of(connection: sa.Connection, name: str) -> list[str]:
    """Give all names of what has this one: an earlier release may have had another for it."""
    c = schema.former_names.c
    others = (
        sa.select(c.slug).where(c.former == name).union(sa.select(c.former).where(c.slug == name))
    )
    return [name, *connection.scalars(others)]


def is_there(connection: sa.Connection, name: str) -> bool:
    """Tell whether a contradiction has exactly this id."""
    return name in names_starting_with(connection, name)


def claims_in(connection: sa.Connection, name: str) -> list[int]:
    """Give the rows of the claims of the contradiction of this id; none for an unknown id."""
    k, m, p = schema.contradictions, schema.contradiction_members, schema.contested_pairs.c
    query = sa.select(m.c.claim_id).join_from(m, k, k.c.id == m.c.contradiction_id)
    found = list(connection.scalars(query.where(k.c.slug == name).order_by(m.c.position)))
    if found or len(name) != PAIR_NAME:
        return found
    pair = connection.execute(sa.select(p.below_id, p.above_id).where(_named(name)))
    return [claim for row in pair for claim in row]


def _with_claims(connection: sa.Connection, rows: Sequence[_Row]) -> list[ContradictionRecord]:
    from claimtrack.store.reviews import reviews_of

    inside = _members(connection, [row.kept for row in rows if row.kept is not None])
    wanted = {slug for slugs in inside.values() for slug in slugs}
    wanted.update(slug for row in rows for slug in row.claims)
    claims = {
        record.id: record
        for piece in chunks(sorted(wanted))
        for record in records.claim_records(connection, Filter(claims=tuple(piece)))
    }
    reviewed = reviews_of(connection, "contradiction", [row.slug for row in rows])
    found = []
    for slug, event, rule, severity, gap, terms, kept, members in rows:
        ids = members if kept is None else inside[kept]
        of = () if kept is None else _terms(slug, terms, ids)
        some = tuple([claims[id_] for id_ in ids])
        said = reviewed.get(slug, ())
        found.append(ContradictionRecord(slug, event, rule, severity, some, gap, of, said))
    return found


def _members(connection: sa.Connection, kept: Sequence[int]) -> dict[int, list[str]]:
    members, c = schema.contradiction_members, schema.claims
    query = (
        sa.select(members.c.contradiction_id, c.c.slug)
        .join_from(members, c, c.c.id == members.c.claim_id)
        .order_by(members.c.contradiction_id, members.c.position)
    )
    inside: dict[int, list[str]] = defaultdict(list)
    for piece in chunks(kept):
        for id_, slug in connection.execute(query.where(members.c.contradiction_id.in_(piece))):
            inside[id_].append(slug)
    return inside


def _terms(slug: str, text: str | None, members: Sequence[str]) -> tuple[Term, ...]:
    """Read the sum of a contradiction; raise DatabaseError where it or a claim is lost."""
    from claimtrack.store.cases import read_terms

    try:
        terms = read_terms(text)
        whole = len(members) > 1 and {term.claim for term in terms} <= set(members)
    except (ValueError, TypeError):
        whole = False
    if not whole:
        what = f"the database is damaged: '{slug}' has lost a claim or its sum"
        raise DatabaseError(what, RESTORE)
    return terms
