"""The pictures of a case file, as SVG that takes its style from the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from claimtrack.report.page.telling import most_drawn, not_drawn

if TYPE_CHECKING:
    from claimtrack.report.agreement import Matrix
    from claimtrack.report.page.case_file import CaseFile


MOST_COMPARED = 14
"""Origins held against each other in the picture: those that share the most questions."""


@dataclass(frozen=True)
class Pictures:
    """Pictures as markup, None where there is nothing to draw.

    `forests` has one for each panel with the number of claims it leaves out;
    `not_compared` counts the origins that the matrix leaves out.
    """

    forests: Sequence[tuple[Any, int]]
    timeline: Any = None
    relays: Any = None
    agreement: Any = None
    not_compared: int = 0


def style() -> str:
    """Give the style of all pictures, each rule under a picture's own class."""
    from claimtrack.report.pictures.svg import STYLE

    return STYLE


def draw(case: CaseFile) -> Pictures:
    """Draw the pictures of a case; each writes its texts escaped, so that it is markup."""
    from markupsafe import Markup

    from claimtrack.report.agreement import make_matrix
    from claimtrack.report.pictures.agreement import agreement
    from claimtrack.report.pictures.forest import forest
    from claimtrack.report.pictures.relays import relays
    from claimtrack.report.pictures.timeline import timeline
    from claimtrack.report.timeline import arrange

    most = most_drawn(case)
    matrix = make_matrix(case.claims, case.contradictions)
    drawn = _narrowed(matrix)
    return Pictures(
        forests=[
            (Markup(forest(panel, embedded=True, most=most)), not_drawn(panel, most))
            for panel in case.panels
        ],
        timeline=Markup(
            timeline(
                case.title,
                arrange(case.claims, case.contradictions),
                embedded=True,
                most=2 * most,
            )
        ),
        relays=Markup(relays(case.claims, embedded=True)) if _is_relayed(case) else None,
        agreement=Markup(agreement(drawn, embedded=True)) if matrix.cells else None,
        not_compared=len(matrix.origins) - len(drawn.origins),
    )


def _narrowed(matrix: Matrix) -> Matrix:
    """Keep the origins that are drawn, and the pairs of them."""
    origins = matrix.origins[:MOST_COMPARED]
    ids = {id_ for id_, _ in origins}
    cells = {pair: cell for pair, cell in matrix.cells.items() if ids.issuperset(pair)}
    return replace(matrix, origins=origins, cells=cells)


def _is_relayed(case: CaseFile) -> bool:
    return any(assertion.chain for claim in case.claims for assertion in claim.assertions)


def relays_as_mermaid(case: CaseFile) -> str | None:
    """Draw who relies on whom as a Mermaid flowchart, None where nobody relies on anybody."""
    from claimtrack.report.pictures.relays import relays_mermaid

    return relays_mermaid(case.claims) if _is_relayed(case) else None
