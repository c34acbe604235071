"""Give what was said of an event, to be put in the order of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.errors import ClaimtrackError
from claimtrack.services.contradicting import find_contradictions, mark
from claimtrack.store import overview, records
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter


@dataclass(frozen=True, slots=True)
class Said:
    """An event's claims that pass, and the contradictions they stand in."""

    title: str
    claims: Sequence[ClaimRecord]
    contradictions: Sequence[ContradictionRecord]


def what_was_said(where: str, filter_: Filter) -> Said:
    """Load the claims of one event that pass; names not there are refused."""
    with reading(where) as connection:
        overview.check_names(connection, filter_)
        claims = records.claim_records(connection, filter_)
        if not claims:
            raise ClaimtrackError(
                f"no claim on {filter_.events[0]} passes", "`claimtrack list-claims` shows all"
            )
        only = Filter(events=filter_.events, known_by=filter_.known_by)
        found = find_contradictions(connection, only)
    return Said(claims[0].event_title, mark(claims, found), found)
