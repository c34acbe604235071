"""`claimtrack upgrade`: bring a database to this release."""

from __future__ import annotations

from claimtrack.cli.options import Database


def upgrade(db: Database = None) -> None:
    """Bring the database to this release's schema, after a backup.

    Example: claimtrack upgrade --db case/claimtrack.db
    """
    from claimtrack.cli.output import note
    from claimtrack.services.starting import upgrade as upgrade_database

    location, saved = upgrade_database(db)
    if saved is None:
        note(f"{location.where} is up to date")
    else:
        note(f"{location.where} was upgraded; the old state is in {saved}")
