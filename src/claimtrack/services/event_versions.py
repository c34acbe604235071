"""Tell the versions of an event: what can all be true together, and what each leaves out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from claimtrack.contradictions.rules import search
from claimtrack.contradictions.versions import Dispute, disputes
from claimtrack.domain.case import Case, Claim
from claimtrack.domain.record import ClaimRecord
from claimtrack.domain.testimony import OriginCount
from claimtrack.report.wording import explain_conflict
from claimtrack.services.tracing import Counter, make_counter
from claimtrack.store import cases, overview, records
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter

COUNTED = 40
"""Versions of a dispute whose origins are counted, to tell the best of them."""


@dataclass(frozen=True, slots=True)
class Version:
    """Claims of one dispute that can all be true, on whose word, and those it leaves out."""

    claims: Sequence[ClaimRecord]
    left_out: Sequence[ClaimRecord]
    origins: OriginCount


@dataclass(frozen=True, slots=True)
class ToldDispute:
    """A dispute with its versions, best supported first, and the gravest reason for it.

    `complete` is false where there may be more versions than are listed. `further` counts the
    versions that are known and not told.
    """

    versions: Sequence[Version]
    reason: str
    conflicts: int
    complete: bool
    further: int = 0


@dataclass(frozen=True, slots=True)
class EventVersions:
    """An event: what nobody disputes, and its disputes, which are independent of each other.

    `stopped` is the sentence of a search that met its limit.
    """

    event: str
    title: str
    undisputed: Sequence[ClaimRecord]
    disputes: Sequence[ToldDispute]
    stopped: str | None

    @property
    def total(self) -> int:
        """Count the versions of the event: every choice of one version of each dispute."""
        return prod(len(dispute.versions) + dispute.further for dispute in self.disputes)


def event_versions(
    where: str, event: str, filter_: Filter, most: int | None = None
) -> EventVersions:
    """Find the versions of an event, or of those of its claims that pass a filter.

    Versions are ordered by independent origins (the certain ones, then the possible ones),
    then by size. Claims that were corrected stand in none. `most` is the number of versions
    told of each dispute: those of the most origins by name.
    """
    wanted = replace(filter_, events=(event,))
    with reading(where) as connection:
        overview.check_names(connection, wanted)
        rows = cases.event_rows(connection, (event,))
        (loaded,) = cases.load_cases(connection, rows, wanted.known_by)
        found = {record.id: record for record in records.claim_records(connection, wanted)}
        title = overview.names(connection, "event")[event]
        counter = make_counter(connection, list(found), known_by=wanted.known_by)
    return tell_versions(event, title, loaded.case, found, counter, most)


def tell_versions(
    event: str,
    title: str,
    case: Case,
    found: Mapping[str, ClaimRecord],
    counter: Counter,
    most: int | None = None,
) -> EventVersions:
    """Find the versions among those claims of a case that are in `found`.

    Their marks are set anew: a case of some day has other contradictions than today's.
    """
    outcome = search(case)
    standing = [claim for claim in case.claims if claim.id in found]
    inside = [c for c in outcome.conflicts if all(claim.id in found for claim in c.claims)]
    contradicted = {claim.id for conflict in outcome.conflicts for claim in conflict.claims}
    found = {
        id_: replace(record, contradicted=id_ in contradicted) for id_, record in found.items()
    }
    reports = {report.id for record in found.values() for report in record.assertions}
    told = [_tell(dispute, found, reports, counter, most) for dispute in disputes(standing, inside)]
    told.sort(key=lambda dispute: (-dispute.conflicts, dispute.reason))
    disputed = {claim.id for conflict in inside for claim in conflict.claims}
    undisputed = [found[claim.id] for claim in standing if claim.id not in disputed]
    return EventVersions(event, title, undisputed, told, outcome.stopped)


def _tell(
    dispute: Dispute,
    found: Mapping[str, ClaimRecord],
    reports: Collection[str],
    counter: Counter,
    most: int | None,
) -> ToldDispute:
    told = []
    likely = sorted(dispute.versions, key=lambda members: -_names(members, found))[:most]
    for members in likely:
        chosen = {claim.id for claim in members}
        told.append(
            Version(
                [found[claim.id] for claim in members],
                [found[claim.id] for claim in dispute.claims if claim.id not in chosen],
                counter.count(chosen, among=reports),
            )
        )
    told.sort(key=lambda v: (-v.origins.least, -v.origins.most, -len(v.claims), v.claims[0].id))
    further = len(dispute.versions) - len(told)
    reason = explain_conflict(dispute.conflicts[0], found)
    return ToldDispute(told, reason, len(dispute.conflicts), dispute.complete, further)


def _names(members: Sequence[Claim], found: Mapping[str, ClaimRecord]) -> int:
    """Count the origins by name: never fewer than the independent ones, and quickly counted."""
    return len({a.origin for claim in members for a in found[claim.id].assertions})
