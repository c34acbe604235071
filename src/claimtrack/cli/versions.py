"""`claimtrack versions`: what of an event can all be true together."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import AsOf, Database, Group, Json, Metric, read_as_of


def versions(
    event: Annotated[
        str, typer.Argument(help="The id of an event.", autocompletion=complete("events"))
    ],
    metric: Metric = None,
    group: Group = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            min=1,
            help="Versions shown of each dispute.  [default: 5, all with --json]",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Tell the versions of an event: which claims can all be true, and what each leaves out.

    The version with the most independent origins stands first. Disputes that have nothing to
    do with each other are told one by one: every choice of a version of each is a version of
    the event.

    Example: claimtrack versions khasham-2018 --metric killed
    """
    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.report import versions as telling
    from claimtrack.services import event_versions, looking

    where = looking.database(db)
    filter_ = looking.make_filter(metrics=metric, groups=group, known_by=read_as_of(where, as_of))
    shown = limit or 5
    most = None if json and limit is None else max(event_versions.COUNTED, shown)
    told = event_versions.event_versions(where, event, filter_, most)
    if json:
        output.write(formats.as_json(telling.versions_data(told, limit=limit)))
        return
    output.sentences(telling.versions_text(told, limit=shown))
    if told.stopped:
        output.note(f"note: {told.stopped}")
    output.note(
        f"next: `claimtrack contradictions --event {event}`, `claimtrack load-bearing {event}`"
    )
