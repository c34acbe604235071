"""Gather the case file of an event: everything concluded of it, from one view of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack import __version__
from claimtrack.errors import ClaimtrackError
from claimtrack.findings.fairness import Scale
from claimtrack.findings.search import find_all
from claimtrack.origins.record_errors import record_errors
from claimtrack.report.page.case_file import CaseFile
from claimtrack.services.comparing import Beside, make_panels
from claimtrack.services.contradicting import find_contradictions, mark
from claimtrack.services.estimating import estimate_in
from claimtrack.services.event_versions import COUNTED, tell_versions
from claimtrack.services.finding import statements
from claimtrack.services.tracing import make_counter
from claimtrack.store import cases, overview, records
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter

if TYPE_CHECKING:
    from collections.abc import Container

    from claimtrack.domain.testimony import RecordError
    from claimtrack.services.tracing import Counter

METHODS = ("origin-median", "envelope", "conservative")
"""The methods of a case file: those that need no choice and no other event."""


def gather(
    where: str, event: str, *, known_by: int | None = None, as_of: str | None = None
) -> CaseFile:
    """Gather the case file of an event, or of what was known of it by the end of a day.

    `as_of` is that day in the words of whoever asked. Raises UnknownId for an event that is
    not there, ClaimtrackError for one of which nothing is claimed.
    """
    wanted = Filter(events=(event,), known_by=known_by)
    with reading(where) as connection:
        overview.check_names(connection, wanted)
        claims = records.claim_records(connection, wanted)
        if not claims:
            by_then = "" if known_by is None else " by that day"
            raise ClaimtrackError(
                f"nothing is claimed of {event}{by_then}", "`claimtrack list-events` counts claims"
            )
        found = find_contradictions(connection, wanted)
        if known_by is not None:
            claims = mark(claims, found)
        metrics, groups = cases.load_metrics(connection), cases.load_groups(connection)
        (loaded,) = cases.load_cases(connection, cases.event_rows(connection, (event,)), known_by)
        ids = [claim.id for claim in claims]
        counter = make_counter(connection, ids, known_by=known_by)
        estimates = estimate_in(connection, wanted, METHODS)
        undated = overview.count_undated(connection) if known_by is not None else 0
        named = overview.find_named(connection, event)
    fields = dict(named[2]) if named else {}
    among = {assertion.id for claim in claims for assertion in claim.assertions}
    beside = Beside(metrics, groups, counter, {each.question: each for each in estimates})
    title = claims[0].event_title
    by_id = {claim.id: claim for claim in claims}
    return CaseFile(
        event=event,
        title=title,
        date=_text(fields.get("date")),
        place=_text(fields.get("place")),
        claims=claims,
        panels=make_panels(claims, found, beside, list(metrics)),
        versions=tell_versions(event, title, loaded.case, by_id, counter, COUNTED),
        contradictions=found,
        findings=find_all(statements(claims), found, Scale(metrics, groups)),
        record_errors=_errors(counter, among),
        origins=counter.count([claim.id for claim in loaded.case.claims], among=among),
        release=__version__,
        as_of=as_of,
        undated=undated,
    )


def _text(field: object) -> str | None:
    return None if field is None else str(field)


def _errors(counter: Counter, among: Container[str]) -> list[RecordError]:
    loaded = counter.loaded
    reports = [one for told in loaded.by_claim.values() for one in told if one.id in among]
    return record_errors(reports, loaded.dependences, known=loaded.known)


def render(told: CaseFile, format_: str) -> str:
    """Write a case file as `html` or `md`."""
    if format_ == "md":
        from claimtrack.report.page.markdown import as_markdown

        return as_markdown(told)
    from claimtrack.report.page.html import as_html

    return as_html(told)
