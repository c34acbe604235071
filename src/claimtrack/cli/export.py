"""`claimtrack export`: the case as a file that `claimtrack import` takes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.options import Database, Event


def export(
    to: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="The file to write.  [default: stdout]",
            show_default=False,
        ),
    ] = None,
    event: Event = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", help="json or jsonl.  [default: by the file's name, else json]"),
    ] = None,
    db: Database = None,
) -> None:
    """Write the case as an import file: one entry a line, the same content the same text.

    Imported into an empty database it gives the same claims and contradictions. The history,
    reviews and grades have no place in it: `copy-to` and `backup` carry them. With --event,
    what is said of it and all that this names. A FILE that is there is replaced.

    Example: claimtrack export -o case.json
    """  # fmt: skip
    from claimtrack.cli import output
    from claimtrack.cli.progress import counting
    from claimtrack.errors import UsageError
    from claimtrack.ingest.reader import format_of
    from claimtrack.services import exporting, looking

    if format_ not in (None, "json", "jsonl"):
        raise UsageError(f"cannot export the format '{format_}'", "choose json or jsonl")
    where = looking.database(db)
    to = None if to == Path("-") else to
    lines = (format_ or format_of(to.name if to else "")) == "jsonl"
    if to is None:
        written = exporting.export(where, output.write, events=event or (), lines=lines)
        sys.stdout.flush()
    else:
        with counting("exporting") as progress, exporting.whole_file(to) as out:
            written = exporting.export(
                where, out.write, events=event or (), lines=lines, progress=progress
            )
    _tell(written)


def _tell(written: object) -> None:
    from claimtrack.cli import output
    from claimtrack.services.exporting import Exported

    assert isinstance(written, Exported)
    left = {"reviews": "reviews", "grades": "grades", "history": "rows of history"}
    told = [f"{n:,} {left[name]}" for name, n in written.left_out.items() if n]
    output.note(f"exported {written.entries:,} entries")
    if told:
        output.note(
            f"note: left out, for want of a place in an import file: {', '.join(told)};"
            " `claimtrack copy-to` and `claimtrack backup` carry them"
        )
    if written.changed_metrics:
        output.note(
            f"note: built-in metrics were changed ({', '.join(written.changed_metrics)}):"
            " import the file with --update"
        )
    if written.lexicons:
        output.note(
            f"note: claims were read by another lexicon ({', '.join(written.lexicons)}):"
            " import the file with --lexicon, or they are read anew by this release's own"
        )
