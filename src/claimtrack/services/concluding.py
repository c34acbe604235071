"""Find an event's contradictions anew and keep them: the event is the unit of work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

import sqlalchemy as sa

from claimtrack.contradictions.rules import Outcome, search_gravest
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import raise_severity
from claimtrack.domain.identity import digest
from claimtrack.services.collecting import collecting_seldom
from claimtrack.services.tracing import Counter, make_counter
from claimtrack.store.cases import Found, Loaded, keep_contradictions, load_cases
from claimtrack.store.catalog import chunks

EVENTS_AT_ONCE = 20
"""Events whose reports are held in memory together."""


def conclude(
    connection: sa.Connection,
    events: Collection[int],
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[int, int]:
    """Bring the stored contradictions of these events up to date; count new and gone."""
    new = gone = 0
    with collecting_seldom():
        for piece in chunks(sorted(events), EVENTS_AT_ONCE):
            come, left = _conclude(connection, piece)
            new, gone = new + come, gone + left
            progress(len(piece))
    return new, gone


def _conclude(connection: sa.Connection, events: Sequence[int]) -> tuple[int, int]:
    new = gone = 0
    for loaded, found, stopped in find_anew(connection, events):
        come, left = keep_contradictions(connection, loaded, found, stopped)
        new, gone = new + come, gone + left
    return new, gone


def find_anew(
    connection: sa.Connection, events: Sequence[int]
) -> Iterator[tuple[Loaded, list[Found], str | None]]:
    """Find the contradictions of these events as they are to be kept; write nothing.

    Gives each event as it was loaded, what was found, and the sentence of a search that met
    its limit. Origins are counted only where all sides of a conflict have several reports.
    """
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


def _told(outcome: Outcome, counter: Counter) -> list[Found]:
    least, several = cache(counter.least), counter.with_several()
    found = []
    for conflict in outcome.conflicts:
        claims = tuple([claim.id for claim in conflict.claims])
        origins = min(map(least, claims)) if several.issuperset(claims) else 1
        found.append(
            Found(
                slug="k" + digest([conflict.rule, *sorted(claims)]),
                rule=conflict.rule,
                severity=round(raise_severity(conflict.severity, origins), 4),
                gap=conflict.gap,
                terms=conflict.terms,
                claims=claims,
            )
        )
    return found
