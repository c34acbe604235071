"""The gravest pairs: what is kept where a claim stands against very many others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from claimtrack.domain.conflict import Conflict

PAIRS_OF_A_CLAIM = 100
"""Pairs of one claim that are kept whatever comes: in all at most so many times the claims."""

Gravity = tuple[float, str, int, list[str]]
"""Sorts conflicts: severity from the top, the name of the rule, gap from the top, the claims."""


@dataclass(slots=True)
class Cut:
    """How many pairs of a claim are wanted, its gravest, and how many pairs were left out.

    `plain` is false where those of two plain claims on one question are not wanted.
    """

    most: int
    left_out: int = 0
    plain: bool = True


def by_gravity(conflict: Conflict) -> Gravity:
    """Give the key that sorts conflicts, gravest first; no two found together have the same."""
    return _by_gravity((conflict.severity, conflict))


def gravest(pairs: Iterable[Conflict], cut: Cut) -> list[Conflict]:
    """Keep every pair that is among the gravest of one of its claims, in any order.

    What is kept grows with the claims, not with their pairs, and so does the memory that it
    takes: pairs may come as a stream. Every claim that stands against another keeps one pair
    at least.
    """
    count = 0
    of_claims: dict[str, list[tuple[float, Conflict]]] = defaultdict(list)
    least: dict[str, float] = defaultdict(float)
    for pair in pairs:
        count += 1
        weighed = pair.severity, pair
        for claim in pair.claims:
            if weighed[0] < least[claim.id]:
                continue
            mine = of_claims[claim.id]
            mine.append(weighed)
            if len(mine) == 2 * cut.most:
                _shorten(mine, cut.most)
                least[claim.id] = mine[-1][0]
    kept: dict[int, Conflict] = {}
    for mine in of_claims.values():
        _shorten(mine, cut.most)
        for _, pair in mine:
            kept[id(pair)] = pair
    cut.left_out += count - len(kept)
    return list(kept.values())


def _shorten(pairs: list[tuple[float, Conflict]], most: int) -> None:
    if len(pairs) > most:
        pairs.sort(key=_by_gravity)
        del pairs[most:]


def _by_gravity(weighed: tuple[float, Conflict]) -> Gravity:
    severity, conflict = weighed
    return -severity, conflict.rule, -(conflict.gap or 0), [claim.id for claim in conflict.claims]


def told(cut: Cut) -> str | None:
    """Say how many pairs are left out; None where there are none."""
    if not cut.left_out:
        return None
    return (
        f"{cut.left_out:,} more contradictions of two claims are not listed, as both claims stand"
        f" in {cut.most} graver ones or more; `versions` counts with all"
    )
