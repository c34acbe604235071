"""`claimtrack show`: one claim, or what any id names, in full."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import Database, Json


def show(
    name: Annotated[
        str,
        typer.Argument(
            help="The id of anything: claim, event, group, metric, source or document.",
            autocompletion=complete(
                "assertions", "claims", "events", "groups", "sources", "documents", "metrics"
            ),
        ),
    ],
    json: Json = False,
    db: Database = None,
) -> None:
    """Show what an id names.

    Example: claimtrack show bloomberg
    """
    from claimtrack.cli import explain, output
    from claimtrack.report.formats import as_json
    from claimtrack.services import looking

    found = looking.find_thing(looking.database(db), name)
    if found is None:
        explain.explain([name], json=json, db=db)
        return
    type_, slug, fields = found
    if json:
        output.write(as_json({"type": type_, **dict(fields)}))
        return
    rows = [f"{type_} {slug}"]
    for key, value in fields:
        told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        rows.append(f"  {key.replace('_', ' ')}: {told}")
    output.write("\n".join(rows) + "\n")
    if type_ in ("event", "source", "document", "group", "metric"):
        output.note(f"next: claimtrack list-claims --{type_} {slug}")
