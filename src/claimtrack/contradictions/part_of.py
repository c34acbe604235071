"""Part of: a part said to be larger than its whole."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.gravest import Cut
from claimtrack.contradictions.numbers import PART_OF
from claimtrack.contradictions.pairs import larger_than_what_holds_it
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict

RULE = PART_OF


def find(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    """More of a part than of the whole it belongs to, through any depth of groups.

    Everyone in the part is in the whole: at least 80 contractors killed cannot be where
    55 were killed on their side in all. Deliberately let pass: a whole larger than its
    part by any measure (others may have died too); groups that merely overlap; metrics
    of which a part tells nothing about the whole.
    """
    return larger_than_what_holds_it(case, RULE, cut)
