"""A question on which two undated assertions cannot both hold, and what they are to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """An undated assertion: its row, its id and the ends of its interval, which may be missing."""

    row: int
    id: str
    lower: int | None
    upper: int | None


@dataclass(frozen=True, slots=True)
class Contest:
    """What the ends of the spans on a question show, if two of them lie apart.

    A span stands in a contradiction where it ends below `highest_lower` or begins above
    `lowest_upper`. `pairs` and `versions` count all there are. `severity`, `gap` and the ids in
    `gravest`, of the lower and of the higher span, are those of the pair that is listed first.
    """

    lowest_upper: int
    highest_lower: int
    pairs: int
    versions: int
    severity: float
    gap: int
    gravest: tuple[str, str]
