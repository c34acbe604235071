"""`claimtrack compare`: the claims on a metric beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import (
    AsOf,
    Database,
    Event,
    Force,
    Group,
    Json,
    PictureFormat,
    Source,
    parse_format,
    read_as_of,
)


def compare(
    metric: Annotated[
        str,
        typer.Argument(
            help="A metric, or a family such as casualties.", autocompletion=complete("metrics")
        ),
    ],
    event: Event = None,
    group: Group = None,
    source: Source = None,
    as_of: AsOf = None,
    estimate: Annotated[
        str,
        typer.Option(
            "--estimate",
            help="The method of the estimate shown beside, or none.",
            autocompletion=lambda: [
                "envelope",
                "origin-median",
                "conservative",
                "preferred",
                "truth-discovery",
                "none",
            ],
        ),
    ] = "origin-median",
    suspected: Annotated[
        bool,
        typer.Option(
            "--treat-suspected-as-dependent",
            help="Count sources that are suspected of copying as one.",
        ),
    ] = False,
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE", help="Draw the comparison to an SVG file too."),
    ] = None,
    force: Force = False,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="Put rows together by date, source (who published) or origin (who knows).",
            autocompletion=lambda: ["date", "source", "origin"],
        ),
    ] = "date",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 where something is contradicted.")
    ] = False,
    format_: PictureFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Draw the claims on a metric and say what of them cannot all be true.

    Example: claimtrack compare casualties --event khasham-2018
    """
    from claimtrack.cli import output
    from claimtrack.errors import UsageError
    from claimtrack.report import comparison, formats
    from claimtrack.services import looking
    from claimtrack.services.comparing import compare as compare_claims

    if by not in list(comparison.By):
        raise UsageError(f"there is no order by '{by}'", "choose one of date, source, origin")
    where = looking.database(db)
    filter_ = looking.make_filter(
        events=event, groups=group, sources=source, known_by=read_as_of(where, as_of)
    )
    method = None if estimate == "none" else estimate
    chosen = output.choose_format(parse_format(format_), json=json, drawn=True)
    # A screen takes no more than these, and the rest of a large case would take minutes.
    few = chosen is formats.Format.TABLE and not exit_code
    panels = compare_claims(
        where,
        metric,
        filter_,
        method=method,
        treat_suspected_as_dependent=suspected,
        most_events=MOST_PANELS + 1 if few else None,
    )
    if suspected:
        output.note("note: suspected copying counts as dependence; `claimtrack suspects` lists it")
    if svg is not None:
        from claimtrack.report.pictures.forest import forests

        output.write_file(svg, forests(panels[:MOST_PANELS]), force=force)
        if len(panels) > MOST_PANELS:
            output.note(f"note: the first {MOST_PANELS} are drawn")
    questions = [question for panel in panels for question in panel.questions]
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        data = [comparison.question_json(question) for question in questions]
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    elif chosen is formats.Format.TABLE:
        _draw(panels, comparison.By(by))
    else:
        rows = formats.claim_rows([claim for question in questions for claim in question.claims])
        output.write(formats.TEXTS[chosen](formats.CLAIM_COLUMNS, rows))
    if exit_code and any(panel.contradictions for panel in panels):
        raise typer.Exit(3)


if TYPE_CHECKING:
    from claimtrack.report.comparison import By
    from claimtrack.services.comparing import Panel

MOST_PANELS = 12
"""Pictures drawn at once: more is a list, not a comparison."""


def _draw(panels: Sequence[Panel], by: By) -> None:
    from claimtrack.cli import output
    from claimtrack.cli.hints import repeated
    from claimtrack.report import comparison

    for panel in panels[:MOST_PANELS]:
        output.lines(comparison.draw(panel, output.width(), output.pen(), by))
        output.lines([*comparison.verdict(panel, repeated), comparison.blank()])
    if len(panels) > MOST_PANELS:
        output.note("there is more: narrow it with --event or --group")
    worst = next((c for panel in panels for c in panel.contradictions), None)
    if worst:
        names = " ".join(comparison.short_name(claim) for claim in worst.claims)
        output.note(f"next: claimtrack explain {names}")
