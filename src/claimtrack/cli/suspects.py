"""`claimtrack suspects`: sources that agree more often than independent ones would."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from claimtrack.cli.options import (
    AsOf,
    Database,
    Event,
    Json,
    Metric,
    OutputFormat,
    parse_format,
    read_as_of,
)


def suspects(
    metric: Metric = None,
    event: Event = None,
    as_of: AsOf = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 3 where any pair is suspected.")
    ] = False,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """List pairs of sources that say the same too often to be independent, the surest first.

    Sources that share values which few others give are probably not independent; who copied
    whom, or whether both copied a third, is not known. Nothing uses this unless
    --treat-suspected-as-dependent is given. docs/copying.md tells the measure.

    Example: claimtrack suspects --metric killed
    """
    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.report import suspects as told
    from claimtrack.services import looking, suspecting

    chosen = output.choose_format(parse_format(format_), json=json)
    where = looking.database(db)
    found = suspecting.find_suspicions(
        where, events=event or (), metrics=metric or (), known_by=read_as_of(where, as_of)
    )
    pairs, names = found.suspects.pairs, found.names
    if chosen is formats.Format.JSON:
        data = {
            "pairs": [told.pair_json(pair, names) for pair in pairs],
            "families": [list(family) for family in found.suspects.families],
            "known": [list(pair) for pair in found.known],
            "tested": found.suspects.tested,
            "too_few": found.suspects.too_few,
        }
        output.write(formats.as_json(data))
    elif chosen is formats.Format.JSONL:
        output.write(formats.as_jsonl([told.pair_json(pair, names) for pair in pairs]))
    elif chosen is formats.Format.TABLE:
        columns, rows = told.pair_table(pairs)
        output.table(columns, rows, flexible=(0,))
    else:
        output.write(formats.TEXTS[chosen](told.COLUMNS, told.pair_rows(pairs, names)))
    for line in told.families_told(found.suspects.families, found.known):
        output.note(line)
    output.note(
        f"{found.suspects.tested:,} pairs tested; {found.suspects.too_few:,} share too few"
        " questions to tell"
    )
    if first := told.first_evidence(pairs):
        question, sources = first
        words = ["list-claims", "--event", question.event, "--metric", question.metric]
        words += ["--group", question.group] if question.group else []
        words += [word for source in sources for word in ("--source", source)]
        output.note(f"next: claimtrack {shlex.join(words)}")
    elif not pairs:
        output.note("hint: no pair is suspected; `claimtrack trace CLAIM` shows stated relays")
    if exit_code and pairs:
        raise typer.Exit(3)
