"""Compare the claims on a metric, or on a family of metrics: question by question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import overload

from claimtrack.contradictions.rules import conflicts_when_asked
from claimtrack.contradictions.versions import versions
from claimtrack.domain.case import Case, Claim, Groups, Metric, Question
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.domain.testimony import OriginCount
from claimtrack.errors import ClaimtrackError
from claimtrack.services.contradicting import find_contradictions, mark
from claimtrack.services.estimating import Estimated, check_methods, estimate_in
from claimtrack.services.suspecting import suspected_pairs
from claimtrack.services.tracing import Counter, make_counter
from claimtrack.store import cases, listing, overview, records
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter


class WhenAsked(Sequence[OriginCount]):
    """Counts of the origins of sets of claims, each made when it is first asked for."""

    def __init__(
        self, sets: Sequence[Sequence[str]], count: Callable[[Sequence[str]], OriginCount]
    ) -> None:
        """Take the sets, by the ids of their claims."""
        self._sets = sets
        self._count = cache(lambda at: count(sets[at]))

    def __len__(self) -> int:
        """Count the sets."""
        return len(self._sets)

    @overload
    def __getitem__(self, at: int) -> OriginCount: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[OriginCount]: ...
    def __getitem__(self, at: int | slice) -> OriginCount | Sequence[OriginCount]:
        """Count the origins of a set."""
        every = range(len(self._sets))[at]
        return self._count(every) if isinstance(every, int) else [self._count(i) for i in every]


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """One question: its claims, and the largest sets of them that can all be true.

    `origins` counts the origins of all its claims, `version_origins` those of each version;
    `estimated` holds its estimate by the one method asked for, or nothing.
    """

    claims: Sequence[ClaimRecord]
    versions: Sequence[Sequence[str]]
    contradictions: Sequence[ContradictionRecord]
    origins: OriginCount
    version_origins: Sequence[OriginCount]
    estimated: Estimated | None = None

    @property
    def question(self) -> Question:
        """Name the question."""
        first = self.claims[0]
        return Question(first.event, first.metric, first.group)


@dataclass(frozen=True, slots=True)
class Panel:
    """The questions of one event on one metric, which share a scale."""

    event_title: str
    metric_name: str
    questions: Sequence[ComparedQuestion]
    contradictions: Sequence[ContradictionRecord]


def compare(
    where: str,
    metric: str,
    filter_: Filter,
    *,
    method: str | None = None,
    treat_suspected_as_dependent: bool = False,
    most_events: int | None = None,
) -> list[Panel]:
    """Compare the claims on a metric and on those it is the sum of.

    With `most_events` only so many events are compared, the first in their order. `method`
    names the estimate to show beside; suspected copying counts only where that is asked for.
    """
    if method is not None:
        check_methods((method,))
    with reading(where) as connection:
        family = (metric, *cases.parts_of(connection, metric))
        wanted = Filter(
            events=filter_.events,
            metrics=family,
            groups=filter_.groups,
            sources=filter_.sources,
            known_by=filter_.known_by,
        )
        overview.check_names(connection, wanted)
        if most_events is not None and len(wanted.events) != 1:
            first = listing.first_events(connection, wanted, most_events)
            wanted = replace(wanted, events=tuple(first) or wanted.events)
        claims = records.claim_records(connection, wanted)
        if not claims:
            what = (
                f"no claim on {metric} passes" if filter_ != Filter() else f"no claim on {metric}"
            )
            raise ClaimtrackError(what, "`claimtrack list-claims` shows what there is")
        found = find_contradictions(connection, wanted)
        if wanted.known_by is not None:
            claims = mark(claims, found)
        metrics, groups = cases.load_metrics(connection), cases.load_groups(connection)
        suspected = (
            suspected_pairs(connection, wanted.known_by)
            if treat_suspected_as_dependent
            else frozenset()
        )
        ids = [record.id for record in claims]
        counter = make_counter(connection, ids, also_dependent=suspected, known_by=wanted.known_by)
        estimates: dict[Question, Estimated] = {}
        if method is not None and not wanted.sources:
            found_estimates = estimate_in(connection, wanted, (method,), suspected=suspected)
            estimates = {estimated.question: estimated for estimated in found_estimates}
    beside = Beside(metrics, groups, counter, estimates)
    return make_panels(claims, found, beside, family)


@dataclass(frozen=True)
class Beside:
    """What comparing claims needs beside them: who is part of whom, origins, estimates."""

    metrics: Mapping[str, Metric]
    groups: Groups
    counter: Counter
    estimates: Mapping[Question, Estimated]


def make_panels(
    claims: Sequence[ClaimRecord],
    found: Sequence[ContradictionRecord],
    beside: Beside,
    metrics: Sequence[str],
) -> list[Panel]:
    """Compare claims question by question; panels stand in the order of these metrics."""
    among = {assertion.id for record in claims for assertion in record.assertions}
    of_claim: dict[str, list[ContradictionRecord]] = {}
    for contradiction in found:
        for claim in contradiction.claims:
            of_claim.setdefault(claim.id, []).append(contradiction)
    compared = []
    for members in _by_question(claims):
        standing = [as_claim(record) for record in members if record.stands]
        case = Case(standing, beside.metrics, beside.groups)
        sets = versions(standing, conflicts_when_asked(case))
        mine = {c.id: c for record in members for c in of_claim.get(record.id, ())}
        touching = sorted(mine.values(), key=lambda contradiction: contradiction.place)
        chosen = [[claim.id for claim in s] for s in sets]
        telling = [claim.id for claim in standing if not claim.value.is_unknown]
        first = members[0]
        compared.append(
            ComparedQuestion(
                members,
                chosen,
                touching,
                beside.counter.count(telling, among=among),
                WhenAsked(chosen, partial(beside.counter.count, among=among)),
                beside.estimates.get(Question(first.event, first.metric, first.group)),
            )
        )
    return _panels(compared, metrics)


def as_claim(record: ClaimRecord) -> Claim:
    """Give a record as the rules see it."""
    question = Question(record.event, record.metric, record.group)
    as_of = read_edtf(record.as_of) if record.as_of else None
    return Claim(record.id, question, record.value, record.denied, as_of)


def _by_question(claims: Sequence[ClaimRecord]) -> list[list[ClaimRecord]]:
    found: dict[tuple[str, str, str | None], list[ClaimRecord]] = {}
    for record in claims:
        found.setdefault((record.event, record.metric, record.group), []).append(record)
    return list(found.values())


def _panels(compared: Sequence[ComparedQuestion], family: Sequence[str]) -> list[Panel]:
    together: dict[tuple[str, str], list[ComparedQuestion]] = {}
    for question in compared:
        first = question.claims[0]
        together.setdefault((first.event, first.metric), []).append(question)
    order = {metric: place for place, metric in enumerate(family)}
    panels = []
    for key in sorted(together, key=lambda key: (key[0], order[key[1]])):
        questions = together[key]
        first = questions[0].claims[0]
        unique = {c.id: c for question in questions for c in question.contradictions}
        worst_first = sorted(unique.values(), key=lambda c: c.place)
        panels.append(Panel(first.event_title, first.metric_name, questions, worst_first))
    return panels
