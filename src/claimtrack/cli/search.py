"""`claimtrack search`: find words in quotes, claims, titles and names."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.options import (
    AsOf,
    Database,
    Event,
    Json,
    OutputFormat,
    parse_format,
    read_as_of,
)


def search(
    text: Annotated[
        list[str], typer.Argument(help="What to find; of several, each has to be there.")
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help="Only events, groups, sources, documents or claims; may be repeated.",
            autocompletion=lambda: ["event", "group", "source", "document", "claim"],
        ),
    ] = None,
    event: Event = None,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Hits at most.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Hits to pass over.")] = 0,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Search quotes, the words of claims, titles of documents, and names, in any script.

    Parts of words are found; case and accents make no difference. Whole words come first, then
    events, groups, sources, documents and claims, then what was recorded last.

    Example: claimtrack search "more than 200" --kind claim
    """
    from claimtrack.cli import output
    from claimtrack.report import formats, hits
    from claimtrack.services import looking, searching

    chosen = output.choose_format(parse_format(format_), json=json)
    where = looking.database(db)
    found = searching.search(
        where,
        text,
        kinds=kind or (),
        events=event or (),
        known_by=read_as_of(where, as_of),
        limit=limit,
        offset=offset,
    )
    if chosen is formats.Format.TABLE:
        rows = hits.hit_table(found.hits, found.terms)
        output.table(hits.TABLE_COLUMNS, rows, flexible=(1, 2, 3))
    elif chosen in (formats.Format.JSON, formats.Format.JSONL):
        data = [hits.hit_json(hit, found.terms) for hit in found.hits]
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    else:
        rows = hits.hit_rows(found.hits, found.terms)
        output.write(formats.TEXTS[chosen](hits.COLUMNS, rows))
    shown = offset + len(found.hits)
    if not found.hits and offset and found.total:
        output.note(f"hint: there are no more than {found.total:,}")
    elif not found.hits:
        output.note("hint: nothing holds this text; try a shorter part of it")
    elif shown < found.total:
        least = " at least" if found.cut else ""
        output.note(f"{found.total - shown:,} more{least}: --offset {shown}, or a larger --limit")
    if found.cut:
        names = ", ".join(f"{name}s" for name in found.cut)
        output.note(f"note: of {names} only those recorded last were looked at; add a word or two")
