"""`claimtrack show`: one claim, or what any id names, in full."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import AsOf, Database, Json, read_as_of


def show(
    name: Annotated[
        str,
        typer.Argument(
            help="The id of anything: claim, contradiction, event, group, source or document.",
            autocompletion=complete(
                "assertions",
                "claims",
                "contradictions",
                "events",
                "groups",
                "sources",
                "documents",
                "metrics",
            ),
        ),
    ],
    as_of: AsOf = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Show what an id names.

    Example: claimtrack show bloomberg
    """
    from claimtrack.cli import explain, output
    from claimtrack.report import reviews
    from claimtrack.report.formats import as_json
    from claimtrack.services import looking

    where = looking.database(db)
    known_by = read_as_of(where, as_of)
    found = looking.find_thing(where, name, known_by)
    if found is None:
        explain.tell(where, [name], known_by, json=json)
        return
    type_, slug, fields = found
    said = looking.find_reviews(where, type_, [slug]).get(slug, ())
    if json:
        reviewed = {"reviews": reviews.reviews_json(said)} if type_ == "source" else {}
        output.write(as_json({"type": type_, **dict(fields), **reviewed}))
        return
    rows = [f"{type_} {slug}"]
    for key, value in fields:
        told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        rows.append(f"  {key.replace('_', ' ')}: {told}")
    rows += reviews.review_lines(said) if said else []
    output.write("\n".join(rows) + "\n")
    if type_ in ("event", "source", "document", "group", "metric"):
        output.note(f"next: claimtrack list-claims --{type_} {slug}")
