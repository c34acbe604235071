"""Who agrees with whom: origins against each other, by the questions that both answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from claimtrack.domain.record import ClaimRecord, ContradictionRecord

Name = tuple[str, str]
"""An origin by id and by the name that people read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Two origins: the questions that both answer, and those on which they contradict."""

    shared: int
    against: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Origins, those with most shared questions first, and the pairs that share any.

    A pair stands under its two ids in the order of `origins`.
    """

    origins: Sequence[Name]
    cells: Mapping[tuple[str, str], Cell]


def make_matrix(
    claims: Sequence[ClaimRecord], contradictions: Sequence[ContradictionRecord]
) -> Matrix:
    """Hold the origins of these claims against each other.

    By origin, as ten reports of one witness are one. Two share a question where both have a
    claim on it that stands and tells something; they are against each other on it where any
    two such claims are by themselves a contradiction. That they are not is no agreement: they
    may overlap.
    """
    names: dict[str, str] = {}
    telling: dict[tuple[str, str, str | None], dict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for claim in claims:
        if claim.value.is_unknown:
            continue
        for assertion in claim.assertions:
            if assertion.superseded_by is None:
                names.setdefault(assertion.origin, assertion.origin_name)
                question = claim.event, claim.metric, claim.group
                telling[question][assertion.origin].add(claim.id)
    foes = {frozenset(c.id for c in k.claims) for k in contradictions if len(k.claims) == 2}
    shared: dict[frozenset[str], int] = defaultdict(int)
    against: dict[frozenset[str], int] = defaultdict(int)
    for said in telling.values():
        for one, other in combinations(said, 2):
            pair = frozenset((one, other))
            shared[pair] += 1
            against[pair] += any(
                frozenset((a, b)) in foes for a in said[one] for b in said[other] if a != b
            )
    total: dict[str, int] = defaultdict(int)
    for pair, count in shared.items():
        for origin in pair:
            total[origin] += count
    order = sorted(total, key=lambda origin: (-total[origin], origin))
    place = {origin: at for at, origin in enumerate(order)}
    cells = {}
    for pair in shared:
        one, other = sorted(pair, key=place.__getitem__)
        cells[one, other] = Cell(shared[pair], against[pair])
    return Matrix([(origin, names[origin]) for origin in order], cells)
