"""Look things up: claims, sources, events, documents, contradictions, and the state of it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.errors import UnknownId
from claimtrack.store import journal, overview, records, schema
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the claims that pass, and how many there are in all."""

    claims: Sequence[ClaimRecord]
    total: int


def list_claims(where: str, filter_: Filter, *, limit: int | None, offset: int = 0) -> Page:
    """List claims; names in the filter that do not exist are refused with the nearest."""
    with reading(where) as connection:
        overview.check_names(connection, filter_)
        found = records.claim_records(connection, filter_, limit=limit, offset=offset)
        full = limit is not None and len(found) == limit
        total = records.count_claims(connection, filter_) if full else offset + len(found)
    return Page(found, total)


def list_rows(where: str, type_: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """List sources, events or documents with what hangs on them."""
    with reading(where) as connection:
        return overview.list_rows(connection, type_)


def list_contradictions(
    where: str,
    filter_: Filter,
    *,
    rules: Sequence[str] = (),
    least: float = 0.0,
    limit: int | None = None,
) -> list[ContradictionRecord]:
    """List the contradictions that pass, worst first."""
    with reading(where) as connection:
        overview.check_names(connection, filter_)
        return records.contradiction_records(
            connection,
            events=filter_.events,
            metrics=filter_.metrics,
            sources=filter_.sources,
            rules=rules,
            least=least,
            limit=limit,
        )


@dataclass(frozen=True, slots=True)
class Status:
    """What is in a database."""

    counts: dict[str, int]
    schema_version: str
    batches: Sequence[journal.Batch]


def status(where: str) -> Status:
    """Count what is there."""
    with reading(where) as connection:
        return Status(
            overview.counts(connection), schema.SCHEMA_VERSION, journal.list_batches(connection)
        )


def find_claims(where: str, names: Sequence[str]) -> list[ClaimRecord]:
    """Find claims by claim id, by its beginning, or by the id of an assertion."""
    with reading(where) as connection:
        slugs = [_claim_slug(connection, name) for name in names]
        found = records.claim_records(connection, Filter(claims=tuple(slugs)))
    by_id = {record.id: record for record in found}
    return [by_id[slug] for slug in slugs]


def _claim_slug(connection: overview.Connection, name: str) -> str:
    if stated := records.claim_ids_of_assertion(connection, name):
        return stated[0]
    matches = records.slugs_starting_with(connection, schema.claims, name) if name else []
    if name in matches or len(matches) == 1:
        return name if name in matches else matches[0]
    if matches:
        raise UnknownId(
            f"'{name}' begins several claims", f"go on with one of {', '.join(matches)}"
        )
    near = overview.nearest(connection, schema.assertions, name)
    hint = f"did you mean '{near}'?" if near else "`claimtrack list-claims` shows the ids"
    raise UnknownId(f"there is no claim '{name}'", hint)


def find_thing(where: str, name: str) -> tuple[str, str, list[tuple[str, object]]]:
    """Find what an id names (event, group, metric, source or document): type, id and fields."""
    with reading(where) as connection:
        found = overview.find_named(connection, name)
    if found is None:
        hint = "`claimtrack list-events`, `list-sources` and `list-documents` show ids"
        raise UnknownId(f"nothing has the id '{name}'", hint)
    return found
