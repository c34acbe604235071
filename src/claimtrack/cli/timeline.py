"""`claimtrack timeline`: what was said of an event, by day of publication."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import (
    AsOf,
    Database,
    Force,
    Group,
    Json,
    Metric,
    PictureFormat,
    parse_format,
    read_as_of,
)


def timeline(
    event: Annotated[
        str, typer.Argument(help="The id of an event.", autocompletion=complete("events"))
    ],
    metric: Metric = None,
    group: Group = None,
    as_of: AsOf = None,
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE", help="Draw the timeline to an SVG file too."),
    ] = None,
    force: Force = False,
    format_: PictureFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Show what was said by day of publication, question by question.

    On the day on which a contradiction first arises, or a correction comes, that is said.
    Undated reports come last.

    Example: claimtrack timeline khasham-2018 --metric killed
    """
    from rich.text import Text

    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.report import timeline as told
    from claimtrack.report.visible import visible
    from claimtrack.services import looking
    from claimtrack.services.timelines import what_was_said

    where = looking.database(db)
    filter_ = looking.make_filter(
        events=[event], metrics=metric, groups=group, known_by=read_as_of(where, as_of)
    )
    said = what_was_said(where, filter_)
    courses = told.arrange(said.claims, said.contradictions)
    if svg is not None:
        from claimtrack.report.pictures.timeline import timeline as draw

        output.write_file(svg, draw(said.title, courses), force=force)
    chosen = output.choose_format(parse_format(format_), json=json, drawn=True)
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        data = told.timeline_json(courses)
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    elif chosen is formats.Format.TABLE:
        output.lines([Text(visible(said.title), style="bold"), Text()])
        output.lines(told.draw(courses, output.width(), output.pen()))
    else:
        output.write(formats.TEXTS[chosen](told.COLUMNS, told.rows(courses)))
    output.note(f"next: claimtrack contradictions --event {event}")
