"""Sum: a part of a sum said to be larger than the total, of the same group or of a whole."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.gravest import Cut
from claimtrack.contradictions.metric_ties import SUM
from claimtrack.contradictions.pairs import larger_than_what_holds_it
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict

RULE = SUM


def find(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    """More killed than there were casualties in all.

    Parts that exceed a total only together, parts too few for their total, and disjoint
    groups against their whole need three claims and more: `larger_sets` finds them under
    this rule's name. Deliberately let pass: a total larger than the parts told, since a
    part that nobody reports is unknown, not zero.
    """
    return larger_than_what_holds_it(case, RULE, cut)
