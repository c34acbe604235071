"""`claimtrack add`: one claim, typed."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import Database, Json


def add(
    value: Annotated[
        str, typer.Argument(help="What is said, in its words: “more than 200”, 27, unknown.")
    ],
    event: Annotated[
        str,
        typer.Option("--event", help="Of which event.", autocompletion=complete("events")),
    ],
    metric: Annotated[
        str,
        typer.Option("--metric", help="What is measured.", autocompletion=complete("metrics")),
    ],
    document: Annotated[
        str,
        typer.Option(
            "--document",
            help="Where it stands; a new one with --source.",
            autocompletion=complete("documents"),
        ),
    ],
    group: Annotated[
        str | None,
        typer.Option("--group", help="Who is counted.", autocompletion=complete("groups")),
    ] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", help="The sentence of the document.")
    ] = None,
    attributed_to: Annotated[
        list[str] | None,
        typer.Option(
            "--attributed-to",
            help="On whose word, from the document outwards; the last is the origin.",
            autocompletion=complete("sources"),
        ),
    ] = None,
    mode: Annotated[
        str | None,
        typer.Option(
            "--mode",
            help="How the origin's word is passed on.",
            autocompletion=lambda: ["own", "quotes", "paraphrases", "translates", "cites"],
        ),
    ] = None,
    denied: Annotated[bool, typer.Option("--denied", help="The document denies it.")] = False,
    as_of_day: Annotated[
        str | None, typer.Option("--as-of-day", help="The toll is one as of this day.")
    ] = None,
    supersedes: Annotated[
        str | None, typer.Option("--supersedes", help="The assertion that this one corrects.")
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id", help="A name for the assertion.  [default: none]")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            help="Whose the new document is.",
            autocompletion=complete("sources"),
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Of the new document.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="Of the new document: 2018-02-13.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Of the new document.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change, and change nothing.")
    ] = False,
    json: Json = False,
    db: Database = None,
) -> None:
    """Add one claim, typed; `check` tells beforehand what it would contradict.

    Example: claimtrack add "about 90" --event khasham-2018 --metric killed
    --group contract-soldiers --document letter-0301 --source bloomberg --published 2018-03-01
    """
    from claimtrack.cli import output
    from claimtrack.cli.import_ import tell
    from claimtrack.services import adding, looking

    where = looking.database(db)
    typed = adding.Typed(
        value,
        event,
        metric,
        document,
        group,
        id_,
        denied,
        quote,
        as_of_day,
        tuple(attributed_to or ()),
        mode,
        supersedes,
        source,
        title,
        published,
        url,
    )
    report = adding.add(where, typed, lexicon=looking.find_lexicon(None), dry_run=dry_run)
    if json:
        from claimtrack.report.formats import as_json
        from claimtrack.report.tally import report_data

        output.write(as_json(report_data(report)))
        return
    tell(report)
    if report.new_contradictions:
        output.note(f"hint: claimtrack contradictions --event {event}")
