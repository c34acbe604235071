"""`claimtrack import`: take in files, all of them or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.options import Database, Json

if TYPE_CHECKING:
    from claimtrack.services.importing import Report


def import_(
    files: Annotated[
        list[str],
        typer.Argument(help="JSON or JSON Lines files; - reads standard input.", metavar="FILE..."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change, and change nothing.")
    ] = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help="Put new versions in place of old ones, which the history keeps."
        ),
    ] = False,
    verify_quotes: Annotated[
        str | None,
        typer.Option(
            "--verify-quotes",
            metavar="TEXT",
            help="Refuse quotes that do not stand in this text file.",
        ),
    ] = None,
    lexicon: Annotated[
        str | None,
        typer.Option("--lexicon", metavar="FILE", help="Read hedges by this lexicon of yours."),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", help="json or jsonl.  [default: by the file's name]"),
    ] = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Import claims with their sources: all of it, or, with any error, nothing.

    Example: claimtrack import article.json --dry-run
    """
    from claimtrack.cli import output
    from claimtrack.cli.progress import importing
    from claimtrack.errors import UsageError
    from claimtrack.services import looking
    from claimtrack.services.importing import import_files

    if format_ not in (None, "json", "jsonl"):
        raise UsageError(f"cannot import the format '{format_}'", "choose json or jsonl")
    where = looking.database(db)
    with importing(files) as progress:
        report = import_files(
            where,
            files,
            lexicon=looking.find_lexicon(lexicon),
            format_=format_,
            dry_run=dry_run,
            update=update,
            verify_quotes=looking.read_text(verify_quotes),
            progress=progress,
        )
    if json:
        from claimtrack.report.formats import as_json
        from claimtrack.report.tally import report_data

        output.write(as_json(report_data(report)))
        return
    tell(report)
    if limited := looking.search_limits(where):
        output.note(
            f"note: the search for contradictions met its limit in {', '.join(list(limited)[:5])};"
            " `claimtrack contradictions` tells of each"
        )


def tell(report: Report) -> None:
    """Say on stderr what an import did."""
    from claimtrack.cli import output
    from claimtrack.report.tally import report_text

    output.note(report_text(report))
