"""Look things up: claims, sources, events, documents, contradictions, and the state of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimtrack.domain.record import ClaimRecord, ContradictionRecord, Review
from claimtrack.errors import ClaimtrackError, UnknownId, UsageError
from claimtrack.store import journal, listing, overview, records, schema
from claimtrack.store.engine import reading
from claimtrack.store.location import find_database
from claimtrack.store.records import Filter

if TYPE_CHECKING:
    from claimtrack.domain.lexicon import Lexicon


RULES = ("disjoint", "part_of", "sum", "capacity", "denial", "date", "category", "truth_value")
"""The rules by which contradictions are found; a test holds this to the engine's own list."""

STATUSES = ("open", "confirmed", "dismissed", "explained", "disputed")
"""What people's reviews of a contradiction can come to."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the claims that pass, and how many there are in all.

    Where `exact` is false, there are at least `total`: counting on would read everything.
    """

    claims: Sequence[ClaimRecord]
    total: int
    exact: bool = True


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
    known_by: int | None = None,
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
        known_by=known_by,
    )


def _day(text: str | None, *, first: bool) -> int | None:
    """Read the first or the last day a date can mean, loading the reader only where asked."""
    if text is None:
        return None
    from claimtrack.domain.dates import read_edtf

    return read_edtf(text)[0 if first else 1]


def _countable(rows: int | None) -> int | None:
    """Keep a number of rows to what a database can count; there are never more."""
    return None if rows is None else min(rows, 2**53)


def list_claims(where: str, filter_: Filter, *, limit: int | None, offset: int = 0) -> Page:
    """List claims; names in the filter that do not exist are refused with the nearest."""
    limit, offset = _countable(limit), _countable(offset) or 0
    with reading(where) as connection:
        overview.check_names(connection, filter_)
        if filter_.known_by is not None and filter_.contradicted:
            return _list_contradicted_then(connection, filter_, limit=limit, offset=offset)
        if limit is None:
            found = records.claim_records(connection, filter_)
            page = Page(found[offset:], len(found))
        else:
            rows = listing.page(connection, filter_, limit, offset)
            found = records.claims_in_rows(connection, rows.ids, filter_.known_by)
            page = Page(found, rows.total, rows.exact)
        if filter_.known_by is None:
            return page
        from claimtrack.services.contradicting import mark_then

        return replace(page, claims=mark_then(connection, page.claims, filter_.known_by))


def _list_contradicted_then(
    connection: overview.Connection, filter_: Filter, *, limit: int | None, offset: int
) -> Page:
    """List what was contradicted by a day, found anew event by event until the page is full."""
    from claimtrack.services.contradicting import mark_then

    assert filter_.known_by is not None
    found: list[ClaimRecord] = []
    for event in sorted(set(filter_.events)) or overview.events(connection):
        mine = replace(filter_, events=(event,), contradicted=False)
        claims = records.claim_records(connection, mine)
        marked = mark_then(connection, claims, filter_.known_by)
        found += [record for record in marked if record.contradicted]
        if limit is not None and len(found) > offset + limit:
            return Page(found[offset : offset + limit], offset + limit + 1, exact=False)
    return Page(found[offset : None if limit is None else offset + limit], len(found))


@dataclass(frozen=True, slots=True)
class AsOf:
    """The last day of what people call a day, and how many documents have no date at all."""

    day: int
    undated: int


def read_as_of(where: str, text: str) -> AsOf:
    """Read the date by whose end something was known, in EDTF; it has to have an end."""
    day = _day(text, first=False)
    if day is None:
        raise UsageError(f"'{text}' has no end", "give a day: --as-of 2018-02-13")
    with reading(where) as connection:
        return AsOf(day, overview.count_undated(connection))


def list_rows(
    where: str,
    type_: str,
    known_by: int | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> overview.Listing:
    """List a page of sources, events or documents with what hangs on them."""
    limit, offset = _countable(limit), _countable(offset) or 0
    with reading(where) as connection:
        found = overview.list_rows(connection, type_, known_by, limit=limit, offset=offset)
        if known_by is None or "contradictions" not in found.columns or not found.rows:
            return found
        from claimtrack.services.contradicting import events_of_recalled

        events = [str(row[0]) for row in found.rows]
        count = Counter(events_of_recalled(connection, events, known_by))
        at = found.columns.index("contradictions")
        counted = [(*row[:at], count[str(row[0])], *row[at + 1 :]) for row in found.rows]
        return replace(found, rows=counted)


def list_contradictions(
    where: str,
    filter_: Filter,
    *,
    rules: Sequence[str] = (),
    statuses: Sequence[str] = (),
    least: float = 0.0,
    limit: int | None = None,
    offset: int = 0,
) -> list[ContradictionRecord]:
    """List the contradictions that pass, worst first."""
    from claimtrack.services.contradicting import find_contradictions

    for what, given, all_ in (("rule", rules, RULES), ("status", statuses, STATUSES)):
        for name in given:
            if name not in all_:
                raise UsageError(f"there is no {what} '{name}'", f"choose of {', '.join(all_)}")
    with reading(where) as connection:
        overview.check_names(connection, filter_)
        return find_contradictions(
            connection,
            filter_,
            rules=rules,
            statuses=statuses,
            least=least,
            limit=_countable(limit),
            offset=_countable(offset) or 0,
        )


def find_contradiction(
    where: str, name: str, known_by: int | None = None
) -> ContradictionRecord | None:
    """Find the contradiction of this id, or the only one whose id begins so."""
    from claimtrack.services.contradicting import find_contradictions
    from claimtrack.store import contradictions

    if not name.startswith("k"):
        # As the ids of all contradictions do; to find those of a day, all events are searched.
        return None
    with reading(where) as connection:
        if known_by is None:
            begun = contradictions.names_starting_with(connection, name)
        else:
            everything = find_contradictions(connection, Filter(known_by=known_by))
            begun = sorted(found.id for found in everything if found.id.startswith(name))[:6]
        if name in begun:
            begun = [name]
        if len(begun) > 1:
            raise UnknownId(
                f"'{name}' begins several contradictions", f"go on with one of {', '.join(begun)}"
            )
        if not begun:
            return None
        return find_contradictions(connection, Filter(known_by=known_by), slugs=begun)[0]


def find_reviews(where: str, kind: str, names: Sequence[str]) -> dict[str, tuple[Review, ...]]:
    """Give what people have said of these assertions or sources."""
    from claimtrack.store import reviews

    with reading(where) as connection:
        return reviews.reviews_of(connection, kind, names)


def search_limits(where: str, events: Sequence[str] = ()) -> dict[str, str]:
    """Give, for events in which a search met its limit, the sentence that says so."""
    from claimtrack.store import cases

    with reading(where) as connection:
        return cases.search_limits(connection, events)


@dataclass(frozen=True, slots=True)
class Status:
    """What is in a database."""

    counts: dict[str, int]
    schema_version: str
    batches: Sequence[journal.Batch]


def status(where: str, known_by: int | None = None) -> Status:
    """Count what is there, or what was known by the end of a day."""
    with reading(where) as connection:
        counts = overview.counts(connection, known_by)
        if known_by is not None:
            from claimtrack.services.contradicting import events_of_recalled

            counts["contradictions"] = sum(1 for _ in events_of_recalled(connection, (), known_by))
        return Status(counts, schema.SCHEMA_VERSION, journal.list_batches(connection))


def find_claims(where: str, names: Sequence[str], known_by: int | None = None) -> list[ClaimRecord]:
    """Find claims by claim id, by its beginning, or by the id of an assertion."""
    with reading(where) as connection:
        slugs = [_claim_slug(connection, name) for name in names]
        found = records.claim_records(connection, Filter(claims=tuple(slugs), known_by=known_by))
    by_id = {record.id: record for record in found}
    for name, slug in zip(names, slugs, strict=True):
        if slug not in by_id:
            raise UnknownId(
                f"'{name}' was not known by that day", "leave out --as-of, or give a later day"
            )
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
    hint = overview.hint_of(connection, name, "`claimtrack list-claims` shows the ids")
    raise UnknownId(f"there is no claim '{name}'", hint)


KINDS = ("event", "group", "metric", "source", "document", "claim")
"""What an id may name; ids are unique in each."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What an id names, with the fields it was imported with and what people say of it.

    `also` are the other kinds of things that the id names.
    """

    kind: str
    id: str
    fields: Sequence[tuple[str, object]]
    reviews: Sequence[Review]
    also: Sequence[str]


def find_thing(
    where: str, name: str, known_by: int | None = None, *, kind: str | None = None
) -> Thing | None:
    """Find what an id names, other than claims; the first kind of `KINDS` if none is given.

    Raises UsageError for a kind that is none, UnknownId for a document that came later and
    where nothing of the kind has the id.
    """
    from claimtrack.store import reviews

    if kind not in (None, *KINDS):
        raise UsageError(f"there is no kind '{kind}'", f"choose one of {', '.join(KINDS)}")
    if kind == "claim":
        return None
    with reading(where) as connection:
        found = overview.find_named(connection, name, kind)
        if found is None:
            if kind is None:
                return None
            hint = overview.hint_of(connection, name, f"`claimtrack list-{kind}s` shows the ids")
            raise UnknownId(f"there is no {kind} '{name}'", hint)
        type_, slug, fields = found
        if type_ == "document" and not overview.was_known(connection, name, known_by):
            raise UnknownId(
                f"the document '{name}' was not published by that day",
                "leave out --as-of, or give a later day",
            )
        said = reviews.reviews_of(connection, type_, [slug]).get(slug, ())
        also = [other for other in overview.kinds_named(connection, name) if other != type_]
        return Thing(type_, slug, fields, said, also)


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
