"""Explain a claim, a contradiction, or how several claims stand to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.contradictions.numbers import Numbers
from claimtrack.domain.bounds import upper_holds_for
from claimtrack.domain.case import Case, Claim, Groups, Metric
from claimtrack.domain.grade import Grade
from claimtrack.domain.record import ClaimRecord, ContradictionRecord, Review
from claimtrack.domain.relation import Comparison, relate
from claimtrack.domain.testimony import OriginCount
from claimtrack.errors import UnknownId
from claimtrack.services.comparing import as_claim
from claimtrack.services.contradicting import find_contradictions, find_in, mark
from claimtrack.services.looking import find_claims, find_contradiction, find_reviews
from claimtrack.services.tracing import make_counter
from claimtrack.store import cases, grades, records
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter

if TYPE_CHECKING:
    from claimtrack.store.overview import Connection


@dataclass(frozen=True, slots=True)
class ClaimExplanation:
    """A claim with what belongs to it.

    `reviews` are those of its assertions by id; `grades` those of the claim and of the sources
    that report it or that their chains name, each speaking of its own subject only.
    """

    record: ClaimRecord
    contradictions: Sequence[ContradictionRecord]
    origins: OriginCount
    reviews: Mapping[str, Sequence[Review]]
    grades: Sequence[Grade]


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """How two claims stand to each other, and why.

    `tie` says how what they count is tied where it differs: `inside` (the first number never
    exceeds the second), `outside`, `apart` (nobody is counted in both), `other_day` (inside or
    outside, but as of days that do not bind each other), else None. The contradictions hold both
    claims, those of these two alone first, and perhaps others.
    """

    one: ClaimRecord
    other: ClaimRecord
    comparison: Comparison
    contradictions: tuple[ContradictionRecord, ...]
    tie: str | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class SetExplanation:
    """Three claims or more: the contradictions that hold all of them, and those among them."""

    claims: Sequence[ClaimRecord]
    with_all: Sequence[ContradictionRecord]
    among: Sequence[ContradictionRecord]


def explain_one(
    where: str, name: str, known_by: int | None = None
) -> ClaimExplanation | ContradictionRecord:
    """Explain what a name means: a claim with what it rests on, or a contradiction."""
    with reading(where) as connection:
        is_assertion = bool(records.claim_ids_of_assertion(connection, name))
    if not is_assertion and (found := find_contradiction(where, name, known_by)):
        return found
    if known_by is not None and not is_assertion and find_contradiction(where, name):
        raise UnknownId(
            f"'{name}' was not to be found by that day", "leave out --as-of, or give a later day"
        )
    (record,) = find_claims(where, [name], known_by)
    only = Filter(claims=(record.id,), events=(record.event,), known_by=known_by)
    with reading(where) as connection:
        standing_in = find_contradictions(connection, only)
        counter = make_counter(connection, [record.id], known_by=known_by)
        origins = counter.count([record.id])
    if known_by is not None:
        (record,) = mark([record], standing_in)
    said = find_reviews(where, "assertion", [assertion.id for assertion in record.assertions])
    with reading(where) as connection:
        given = _grades(connection, record)
    return ClaimExplanation(record, standing_in, origins, said, given)


def _grades(connection: Connection, record: ClaimRecord) -> list[Grade]:
    sources = [
        source
        for assertion in record.assertions
        for source in (assertion.source, *(link.source for link in assertion.chain))
    ]
    subjects = [("claim", record.id), *(("source", s) for s in dict.fromkeys(sources))]
    return [
        grade
        for kind, name in subjects
        for grade in (
            *(grades.grades_given_by_files(connection, name) if kind == "source" else ()),
            *grades.load_grades(connection, (kind, name)),
        )
        if not grade.replaced
    ]


def explain_pair(where: str, one: str, other: str, known_by: int | None = None) -> PairExplanation:
    """Relate two claims and say whether a contradiction holds both."""
    first, second = find_claims(where, [one, other], known_by)
    with reading(where) as connection:
        only = Filter(claims=(first.id,), events=(first.event,), known_by=known_by)
        holding = [
            found
            for found in find_contradictions(connection, only)
            if second.id in {claim.id for claim in found.claims}
        ]
        metrics, groups = cases.load_metrics(connection), cases.load_groups(connection)
        stand = first.stands and second.stands and first.event == second.event
        if stand and not any(len(found.claims) == 2 for found in holding):
            # The two may stand in so many graver contradictions that this one is not kept.
            alone = Case((as_claim(first), as_claim(second)), metrics, groups)
            holding += find_in(connection, alone, {first.id: first, second.id: second}, known_by)
    both = tuple(sorted(holding, key=lambda found: len(found.claims) > 2))
    comparison = relate(as_claim(first), as_claim(second), metrics[first.metric])
    tie = None
    if comparison.differs_in in ("metric", "group"):
        tie = _tie(as_claim(first), as_claim(second), metrics, groups)
    corrected = not (first.stands and second.stands)
    return PairExplanation(first, second, comparison, both, tie, corrected)


def _tie(one: Claim, other: Claim, metrics: Mapping[str, Metric], groups: Groups) -> str | None:
    numbers = Numbers.of(Case((one, other), metrics, groups))
    for inner, outer, tie in ((one, other, "inside"), (other, one, "outside")):
        if numbers.inside(inner.question, outer.question):
            of_outer, of_inner = (numbers.metric(each.question) for each in (outer, inner))
            binds = upper_holds_for(outer, inner, of_outer, of_inner)
            return tie if binds else "other_day"
    return "apart" if numbers.share_nobody(one.question, other.question) else None


def explain_set(where: str, names: Sequence[str], known_by: int | None = None) -> SetExplanation:
    """Give the contradictions that hold all of these claims, and those of some of them only."""
    claims = find_claims(where, names, known_by)
    ids = {claim.id for claim in claims}
    some = Filter(
        claims=tuple(sorted(ids)),
        events=tuple(sorted({claim.event for claim in claims})),
        known_by=known_by,
    )
    with reading(where) as connection:
        touching = find_contradictions(connection, some)
    inside = [({claim.id for claim in found.claims}, found) for found in touching]
    return SetExplanation(
        claims,
        [found for members, found in inside if members >= ids],
        [found for members, found in inside if members < ids],
    )
