"""Find an event's contradictions anew and keep them: the event is the unit of work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

import sqlalchemy as sa

from claimtrack.contradictions.rules import Outcome, search_gravest
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import raise_severity
from claimtrack.domain.identity import digest
from claimtrack.services.collecting import collecting_seldom
from claimtrack.services.tracing import Counter, make_counter
from claimtrack.store.cases import Found, Loaded, claims_of, keep_contradictions, load_cases
from claimtrack.store.catalog import chunks

CLAIMS_AT_ONCE = 2_500
"""Claims that are held in memory together, with what is found in them, where events are small.

A claim stands in a hundred pairs at most, so what is held grows with the claims.
"""

EVENTS_AT_ONCE = 20


def conclude(
    connection: sa.Connection,
    events: Collection[int],
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[int, int]:
    """Bring the stored contradictions of these events up to date; count new and gone."""
    new = gone = 0
    with collecting_seldom():
        for loaded, found, stopped in find_anew(connection, sorted(events)):
            come, left = keep_contradictions(connection, loaded, found, stopped)
            new, gone = new + come, gone + left
            progress(1)
    return new, gone


def find_anew(
    connection: sa.Connection, events: Sequence[int]
) -> Iterator[tuple[Loaded, Iterator[Found], str | None]]:
    """Find the contradictions of these events as they are to be kept; write nothing.

    Gives each event as it was loaded, what is found, to be read once, and the sentence of a
    search that met its limit. Origins are counted only where all sides of a conflict have
    several reports.
    """
    for some in chunks(events):
        for piece in _pieces(some, claims_of(connection, some)):
            yield from _find_together(connection, piece)


def _pieces(events: Sequence[int], claims: Mapping[int, int]) -> Iterator[Sequence[int]]:
    """Cut events into pieces of few claims; one of many stands alone."""
    piece: list[int] = []
    held = 0
    for event in events:
        size = claims.get(event, 0)
        if piece and (held + size > CLAIMS_AT_ONCE or len(piece) == EVENTS_AT_ONCE):
            yield piece
            piece, held = [], 0
        piece.append(event)
        held += size
    if piece:
        yield piece


def _find_together(
    connection: sa.Connection, events: Sequence[int]
) -> Iterator[tuple[Loaded, Iterator[Found], str | None]]:
    searched = [(loaded, search_gravest(loaded.case)) for loaded in load_cases(connection, events)]
    several = {
        claim.id: None
        for loaded, outcome in searched
        for conflict in outcome.conflicts
        if all(claim.id in loaded.several for claim in conflict.claims)
        for claim in conflict.claims
    }
    counter = make_counter(connection, list(several))
    for loaded, outcome in searched:
        yield loaded, _told(outcome, counter), outcome.stopped


def found_in(case: Case, counter: Counter) -> list[Found]:
    """Find the contradictions of a case in memory, as they would be kept, gravest first.

    `counter` has the reports that count.
    """
    found = _told(search_gravest(case), counter)
    return sorted(found, key=lambda each: (-each.severity, each.slug))


def _told(outcome: Outcome, counter: Counter) -> Iterator[Found]:
    """Name and weigh what was found; each is let go once it is told, as they may be very many."""
    least, several = cache(counter.least), counter.with_several()
    while outcome.conflicts:
        conflict = outcome.conflicts.pop()
        claims = tuple([claim.id for claim in conflict.claims])
        origins = min(map(least, claims)) if several.issuperset(claims) else 1
        yield Found(
            slug="k" + digest([conflict.rule, *sorted(claims)]),
            rule=conflict.rule,
            severity=round(raise_severity(conflict.severity, origins), 4),
            gap=conflict.gap,
            terms=conflict.terms,
            claims=claims,
        )
