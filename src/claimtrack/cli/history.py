"""`claimtrack history`: what was done to an entry, or which batches there were."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import Database, Json, OutputFormat, parse_format


def history(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A claim, assertion, contradiction, document, source, event, group or metric.",
            autocompletion=complete(
                "assertions", "claims", "contradictions", "documents", "sources", "events"
            ),
            show_default=False,
            metavar="[ID]",
        ),
    ] = None,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Tell the story of an entry: imported, changed, corrected, reviewed, graded, removed.

    A claim's story has the entries that state it, a contradiction's those of its claims.
    Without an id, the batches with what each added and changed.

    Example: claimtrack history bloomberg
    """
    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.report import history as told
    from claimtrack.services import history as stories
    from claimtrack.services import looking

    chosen = output.choose_format(parse_format(format_), json=json)
    where = looking.database(db)
    if name is None:
        batches = stories.list_batches(where)
        columns, flexible = told.BATCHES, [3]
        rows = [told.batch_row(batch) for batch in batches]
        data = [told.batch_data(batch) for batch in batches]
    else:
        story = stories.tell(where, name)
        columns, flexible = told.STORY, [4, 6]
        rows = [told.story_row(one) for one in story]
        data = [told.story_data(one) for one in story]
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    elif chosen is formats.Format.TABLE:
        output.table(columns, rows, flexible=flexible)
    else:
        output.write(formats.TEXTS[chosen](columns, rows))
    if not rows:
        built_in = "built in, and nothing was done to it since"
        output.note(f"hint: {'no batches yet' if name is None else built_in}")
