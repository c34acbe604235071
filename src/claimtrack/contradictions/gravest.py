"""The gravest pairs: what is kept where a claim stands against very many others."""

from __future__ import annotations

from collections import defaultdict

from claimtrack.contradictions.rules import Outcome

PAIRS_OF_A_CLAIM = 100
"""Pairs of one claim that are kept whatever comes: in all at most so many times the claims."""


def gravest(outcome: Outcome) -> Outcome:
    """Leave out every pair of which both claims stand in `PAIRS_OF_A_CLAIM` graver ones.

    What is kept grows with the claims, not with their pairs, and every claim that stands
    against another keeps one pair at least. Says how many are left out, if any.
    """
    if len(outcome.conflicts) <= PAIRS_OF_A_CLAIM:
        return outcome
    taken: defaultdict[str, int] = defaultdict(int)
    kept = []
    for conflict in outcome.conflicts:
        if len(conflict.claims) > 2:
            kept.append(conflict)
            continue
        one, other = conflict.claims
        if taken[one.id] < PAIRS_OF_A_CLAIM or taken[other.id] < PAIRS_OF_A_CLAIM:
            taken[one.id] += 1
            taken[other.id] += 1
            kept.append(conflict)
    left_out = len(outcome.conflicts) - len(kept)
    if not left_out:
        return outcome
    sentence = (
        f"{left_out:,} more contradictions of two claims are not listed, as both claims stand in"
        f" {PAIRS_OF_A_CLAIM} graver ones or more; `versions` counts with all"
    )
    return Outcome(kept, "; ".join(filter(None, (outcome.stopped, sentence))))
