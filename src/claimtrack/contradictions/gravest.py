"""The gravest pairs: what is kept where a claim stands against very many others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from claimtrack.domain.conflict import Conflict

PAIRS_OF_A_CLAIM = 100
"""Pairs of one claim that are kept whatever comes: in all at most so many times the claims."""


def by_gravity(conflict: Conflict) -> tuple[float, str, list[str]]:
    """Give the key that sorts conflicts, gravest first; no two found together have the same."""
    return -conflict.severity, conflict.rule, [claim.id for claim in conflict.claims]


def gravest(pairs: Iterable[Conflict]) -> tuple[list[Conflict], int]:
    """Keep every pair that is among the `PAIRS_OF_A_CLAIM` gravest of one of its claims.

    Gives those kept, in any order, and the number left out. What is kept grows with the
    claims, not with their pairs, and so does the memory that it takes: pairs may come as a
    stream. Every claim that stands against another keeps one pair at least.
    """
    count = 0
    of_claims: dict[str, list[Conflict]] = defaultdict(list)
    least: dict[str, float] = defaultdict(float)
    for pair in pairs:
        count += 1
        for claim in pair.claims:
            if pair.severity < least[claim.id]:
                continue
            mine = of_claims[claim.id]
            mine.append(pair)
            if len(mine) == 2 * PAIRS_OF_A_CLAIM:
                _cut(mine)
                least[claim.id] = mine[-1].severity
    kept: dict[int, Conflict] = {}
    for mine in of_claims.values():
        _cut(mine)
        for pair in mine:
            kept[id(pair)] = pair
    return list(kept.values()), count - len(kept)


def _cut(pairs: list[Conflict]) -> None:
    if len(pairs) > PAIRS_OF_A_CLAIM:
        pairs.sort(key=by_gravity)
        del pairs[PAIRS_OF_A_CLAIM:]


def told(left_out: int) -> str | None:
    """Say how many pairs are left out; None where there are none."""
    if not left_out:
        return None
    return (
        f"{left_out:,} more contradictions of two claims are not listed, as both claims stand in"
        f" {PAIRS_OF_A_CLAIM} graver ones or more; `versions` counts with all"
    )
