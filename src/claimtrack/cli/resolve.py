"""`claimtrack resolve`: `review` under the name one looks for when a contradiction is settled."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli import review
from claimtrack.cli.options import Database, Json

SETTLED = ("explained", "dismissed", "confirmed")


def resolve(
    subject: review.Subject,
    why: review.Why,
    as_: Annotated[
        str,
        typer.Option(
            "--as",
            help="explained, dismissed or confirmed.",
            autocompletion=lambda: list(SETTLED),
        ),
    ] = "explained",
    who: review.Who = None,
    kind: review.KindOption = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Settle a contradiction: the same as `review --status explained`, unless --as differs.

    Example: claimtrack resolve kq3w --as dismissed --why "both meant the same night"
    """
    from claimtrack.errors import UsageError

    if as_ not in SETTLED:
        raise UsageError(
            f"'{as_}' settles nothing",
            f"choose one of {', '.join(SETTLED)}; `claimtrack review --status open` takes your"
            " word back",
        )
    review.review(subject, status=as_, why=why, who=who, kind=kind, json=json, db=db)
