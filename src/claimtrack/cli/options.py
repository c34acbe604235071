"""Options that several commands share, so that they read and complete alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.hints import remembered

if TYPE_CHECKING:
    from claimtrack.report.formats import Format

Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        help="The database: a file or an address.  [default: CLAIMTRACK_DB, ./claimtrack.db]",
        show_default=False,
        callback=remembered("--db"),
    ),
]
OutputFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="table, tsv, csv, json, jsonl or md.  [default: table on a screen, tsv in a pipe]",
        show_default=False,
        autocompletion=lambda: ["table", "tsv", "csv", "json", "jsonl", "md"],
    ),
]
PictureFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="table, tsv, csv, json, jsonl or md.  [default: table, which draws, in a pipe too]",
        show_default=False,
        autocompletion=lambda: ["table", "tsv", "csv", "json", "jsonl", "md"],
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
Event = Annotated[
    list[str] | None,
    typer.Option("--event", help="Only this event.", autocompletion=complete("events")),
]
Metric = Annotated[
    list[str] | None,
    typer.Option("--metric", help="Only this metric.", autocompletion=complete("metrics")),
]
Group = Annotated[
    list[str] | None,
    typer.Option("--group", help="Only this group.", autocompletion=complete("groups")),
]
Source = Annotated[
    list[str] | None,
    typer.Option(
        "--source", help="Only what passed through this source.", autocompletion=complete("sources")
    ),
]
Origin = Annotated[
    list[str] | None,
    typer.Option(
        "--origin", help="Only what goes back to this source.", autocompletion=complete("sources")
    ),
]

SCREENFUL = 40
"""Rows of a table unless more are asked for: each costs time to draw and to read."""

Limit = Annotated[
    int | None,
    typer.Option("--limit", min=0, help=f"Rows at most.  [default: {SCREENFUL} in a table]"),
]
Offset = Annotated[int, typer.Option("--offset", min=0, help="Rows to pass over.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="As it was known by the end of this day, by dates of publication.",
        show_default=False,
        callback=remembered("--as-of"),
    ),
]


def read_as_of(where: str, given: str | None) -> int | None:
    """Read the day by which something was known, and say what has no date to go by."""
    if given is None:
        return None
    from claimtrack.cli.output import note
    from claimtrack.services import looking

    as_of = looking.read_as_of(where, given)
    if as_of.undated:
        left_out = "1 document" if as_of.undated == 1 else f"{as_of.undated:,} documents"
        note(f"note: left out, for want of a date of publication: {left_out}")
    return as_of.day


def parse_format(given: str | None) -> Format | None:
    """Look a format up by its name."""
    from claimtrack.errors import UsageError
    from claimtrack.report.formats import Format

    if given is None:
        return None
    if given not in list(Format):
        raise UsageError(f"there is no format '{given}'", f"choose one of {', '.join(Format)}")
    return Format(given)
