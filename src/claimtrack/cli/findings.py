"""`claimtrack findings`: what drifted from its source, and who is at odds with themselves."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import (
    AsOf,
    Database,
    Event,
    Json,
    OutputFormat,
    parse_format,
    read_as_of,
)


def findings(
    event: Event = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            help="Only what this source tells, or is told to have said.",
            autocompletion=complete("sources"),
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help="drift: what is told is not what was said. self: one source, two values.",
            autocompletion=lambda: ["drift", "self"],
        ),
    ] = None,
    as_of: AsOf = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 where there is any.")
    ] = False,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """List accounts that drifted, and sources at odds with themselves.

    Drift: what a document has a source say is not what that source says itself. Where no
    link names the statement, that is said as far as the database holds. Self: one source,
    two values that cannot both hold, no correction between them. Neither says what is true.

    Example: claimtrack findings --kind drift
    """
    from claimtrack.cli import output
    from claimtrack.report import findings as told
    from claimtrack.report import formats
    from claimtrack.services import finding, looking

    chosen = output.choose_format(parse_format(format_), json=json)
    where = looking.database(db)
    found = finding.find_findings(
        where,
        events=event or (),
        sources=source or (),
        kind=kind,
        known_by=read_as_of(where, as_of),
    )
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text([told.finding_json(each) for each in found]))
    elif chosen is formats.Format.TABLE:
        for each in found:
            output.lines([told.headline(each)])
            columns, rows = told.side_by_side(each)
            output.table(columns, rows, flexible=range(len(columns)))
    else:
        output.write(formats.TEXTS[chosen](told.COLUMNS, told.finding_rows(found)))
    if not found:
        output.note(
            "hint: as far as the database holds, every account says what its source says;"
            " `claimtrack contradictions` shows what cannot all be true"
        )
    if exit_code and found:
        raise typer.Exit(3)
