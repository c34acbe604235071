"""Grades by the Admiralty code: letters for sources, digits for claims, each an assessor's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RELIABILITY: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Of a source; wording of the NATO scale (AJP-2.1) that grew out of the Admiralty's."""
CREDIBILITY: Mapping[str, str] = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""Of a claim; the same scale."""
CONFIRMED = "1"
CONFIRMING_ORIGINS = 2
"""Certain independent origins without which nothing is confirmed."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of a source (`reliability`) or a claim (`credibility`), and whose it is.

    `who` is None where an import file gave it. `replaced` says whether the same assessor
    has graded the subject anew since.
    """

    kind: str
    subject: str
    mark: str
    who: str | None
    at: str | None
    why: str
    replaced: bool = False

    @property
    def meaning(self) -> str:
        """Read the mark in words."""
        return (RELIABILITY if self.kind == "source" else CREDIBILITY)[self.mark]
