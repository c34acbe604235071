"""Find an event's contradictions anew and keep them: the event is the unit of work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa

from claimtrack.contradictions.gravest import gravest
from claimtrack.contradictions.rules import Outcome, search
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict, raise_severity
from claimtrack.domain.identity import digest
from claimtrack.domain.record import ClaimRecord
from claimtrack.report.wording import explain_conflict
from claimtrack.services.tracing import Counter, make_counter
from claimtrack.store.cases import Found, keep_contradictions, load_cases
from claimtrack.store.records import Filter, claim_records

EVENTS_AT_ONCE = 20
"""Events whose reports are held in memory together."""


def conclude(
    connection: sa.Connection,
    events: Collection[int],
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[int, int]:
    """Bring the stored contradictions of these events up to date; count new and gone."""
    new = gone = 0
    rows = sorted(events)
    for start in range(0, len(rows), EVENTS_AT_ONCE):
        come, left = _conclude(connection, rows[start : start + EVENTS_AT_ONCE])
        new, gone = new + come, gone + left
        progress(len(rows[start : start + EVENTS_AT_ONCE]))
    return new, gone


def _conclude(connection: sa.Connection, events: Sequence[int]) -> tuple[int, int]:
    new = gone = 0
    for event, found, stopped in find_anew(connection, events):
        come, left = keep_contradictions(connection, event, found, stopped)
        new, gone = new + come, gone + left
    return new, gone


def find_anew(
    connection: sa.Connection, events: Sequence[int]
) -> Iterator[tuple[int, list[Found], str | None]]:
    """Find the contradictions of these events as they are to be kept; write nothing.

    Gives each event's row, what was found, and the sentence of a search that met its limit.
    """
    outcomes = [
        (event, case, gravest(search(case))) for event, case in load_cases(connection, events)
    ]
    disputed = [case.claims[0].question.event for _, case, found in outcomes if found.conflicts]
    counter = make_counter(connection, events=disputed) if disputed else None
    for event, case, outcome in outcomes:
        found: list[Found] = []
        if counter is not None and outcome.conflicts:
            only = Filter(events=(case.claims[0].question.event,))
            records = {record.id: record for record in claim_records(connection, only)}
            found = _told(outcome, records, counter)
        yield event, found, outcome.stopped


def found_in(case: Case, records: Mapping[str, ClaimRecord], counter: Counter) -> list[Found]:
    """Find the contradictions of a case in memory, as they would be kept.

    `records` holds the claims with the assertions that count; others count for nothing.
    """
    return _told(gravest(search(case)), records, counter)


def _told(outcome: Outcome, records: Mapping[str, ClaimRecord], counter: Counter) -> list[Found]:
    origins = _Origins(records, counter)
    said: dict[str, str] = {}
    found = [
        Found(
            slug="k" + digest([conflict.rule, *sorted(c.id for c in conflict.claims)]),
            rule=conflict.rule,
            severity=round(raise_severity(conflict.severity, origins.least(conflict)), 4),
            explanation=explain_conflict(conflict, records, said),
            claims=tuple(claim.id for claim in conflict.claims),
        )
        for conflict in outcome.conflicts
    ]
    return sorted(found, key=lambda each: (-each.severity, each.slug))


class _Origins:
    """The certain numbers of independent origins of claims, each counted once."""

    def __init__(self, records: Mapping[str, ClaimRecord], counter: Counter) -> None:
        self._counter = counter
        self._known = {a.id for record in records.values() for a in record.assertions}
        self._several = {id_ for id_, record in records.items() if len(record.assertions) > 1}
        self._least: dict[str, int] = {}

    def least(self, conflict: Conflict) -> int:
        """Give the smallest number among the claims of a conflict, at least 1.

        Where one of them has a single report the others need no counting.
        """
        if any(claim.id not in self._several for claim in conflict.claims):
            return 1
        for claim in conflict.claims:
            if claim.id not in self._least:
                self._least[claim.id] = self._counter.least(claim.id, among=self._known)
        return min(self._least[claim.id] for claim in conflict.claims)
