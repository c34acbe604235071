"""`claimtrack verify`: whether a database is whole and its history unbroken."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.options import Database, Json


def verify(
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect",
            metavar="DIGEST",
            help="A digest that an earlier verify printed: it must stand in the history.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Verify the database: its file, its history, its ids, its contradictions; change nothing.

    Each row of the history carries a digest of itself and of the row before it, so that a
    row changed, removed, put in or moved shows. Rows cut off at the end show only against a
    digest kept elsewhere: note the one printed here, and give it to --expect next time. Who
    can write the whole file can also write a new history: only that digest tells.

    The exit code is 0 where all is right, 1 where something is wrong.

    Example: claimtrack verify --expect 5f0c…
    """
    from claimtrack.cli import output
    from claimtrack.cli.progress import counting
    from claimtrack.report import verified
    from claimtrack.report.formats import as_json
    from claimtrack.services import looking, verifying

    where = looking.database(db)
    with counting("finding contradictions anew", "events") as progress:
        found = verifying.verify(where, expect=expect, progress=progress)
    if json:
        output.write(as_json(verified.verified_data(found)))
    else:
        output.write("\n".join(verified.check_lines(found)) + "\n")
    if not found.passed:
        output.note(f"error: {found.where} does not verify")
        output.note(f"hint: {verifying.REMEDY}")
        raise typer.Exit(1)
