"""Hold a new statement against what is known of an event, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimtrack.domain.case import Case, Claim, Metric
from claimtrack.domain.conflict import Term
from claimtrack.domain.dates import read_edtf
from claimtrack.domain.lexicon import Lexicon
from claimtrack.domain.naming import Statement, read_statements
from claimtrack.domain.reading import read_value
from claimtrack.domain.record import Assertion, ClaimRecord
from claimtrack.domain.relation import Relation, relate
from claimtrack.domain.value import Kind
from claimtrack.errors import UsageError
from claimtrack.services.comparing import as_claim
from claimtrack.services.concluding import found_in
from claimtrack.services.tracing import Counter, make_counter
from claimtrack.store import cases, overview, records
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter

SPEAKER = "the new statement"
"""Who says it, in the sentences that explain."""

_AGREE = (Relation.EQUAL, Relation.ENTAILS, Relation.ENTAILED_BY, Relation.OVERLAPS)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A claim that can be true together with a statement on the same question, and how."""

    statement: ClaimRecord
    claim: ClaimRecord
    relation: Relation


@dataclass(frozen=True, slots=True)
class Objection:
    """Claims that cannot all be true together with a statement, and why; largest gap first."""

    rule: str
    severity: float
    claims: Sequence[ClaimRecord]
    gap: int | None
    terms: Sequence[Term]


@dataclass(frozen=True, slots=True)
class Checked:
    """How a sentence was read, and what of the event agrees, contradicts or is untouched.

    `narrower` are the groups within those read of which the event tells something: a
    statement on a whole is untouched by claims on its parts where these are smaller.
    """

    statements: Sequence[ClaimRecord]
    agreements: Sequence[Agreement]
    objections: Sequence[Objection]
    untouched: int
    narrower: Sequence[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a person typed: a sentence, or the parts of a claim; parts go before words."""

    sentence: str | None = None
    event: str | None = None
    metric: str | None = None
    group: str | None = None
    value: str | None = None
    denied: bool = False
    as_of: str | None = None


def check(where: str, told: Told, lexicon: Lexicon, known_by: int | None = None) -> Checked:
    """Read a statement and hold it against the claims of its event; nothing is written.

    Raises UsageError where the call leaves open what is said or of which event,
    UnknownId for names that are not there, UnreadableValue for words that cannot be read.
    """
    if (told.sentence is None) == (told.value is None):
        raise UsageError(
            "check takes a sentence, or --metric and --value", "give the one or the other"
        )
    if told.value is not None and told.metric is None:
        raise UsageError("--value needs to be told of what", "add --metric, and --group if any")
    if told.value is None and told.denied:
        raise UsageError("--denied goes with --value", "give --metric, --group and --value")
    with reading(where) as connection:
        overview.check_names(
            connection,
            Filter(
                events=(told.event,) if told.event else (),
                metrics=(told.metric,) if told.metric else (),
                groups=(told.group,) if told.group else (),
            ),
        )
        event, title = _the_event(connection, told.event)
        names = overview.names(connection, "group")
        (loaded,) = cases.load_cases(connection, cases.event_rows(connection, [event]), known_by)
        case = loaded.case
        known = records.claim_records(connection, Filter(events=(event,), known_by=known_by))
        counter = make_counter(connection, events=[event], known_by=known_by)
    statements = _read(told, lexicon, case, names)
    new = [
        _record(f"new-{at}", event, title, said, told, case.metrics, names)
        for at, said in enumerate(statements, 1)
    ]
    return _hold(new, case, {record.id: record for record in known}, counter)


def _the_event(connection: overview.Connection, given: str | None) -> tuple[str, str]:
    titles = overview.names(connection, "event")
    if given is not None:
        return given, titles[given]
    if len(titles) == 1:
        return next(iter(titles.items()))
    raise UsageError("of which event?", "name it with --event; `claimtrack list-events` lists them")


def _read(
    told: Told, lexicon: Lexicon, case: Case, groups: Mapping[str, str]
) -> Sequence[Statement]:
    if told.value is not None:
        assert told.metric is not None
        metric = case.metrics[told.metric]
        value = read_value(
            _plain(told.value, metric), kind=metric.kind, unit=metric.unit, lexicon=lexicon
        )
        return [Statement(told.metric, told.group, value)]
    assert told.sentence is not None
    if told.metric and case.metrics[told.metric].kind is not Kind.COUNT:
        raise UsageError(
            f"{told.metric} is no count, and only counts are read from a sentence",
            "give the answer with --value",
        )
    return read_statements(
        told.sentence,
        lexicon,
        metrics={id_: m.name for id_, m in case.metrics.items() if m.kind is Kind.COUNT},
        groups=groups,
        likely=sorted({claim.question.group for claim in case.claims if claim.question.group}),
        metric=told.metric,
        group=told.group,
    )


def _plain(value: str, metric: Metric) -> object:
    """Take bare digits for a number, so that a measure without a unit is in the metric's."""
    measured = metric.kind in (Kind.DURATION, Kind.DISTANCE)
    return float(value) if measured and value.replace(".", "", 1).isdecimal() else value


def _record(
    id_: str,
    event: str,
    title: str,
    said: Statement,
    told: Told,
    metrics: Mapping[str, Metric],
    groups: Mapping[str, str],
) -> ClaimRecord:
    """Give the statement the shape of a claim that somebody asserts."""
    if told.as_of:
        read_edtf(told.as_of)
    metric, value = metrics[said.metric], said.value
    assertion = Assertion(
        id=id_,
        document="",
        title=None,
        published=None,
        url=None,
        source="",
        source_name=SPEAKER,
        source_anonymous=False,
        chain=(),
        quote=told.sentence,
        text=value.text,
        hedge=value.hedge.value,
        rule=value.rule,
        lexicon=value.lexicon,
        superseded_by=None,
    )
    return ClaimRecord(
        id=id_,
        event=event,
        event_title=title,
        metric=said.metric,
        metric_name=metric.name,
        unit=metric.unit,
        group=said.group,
        group_name=groups[said.group] if said.group else None,
        stance="denies" if told.denied else "asserts",
        as_of=told.as_of,
        value=value,
        contradicted=False,
        assertions=(assertion,),
    )


def _hold(
    new: Sequence[ClaimRecord], case: Case, known: Mapping[str, ClaimRecord], counter: Counter
) -> Checked:
    """Add the statements to the case and keep what would come of them."""
    claims: list[Claim] = [as_claim(record) for record in new]
    by_id = {**known, **{record.id: record for record in new}}
    ids = {record.id for record in new}
    objections = [
        Objection(
            found.rule, found.severity, [by_id[i] for i in found.claims], found.gap, found.terms
        )
        for found in found_in(Case((*case.claims, *claims), case.metrics, case.groups), counter)
        if ids & set(found.claims)
    ]
    against = {record.id for objection in objections for record in objection.claims}
    agreements = [
        Agreement(record, by_id[other.id], relation)
        for record, claim in zip(new, claims, strict=True)
        for other in case.claims
        if other.question == claim.question
        and (relation := relate(claim, other, case.metrics[record.metric]).relation) in _AGREE
    ]
    touched = against | {agreement.claim.id for agreement in agreements}
    untouched = sum(claim.id not in touched for claim in case.claims)
    told = {claim.question.group for claim in case.claims if claim.question.group}
    read = {record.group for record in new}
    narrower = sorted(group for group in told if read & case.groups.wholes(group))
    return Checked(new, agreements, objections, untouched, narrower)
