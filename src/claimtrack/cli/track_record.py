"""`claimtrack track-record`: how a source's numbers stand to those of the others."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import (
    AsOf,
    Database,
    Group,
    Json,
    Metric,
    OutputFormat,
    parse_format,
    read_as_of,
)


def track_record(
    source: Annotated[str, typer.Argument(help="A source.", autocompletion=complete("sources"))],
    metric: Metric = None,
    group: Group = None,
    treat_suspected_as_dependent: Annotated[
        bool,
        typer.Option(
            "--treat-suspected-as-dependent",
            help="Do not ask sources that `claimtrack suspects` pairs with this one.",
        ),
    ] = False,
    as_of: AsOf = None,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Hold a source's numbers against the others', by metric and by group counted.

    Over all events: the median of its number by the median of the others, how often it says
    less or more, and how often it meets nobody else. The others may be wrong together.
    Fewer than five shared questions are no record, and it says so.

    Example: claimtrack track-record bloomberg
    """
    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.report import track_record as report
    from claimtrack.services import looking
    from claimtrack.services.track_record import tell_track_record

    where = looking.database(db)
    chosen = output.choose_format(parse_format(format_), json=json)
    told = tell_track_record(
        where,
        source,
        metrics=metric or (),
        groups=group or (),
        treat_suspected_as_dependent=treat_suspected_as_dependent,
        known_by=read_as_of(where, as_of),
    )
    if chosen is formats.Format.JSON:
        output.write(formats.as_json(report.record_json(told)))
    elif chosen is formats.Format.JSONL:
        output.write(formats.as_jsonl(report.record_json(told)["records"]))
    elif chosen is formats.Format.TABLE:
        if told.records:
            columns, rows = report.record_table(told)
            output.table(columns, rows, flexible=(0, 1))
        for record in told.records:
            output.note(report.sentence(told, record))
    else:
        output.write(formats.TEXTS[chosen](report.COLUMNS, report.record_rows(told)))
    if told.left_out:
        output.note(f"not asked, not being independent of it: {', '.join(told.left_out)}")
    if not told.records:
        output.note(
            f"hint: {source} shares no question of numbers with another origin;"
            f" `claimtrack list-claims --source {source}` shows what it says"
        )
    elif id_ := report.first_assertion(told):
        output.note(f"next: claimtrack explain {id_}")
