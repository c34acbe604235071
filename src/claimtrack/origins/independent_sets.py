"""The size of the largest set of things of which no two are tied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

STEPS = 2_000
"""Choices tried at most before a bound is given instead of the size: about a second."""

Ties = Mapping[int, set[int]]


def largest_independent(ties: Ties) -> tuple[frozenset[int], int]:
    """Find a largest set without a tie, and a number that no such set exceeds.

    The two agree unless the search met its bound. Exact by the reduction and branching that
    are usual for the maximum independent set problem (Fomin and Kratsch, Exact Exponential
    Algorithms, 2010): one whose ties are all tied to each other is always taken, which
    solves groups of equals at once; else the most tied is taken or left. Beyond the bound:
    the best set found, and a cover by groups of which no set takes two.
    """
    found: set[int] = set()
    most = 0
    for part in _parts(ties):
        search = _Search()
        search.run({one: ties[one] & part for one in part})
        found |= search.best
        most += len(search.best) if search.steps < STEPS else _cover(ties, sorted(part))
    return frozenset(found), most


def _parts(ties: Ties) -> list[set[int]]:
    parts: list[set[int]] = []
    seen: set[int] = set()
    for start in ties:
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            new = ties[waiting.pop()] - part
            part |= new
            waiting.extend(new)
        seen |= part
        parts.append(part)
    return parts


class _Search:
    """Branch and bound over one connected part."""

    def __init__(self) -> None:
        self.best: set[int] = set()
        self.steps = 0

    def run(self, ties: dict[int, set[int]]) -> None:
        # A stack of our own: a part may be larger than Python lets calls nest.
        waiting: list[tuple[set[int], set[int]]] = [(set(ties), set())]
        while waiting and (self.steps < STEPS or not self.best):
            self.steps += 1
            open_, chosen = waiting.pop()
            _take_the_simple(ties, open_, chosen)
            if len(chosen) > len(self.best):
                self.best = chosen
            if not open_ or len(chosen) + _cover(ties, sorted(open_)) <= len(self.best):
                continue
            pick = max(sorted(open_), key=lambda one: len(ties[one] & open_))
            waiting.append((open_ - {pick}, set(chosen)))
            waiting.append((open_ - {pick} - ties[pick], chosen | {pick}))


def _take_the_simple(ties: Ties, open_: set[int], chosen: set[int]) -> None:
    """Take, again and again, one whose ties are all tied to each other; no set loses by it."""
    changed = True
    while changed:
        changed = False
        for one in sorted(open_, key=lambda one: (len(ties[one] & open_), one)):
            if one not in open_:
                continue
            company = ties[one] & open_
            if all(company - {other} <= ties[other] for other in company):
                chosen.add(one)
                open_ -= company | {one}
                changed = True


def _cover(ties: Ties, ones: Sequence[int]) -> int:
    """Count the groups of a greedy cover in which all are tied: no set takes two of one."""
    cliques: list[set[int]] = []
    for one in ones:
        for clique in cliques:
            if clique <= ties[one]:
                clique.add(one)
                break
        else:
            cliques.append({one})
    return len(cliques)
