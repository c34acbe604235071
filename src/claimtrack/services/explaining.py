"""Explain a claim, or how two claims stand to each other."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.domain.relation import Comparison, Relation, relate
from claimtrack.services.comparing import as_claim
from claimtrack.services.looking import find_claims
from claimtrack.store import cases, records
from claimtrack.store.engine import reading


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """How two claims stand to each other, and why.

    `tie` says how their groups are tied where they differ: `part_of` (the first is part
    of the second), `whole_of`, `disjoint` or None.
    """

    one: ClaimRecord
    other: ClaimRecord
    comparison: Comparison
    contradictions: tuple[ContradictionRecord, ...]
    tie: str | None
    corrected: bool


def explain_claim(where: str, name: str) -> tuple[ClaimRecord, list[ContradictionRecord]]:
    """Give a claim with everything it rests on, and the contradictions it stands in."""
    record = find_claims(where, [name])[0]
    with reading(where) as connection:
        found = records.contradiction_records(connection, claims=(record.id,))
    return record, found


def explain_pair(where: str, one: str, other: str) -> PairExplanation:
    """Relate two claims and say whether a kept contradiction holds both."""
    first, second = find_claims(where, [one, other])
    with reading(where) as connection:
        both = tuple(
            found
            for found in records.contradiction_records(connection, claims=(first.id,))
            if second.id in {claim.id for claim in found.claims}
        )
        metrics, groups = cases.load_metrics(connection), cases.load_groups(connection)
    comparison = relate(as_claim(first), as_claim(second), metrics[first.metric])
    tie = None
    if first.group and second.group and comparison.relation is Relation.NOT_COMPARABLE:
        if second.group in groups.wholes(first.group):
            tie = "part_of"
        elif first.group in groups.wholes(second.group):
            tie = "whole_of"
        elif groups.are_disjoint(first.group, second.group):
            tie = "disjoint"
    corrected = not (first.stands and second.stands)
    return PairExplanation(first, second, comparison, both, tie, corrected)
