"""`claimtrack copy-to`: copy a case whole to a file or a server."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.options import Database


def copy_to(
    target: Annotated[
        str,
        typer.Argument(help="A file, or postgresql+psycopg://user@host/name.", metavar="TARGET"),
    ],
    db: Database = None,
) -> None:
    """Copy a case whole, history, reviews and grades included, between a file and PostgreSQL.

    The target has to be empty, or not there yet. The copy is compared with what was read,
    table by table, before it is kept.

    Example: claimtrack copy-to postgresql+psycopg://ann@db.example.org/khasham
    """
    from claimtrack.cli.output import note
    from claimtrack.cli.progress import counting
    from claimtrack.services.duplicating import copy_to as copy

    with counting("copying") as progress:
        done = copy(db, target, progress)
    note(f"copied {done.rows:,} rows from {done.source.shown} to {done.target.shown}")
    note(f"compared: all {done.tables} tables have the same content in both")
