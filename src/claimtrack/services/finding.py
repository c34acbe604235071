"""Find what the record says of its sources: drift, and sources at odds with themselves."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.domain.finding import Drift, Finding, Statement
from claimtrack.domain.record import ClaimRecord
from claimtrack.errors import UsageError
from claimtrack.findings.fairness import Scale
from claimtrack.findings.search import find_all
from claimtrack.services.comparing import as_claim
from claimtrack.services.contradicting import find_contradictions
from claimtrack.store import cases, overview, records, relays
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter

KINDS = ("drift", "self")


def find_findings(
    where: str,
    *,
    events: Sequence[str] = (),
    sources: Sequence[str] = (),
    kind: str | None = None,
    known_by: int | None = None,
) -> list[Finding]:
    """Find drift and self in these events, or in all; the whole event is looked at each time.

    `sources` narrows to findings in which one of them is the source spoken of or a document's.
    Raises UsageError for a kind that is none, UnknownId for an event or source not there.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"there is no kind '{kind}'", f"choose one of {', '.join(KINDS)}")
    found: list[Finding] = []
    with reading(where) as connection:
        overview.check_names(connection, Filter(events=tuple(events), sources=tuple(sources)))
        scale = Scale(cases.load_metrics(connection), cases.load_groups(connection))
        for event in events or relays.events_with_relays_or_contradictions(connection):
            only = Filter(events=(event,), known_by=known_by)
            claims = records.claim_records(connection, only)
            conflicts = find_contradictions(connection, only)
            found += find_all(statements(claims), conflicts, scale)
    return [
        finding
        for finding in found
        if (kind is None or kind == kind_of(finding))
        and (not sources or _parties(finding) & set(sources))
    ]


def kind_of(finding: Finding) -> str:
    """Name the kind of a finding as people type it."""
    return "drift" if isinstance(finding, Drift) else "self"


def statements(claims: Sequence[ClaimRecord]) -> list[Statement]:
    """Give every assertion of these claims with its claim."""
    return [
        Statement(record, assertion, claim)
        for record in claims
        for claim in [as_claim(record)]
        for assertion in record.assertions
    ]


def _parties(finding: Finding) -> set[str]:
    return {finding.source, *(said.assertion.source for said in finding.statements)}
