"""The rules, listed by hand, and the search through all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claimtrack.contradictions import category, dates, denial, disjoint, part_of, truth_value
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict

Rule = Callable[[Case], Iterator[Conflict]]

RULES: tuple[tuple[str, Rule], ...] = (
    (disjoint.RULE, disjoint.find),
    (part_of.RULE, part_of.find),
    (denial.RULE, denial.find),
    (dates.RULE, dates.find),
    (category.RULE, category.find),
    (truth_value.RULE, truth_value.find),
)


def find_conflicts(case: Case) -> list[Conflict]:
    """Find every conflict that a rule shows in the claims of one event, gravest first."""
    found = [conflict for _, find in RULES for conflict in find(case)]
    return sorted(found, key=lambda c: (-c.severity, c.rule, [claim.id for claim in c.claims]))
