"""`claimtrack demo`: the battle of Khasham as one article tells it."""

from __future__ import annotations

from claimtrack.cli.options import Database


def demo(db: Database = None) -> None:
    """Load an article on the battle of Khasham (7 February 2018), in a database made if needed.

    Example: claimtrack demo && claimtrack compare casualties
    """
    from claimtrack.cli.import_ import tell
    from claimtrack.cli.output import note
    from claimtrack.services.starting import demo as load

    location, report = load(db)
    note(f"database: {location.shown} ({location.why})")
    tell(report)
    note("next: claimtrack compare casualties")
