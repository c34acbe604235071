"""`claimtrack contradictions`: what cannot all be true, worst first."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.options import (
    AsOf,
    Database,
    Event,
    Group,
    Json,
    Metric,
    Offset,
    OutputFormat,
    Source,
    parse_format,
    read_as_of,
)

LIMITS_TOLD = 5
"""Events of which it is told one by one that a search met a limit there."""


def contradictions(
    event: Event = None,
    metric: Metric = None,
    group: Group = None,
    source: Source = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule",
            help="Only what this rule found.",
            autocompletion=lambda: [
                "disjoint",
                "part_of",
                "sum",
                "capacity",
                "denial",
                "date",
                "category",
                "truth_value",
            ],
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            help="Only open, confirmed, dismissed, explained or disputed ones; may be repeated.",
            autocompletion=lambda: ["open", "confirmed", "dismissed", "explained", "disputed"],
        ),
    ] = None,
    severity: Annotated[
        float, typer.Option("--severity", min=0, max=1, help="Only as severe as this, or more.")
    ] = 0.0,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, help="At most so many.  [default: 20 on a screen]"),
    ] = None,
    offset: Offset = 0,
    as_of: AsOf = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 where there is any.")
    ] = False,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """List what cannot all be true, with the reason in a sentence, worst first.

    Example: claimtrack contradictions --status open --severity 0.2
    """
    from functools import partial
    from math import isnan

    from claimtrack.cli import output
    from claimtrack.errors import UsageError
    from claimtrack.report import contract, formats
    from claimtrack.services import looking, tracing

    chosen = output.choose_format(parse_format(format_), json=json)
    if limit is None and chosen is formats.Format.TABLE:
        limit = 20
    if isnan(severity):
        raise UsageError("a severity is a number from 0 to 1", "give one, such as 0.2")
    where = looking.database(db)
    filter_ = looking.make_filter(
        events=event,
        metrics=metric,
        groups=group,
        sources=source,
        known_by=read_as_of(where, as_of),
    )
    passing = partial(
        looking.list_contradictions,
        where,
        filter_,
        rules=rule or (),
        statuses=status or (),
        least=severity,
    )
    found = passing(limit=None if limit is None else limit + 1, offset=offset)
    is_any = bool(found or (offset and passing(limit=1)))
    is_more, found = limit is not None and len(found) > limit, found[:limit]
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        sides = tracing.side_counts(where, found, filter_.known_by)
        data = [contract.contradiction_json(record, sides) for record in found]
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    elif chosen is formats.Format.TABLE:
        columns, rows = formats.contradiction_table(found)
        output.table(columns, rows, flexible=(4,))
    else:
        columns, rows = formats.contradiction_rows(found)
        output.write(formats.TEXTS[chosen](columns, rows))
    if not is_any:
        output.note("hint: no contradiction passes; `claimtrack status` counts them all")
    elif is_more:
        output.note(f"there are more: --offset {offset + len(found)}, or a larger --limit")
    elif not found:
        output.note(f"hint: the list ends before --offset {offset}")
    limits = looking.search_limits(where, filter_.events)
    for name, sentence in list(limits.items())[:LIMITS_TOLD]:
        output.note(f"note: {name}: {sentence}")
    if (more := len(limits) - LIMITS_TOLD) > 0:
        output.note(f"note: as much is said of {more:,} more event{'s' if more > 1 else ''}")
    if exit_code and is_any:
        raise typer.Exit(3)
