"""Find an event's contradictions anew and keep them: the event is the unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from claimtrack.contradictions.rules import Outcome, search
from claimtrack.domain.case import Case
from claimtrack.domain.identity import digest
from claimtrack.domain.record import ClaimRecord
from claimtrack.report.wording import explain_conflict
from claimtrack.store.cases import Found, keep_contradictions, load_cases
from claimtrack.store.records import Filter, claim_records


def conclude(connection: sa.Connection, events: Iterable[int]) -> tuple[int, int]:
    """Bring the stored contradictions of these events up to date; count new and gone."""
    new = gone = 0
    for event, case in load_cases(connection, sorted(events)):
        outcome = search(case)
        records: dict[str, ClaimRecord] = {}
        if outcome.conflicts:
            only = Filter(events=(case.claims[0].question.event,))
            records = {record.id: record for record in claim_records(connection, only)}
        found = _told(outcome, records)
        come, left = keep_contradictions(connection, event, found, outcome.stopped)
        new, gone = new + come, gone + left
    return new, gone


def found_in(case: Case, records: Mapping[str, ClaimRecord]) -> list[Found]:
    """Find the contradictions of a case in memory, as they would be kept."""
    return _told(search(case), records)


def _told(outcome: Outcome, records: Mapping[str, ClaimRecord]) -> list[Found]:
    return [
        Found(
            slug="k" + digest([conflict.rule, *sorted(c.id for c in conflict.claims)]),
            rule=conflict.rule,
            severity=round(conflict.severity, 4),
            explanation=explain_conflict(conflict, records),
            claims=tuple(claim.id for claim in conflict.claims),
        )
        for conflict in outcome.conflicts
    ]
