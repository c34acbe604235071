"""Columns of a graph drawn from left to right; a circle cannot widen it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator


def columns(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Put each node right of all that lead to it; the first column is 0.

    An edge that closes a circle, walking the nodes in their order, counts for nothing: it is
    drawn back to the left. Otherwise each round would push the whole circle one further.
    """
    following: dict[str, list[str]] = {node: [] for node in nodes}
    for one, other in edges:
        following[one].append(other)
    onward: dict[str, list[str]] = defaultdict(list)
    finished: list[str] = []
    open_: set[str] = set()
    seen: set[str] = set()
    for root in following:
        waiting: list[tuple[str, Iterator[str]]] = []
        if root not in seen:
            waiting.append((root, iter(following[root])))
            seen.add(root)
            open_.add(root)
        while waiting:
            node, rest = waiting[-1]
            after = next(rest, None)
            if after is None:
                waiting.pop()
                open_.discard(node)
                finished.append(node)
            elif after not in open_:
                onward[node].append(after)
                if after not in seen:
                    seen.add(after)
                    open_.add(after)
                    waiting.append((after, iter(following[after])))
    found = dict.fromkeys(following, 0)
    for node in reversed(finished):
        for other in onward[node]:
            found[other] = max(found[other], found[node] + 1)
    return found
