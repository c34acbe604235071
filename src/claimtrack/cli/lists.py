"""`list-events`, `list-sources`, `list-documents`: what is in the database, a row each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.cli.options import (
    SCREENFUL,
    AsOf,
    Database,
    Json,
    Limit,
    Offset,
    OutputFormat,
    parse_format,
    read_as_of,
)

if TYPE_CHECKING:
    from claimtrack.report.formats import Format


def list_events(
    as_of: AsOf = None,
    limit: Limit = None,
    offset: Offset = 0,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """List the events, with how much is claimed and disputed about each.

    Example: claimtrack list-events --format md
    """
    _list("event", as_of, (limit, offset), parse_format(format_), json, db)


def list_sources(
    as_of: AsOf = None,
    limit: Limit = None,
    offset: Offset = 0,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """List the sources: whoever says something, or is said to have said it.

    Example: claimtrack list-sources
    """
    _list("source", as_of, (limit, offset), parse_format(format_), json, db)


def list_documents(
    as_of: AsOf = None,
    limit: Limit = None,
    offset: Offset = 0,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """List the documents: the published works that state claims.

    Example: claimtrack list-documents --json
    """
    _list("document", as_of, (limit, offset), parse_format(format_), json, db)


_SHORT = {
    "anonymous": "anon",
    "contradictions": "contrad.",
    "documents": "docs",
    "quoted_in": "quoted",
    "reliability": "grade",
}
"""Headings for people, whose screens are narrow; programs get the full names."""


def _flexible(columns: Sequence[str]) -> list[int]:
    """List the columns that may fold: those of free text, and dates that may be spans."""
    free = ("name", "title", "source", "place", "date")
    return [at for at, name in enumerate(columns) if name in free]


def _list(
    type_: str,
    as_of: str | None,
    page: tuple[int | None, int],
    format_: Format | None,
    json: bool,
    db: str | None,
) -> None:
    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.services import looking

    chosen = output.choose_format(format_, json=json)
    limit, offset = page
    if limit is None and chosen is formats.Format.TABLE:
        limit = SCREENFUL
    where = looking.database(db)
    found = looking.list_rows(where, type_, read_as_of(where, as_of), limit=limit, offset=offset)
    if chosen is formats.Format.TABLE:
        shown = [at for at, name in enumerate(found.columns) if name != "url"]
        names = [_SHORT.get(found.columns[at], found.columns[at]) for at in shown]
        cells = [[formats.cell(row[at]) for at in shown] for row in found.rows]
        output.table(names, cells, flexible=_flexible([found.columns[at] for at in shown]))
    else:
        output.write(formats.TEXTS[chosen](found.columns, found.rows))
    if found.rows or found.total > offset:
        output.note_more(offset + len(found.rows), found.total, exact=found.exact)
    elif offset:
        output.note(f"hint: there are no more than {found.total:,}")
    else:
        output.note(f"hint: there is no {type_} yet; try `claimtrack demo` or `claimtrack import`")
