"""`claimtrack grade` and `claimtrack grades`: the Admiralty code, signed by who gives it."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import Database, Json, OutputFormat, parse_format


def grade(
    subject: Annotated[
        str,
        typer.Argument(
            help="The id of a source, or of a claim or assertion.",
            autocompletion=complete("sources", "assertions", "claims"),
        ),
    ],
    why: Annotated[str, typer.Option("--why", help="The reason, in a sentence.")],
    reliability: Annotated[
        str | None,
        typer.Option(
            "--reliability",
            metavar="A-F",
            help="Of a source: A completely reliable … E unreliable, F cannot be judged.",
        ),
    ] = None,
    credibility: Annotated[
        str | None,
        typer.Option(
            "--credibility",
            metavar="1-6",
            help="Of a claim: 1 confirmed, 2 probably true … 5 improbable, 6 cannot be judged.",
        ),
    ] = None,
    who: Annotated[
        str | None,
        typer.Option("--who", help="The assessor.  [default: CLAIMTRACK_USER, the account]"),
    ] = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Grade a source or a claim; an earlier grade of yours stays in the record.

    Credibility 1 is refused below two certain independent origins.

    Example: claimtrack grade bloomberg --reliability B --why "names its sources by kind"
    """
    from claimtrack.cli import output
    from claimtrack.report import grades as told
    from claimtrack.report.formats import as_json
    from claimtrack.services import grading, looking

    given = grading.grade(
        looking.database(db),
        subject,
        reliability=reliability,
        credibility=credibility,
        reason=why,
        who=who,
    )
    if json:
        output.write(as_json(told.grade_data(given, None)))
    output.note(f"{given.kind} {given.subject}: {given.mark} ({given.meaning}), by {given.who}")


def grades(
    subject: Annotated[
        str | None,
        typer.Argument(
            help="Only of this source, claim or assertion.",
            autocompletion=complete("sources", "assertions", "claims"),
            show_default=False,
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Those replaced since, too.")] = False,
    format_: OutputFormat = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """List grades with assessor and day, several side by side.

    A source's grade speaks of that source only, not of those whose word it passes on.

    Example: claimtrack grades bloomberg
    """
    from claimtrack.cli import output
    from claimtrack.report import formats
    from claimtrack.report import grades as told
    from claimtrack.services import grading, looking

    chosen = output.choose_format(parse_format(format_), json=json)
    found = grading.list_grades(looking.database(db), subject, replaced=all_)
    if chosen in (formats.Format.JSON, formats.Format.JSONL):
        data = [told.grade_data(one.grade, one.count) for one in found]
        as_text = formats.as_json if chosen is formats.Format.JSON else formats.as_jsonl
        output.write(as_text(data))
    else:
        rows = [told.grade_row(one.grade, one.count) for one in found]
        if chosen is formats.Format.TABLE:
            output.table(told.COLUMNS, rows, flexible=(1, 3, 6, 7))
        else:
            output.write(formats.TEXTS[chosen](told.COLUMNS, rows))
    if not found:
        output.note("hint: nobody graded this yet; see `claimtrack grade --help`")
