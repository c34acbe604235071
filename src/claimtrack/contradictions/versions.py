"""Versions: the largest sets of claims that can all be true, of a question or an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Claim
from claimtrack.domain.conflict import Conflict

_OPEN, _CLOSE = 0, 1
LIMIT = 1000
"""Sets listed at most where days or denials make the search more than one sweep."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that hang together by conflicts, and the largest sets of them that can be true.

    `conflicts` are in the order in which they were given. `complete` is false where the
    search of versions met `LIMIT`, so that there may be more.
    """

    claims: tuple[Claim, ...]
    versions: tuple[tuple[Claim, ...], ...]
    conflicts: tuple[Conflict, ...]
    complete: bool


def versions(claims: Sequence[Claim], conflicts: Iterable[Conflict]) -> list[tuple[Claim, ...]]:
    """List the versions of one question, lowest first.

    Claims that bound nothing (the unknown) stand in no version: they fit them all.
    Plain intervals take one sweep and give at most as many versions as claims; claims
    as of different days, categories and denials of a middle take a search of the sets
    that no conflict breaks.
    """
    telling = [claim for claim in claims if not claim.value.is_unknown]
    if _are_plain_intervals(telling):
        return _sweep(telling)
    return _search(telling, conflicts)[0]


def disputes(claims: Sequence[Claim], conflicts: Sequence[Conflict]) -> list[Dispute]:
    """Part the conflicts of an event into disputes that have nothing to do with one another.

    The versions of the event are every choice of one version of each dispute, with all the
    claims that stand in no conflict.
    """
    heads = {claim.id: claim.id for conflict in conflicts for claim in conflict.claims}

    def head(id_: str) -> str:
        while heads[id_] != id_:
            heads[id_] = heads[heads[id_]]
            id_ = heads[id_]
        return id_

    for conflict in conflicts:
        for claim in conflict.claims[1:]:
            heads[head(claim.id)] = head(conflict.claims[0].id)
    members: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.id in heads:
            members[head(claim.id)].append(claim)
    inside: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        inside[head(conflict.claims[0].id)].append(conflict)
    found = []
    for key, some in members.items():
        one_question = len({claim.question for claim in some}) == 1
        plain = one_question and _are_plain_intervals(some)
        sets, complete = (_sweep(some), True) if plain else _search(some, inside[key])
        found.append(Dispute(tuple(some), tuple(sets), tuple(inside[key]), complete))
    return found


def _are_plain_intervals(claims: Sequence[Claim]) -> bool:
    return all(allowed(claim) is not None and claim.as_of is None for claim in claims)


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


def _search(
    claims: Sequence[Claim], conflicts: Iterable[Conflict]
) -> tuple[list[tuple[Claim, ...]], bool]:
    """Search the maximal sets that no conflict breaks: first by pairs, then by larger sets.

    Tell as well whether these are all of them.
    """
    place = {claim.id: index for index, claim in enumerate(claims)}
    edges = [
        frozenset(place[claim.id] for claim in conflict.claims)
        for conflict in conflicts
        if all(claim.id in place for claim in conflict.claims)
    ]
    foes: list[set[int]] = [set() for _ in claims]
    for one, other in (sorted(edge) for edge in edges if len(edge) == 2):
        foes[one].add(other)
        foes[other].add(one)
    larger = [edge for edge in edges if len(edge) > 2]
    found: dict[frozenset[int], None] = {}
    limit = _Limit()
    for count, members in enumerate(_without_pairs(foes), 1):
        for left_out in _least_to_leave_out([edge for edge in larger if edge <= members], limit):
            rest = members - left_out
            if all(_is_blocked(i, rest, foes, larger) for i in left_out):
                found.setdefault(rest)
        if limit.is_met(max(count, len(found))):
            break
    in_order = sorted(
        (sorted(ids) for ids in found if _is_maximal(ids, foes, larger)),
        key=lambda ids: (max(_start(claims[i]) for i in ids), ids),
    )
    return [tuple(claims[i] for i in ids) for ids in in_order[:LIMIT]], not limit.met


@dataclass
class _Limit:
    """Whether a list has met `LIMIT`, beyond which there may be more."""

    met: bool = False

    def is_met(self, count: int) -> bool:
        self.met = self.met or count >= LIMIT
        return count >= LIMIT


def _without_pairs(foes: Sequence[set[int]]) -> Iterator[frozenset[int]]:
    """Yield the maximal sets without a conflicting pair (Bron and Kerbosch, 1973).

    Claims at odds with the same others stand together in every set, so one speaks for all.
    """
    alike: dict[frozenset[int], list[int]] = {}
    for index, others in enumerate(foes):
        alike.setdefault(frozenset(others), []).append(index)
    speakers = {members[0]: members for members in alike.values()}
    friends = {index: speakers.keys() - foes[index] - {index} for index in speakers}
    # A stack of our own: a set may be larger than Python lets calls nest.
    waiting: list[tuple[list[int], set[int], set[int]]] = [([], set(speakers), set())]
    while waiting:
        chosen, open_, done = waiting.pop()
        if not open_ and not done:
            if chosen:
                yield frozenset(i for speaker in chosen for i in speakers[speaker])
            continue
        pivot = max(open_ | done, key=lambda i: len(friends[i] & open_))
        for index in sorted(open_ - friends[pivot]):
            waiting.append(([*chosen, index], open_ & friends[index], done & friends[index]))
            open_ = open_ - {index}
            done = done | {index}


def _least_to_leave_out(edges: Sequence[frozenset[int]], limit: _Limit) -> Iterator[frozenset[int]]:
    """Yield the smallest choices that take a member out of every set, and perhaps others."""
    waiting: list[frozenset[int]] = [frozenset()]
    seen: set[frozenset[int]] = set()
    while waiting and not limit.is_met(len(seen)):
        chosen = waiting.pop()
        if chosen in seen:
            continue
        seen.add(chosen)
        whole = next((edge for edge in edges if edge.isdisjoint(chosen)), None)
        if whole is None:
            yield chosen
            continue
        waiting.extend(chosen | {member} for member in sorted(whole))


def _is_blocked(
    index: int, members: frozenset[int], foes: Sequence[set[int]], larger: Sequence[frozenset[int]]
) -> bool:
    """Tell whether a claim that stands outside cannot join."""
    if not foes[index].isdisjoint(members):
        return True
    return any(index in edge and edge - {index} <= members for edge in larger)


def _is_maximal(
    members: frozenset[int], foes: Sequence[set[int]], larger: Sequence[frozenset[int]]
) -> bool:
    outside = (index for index in range(len(foes)) if index not in members)
    return all(_is_blocked(index, members, foes, larger) for index in outside)


def _start(claim: Claim) -> float:
    span = allowed(claim)
    return float("-inf") if span is None or span[0] is None else span[0]
