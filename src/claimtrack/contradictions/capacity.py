"""Capacity: more of something than there can be, such as more killed than there were people."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.gravest import Cut
from claimtrack.contradictions.metric_ties import CAPACITY
from claimtrack.contradictions.pairs import larger_than_what_holds_it
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict

RULE = CAPACITY


def find(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    """More killed, wounded, captured or missing than the size of the force.

    Several numbers that exceed the size only together are found by `larger_sets` under this
    rule's name. Deliberately let pass: losses up to and including the size; the size of a
    force as of another day than the losses, since a force shrinks and is reinforced.
    """
    return larger_than_what_holds_it(case, RULE, cut)
