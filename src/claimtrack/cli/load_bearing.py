"""`claimtrack load-bearing`: what moves when one origin is left out."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import AsOf, Database, Json, OutputFormat, parse_format, read_as_of


def load_bearing(
    event: Annotated[
        str, typer.Argument(help="The id of an event.", autocompletion=complete("events"))
    ],
    as_of: AsOf = None,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Leave each origin out in turn: which ranges, versions and contradictions move.

    What does not move is counted, not listed.

    Example: claimtrack load-bearing khasham-2018
    """
    from claimtrack.cli import output
    from claimtrack.report import formats, load
    from claimtrack.services import loadbearing, looking

    chosen = output.choose_format(parse_format(format_), json=json)
    where = looking.database(db)
    found = loadbearing.run_load_test(where, event, read_as_of(where, as_of))
    rows = load.load_rows(found.loads, found.claims)
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        data = [load.load_data(one, found.claims) for one in found.loads]
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    elif chosen is formats.Format.TABLE:
        output.table(load.COLUMNS, rows, flexible=(0, 2, 3, 4))
    else:
        output.write(formats.TEXTS[chosen](load.COLUMNS, rows))
    for one in found.loads:
        output.note(load.load_sentence(one))
    if not found.loads:
        output.note("hint: nothing is reported of this event; `claimtrack list-events` counts")
