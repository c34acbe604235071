"""The load-bearing test: leave each origin out in turn, and see what moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimtrack.contradictions.rules import find_conflicts
from claimtrack.contradictions.versions import versions
from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Case, Claim, Question
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.loadbearing import (
    Load,
    LostContradiction,
    LostVersion,
    MovedRange,
    Range,
)
from claimtrack.domain.record import DIGITS, ClaimRecord
from claimtrack.domain.testimony import Testimony
from claimtrack.domain.value import Kind
from claimtrack.origins.following import Record, origin_of
from claimtrack.services.tracing import make_counter
from claimtrack.store import cases, catalog, overview, records
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter


@dataclass(frozen=True)
class LoadTest:
    """What rests on each origin of an event, the heaviest first, with the claims by id."""

    loads: Sequence[Load]
    claims: Mapping[str, ClaimRecord]


def run_load_test(where: str, event: str, known_by: int | None = None) -> LoadTest:
    """Leave each origin of an event out in turn and list what moves.

    A claim goes when every report of it goes back to that origin. A version is lost when
    what is left of it is no version any more, a contradiction when a claim of it goes.
    """
    only = Filter(events=(event,), known_by=known_by)
    with reading(where) as connection:
        overview.check_names(connection, only)
        rows = catalog.all_ids(connection, "event")
        (loaded,) = cases.load_cases(connection, [rows[event]], known_by)
        shown = {record.id: record for record in records.claim_records(connection, only)}
        counter = make_counter(connection, events=[event], known_by=known_by)
    reports = [one for several in counter.loaded.by_claim.values() for one in several]
    return LoadTest(weigh(loaded.case, reports, counter.record), shown)


def weigh(case: Case, reports: Iterable[Testimony], record: Record) -> list[Load]:
    """Weigh every origin of these reports against all that the case shows."""
    whole = _Shown.of(case)
    by_origin: dict[tuple[str | None, str], list[Testimony]] = defaultdict(list)
    origins: dict[str, set[tuple[str | None, str]]] = defaultdict(set)
    names: dict[tuple[str | None, str], str] = {}
    for one in reports:
        end = origin_of(one, record)
        key = (end.key, "" if end.key else end.name)
        names[key] = end.name
        by_origin[key].append(one)
        origins[one.claim].add(key)
    loads = []
    for key, mine in by_origin.items():
        gone = {one.claim for one in mine if len(origins[one.claim]) == 1}
        loads.append(_load(key[0], names[key], len(mine), gone, case, whole))
    return sorted(loads, key=lambda load: (-load.moved, -load.reports, load.name))


@dataclass(frozen=True)
class _Shown:
    """What a case shows: the envelope and the versions of each question, the contradictions.

    `within` holds the conflicts inside a question, `of_claim` the places of the contradictions
    that a claim stands in.
    """

    ranges: Mapping[Question, Range]
    versions: Mapping[Question, Sequence[frozenset[str]]]
    conflicts: Sequence[LostContradiction]
    within: Mapping[Question, Sequence[Conflict]]
    of_claim: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, case: Case) -> _Shown:
        within: dict[Question, list[Conflict]] = defaultdict(list)
        of_claim: dict[str, list[int]] = defaultdict(list)
        conflicts = []
        for at, found in enumerate(find_conflicts(case)):
            first, *others = found.claims
            if all(claim.question == first.question for claim in others):
                within[first.question].append(found)
            for claim in found.claims:
                of_claim[claim.id].append(at)
            ids = tuple(claim.id for claim in found.claims)
            conflicts.append(LostContradiction(found.rule, ids, round(found.severity, DIGITS)))
        ranges = {}
        sets = {}
        for question, claims in case.by_question.items():
            ranges[question] = envelope(claims, case.kind(question))
            sets[question] = sorted(_sets(claims, within[question]), key=sorted)
        return cls(ranges, sets, conflicts, within, of_claim)


def _sets(claims: Sequence[Claim], conflicts: Sequence[Conflict]) -> set[frozenset[str]]:
    """Give the versions of a question by the ids of their claims."""
    listed = versions(claims, conflicts)
    return {frozenset(claim.id for claim in members) for members in listed}


def envelope(claims: Sequence[Claim], kind: Kind) -> Range:
    """Give the lowest and the highest end of all that is affirmed; the unknown tells nothing.

    What is denied bounds no answer of its own; only of yes and no it leaves the other.
    """
    telling = [c for c in claims if not c.value.is_unknown]
    if kind is Kind.CATEGORY:
        said = [c.value.category or c.value.text for c in telling if not c.denied]
        return Range(kind, None, None, tuple(sorted(set(said))), len(said))
    if kind is Kind.TRUTH_VALUE:
        ends = {allowed(claim) for claim in telling} - {None, (0, 1)}
        answers = sorted({"true" if span and span[0] == 1 else "false" for span in ends})
        return Range(kind, None, None, tuple(answers), len(telling))
    affirmed = [claim.value for claim in telling if not claim.denied]
    lowers = [value.lower for value in affirmed]
    uppers = [value.upper for value in affirmed]
    low = None if None in lowers else min((n for n in lowers if n is not None), default=None)
    high = None if None in uppers else max((n for n in uppers if n is not None), default=None)
    return Range(kind, low, high, (), len(affirmed))


def _load(
    source: str | None, name: str, reports: int, gone: set[str], case: Case, whole: _Shown
) -> Load:
    touched = {claim.question for claim in case.claims if claim.id in gone}
    ranges, lost_versions = [], []
    for question, before in whole.ranges.items():
        if question not in touched:
            continue
        left = [claim for claim in case.by_question[question] if claim.id not in gone]
        after = envelope(left, before.kind)
        if not _is_same(before, after):
            ranges.append(MovedRange(question, before, after))
        # What is left stands in no conflict but those it stood in before.
        rest = _sets(left, whole.within[question])
        lost_versions += [
            LostVersion(question, tuple(sorted(version)))
            for version in whole.versions[question]
            if version & gone and version - gone not in rest
        ]
    places = sorted({at for claim in gone for at in whole.of_claim.get(claim, ())})
    lost = [whole.conflicts[at] for at in places]
    unmoved = (
        len(whole.ranges) - len(ranges),
        sum(map(len, whole.versions.values())) - len(lost_versions),
        len(whole.conflicts) - len(lost),
    )
    only = tuple(sorted(gone))
    return Load(source, name, reports, only, ranges, lost_versions, lost, unmoved)


def _is_same(one: Range, other: Range) -> bool:
    """Tell whether two ranges read the same, however many claims they are made of."""
    if bool(one.claims) is not bool(other.claims):
        return False
    return (one.lower, one.upper, one.answers) == (other.lower, other.upper, other.answers)
