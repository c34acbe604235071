"""Find an event's contradictions anew and keep them: the event is the unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from claimtrack.contradictions.rules import find_conflicts
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.identity import digest
from claimtrack.domain.record import ClaimRecord
from claimtrack.report.wording import explain_conflict
from claimtrack.store.cases import Found, keep_contradictions, load_cases
from claimtrack.store.records import Filter, claim_records


def conclude(connection: sa.Connection, events: Iterable[int]) -> tuple[int, int]:
    """Bring the stored contradictions of these events up to date; count new and gone."""
    new = gone = 0
    for event, case in load_cases(connection, sorted(events)):
        conflicts = find_conflicts(case)
        records: dict[str, ClaimRecord] = {}
        if conflicts:
            only = Filter(events=(conflicts[0].claims[0].question.event,))
            records = {record.id: record for record in claim_records(connection, only)}
        come, left = keep_contradictions(connection, event, tell(conflicts, records))
        new, gone = new + come, gone + left
    return new, gone


def found_in(case: Case, records: Mapping[str, ClaimRecord]) -> list[Found]:
    """Find the contradictions of a case and keep none; `records` holds its claims by id."""
    return tell(find_conflicts(case), records)


def tell(conflicts: Sequence[Conflict], records: Mapping[str, ClaimRecord]) -> list[Found]:
    """Give each conflict its id and its sentence."""
    return [
        Found(
            slug="k" + digest([conflict.rule, *sorted(c.id for c in conflict.claims)]),
            rule=conflict.rule,
            severity=round(conflict.severity, 4),
            explanation=explain_conflict(conflict, records),
            claims=tuple(claim.id for claim in conflict.claims),
        )
        for conflict in conflicts
    ]
