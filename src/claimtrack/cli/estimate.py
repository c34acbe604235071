"""`claimtrack estimate`: ranges for a question, by published rules."""

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

METHODS = ["envelope", "origin-median", "conservative", "preferred", "truth-discovery"]


def estimate(
    target: Annotated[
        str,
        typer.Argument(
            metavar="EVENT|CLAIM",
            help="An event, or a claim or assertion whose question is meant.",
            autocompletion=complete("events", "assertions", "claims"),
            show_default=False,
        ),
    ],
    method: Annotated[
        list[str] | None,
        typer.Option(
            "--method",
            help=f"Only this one of {', '.join(METHODS)}.  [default: all]",
            autocompletion=lambda: METHODS,
            show_default=False,
        ),
    ] = None,
    metric: Metric = None,
    group: Group = None,
    prefer: Annotated[
        list[str] | None,
        typer.Option(
            "--prefer",
            help="A source for `preferred`; the first one named that answers is taken.",
            autocompletion=complete("sources"),
        ),
    ] = None,
    treat_suspected_as_dependent: Annotated[
        bool,
        typer.Option(
            "--treat-suspected-as-dependent",
            help="Count sources that `claimtrack suspects` lists as one.",
        ),
    ] = False,
    as_of: AsOf = None,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Give ranges for a question by several rules, with what entered and what did not.

    No rule is the right one: each range says by which it was made. docs/estimates.md tells
    the rules, what they assume, and where they must not be used.

    Example: claimtrack estimate khasham-2018 --metric killed --method envelope
    """
    from claimtrack.cli import output
    from claimtrack.errors import UsageError
    from claimtrack.report import estimates, formats
    from claimtrack.services import estimating, looking

    if prefer and method and "preferred" not in method:
        raise UsageError(
            "--prefer is an order of sources for the method `preferred`",
            "add --method preferred, or leave out --prefer",
        )
    where = looking.database(db)
    chosen = output.choose_format(parse_format(format_), json=json)
    found = estimating.estimate_questions(
        where,
        target,
        methods=method or (),
        metrics=metric or (),
        groups=group or (),
        prefer=prefer or (),
        treat_suspected_as_dependent=treat_suspected_as_dependent,
        known_by=read_as_of(where, as_of),
    )
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text([estimates.estimates_json(asked) for asked in found]))
    elif chosen is formats.Format.TABLE:
        for asked in found:
            output.lines(estimates.draw(asked))
    else:
        output.write(formats.TEXTS[chosen](estimates.COLUMNS, estimates.estimate_rows(found)))
    if not found:
        output.note("hint: nobody answers such a question; `claimtrack list-claims` shows what is")
    elif id_ := estimates.first_input(found):
        output.note(f"next: claimtrack explain {id_}")
