"""`claimtrack check`: what a new statement would agree with and contradict."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import AsOf, Database, Json, read_as_of


def check(
    sentence: Annotated[
        str | None, typer.Argument(help="A sentence with a count; or give --metric and --value.")
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(
            "--event",
            help="Of which event.  [default: the only one there is]",
            autocompletion=complete("events"),
        ),
    ] = None,
    metric: Annotated[
        str | None,
        typer.Option("--metric", help="What is measured.", autocompletion=complete("metrics")),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", help="Who is counted.", autocompletion=complete("groups")),
    ] = None,
    value: Annotated[
        str | None, typer.Option("--value", help="The answer in words, as an import has it.")
    ] = None,
    denied: Annotated[
        bool, typer.Option("--denied", help="The statement denies the --value.")
    ] = False,
    as_of_day: Annotated[
        str | None, typer.Option("--as-of-day", help="The toll is one as of this day.")
    ] = None,
    as_of: AsOf = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 where it contradicts something.")
    ] = False,
    json: Json = False,
    db: Database = None,
) -> None:
    """Tell what a statement would agree with and contradict; nothing is stored.

    Example: claimtrack check "More than 200 Russians were killed" --event khasham-2018
    """
    from claimtrack.cli import output
    from claimtrack.report import checked, formats
    from claimtrack.services import checking, looking

    where = looking.database(db)
    told = checking.Told(sentence, event, metric, group, value, denied, as_of_day)
    known_by = read_as_of(where, as_of)
    done = checking.check(where, told, looking.find_lexicon(None), known_by)
    if json:
        output.write(formats.as_json(checked.checked_json(done)))
    else:
        output.write(checked.checked_text(done))
    if not (done.agreements or done.objections) and done.narrower:
        output.note(f"hint: was a part of them meant? --group {' or '.join(done.narrower)}")
    if exit_code and done.objections:
        raise typer.Exit(3)
