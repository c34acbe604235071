"""`list-events`, `list-sources`, `list-documents`: what is in the database, a row each."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.cli.options import AsOf, Database, Json, OutputFormat, parse_format, read_as_of


def list_events(
    as_of: AsOf = None, format_: OutputFormat = None, json: Json = False, db: Database = None
) -> None:
    """List the events, with how much is claimed and disputed about each.

    Example: claimtrack list-events --format md
    """
    _list("event", as_of, format_, json, db)


def list_sources(
    as_of: AsOf = None, format_: OutputFormat = None, json: Json = False, db: Database = None
) -> None:
    """List the sources: whoever says something, or is said to have said it.

    Example: claimtrack list-sources
    """
    _list("source", as_of, format_, json, db)


def list_documents(
    as_of: AsOf = None, format_: OutputFormat = None, json: Json = False, db: Database = None
) -> None:
    """List the documents: the published works that state claims.

    Example: claimtrack list-documents --json
    """
    _list("document", as_of, format_, json, db)


_SHORT = {"anonymous": "anon", "reliability": "grade", "quoted_in": "quoted", "documents": "docs"}
"""Headings for people, whose screens are narrow; programs get the full names."""


def _flexible(columns: Sequence[str]) -> list[int]:
    """List the columns that may fold: those of free text."""
    return [at for at, name in enumerate(columns) if name in ("name", "title", "source", "place")]


def _list(type_: str, as_of: str | None, format_: str | None, json: bool, db: str | None) -> None:
    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.services import looking

    where = looking.database(db)
    columns, rows = looking.list_rows(where, type_, read_as_of(where, as_of))
    chosen = output.choose_format(parse_format(format_), json=json)
    if chosen is formats.Format.TABLE:
        shown = [at for at, name in enumerate(columns) if name != "url"]
        names = [_SHORT.get(columns[at], columns[at]) for at in shown]
        cells = [[formats.cell(row[at]) for at in shown] for row in rows]
        output.table(names, cells, flexible=_flexible([columns[at] for at in shown]))
    else:
        output.write(formats.TEXTS[chosen](columns, rows))
    if not rows:
        output.note(f"hint: there is no {type_} yet; try `claimtrack demo` or `claimtrack import`")
