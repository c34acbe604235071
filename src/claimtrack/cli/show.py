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
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help="Where an id names several things: event, group, metric, source, document, claim.",
            autocompletion=lambda: ["event", "group", "metric", "source", "document", "claim"],
        ),
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Show what an id names.

    Example: claimtrack show bloomberg
    """
    from claimtrack.cli import explain, output
    from claimtrack.report import things
    from claimtrack.report.formats import as_json
    from claimtrack.services import grading, looking

    where = looking.database(db)
    known_by = read_as_of(where, as_of)
    found = looking.find_thing(where, name, known_by, kind=kind)
    if found is None:
        explain.tell(where, [name], known_by, json=json)
        return
    grades = grading.list_grades(where, found.id) if found.kind == "source" else []
    if json:
        output.write(as_json(things.thing_data(found, grades)))
    else:
        output.sentences(things.thing_text(found, grades))
    if found.also and kind is None:
        others = ", ".join(f"`claimtrack show {name} --kind {other}`" for other in found.also)
        output.note(f"note: that id names more than one thing: {others}")
    elif not json:
        output.note(f"next: claimtrack list-claims --{found.kind} {found.id}")
