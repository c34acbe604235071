"""`claimtrack upgrade`: bring a database to this release."""

from __future__ import annotations

from claimtrack.cli.options import Database


def upgrade(db: Database = None) -> None:
    """Bring the database to this release's schema and rules, after a backup.

    Contradictions are found anew, since a release may know more rules. Reviews stay.

    Example: claimtrack upgrade --db case/claimtrack.db
    """
    from claimtrack.cli.output import note
    from claimtrack.services.starting import upgrade as upgrade_database

    done = upgrade_database(db)
    where = done.location.shown
    if done.saved is not None:
        note(f"{where} was upgraded; the old state is in {done.saved}")
    elif done.was_older:
        note(f"{where} was upgraded")
    else:
        note(f"{where} is up to date")
    if done.new or done.gone:
        note(f"contradictions: {done.new:,} new, {done.gone:,} gone")
