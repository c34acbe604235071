"""`claimtrack status`: which database, why that one, what is in it."""

from __future__ import annotations

from claimtrack.cli.options import AsOf, Database, Json, read_as_of


def status(as_of: AsOf = None, db: Database = None, json: Json = False) -> None:
    """Tell which database is used, why that one, and what is in it.

    Example: claimtrack status
    """
    from claimtrack.cli import output
    from claimtrack.services import looking
    from claimtrack.store.location import find_database

    location = find_database(db)
    found = looking.status(location.where, read_as_of(location.where, as_of))
    if json:
        from claimtrack.report.formats import as_json

        data = {"database": location.shown, "why": location.why, "schema": found.schema_version}
        output.write(as_json(data | {"counts": found.counts}))
        return
    rows = [f"database: {location.shown} ({location.why}; schema {found.schema_version})"]
    rows += [f"{count:>12,}  {name}" for name, count in found.counts.items()]
    rows += [
        f"batch {batch.id}: {batch.created_at} {batch.who}: {batch.what}"
        f" ({batch.added:,} added, {batch.changed:,} changed"
        + (f"; taken back {batch.undone_at})" if batch.undone_at else ")")
        for batch in found.batches[:5]
    ]
    output.write("\n".join(rows) + "\n")
    if not found.counts["claims"]:
        output.note("hint: the database holds no claims yet; try `claimtrack demo` or `import`")
