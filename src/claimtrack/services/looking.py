"""Look things up: claims, sources, events, documents, contradictions, and the state of it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.errors import ClaimtrackError, UnknownId
from claimtrack.store import journal, overview, records, schema
from claimtrack.store.engine import reading
from claimtrack.store.location import find_database
from claimtrack.store.records import Filter

if TYPE_CHECKING:
    from claimtrack.domain.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the claims that pass, and how many there are in all."""

    claims: Sequence[ClaimRecord]
    total: int


def database(option: str | None) -> str:
    """Choose the database by the documented order."""
    return find_database(option).where


def make_filter(
    *,
    events: Sequence[str] | None = None,
    metrics: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    sources: Sequence[str] | None = None,
    origins: Sequence[str] | None = None,
    documents: Sequence[str] | None = None,
    contradicted: bool = False,
    search: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Filter:
    """Make a filter of what people typed; days are EDTF, each side of the span they mean."""
    return Filter(
        events=tuple(events or ()),
        metrics=tuple(metrics or ()),
        groups=tuple(groups or ()),
        sources=tuple(sources or ()),
        origins=tuple(origins or ()),
        documents=tuple(documents or ()),
        contradicted=contradicted,
        search=search,
        since=_day(since, first=True),
        until=_day(until, first=False),
    )


def _day(text: str | None, *, first: bool) -> int | None:
    """Read the first or the last day a date can mean, loading the reader only where asked."""
    if text is None:
        return None
    from claimtrack.domain.dates import read_edtf

    return read_edtf(text)[0 if first else 1]


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
    near = overview.nearest_of_all(connection, name)
    hint = f"did you mean '{near}'?" if near else "`claimtrack list-claims` shows the ids"
    raise UnknownId(f"there is no claim '{name}'", hint)


def find_thing(where: str, name: str) -> tuple[str, str, list[tuple[str, object]]] | None:
    """Find what an id names (event, group, metric, source or document): type, id and fields."""
    with reading(where) as connection:
        return overview.find_named(connection, name)


def find_lexicon(option: str | None) -> Lexicon:
    """Give the lexicon of the package, or the person's own."""
    from pathlib import Path

    from claimtrack.domain.lexicon import default_lexicon, load_lexicon

    return load_lexicon(Path(option)) if option else default_lexicon()


def read_text(path: str | None) -> str | None:
    """Read a text to hold quotes against; what cannot be read is said in a sentence."""
    if path is None:
        return None
    from pathlib import Path

    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ClaimtrackError(f"{path} is not UTF-8 text", "save it as UTF-8") from error
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ClaimtrackError(f"cannot read {path}: {reason}", "name a text file") from error
