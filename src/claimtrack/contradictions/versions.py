"""Versions: the largest sets of claims on one question that can all be true together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Claim
from claimtrack.domain.conflict import Conflict

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
    foes: list[set[int]] = [set() for _ in claims]
    for conflict in conflicts:
        ids = [place.get(claim.id) for claim in conflict.claims]
        if len(ids) == 2 and ids[0] is not None and ids[1] is not None:
            foes[ids[0]].add(ids[1])
            foes[ids[1]].add(ids[0])
    # Claims at odds with the same others stand together in every set: one speaks for all.
    alike: dict[frozenset[int], list[int]] = {}
    for index in range(len(claims)):
        alike.setdefault(frozenset(foes[index]), []).append(index)
    speakers = {members[0]: members for members in alike.values()}
    friends = {index: speakers.keys() - foes[index] - {index} for index in speakers}
    found: list[list[int]] = []
    # A stack of our own: a set may be larger than Python lets calls nest.
    waiting: list[tuple[list[int], set[int], set[int]]] = [([], set(speakers), set())]
    while waiting and len(found) < LIMIT:
        chosen, open_, done = waiting.pop()
        if not open_ and not done:
            if chosen:
                found.append(sorted(i for speaker in chosen for i in speakers[speaker]))
            continue
        pivot = max(open_ | done, key=lambda i: len(friends[i] & open_))
        for index in sorted(open_ - friends[pivot]):
            waiting.append(([*chosen, index], open_ & friends[index], done & friends[index]))
            open_ = open_ - {index}
            done = done | {index}
    in_order = sorted(found, key=lambda ids: (max(_start(claims[i]) for i in ids), ids))
    return [tuple(claims[i] for i in ids) for ids in in_order]


def _start(claim: Claim) -> float:
    span = allowed(claim)
    return float("-inf") if span is None or span[0] is None else span[0]
