"""`claimtrack backup`: copy a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.options import Database


def backup(
    target: Annotated[Path, typer.Argument(help="The file to make.", metavar="FILE")],
    db: Database = None,
) -> None:
    """Copy the database to a file, complete even while others write to it.

    Example: claimtrack backup claimtrack-2018-03-05.db
    """
    from claimtrack.cli.output import note
    from claimtrack.services.starting import backup as copy

    location = copy(db, target)
    note(f"copied {location.shown} to {target}")
