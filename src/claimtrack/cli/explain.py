"""`claimtrack explain`: why a claim reads as it does, or how several stand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from claimtrack.cli.completion import complete
from claimtrack.cli.options import AsOf, Database, Json, read_as_of


def explain(
    claims: Annotated[
        list[str],
        typer.Argument(
            help="A claim, two or more of them (ids of claims or assertions), or a contradiction.",
            autocompletion=complete("assertions", "claims", "contradictions"),
        ),
    ],
    as_of: AsOf = None,
    json: Json = False,
    db: Database = None,
) -> None:
    """Explain a claim from its quote to its bounds, a contradiction, or claims side by side.

    Example: claimtrack explain two-russians-more-than-200-killed us-official-about-100-killed
    """
    from claimtrack.services import looking

    where = looking.database(db)
    tell(where, claims, read_as_of(where, as_of), json=json)


def tell(where: str, names: Sequence[str], known_by: int | None, *, json: bool) -> None:
    """Explain what one id names, how two claims stand to each other, or what holds them all."""
    from claimtrack.cli import output
    from claimtrack.domain.record import ContradictionRecord
    from claimtrack.report import contract, explanation, formats
    from claimtrack.services import explaining, tracing

    if len(names) == 1:
        one = explaining.explain_one(where, names[0], known_by)
        if isinstance(one, ContradictionRecord):
            sides = tracing.side_counts(where, [one], known_by)
            text = explanation.contradiction_text(one, sides)
            data = contract.contradiction_json(one, sides)
        else:
            text, data = explanation.claim_text(one), explanation.claim_data(one)
    elif len(names) == 2:
        pair = explaining.explain_pair(where, names[0], names[1], known_by)
        text, data = explanation.pair_text(pair), explanation.pair_data(pair)
    else:
        several = explaining.explain_set(where, names, known_by)
        text, data = explanation.set_text(several), explanation.set_data(several)
    if json:
        output.write(formats.as_json(data))
    else:
        output.sentences(text)
