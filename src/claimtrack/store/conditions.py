"""What a claim has to meet to be shown, as conditions on the rows it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from claimtrack.store import schema
from claimtrack.store.catalog import known

CLAIMS_OF_A_DOCUMENT = 20
"""How many claims a document states, where it is not worth the time to count them."""

CLAIMS_OF_A_QUESTION = 5
"""How many claims of a contested question lie apart from others, likewise."""

Alternatives = Sequence[sa.Select[Any]]
"""Lists of claims, by row: a claim passes that stands in one of them."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on what is said of a claim, to be asked from either end.

    `lists` begin at what is named, a text at the index of passages, and give claims. `named`
    are the rows that they begin at, which are cheap to count, each with how many claims it
    leads to, as things go. `test` and `among` are for claims at hand, however a database may
    plan it: `test` reads what is said of each, `among` looks it up in lists that are made
    once a statement. `whole` is for reading all that passes, from whichever end. `of_one` is
    what each assertion has to meet, or None for a condition on the claim as it stands.
    """

    lists: Alternatives
    named: Sequence[tuple[sa.Select[Any], int]]
    test: sa.ColumnElement[bool]
    among: sa.ColumnElement[bool]
    whole: sa.ColumnElement[bool]
    of_one: sa.ColumnElement[bool] | None


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


def is_contradicted() -> sa.ColumnElement[bool]:
    """Give the condition that a claim stands in a contradiction, kept or of its question."""
    members, k = schema.contradiction_members, schema.contested_questions
    kept = sa.exists().where(members.c.claim_id == schema.claims.c.id)
    apart = sa.or_(*_apart_from_others())
    return kept | sa.exists().where(
        k.c.question_id == schema.claims.c.question_id, _counts_on_its_question(), apart
    )


def _counts_on_its_question() -> sa.ColumnElement[bool]:
    """Give the condition that a claim asserts something as of no day, and was not taken back."""
    c, o = schema.claims.c, schema.claim_origins
    gone = sa.exists().where(o.c.claim_id == c.id, o.c.origins == 0).correlate(schema.claims)
    return (c.stance == "asserts") & c.as_of.is_(None) & ~gone


def _apart_from_others() -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Give the conditions that a claim lies below or above another on its contested question."""
    c, k = schema.claims.c, schema.contested_questions.c
    return c.upper < k.highest_lower, c.lower > k.lowest_upper


def _contradicted() -> Condition:
    members, k, c = schema.contradiction_members, schema.contested_questions, schema.claims
    questions = sa.select(k.c.question_id)
    of_questions = [
        sa.select(c.c.id)
        # The sum keeps a database from beginning at the claims.
        .join_from(k, c, c.c.question_id == k.c.question_id + 0)
        .where(_counts_on_its_question(), apart)
        for apart in _apart_from_others()
    ]
    kept = sa.select(members.c.claim_id)
    stands = is_contradicted()
    named = [(kept, 1), (questions, CLAIMS_OF_A_QUESTION)]
    return Condition([kept, *of_questions], named, stands, stands, stands, of_one=None)


def listed(alternatives: Alternatives) -> sa.ColumnElement[bool]:
    """Ask by making the lists, which is for few: each is looked up once."""
    first, *others = alternatives
    return schema.claims.c.id.in_(first.union(*others) if others else first)


def on_questions(f: Filter) -> list[sa.ColumnElement[bool]]:
    """Give the conditions on the question of a claim, by its columns alone."""
    q = schema.questions
    return [
        column.in_(sa.select(table.c.id).where(table.c.slug.in_(slugs)))
        for column, table, slugs in (
            (q.c.event_id, schema.events, f.events),
            (q.c.metric_id, schema.metrics, f.metrics),
            (q.c.group_id, schema.groups, f.groups),
        )
        if slugs
    ]


def conditions(connection: sa.Connection, f: Filter) -> Iterator[Condition]:
    """Give the conditions on a claim itself, the narrowest first as things go."""
    a, d = schema.assertions, schema.documents
    said = sa.select(a.c.claim_id).join_from(a, d, d.c.id == a.c.document_id)
    if f.known_by is not None:
        said = said.where(d.c.published_lower <= f.known_by)
    if f.documents:
        yield _of_documents(f, said, d.c.slug.in_(f.documents))
    if f.search:
        from claimtrack.store.search import saying

        yield saying(connection, f)
    yield from _of_sources(f, said)
    if f.since is not None:
        yield _of_documents(f, said, d.c.published_upper >= f.since)
    if f.until is not None:
        yield _of_documents(f, said, d.c.published_lower <= f.until)
    if f.known_by is not None:
        # What is said anywhere is asked of assertions known by then as it is.
        yield replace(_of_documents(f, said, d.c.published_lower <= f.known_by), of_one=None)
    if f.contradicted:
        yield _contradicted()


def together(f: Filter, all_: Iterable[Condition]) -> list[sa.ColumnElement[bool]]:
    """Give what claims have to meet besides each condition: one assertion that meets them all.

    Without it, a report of 2017 and one of 2019 would pass for one of 2018.
    """
    of_one = [condition.of_one for condition in all_ if condition.of_one is not None]
    return [is_said(f, sa.and_(*of_one))] if len(of_one) > 1 else []


def _of_documents(f: Filter, said: sa.Select[Any], which: sa.ColumnElement[bool]) -> Condition:
    a, d = schema.assertions, schema.documents
    test = sa.exists().where(d.c.id == a.c.document_id, which)
    named = sa.select(d.c.id).where(which)
    return _condition(f, [said.where(which)], [(named, CLAIMS_OF_A_DOCUMENT)], test)


def _condition(
    f: Filter,
    lists: Alternatives,
    named: Sequence[tuple[sa.Select[Any], int]],
    test: sa.ColumnElement[bool],
) -> Condition:
    # The sum keeps a database from beginning at the list, and from sorting all of it.
    among = sa.or_(*((schema.claims.c.id + 0).in_(one) for one in lists))
    return Condition(lists, named, is_said(f, test), among, listed(lists), of_one=test)


def _of_sources(f: Filter, said: sa.Select[Any]) -> Iterator[Condition]:
    a, d, s = schema.assertions, schema.documents, schema.sources
    link = schema.attributions
    published = sa.exists().where(d.c.id == a.c.document_id)
    relayed = (
        sa.select(a.c.claim_id)
        .join_from(a, link, link.c.assertion_id == a.c.id)
        .where(known(a, f.known_by))
    )
    for slugs, own, far in (
        (f.sources, sa.true(), sa.true()),
        (f.origins, ~_is_passed_on(), _is_far_end()),
    ):
        if not slugs:
            continue
        mine = sa.select(s.c.id).where(s.c.slug.in_(slugs))
        its, quoted = d.c.source_id.in_(mine), link.c.source_id.in_(mine)
        through = sa.exists().where(link.c.assertion_id == a.c.id, quoted, far)
        yield _condition(
            f,
            [said.where(its, own), relayed.where(quoted, far)],
            [
                (sa.select(d.c.id).where(its), CLAIMS_OF_A_DOCUMENT),
                (sa.select(link.c.assertion_id).where(quoted), 1),
            ],
            published.where(its) & own | through,
        )


def _is_passed_on() -> sa.Exists:
    link = schema.attributions
    return sa.exists().where(link.c.assertion_id == schema.assertions.c.id)


def _is_far_end() -> sa.ColumnElement[bool]:
    link, later = schema.attributions, schema.attributions.alias("later")
    return ~sa.exists().where(
        later.c.assertion_id == link.c.assertion_id, later.c.position > link.c.position
    )


def is_said(f: Filter, condition: sa.ColumnElement[bool]) -> sa.Exists:
    """Give the condition that an assertion of a claim, known by the day, meets another."""
    a = schema.assertions
    said = sa.exists().where(a.c.claim_id == schema.claims.c.id, condition)
    return said.where(known(a, f.known_by))
