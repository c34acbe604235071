"""Compare the claims on a metric, or on a family of metrics: question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimtrack.contradictions.rules import find_conflicts
from claimtrack.contradictions.versions import versions
from claimtrack.domain.case import Case, Claim, Question
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.errors import ClaimtrackError
from claimtrack.services.contradicting import find_contradictions, mark
from claimtrack.store import cases, overview, records
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """One question: its claims, and the largest sets of them that can all be true."""

    claims: Sequence[ClaimRecord]
    versions: Sequence[Sequence[str]]
    contradictions: Sequence[ContradictionRecord]

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


def compare(where: str, metric: str, filter_: Filter) -> list[Panel]:
    """Compare the claims on a metric and on those it is the sum of."""
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
        claims = records.claim_records(connection, wanted)
        if not claims:
            what = (
                f"no claim on {metric} passes" if filter_ != Filter() else f"no claim on {metric}"
            )
            raise ClaimtrackError(what, "`claimtrack list-claims` shows what there is")
        found = find_contradictions(connection, replace(wanted, groups=()))
        if wanted.known_by is not None:
            claims = mark(claims, found)
        metrics, groups = cases.load_metrics(connection), cases.load_groups(connection)
    compared = []
    for members in _by_question(claims):
        standing = [as_claim(record) for record in members if record.stands]
        case = Case(standing, metrics, groups)
        sets = versions(standing, find_conflicts(case))
        ids = {record.id for record in members}
        touching = [c for c in found if any(claim.id in ids for claim in c.claims)]
        compared.append(
            ComparedQuestion(members, [[claim.id for claim in s] for s in sets], touching)
        )
    return _panels(compared, family)


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
        worst_first = sorted(unique.values(), key=lambda c: (-c.severity, c.id))
        panels.append(Panel(first.event_title, first.metric_name, questions, worst_first))
    return panels
