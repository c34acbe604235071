"""Denied middles: "not 20 to 30" leaves two sides, and claims together may shut both.

1 to 5, 4 to 9 and not 4 to 5: any two can hold, all three cannot. The denial is looked at
twice, as "under 4" and as "over 5"; what is impossible with the one together with what is
impossible with the other is impossible with the denial.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from claimtrack.contradictions.larger_sets import MAX_MEMBERS, minimal
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
    sets = [conflict.claims for conflict in found]
    for middle in middles:
        sets = _resolve(sets, middle)
    ids = {middle.id for middle in middles}
    telling = [
        Conflict(RULE, claims)
        for claims in sets
        if len(claims) > 2 and any(claim.id in ids for claim in claims)
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


def _resolve(sets: Sequence[tuple[Claim, ...]], middle: Claim) -> list[tuple[Claim, ...]]:
    """Join each set that shuts the one side with each that shuts the other."""
    below, above = middle.id + _BELOW, middle.id + _ABOVE
    shut_below = [s for s in sets if _holds(s, below) and not _holds(s, above)]
    shut_above = [s for s in sets if _holds(s, above) and not _holds(s, below)]
    kept = [s for s in sets if not _holds(s, below) and not _holds(s, above)]
    for one in shut_below:
        for other in shut_above:
            rest = {c.id: c for c in (*one, *other) if c.id not in (below, above)}
            if len(rest) < MAX_MEMBERS:
                kept.append((middle, *(rest[id_] for id_ in sorted(rest))))
    return [conflict.claims for conflict in minimal([Conflict(RULE, claims) for claims in kept])]


def _holds(claims: Sequence[Claim], id_: str) -> bool:
    return any(claim.id == id_ for claim in claims)
