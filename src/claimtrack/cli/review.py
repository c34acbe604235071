"""`claimtrack review`: say what you make of a contradiction, an assertion or a source."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import Database, Json

Subject = Annotated[
    str,
    typer.Argument(
        help="A contradiction, or the beginning of its id; or an assertion or a source.",
        autocompletion=complete("contradictions", "assertions", "sources"),
    ),
]
Why = Annotated[str, typer.Option("--why", help="The reason, in your words.")]
Who = Annotated[
    str | None,
    typer.Option("--who", help="Who says so.  [default: CLAIMTRACK_USER, else the account]"),
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        help="Where an id names several things: contradiction, assertion or source.",
        autocompletion=lambda: ["contradiction", "assertion", "source"],
    ),
]


def review(
    subject: Subject,
    status: Annotated[
        str,
        typer.Option(
            "--status",
            help="open (takes your word back), confirmed, dismissed or explained.",
            autocompletion=lambda: ["open", "confirmed", "dismissed", "explained"],
        ),
    ],
    why: Why,
    who: Who = None,
    kind: KindOption = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Say what you make of a contradiction, an assertion or a source; nothing is deleted.

    A contradiction is confirmed (they cannot both be true), dismissed (it is none) or
    explained (how it came about is known). An assertion is confirmed (the document says
    so), dismissed (misread) or explained; a source is confirmed (it is who it seems to
    be), dismissed (do not rely on it) or explained. Several people may differ: then the
    status is disputed. Your later word replaces your earlier one, which stays on record.

    Example: claimtrack review kq3w --status dismissed --why "killed was meant as casualties"
    """
    from claimtrack.cli import output
    from claimtrack.report import formats, reviews
    from claimtrack.services import looking, reviewing

    done = reviewing.review(
        looking.database(db), subject, status=status, why=why, who=who, kind=kind
    )
    if json:
        data = {"kind": done.kind, "id": done.subject, "status": done.status}
        output.write(formats.as_json(data | {"reviews": reviews.reviews_json(done.reviews)}))
    else:
        rows = [f"{done.kind} {done.subject}", *reviews.review_lines(done.reviews)]
        output.write("\n".join(rows) + "\n")
