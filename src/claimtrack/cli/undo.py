"""`claimtrack undo`: take an import back."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from claimtrack.cli.options import Database


def undo(
    batch: Annotated[
        int | None, typer.Argument(help="The number of the batch.  [default: the newest]")
    ] = None,
    lexicon: Annotated[
        str | None,
        typer.Option("--lexicon", metavar="FILE", help="Read what returns by this lexicon."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    db: Database = None,
) -> None:
    """Take an import back: what it added goes, what it changed returns; the history keeps both.

    Example: claimtrack undo 3 --yes
    """
    from claimtrack.cli import output
    from claimtrack.errors import UsageError
    from claimtrack.services import looking, undoing

    where = looking.database(db)
    found = undoing.find_batch(where, batch)
    output.note(
        f"batch {found.id}, {found.created_at}, {found.who}: {found.what}"
        f" ({found.added:,} added, {found.changed:,} changed)"
    )
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("undo changes the database", "say --yes where nobody can be asked")
        if not typer.confirm("take it back?", err=True):
            raise typer.Exit(1)
    done = undoing.undo(where, found, looking.find_lexicon(lexicon))
    output.note(
        f"taken back: {done.removed:,} removed, {done.restored:,} restored;"
        f" contradictions: {done.new_contradictions:,} new, {done.gone_contradictions:,} gone"
    )
