"""Find an event's contradictions anew and keep them: the event is the unit of work.

Most are pairs of undated assertions on one question: of these one row a question is kept.
What days, denials, categories and other numbers make is kept one by one, and searched only in
events that have such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

import sqlalchemy as sa

from claimtrack.contradictions.cells import bind_each_other
from claimtrack.contradictions.contested import apart_from_any, contest, count_pairs_and_versions
from claimtrack.contradictions.numbers import Numbers
from claimtrack.contradictions.rules import Outcome, search_beside, search_told
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import name_of, raise_severity
from claimtrack.origins.plain import count_plain
from claimtrack.services.collecting import collecting_seldom
from claimtrack.services.tracing import Counter, make_counter
from claimtrack.store import contested
from claimtrack.store.cases import (
    Found,
    claims_of,
    events_with_kept,
    keep_contradictions,
    load_cases,
    load_groups,
    load_metrics,
)
from claimtrack.store.catalog import chunks
from claimtrack.store.contested import Asked, Kept, Number
from claimtrack.store.testimonies import load_plain_reports

CLAIMS_READ = 8_000
"""Claims whose ends are held in memory together, where events are small."""

CLAIMS_AT_ONCE = 2_500
"""Claims that are searched together, with what is found in them, where events are small.

A claim stands in a hundred kept pairs at most, so what is held grows with the claims.
"""

EVENTS_AT_ONCE = 400
"""Events that are read or searched together at most, however few claims they have."""

MayBind = Callable[[frozenset[Number]], bool]
"""Tells whether one of these numbers of an event may bind another; like events are asked once."""


class Other(NamedTuple):
    """What is found in an event beside the pairs of undated assertions on one question.

    `rows` are those of its claims, `found` is to be read once, `stopped` the sentence of a search
    that met its limit.
    """

    event: int
    rows: Mapping[str, int]
    found: Iterator[Found]
    stopped: str | None


@dataclass(frozen=True)
class Anew:
    """What is found in some events, as it is to be kept.

    `questions` are those of these events, by row, with the spans that stand; `kept` the rows of
    the contested ones; `origins` those of claims, by row. `others` are the contradictions beside
    those, event by event as they are searched: to be read once.
    """

    events: Sequence[int]
    questions: Mapping[int, Asked]
    kept: Mapping[int, Kept]
    origins: Mapping[int, int]
    others: Iterator[Other]


def conclude(
    connection: sa.Connection,
    events: Collection[int],
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[int, int]:
    """Bring the stored contradictions of these events up to date; count new and gone."""
    new = gone = 0
    with collecting_seldom():
        for anew in find_anew(connection, sorted(events)):
            come, left = _keep_questions(connection, anew)
            new, gone = new + come, gone + left
            for other in anew.others:
                come, left = keep_contradictions(connection, *other)
                new, gone = new + come, gone + left
            progress(len(anew.events))
    return new, gone


def find_anew(connection: sa.Connection, events: Sequence[int]) -> Iterator[Anew]:
    """Find the contradictions of these events as they are to be kept; write nothing."""
    numbers = Numbers.of(Case((), load_metrics(connection), load_groups(connection)))
    may_bind = cache(partial(bind_each_other, numbers))
    for some in chunks(events):
        for piece in _pieces(some, claims_of(connection, some), CLAIMS_READ):
            yield _find_together(connection, piece, may_bind)


def _pieces(events: Sequence[int], claims: Mapping[int, int], most: int) -> Iterator[Sequence[int]]:
    """Cut events into pieces of so many claims at most; one of more stands alone."""
    piece: list[int] = []
    held = 0
    for event in events:
        size = claims.get(event, 0)
        if piece and (held + size > most or len(piece) == EVENTS_AT_ONCE):
            yield piece
            piece, held = [], 0
        piece.append(event)
        held += size
    if piece:
        yield piece


def may_hold_more(connection: sa.Connection, events: Sequence[int]) -> list[int]:
    """Give the events in which more may contradict than undated assertions on one question."""
    numbers = Numbers.of(Case((), load_metrics(connection), load_groups(connection)))
    simple = contested.load_numbers(connection, events)
    return [
        event for event in events if event not in simple or bind_each_other(numbers, simple[event])
    ]


def _find_together(connection: sa.Connection, events: Sequence[int], may_bind: MayBind) -> Anew:
    questions = contested.load_questions(connection, events)
    reports = contested.count_reports(connection, events)
    left_out = _leave_out(questions, reports.none)
    origins = _count_origins(connection, questions, reports.several)
    kept: dict[int, Kept] = {}
    for row, asked in questions.items():
        if found := contest(asked.spans, asked.kind, origins):
            kept[row] = contested.to_be_kept(row, asked, found)
    origins |= {claim: 0 for claim, question in left_out.items() if question in kept}
    return Anew(events, questions, kept, origins, _others(connection, events, questions, may_bind))


def _leave_out(questions: Mapping[int, Asked], claims: Collection[int]) -> dict[int, int]:
    """Take spans out of which every report was corrected; give the question of each."""
    found: dict[int, int] = {}
    for row, asked in questions.items() if claims else ():
        found |= {span.row: row for span in asked.spans if span.row in claims}
        asked.spans = [span for span in asked.spans if span.row not in claims]
    return found


def _count_origins(
    connection: sa.Connection, questions: Mapping[int, Asked], several: Collection[int]
) -> dict[int, int]:
    """Count the certain origins of spans, by row, where two of several reports lie apart."""
    asked: dict[str, int] = {}
    for each in questions.values():
        told_often = [span for span in each.spans if span.row in several]
        asked |= {span.id: span.row for span in apart_from_any(told_often)}
    plain = load_plain_reports(connection, list(asked.values()))
    counted = {row: count_plain(reports) for row, reports in plain.items()}
    others = {id_: row for id_, row in asked.items() if row not in plain}
    counter = make_counter(connection, list(others))
    counted |= {row: counter.least(id_) for id_, row in others.items()}
    return {row: origins for row, origins in counted.items() if origins > 1}


def _others(
    connection: sa.Connection,
    events: Sequence[int],
    questions: Mapping[int, Asked],
    may_bind: MayBind,
) -> Iterator[Other]:
    """Search the events in which more can be found than two undated assertions apart."""
    of_events: dict[int, list[Asked]] = defaultdict(list)
    for asked in questions.values():
        of_events[asked.event].append(asked)
    searched = [
        event
        for event in events
        if not all(asked.alone for asked in of_events[event])
        or may_bind(frozenset([asked.number for asked in of_events[event]]))
    ]
    for event in events_with_kept(connection, events) - set(searched):
        yield Other(event, {}, iter(()), None)
    for piece in _pieces(searched, claims_of(connection, searched), CLAIMS_AT_ONCE):
        yield from _search_together(connection, piece)


def _search_together(connection: sa.Connection, events: Sequence[int]) -> Iterator[Other]:
    searched = [(loaded, search_beside(loaded.case)) for loaded in load_cases(connection, events)]
    several = {
        claim.id: None
        for loaded, outcome in searched
        for conflict in outcome.conflicts
        if all(claim.id in loaded.several for claim in conflict.claims)
        for claim in conflict.claims
    }
    counter = make_counter(connection, list(several))
    for loaded, outcome in searched:
        yield Other(loaded.event, loaded.rows, _told(outcome, counter), outcome.stopped)


def _keep_questions(connection: sa.Connection, anew: Anew) -> tuple[int, int]:
    """Keep what was found of questions; count the pairs that are new and those that are gone."""
    before = contested.kept_questions(connection, anew.events)
    known = contested.kept_origins(connection, anew.events)
    new = gone = 0
    for row in before.keys() | anew.kept.keys():
        then, now = before.get(row), anew.kept.get(row)
        if then != now:
            stayed = _count_stayed(anew.questions.get(row), then, known)
            new += (now.pairs if now else 0) - stayed
            gone += (then.pairs if then else 0) - stayed
    contested.keep(connection, (before, anew.kept), (known, anew.origins))
    return new, gone


def _count_stayed(asked: Asked | None, then: Kept | None, known: Mapping[int, int]) -> int:
    """Count the pairs of spans that had been counted before as well."""
    if asked is None or then is None:
        return 0
    old = [span for span in asked.spans if span.row <= then.newest and known.get(span.row) != 0]
    return count_pairs_and_versions(old)[0]


def found_in(case: Case, counter: Counter) -> list[Found]:
    """Find the contradictions of a case in memory, as they would be told, gravest first.

    `counter` has the reports that count.
    """
    found = _told(search_told(case), counter)
    return sorted(found, key=lambda each: (-each.severity, -(each.gap or 0), each.slug))


def _told(outcome: Outcome, counter: Counter) -> Iterator[Found]:
    """Name and weigh what was found; each is let go once it is told, as they may be very many."""
    least, several = cache(counter.least), counter.with_several()
    while outcome.conflicts:
        conflict = outcome.conflicts.pop()
        claims = tuple([claim.id for claim in conflict.claims])
        origins = min(map(least, claims)) if several.issuperset(claims) else 1
        yield Found(
            slug=name_of(conflict.rule, conflict.claims),
            rule=conflict.rule,
            severity=raise_severity(conflict.severity, origins),
            gap=conflict.gap,
            terms=conflict.terms,
            claims=claims,
        )
