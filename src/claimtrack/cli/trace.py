"""`claimtrack trace`: from every report of a claim down to its origins, and how many they are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import AsOf, Database, Event, Force, Json, read_as_of

FORMATS = ("text", "mermaid", "svg", "json")
ERROR_FORMATS = ("table", "tsv", "csv", "json", "jsonl", "md")


def trace(
    claim: Annotated[
        str | None,
        typer.Argument(
            help="The id of a claim or of an assertion.",
            autocompletion=complete("assertions", "claims"),
            show_default=False,
        ),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List errors of the record instead, with remedies.")
    ] = False,
    event: Event = None,
    as_of: AsOf = None,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Draw the tree to an SVG file too.")
    ] = None,
    force: Force = False,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="text, mermaid, svg or json; with --errors table, tsv, csv, json, jsonl or md.",
            show_default=False,
            autocompletion=lambda: [*FORMATS, *ERROR_FORMATS],
        ),
    ] = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Trace a claim from each report to its origin, and count the independent origins.

    With --errors: circles, chains that cite later documents, chains that their own reports
    contradict.

    Example: claimtrack trace two-russians-more-than-200-killed
    """
    from claimtrack.errors import UsageError
    from claimtrack.services import looking

    where = looking.database(db)
    if errors:
        if claim is not None or svg is not None:
            raise UsageError("--errors takes no claim and no picture", "narrow it with --event")
        _list_errors(where, event, read_as_of(where, as_of), format_, json=json)
    elif claim is None:
        raise UsageError("name a claim", "`claimtrack list-claims` shows the ids")
    elif event:
        raise UsageError("--event goes with --errors", "a claim has one event: leave it out")
    else:
        if json and format_ not in (None, "json"):
            raise UsageError(f"--json and --format {format_} ask for two formats", "leave out one")
        chosen = "json" if json else format_ or "text"
        _draw(where, claim, read_as_of(where, as_of), svg, chosen, force=force)


def _draw(
    where: str, claim: str, known_by: int | None, svg: Path | None, chosen: str, *, force: bool
) -> None:
    from claimtrack.cli import output
    from claimtrack.errors import UsageError
    from claimtrack.report import trace as told
    from claimtrack.report import trace_pictures
    from claimtrack.report.formats import as_json
    from claimtrack.services import tracing

    if chosen not in FORMATS:
        raise UsageError(f"there is no format '{chosen}'", f"choose one of {', '.join(FORMATS)}")
    found = tracing.trace(where, claim, known_by=known_by)
    traced = told.Trace(found.claim, found.ways, found.count, found.errors)
    if svg is not None:
        output.write_file(svg, trace_pictures.svg(traced), force=force)
    if chosen == "json":
        output.write(as_json(told.trace_data(traced)))
    elif chosen == "mermaid":
        output.write(trace_pictures.mermaid(traced))
    elif chosen == "svg":
        output.write(trace_pictures.svg(traced))
    else:
        from rich.text import Text

        from claimtrack.report.visible import visible

        signs = told.SIGNS if output.can_draw("".join(told.SIGNS)) else told.PLAIN_SIGNS
        output.lines([Text(visible(line)) for line in told.text_lines(traced, signs)])


def _list_errors(
    where: str, event: list[str] | None, known_by: int | None, format_: str | None, *, json: bool
) -> None:
    from claimtrack.cli import output
    from claimtrack.cli.options import parse_format
    from claimtrack.report import formats, origins
    from claimtrack.services import looking, tracing

    chosen = output.choose_format(parse_format(format_), json=json)
    found = tracing.find_record_errors(where, looking.make_filter(events=event, known_by=known_by))
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        data = [origins.error_data(error) for error in found]
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    elif chosen is formats.Format.TABLE:
        output.table(origins.ERROR_COLUMNS, origins.error_rows(found), flexible=(1, 2, 3))
    else:
        rows = origins.error_rows(found)
        output.write(formats.TEXTS[chosen](origins.ERROR_COLUMNS, rows))
    if not found:
        output.note("hint: no chain is at odds with itself; `claimtrack trace CLAIM` draws one")
