"""`claimtrack explain`: why a claim reads as it does, or how two claims stand to each other."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import Database, Json


def explain(
    claims: Annotated[
        list[str],
        typer.Argument(
            help="One claim, or two: ids of claims or of assertions.",
            autocompletion=complete("assertions", "claims"),
        ),
    ],
    json: Json = False,
    db: Database = None,
) -> None:
    """Explain a claim from its quote to its bounds, or two claims against each other.

    Example: claimtrack explain two-russians-more-than-200-killed us-official-about-100-killed
    """
    from claimtrack.cli import output
    from claimtrack.errors import UsageError
    from claimtrack.report import explanation, formats
    from claimtrack.services import explaining, looking

    where = looking.database(db)
    if len(claims) == 1:
        record, found = explaining.explain_claim(where, claims[0])
        text = explanation.claim_text(record, found)
        data = explanation.claim_data(record, found)
    elif len(claims) == 2:
        pair = explaining.explain_pair(where, claims[0], claims[1])
        text, data = explanation.pair_text(pair), explanation.pair_data(pair)
    else:
        raise UsageError("explain takes one claim or two", "name them by id")
    output.write(formats.as_json(data) if json else text)
