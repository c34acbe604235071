"""Sets of three claims and more that cannot all hold, though any fewer of them can.

Two searches over the sets of people that `numbers` describes: `packed` for one number that
holds others, `covered` for several that cover others. Both give all minimal sets of up to
`MAX_MEMBERS` claims unless they meet a limit on work, which they then say.
"""

from __future__ import annotations

from claimtrack.contradictions import found_sets
from claimtrack.contradictions.cells import Cells
from claimtrack.contradictions.covered import search_covered
from claimtrack.contradictions.found_sets import FoundSets, LimitReached, minimal
from claimtrack.contradictions.packed import search_packed
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict


def find_larger_sets(case: Case) -> tuple[list[Conflict], str | None]:
    """Find the minimal sets of three claims and more, and say so where a limit was met."""
    cells = Cells.of(case)
    parts = cells.parts()
    found = FoundSets(cells)
    stopped = None
    for search in (search_packed, search_covered):
        found.steps = 0
        try:
            for part in parts:
                found.cells = part
                search(found)
        except LimitReached:
            stopped = (
                "not all sets of three claims and more were searched: the limit of"
                f" {found_sets.MAX_STEPS:,} steps or {found_sets.MAX_FOUND:,} sets was reached"
            )
    return minimal(found.by_claims.values()), stopped
