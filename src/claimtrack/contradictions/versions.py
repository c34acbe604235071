"""Versions: the largest sets of claims on one question that can all be true together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack.contradictions.conflict import Conflict
from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Claim

_OPEN, _CLOSE = 0, 1
LIMIT = 1000
"""Sets listed at most where days or denials make the search more than one sweep."""


def versions(claims: Sequence[Claim], conflicts: Iterable[Conflict]) -> list[tuple[Claim, ...]]:
    """List the versions of one question, lowest first.

    Claims that bound nothing (the unknown) stand in no version: they fit them all.
    Plain intervals take one sweep and give at most as many versions as claims; claims
    as of different days, categories and denials of a middle take a search of the sets
    that no conflict breaks.
    """
    telling = [claim for claim in claims if not claim.value.is_unknown]
    if all(allowed(claim) is not None and claim.as_of is None for claim in telling):
        return _sweep(telling)
    return _search(telling, conflicts)


def _sweep(claims: Sequence[Claim]) -> list[tuple[Claim, ...]]:
    """Pass the ends in order: a version is complete when one closes after one opened."""
    ends: list[tuple[float, int, int]] = []
    for index, claim in enumerate(claims):
        span = allowed(claim)
        assert span is not None
        ends.append((float("-inf") if span[0] is None else span[0], _OPEN, index))
        ends.append((float("inf") if span[1] is None else span[1], _CLOSE, index))
    found: list[tuple[Claim, ...]] = []
    active: set[int] = set()
    opened = False
    for _, side, index in sorted(ends):
        if side == _OPEN:
            active.add(index)
            opened = True
            continue
        if opened:
            found.append(tuple(claims[i] for i in sorted(active)))
            opened = False
        active.remove(index)
    return found


def _search(claims: Sequence[Claim], conflicts: Iterable[Conflict]) -> list[tuple[Claim, ...]]:
    """Search the maximal sets without a conflicting pair (Bron and Kerbosch, 1973)."""
    place = {claim.id: index for index, claim in enumerate(claims)}
    friends = [set(range(len(claims))) - {index} for index in range(len(claims))]
    for conflict in conflicts:
        ids = [place.get(claim.id) for claim in conflict.claims]
        if len(ids) == 2 and ids[0] is not None and ids[1] is not None:
            friends[ids[0]].discard(ids[1])
            friends[ids[1]].discard(ids[0])
    found: list[list[int]] = []

    def grow(chosen: list[int], open_: set[int], done: set[int]) -> None:
        if len(found) >= LIMIT:
            return
        if not open_ and not done:
            if chosen:
                found.append(sorted(chosen))
            return
        pivot = max(open_ | done, key=lambda i: len(friends[i] & open_))
        for index in sorted(open_ - friends[pivot]):
            grow([*chosen, index], open_ & friends[index], done & friends[index])
            open_ = open_ - {index}
            done = done | {index}

    grow([], set(range(len(claims))), set())
    return [tuple(claims[i] for i in ids) for ids in sorted(found)]
