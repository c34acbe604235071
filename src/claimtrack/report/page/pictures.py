"""The pictures of a case file, as SVG that takes its style from the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimtrack.report.page.telling import most_drawn, not_drawn

if TYPE_CHECKING:
    from claimtrack.report.page.case_file import CaseFile


@dataclass(frozen=True)
class Pictures:
    """Pictures as markup, None where there is nothing to draw.

    `forests` has one for each panel with the number of claims it leaves out.
    """

    forests: Sequence[tuple[Any, int]]
    timeline: Any = None
    relays: Any = None
    agreement: Any = None


def style() -> str:
    """Give the style of all pictures, each rule under a picture's own class."""
    return ""


def draw(case: CaseFile) -> Pictures:
    """Draw the pictures of a case."""
    most = most_drawn(case)
    return Pictures(forests=[(None, not_drawn(panel, most)) for panel in case.panels])


def relays_as_mermaid(case: CaseFile) -> str | None:
    """Draw who relies on whom as a Mermaid flowchart, None where nobody relies on anybody."""
    return None
