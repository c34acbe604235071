"""Give contradictions: as they are kept, or as they would have been found by some day.

What was published by a day is a smaller database. Its contradictions are not a choice of
today's (a correction had not come, a claim had other words), so they are found anew, and
nothing is written. Reviews are what people say today; they are shown in both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.services.collecting import collecting_seldom
from claimtrack.store import contradictions, records
from claimtrack.store.contradictions import Wanted
from claimtrack.store.records import Filter

if TYPE_CHECKING:
    from claimtrack.domain.case import Case
    from claimtrack.store.overview import Connection


def find_contradictions(
    connection: Connection,
    filter_: Filter,
    *,
    rules: Sequence[str] = (),
    statuses: Sequence[str] = (),
    slugs: Sequence[str] = (),
    least: float = 0.0,
    limit: int | None = None,
    offset: int = 0,
) -> list[ContradictionRecord]:
    """Give the contradictions that pass, worst first.

    Of the filter, events, metrics, groups, sources and claims count, and the day; a contradiction
    passes where one claim in it does.
    """
    if filter_.known_by is None:
        wanted = Wanted(filter_, rules, statuses, slugs, least)
        with collecting_seldom():
            return contradictions.contradiction_records(
                connection, wanted, limit=limit, offset=offset
            )
    passing = _passing(connection, filter_)
    found = [
        record
        for record in recall(connection, filter_.events, filter_.known_by)
        if record.told_severity >= least
        and (not rules or record.rule in rules)
        and (not statuses or record.status in statuses)
        and (not slugs or record.id in slugs)
        and (passing is None or any(claim.id in passing for claim in record.claims))
    ]
    found.sort(key=lambda record: record.place)
    return found[offset : None if limit is None else offset + limit]


def _passing(connection: Connection, filter_: Filter) -> set[str] | None:
    if not (filter_.metrics or filter_.groups or filter_.sources or filter_.claims):
        return None
    return {record.id for record in records.claim_records(connection, filter_)}


def recall(
    connection: Connection, events: Sequence[str], known_by: int
) -> list[ContradictionRecord]:
    """Find the contradictions of these events, or of all, in what was published by a day."""
    from claimtrack.store import cases

    recalled: list[ContradictionRecord] = []
    rows = cases.event_rows(connection, events)
    for loaded in cases.load_cases(connection, rows, known_by):
        case = loaded.case
        if not case.claims:
            continue
        only = Filter(events=(case.claims[0].question.event,), known_by=known_by)
        by_id = {record.id: record for record in records.claim_records(connection, only)}
        recalled += find_in(connection, case, by_id, known_by)
    return recalled


def events_of_recalled(
    connection: Connection, events: Sequence[str], known_by: int
) -> Iterator[str]:
    """Name the event of each contradiction that `recall` finds, and tell no more of it."""
    from claimtrack.contradictions.rules import search_told
    from claimtrack.store import cases

    rows = cases.event_rows(connection, events)
    for loaded in cases.load_cases(connection, rows, known_by):
        for conflict in search_told(loaded.case).conflicts:
            yield conflict.claims[0].question.event


def find_in(
    connection: Connection, case: Case, by_id: Mapping[str, ClaimRecord], known_by: int | None
) -> list[ContradictionRecord]:
    """Find the contradictions of a case, whose claims are in `by_id`, whatever is kept."""
    from claimtrack.services.concluding import found_in
    from claimtrack.services.tracing import make_counter
    from claimtrack.store import reviews

    found = found_in(case, make_counter(connection, list(by_id), known_by=known_by))
    said = reviews.reviews_of(connection, "contradiction", [each.slug for each in found])
    inside = {claim for each in found for claim in each.claims}
    told = {id_: replace(by_id[id_], contradicted=True) for id_ in inside}
    return [
        ContradictionRecord(
            id=each.slug,
            event=case.claims[0].question.event,
            rule=each.rule,
            severity=each.severity,
            claims=tuple(told[claim] for claim in each.claims),
            gap=each.gap,
            terms=each.terms,
            reviews=said.get(each.slug, ()),
        )
        for each in found
    ]


def mark(claims: Sequence[ClaimRecord], found: Sequence[ContradictionRecord]) -> list[ClaimRecord]:
    """Mark the claims that stand in one of these contradictions, and no others."""
    return _mark_among(claims, {claim.id for record in found for claim in record.claims})


def mark_then(
    connection: Connection, claims: Sequence[ClaimRecord], known_by: int
) -> list[ClaimRecord]:
    """Mark the claims that stood in a contradiction by a day, and no others.

    Where two claims that cannot both hold stood by then, they could not both hold then: a pair
    answers for its claims. Events in which there may be others are searched anew for the rest.
    """
    from claimtrack.contradictions.rules import contradicted
    from claimtrack.services.concluding import may_hold_more
    from claimtrack.store import cases

    inside = cases.in_pairs(connection, [record.id for record in claims], known_by)
    others = [record for record in claims if record.id not in inside]
    if others:
        asked = {record.id for record in others}
        rows = cases.event_rows(connection, sorted({record.event for record in others}))
        for loaded in cases.load_cases(connection, may_hold_more(connection, rows), known_by):
            inside |= contradicted(loaded.case, asked & loaded.rows.keys())
    return _mark_among(claims, inside)


def _mark_among(claims: Sequence[ClaimRecord], inside: Collection[str]) -> list[ClaimRecord]:
    """Mark these claims as contradicted, and no others."""
    return [replace(record, contradicted=record.id in inside) for record in claims]
