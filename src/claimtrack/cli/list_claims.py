"""`claimtrack list-claims`: a row a claim."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import (
    SCREENFUL,
    AsOf,
    Database,
    Event,
    Group,
    Json,
    Limit,
    Metric,
    Offset,
    Origin,
    OutputFormat,
    Source,
    parse_format,
    read_as_of,
)


def list_claims(
    event: Event = None,
    metric: Metric = None,
    group: Group = None,
    source: Source = None,
    origin: Origin = None,
    document: Annotated[
        list[str] | None,
        typer.Option(
            "--document", help="Only this document.", autocompletion=complete("documents")
        ),
    ] = None,
    contradicted: Annotated[
        bool, typer.Option("--contradicted", help="Only claims that stand in a contradiction.")
    ] = False,
    search: Annotated[
        str | None,
        typer.Option(
            "--search", help="Only where words or quote hold this text, as `search` finds it."
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Only published on or after this day.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Only published on or before this day.")
    ] = None,
    as_of: AsOf = None,
    limit: Limit = None,
    offset: Offset = 0,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """List the claims: words, bounds, who says so, and whether it is contradicted.

    Example: claimtrack list-claims --metric killed --contradicted
    """
    from claimtrack.cli import output
    from claimtrack.report import contract, formats
    from claimtrack.services import looking

    chosen = output.choose_format(parse_format(format_), json=json)
    if limit is None and chosen is formats.Format.TABLE:
        limit = SCREENFUL
    where = looking.database(db)
    filter_ = looking.make_filter(
        events=event,
        metrics=metric,
        groups=group,
        sources=source,
        origins=origin,
        documents=document,
        contradicted=contradicted,
        search=search,
        since=since,
        until=until,
        known_by=read_as_of(where, as_of),
    )
    page = looking.list_claims(where, filter_, limit=limit, offset=offset)
    if chosen is formats.Format.TABLE:
        output.table(formats.TABLE_COLUMNS, formats.claim_table(page.claims), flexible=(1, 2, 4))
    elif chosen in (formats.Format.JSON, formats.Format.JSONL):
        data = [contract.claim_json(claim) for claim in page.claims]
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    else:
        output.write(formats.TEXTS[chosen](formats.CLAIM_COLUMNS, formats.claim_rows(page.claims)))
    if not page.claims and not page.total:
        output.note("hint: no claim passes; leave out a filter, or see `claimtrack status`")
    elif not page.claims and offset >= page.total:
        output.note(f"hint: there are no more than {page.total:,}")
    else:
        output.note_more(offset + len(page.claims), page.total, exact=page.exact)
