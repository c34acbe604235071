"""A second opinion by brute force: which claims can all hold, found by trying every world.

A world is a number of people of every kind there can be; a kind says in which groups somebody
is, and in which metrics on each day. Whoever is counted in a cumulative metric stays in it; the
missing are found, and a force shrinks. Nothing here is shared with the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise, product

from claimtrack.domain.case import Claim, Groups, Metric

Cell = tuple[str, str, int | None]
"""What a claim counts: metric, group, and the day up to which (None: in all)."""


def impossible_sets(
    claims: Sequence[Claim], metrics: Mapping[str, Metric], groups: Groups, names: Iterable[str]
) -> set[frozenset[str]]:
    """List the minimal sets of claims that hold in no world."""
    ids = [claim.id for claim in claims]
    good = set(_sets_that_hold(claims, metrics, groups, sorted(names)))
    bad: set[frozenset[str]] = set()
    for size in range(1, len(ids) + 1):
        for some in combinations(ids, size):
            members = frozenset(some)
            if any(found <= members for found in bad):
                continue
            if not any(members <= held for held in good):
                bad.add(members)
    return bad


def _sets_that_hold(
    claims: Sequence[Claim], metrics: Mapping[str, Metric], groups: Groups, names: list[str]
) -> Iterator[frozenset[str]]:
    cells = sorted({_cell(claim) for claim in claims}, key=str)
    ends = [b for c in claims for b in (c.value.lower, c.value.upper) if b is not None]
    # A number beyond every bound is as good as any other beyond.
    cap = max(ends, default=0) + 1
    days = sorted({cell[2] for cell in cells if cell[2] is not None})
    worlds = {tuple(0 for _ in cells)}
    for kind in _kinds(cells, metrics, groups, names, days):
        worlds = {
            tuple(
                min(cap, n + more) if inside else n for n, inside in zip(world, kind, strict=True)
            )
            for world in worlds
            for more in range(cap + 1)
        }
    for world in worlds:
        number = dict(zip(cells, world, strict=True))
        yield frozenset(c.id for c in claims if _holds(c, number[_cell(c)]))


def _cell(claim: Claim) -> Cell:
    assert claim.question.group is not None
    return claim.question.metric, claim.question.group, claim.as_of[0] if claim.as_of else None


def _holds(claim: Claim, number: int) -> bool:
    value = claim.value
    if value.is_unknown:
        return True
    inside = (value.lower is None or value.lower <= number) and (
        value.upper is None or number <= value.upper
    )
    return inside is not claim.denied


def _kinds(
    cells: Sequence[Cell],
    metrics: Mapping[str, Metric],
    groups: Groups,
    names: list[str],
    days: list[int],
) -> set[tuple[bool, ...]]:
    """List the kinds of people, each as the cells that it is counted in."""
    states = [frozenset(s) for s in _subsets(sorted(metrics)) if _metrics_agree(set(s), metrics)]
    only_grow = frozenset(name for name, metric in metrics.items() if metric.cumulative)
    found = set()
    for member in _subsets(names):
        if not member or not _groups_agree(set(member), groups):
            continue
        for life in _lives(states, only_grow, len(days) + 1):
            counted = dict(zip((*days, None), life, strict=True))
            found.add(tuple(m in counted[until] and g in member for m, g, until in cells))
    return {kind for kind in found if any(kind)}


def _lives(
    states: Sequence[frozenset[str]], only_grow: frozenset[str], length: int
) -> Iterator[tuple[frozenset[str], ...]]:
    """List what somebody may be counted in from day to day; the last stands for "in all"."""
    for life in product(states, repeat=length):
        if all(before & only_grow <= after for before, after in pairwise(life)):
            yield life


def _subsets(of: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return chain.from_iterable(combinations(of, size) for size in range(len(of) + 1))


def _metrics_agree(counted: set[str], metrics: Mapping[str, Metric]) -> bool:
    for metric in metrics.values():
        if metric.sum_of:
            parts = len(counted & set(metric.sum_of))
            if parts != (1 if metric.id in counted else 0):
                return False
        if metric.at_most and metric.id in counted and metric.at_most not in counted:
            return False
    return True


def _groups_agree(member: set[str], groups: Groups) -> bool:
    return all(groups.part_of.get(one, frozenset()) <= member for one in member) and not any(
        pair <= member for pair in groups.disjoint
    )
