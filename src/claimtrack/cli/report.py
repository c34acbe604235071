"""`claimtrack report`: the case file of an event."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import AsOf, Database, Force, read_as_of


def report(
    event: Annotated[
        str, typer.Argument(help="The id of an event.", autocompletion=complete("events"))
    ],
    target: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write; - for what is piped."
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="html or md.  [default: by the name of the file, else html]",
            show_default=False,
            autocompletion=lambda: ["html", "md"],
        ),
    ] = None,
    as_of: AsOf = None,
    force: Force = False,
    db: Database = None,
) -> None:
    """Write the case file of an event: one page with everything claimed and concluded.

    The page needs nothing else: it can be sent, kept and opened without a network. The same
    database gives the same page, byte for byte.

    Example: claimtrack report khasham-2018 -o khasham.html

    Example: claimtrack report khasham-2018 --format md -o khasham.md
    """
    from claimtrack.cli import output
    from claimtrack.errors import UsageError
    from claimtrack.services import files, looking, reporting

    chosen = format_ or ("md" if target and Path(target).suffix in (".md", ".markdown") else "html")
    if chosen not in ("html", "md"):
        raise UsageError(f"there is no format '{chosen}'", "choose one of html, md")
    piped = target in (None, "-")
    if piped and chosen == "html" and output.is_terminal():
        raise UsageError("a page is for a browser, not for a screen of text", "add -o FILE.html")
    where = looking.database(db)
    if target is not None and not piped:
        files.check_target(Path(target), force=force)
    known_by = read_as_of(where, as_of)
    told = reporting.gather(where, event, known_by=known_by, as_of=as_of)
    text = reporting.render(told, chosen)
    if target is None or piped:
        output.write(text)
        return
    files.save(text, Path(target), force=force)
    output.note(f"wrote {target}: {len(text.encode()) / 1000:,.0f} kB")
