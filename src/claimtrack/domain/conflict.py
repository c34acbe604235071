"""A conflict found by a rule, and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Claim
from claimtrack.domain.value import Kind

DATE_SCALE = 7
"""Days: a gap of a week between two exact dates counts half."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all hold, by which rule, and the gap between them if it has one.

    For two claims apart on a scale the first is the lower; a whole stands before its part.
    """

    rule: str
    claims: tuple[Claim, ...]
    gap: int | None = None

    @property
    def severity(self) -> float:
        """Say between 0 and 1 how far apart the claims are, relative to their size.

        For numbers the gap by the larger of the two ends that face each other: 80 against
        more than 80 is 0.012, 5 against 200 is 0.975. For dates a gap of a week is one
        half. Different answers where only one can hold have no gap: 1.
        """
        if self.gap is None:
            return 1.0
        if self.claims[0].value.kind is Kind.DATE:
            return self.gap / (self.gap + DATE_SCALE)
        above = allowed(self.claims[1])
        # Without an interval the second is the denial of a middle: take its upper end.
        size = above[0] if above else self.claims[1].value.upper
        return self.gap / max(size or 1, self.gap)
