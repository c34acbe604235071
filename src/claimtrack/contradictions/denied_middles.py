"""Denied middles: "not 20 to 30" leaves two sides, and claims together may shut both.

1 to 5, 4 to 9 and not 4 to 5: any two can hold, all three cannot. The denial is looked at
twice, as "under 4" and as "over 5"; what is impossible with the one together with what is
impossible with the other is impossible with the denial.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from claimtrack.contradictions.found_sets import MAX_MEMBERS, minimal
from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Case, Claim
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

RULE = "denial"
_BELOW, _ABOVE = "\0below", "\0above"
Search = Callable[[Case], tuple[list[Conflict], str | None]]


def find_with_denied_middles(case: Case, search: Search) -> tuple[list[Conflict], str | None]:
    """Find the sets of three and more that hold a denied middle; `search` finds all others."""
    middles = [claim for claim in case.claims if _is_denied_middle(claim)]
    if not middles:
        return [], None
    others = [claim for claim in case.claims if not _is_denied_middle(claim)]
    halves = [half for claim in middles for half in _halves(claim)]
    found, stopped = search(replace(case, claims=(*others, *halves)))
    for middle in middles:
        found = _resolve(found, middle)
    ids = {middle.id for middle in middles}
    telling = [
        conflict
        for conflict in found
        if len(conflict.claims) > 2 and any(claim.id in ids for claim in conflict.claims)
    ]
    return telling, stopped


def _is_denied_middle(claim: Claim) -> bool:
    value = claim.value
    bounded = value.lower is not None and value.upper is not None
    return claim.denied and bounded and allowed(claim) is None and value.kind is not Kind.CATEGORY


def _halves(claim: Claim) -> tuple[Claim, Claim]:
    value = claim.value
    assert value.lower is not None and value.upper is not None
    below = replace(value, lower=None, upper=value.lower - 1, best=None)
    above = replace(value, lower=value.upper + 1, upper=None, best=None)
    return (
        replace(claim, id=claim.id + _BELOW, value=below, denied=False),
        replace(claim, id=claim.id + _ABOVE, value=above, denied=False),
    )


def _resolve(sets: Sequence[Conflict], middle: Claim) -> list[Conflict]:
    """Join each set that shuts the one side with each that shuts the other.

    The lesser of both gaps is how far the denial is from leaving something. The denial
    stands second, as it does in a pair.
    """
    below, above = middle.id + _BELOW, middle.id + _ABOVE
    shut_below = [s for s in sets if _holds(s, below) and not _holds(s, above)]
    shut_above = [s for s in sets if _holds(s, above) and not _holds(s, below)]
    kept = [s for s in sets if not _holds(s, below) and not _holds(s, above)]
    for one in shut_below:
        for other in shut_above:
            members = {c.id: c for c in (*one.claims, *other.claims) if c.id not in (below, above)}
            if len(members) < MAX_MEMBERS:
                first, *rest = (members[id_] for id_ in sorted(members))
                gap = min(found.gap for found in (one, other) if found.gap is not None)
                kept.append(Conflict(RULE, (first, middle, *rest), gap))
    return minimal(kept)


def _holds(conflict: Conflict, id_: str) -> bool:
    return any(claim.id == id_ for claim in conflict.claims)
