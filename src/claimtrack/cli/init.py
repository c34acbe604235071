"""`claimtrack init`: make an empty database."""

from __future__ import annotations

from claimtrack.cli.options import Database


def init(db: Database = None) -> None:
    """Make an empty database in this folder, or where --db says.

    Example: claimtrack init --db khasham/claimtrack.db
    """
    from claimtrack.cli.output import note
    from claimtrack.services.starting import init as make

    location = make(db)
    note(f"made {location.shown} ({location.why})")
    note("next: `claimtrack import FILE`, or `claimtrack demo`")
