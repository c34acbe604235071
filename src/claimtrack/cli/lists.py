"""`list-events`, `list-sources`, `list-documents`: what is in the database, a row each."""

from __future__ import annotations

from claimtrack.cli.options import Database, Json, OutputFormat, parse_format


def list_events(format_: OutputFormat = None, json: Json = False, db: Database = None) -> None:
    """List the events, with how much is claimed and disputed about each.

    Example: claimtrack list-events --format md
    """
    _list("event", format_, json, db)


def list_sources(format_: OutputFormat = None, json: Json = False, db: Database = None) -> None:
    """List the sources: whoever says something, or is said to have said it.

    Example: claimtrack list-sources
    """
    _list("source", format_, json, db)


def list_documents(format_: OutputFormat = None, json: Json = False, db: Database = None) -> None:
    """List the documents: the published works that state claims.

    Example: claimtrack list-documents --json
    """
    _list("document", format_, json, db)


def _list(type_: str, format_: str | None, json: bool, db: str | None) -> None:
    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.services import looking

    columns, rows = looking.list_rows(looking.database(db), type_)
    chosen = output.choose_format(parse_format(format_), json=json)
    if chosen is formats.Format.TABLE:
        names = [name.replace("_", " ") for name in columns]
        cells = [[formats.cell(value) for value in row] for row in rows]
        output.table(names, cells, flexible=range(1, len(columns)))
    else:
        output.write(formats.TEXTS[chosen](columns, rows))
    if not rows:
        output.note(f"hint: there is no {type_} yet; try `claimtrack demo` or `claimtrack import`")
