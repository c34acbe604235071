"""Estimate the answers to a question, or to all questions of an event, by named methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.domain.answer import Answer
from claimtrack.domain.case import Question
from claimtrack.domain.testimony import OriginCount
from claimtrack.domain.value import Kind
from claimtrack.errors import UsageError
from claimtrack.estimates.copying import Pair, stated_families
from claimtrack.estimates.material import Estimate, LeftOut, Material, Why, sort_answers
from claimtrack.estimates.methods import METHODS, RANGED, estimate
from claimtrack.estimates.truth_discovery import NAME as TRUTH_DISCOVERY
from claimtrack.estimates.truth_discovery import Everywhere
from claimtrack.services.looking import find_claims
from claimtrack.services.suspecting import stated_bases, suspected_pairs
from claimtrack.services.tracing import make_counter
from claimtrack.store import overview
from claimtrack.store.answers import Names, count_answers, load_answers, question_names
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter

if TYPE_CHECKING:
    from claimtrack.store.overview import Connection

LEARNT_FROM = 100_000
"""Answers on the metrics asked for that truth discovery learns from without being named."""


@dataclass(frozen=True)
class Estimated:
    """A question with its estimates, and the origins of the answers that count.

    `suspected` are the pairs of sources among them that were treated as dependent because
    they are suspected; empty unless that was asked for.
    """

    question: Question
    names: Names
    estimates: Sequence[Estimate]
    count: OriginCount
    suspected: tuple[tuple[str, ...], ...]


def estimate_questions(
    where: str,
    target: str,
    *,
    methods: Sequence[str] = (),
    metrics: Sequence[str] = (),
    groups: Sequence[str] = (),
    prefer: Sequence[str] = (),
    treat_suspected_as_dependent: bool = False,
    known_by: int | None = None,
) -> list[Estimated]:
    """Estimate the questions that a target names: an event's, or the one a claim answers.

    `methods` in the order given, all where none is; `prefer` is an order of sources for
    the method `preferred`. Raises UsageError for a method that is none or a filter on one
    claim's question, UnknownId for names not there. `known_by` takes only what was published
    by the end of that day.
    """
    check_methods(methods)
    filter_ = _questions_of(where, target, metrics, groups, known_by)
    with reading(where) as connection:
        overview.check_names(connection, filter_)
        overview.check_names(connection, Filter(sources=tuple(prefer)))
        suspected = (
            suspected_pairs(connection, known_by) if treat_suspected_as_dependent else frozenset()
        )
        return estimate_in(connection, filter_, tuple(methods), prefer, suspected)


def _questions_of(
    where: str,
    target: str,
    metrics: Sequence[str],
    groups: Sequence[str],
    known_by: int | None,
) -> Filter:
    with reading(where) as connection:
        named = overview.find_named(connection, target)
    if named is not None and named[0] == "event":
        return Filter(
            events=(target,), metrics=tuple(metrics), groups=tuple(groups), known_by=known_by
        )
    claim = find_claims(where, [target], known_by)[0]
    if metrics or groups:
        raise UsageError(
            f"'{target}' is a claim: it names one question",
            f"name the event, as in `claimtrack estimate {claim.event} --metric {claim.metric}`",
        )
    return Filter(
        events=(claim.event,),
        metrics=(claim.metric,),
        groups=(claim.group,) if claim.group else (),
        claims=(claim.id,),
        known_by=known_by,
    )


def check_methods(methods: Sequence[str]) -> None:
    """Refuse a method that is none."""
    for method in methods:
        if method not in METHODS:
            raise UsageError(
                f"there is no method '{method}'", f"choose one of {', '.join(METHODS)}"
            )


def estimate_in(
    connection: Connection,
    filter_: Filter,
    methods: Sequence[str],
    prefer: Sequence[str] = (),
    suspected: frozenset[Pair] = frozenset(),
) -> list[Estimated]:
    """Estimate the questions that pass a filter, on a connection that is open.

    By all methods where none is named; truth discovery then declines where there are more
    than `LEARNT_FROM` answers to learn from.
    """
    narrow = {"events": filter_.events, "metrics": filter_.metrics, "groups": filter_.groups}
    names = question_names(connection, **narrow)
    answers: dict[Question, list[Answer]] = {question: [] for question in names}
    for answer in load_answers(connection, **narrow, known_by=filter_.known_by):
        answers[answer.question].append(answer)
    if filter_.claims:
        asked = {q for q, told in answers.items() if any(a.claim in filter_.claims for a in told)}
        answers = {question: told for question, told in answers.items() if question in asked}
    counter = make_counter(
        connection,
        [a.claim for told in answers.values() for a in told],
        also_dependent=suspected,
        known_by=filter_.known_by,
    )
    everywhere: dict[str, Everywhere] = {}
    asked_of = sorted({question.metric for question, told in answers.items() if told})
    if TRUTH_DISCOVERY in methods if methods else not _are_many(connection, asked_of):
        everywhere = _everywhere(connection, asked_of, filter_.known_by, suspected)
    found = []
    for question, told in answers.items():
        if not told:
            continue
        counted, left_out = sort_answers(told)
        answering = counted or _categories(left_out, names[question].kind)
        count = counter.count(dict.fromkeys(answer.claim for answer in answering))
        material = Material(
            question=question,
            kind=names[question].kind,
            counted=counted,
            left_out=left_out,
            origins=count.origins,
            prefer=tuple(prefer),
            everywhere=everywhere.get(question.metric),
        )
        estimates = [estimate(method, material) for method in methods or METHODS]
        present = {answer.origin for answer in counted}
        pairs = tuple(sorted(tuple(sorted(pair)) for pair in suspected if pair <= present))
        found.append(Estimated(question, names[question], estimates, count, pairs))
    return found


def _categories(left_out: Sequence[LeftOut], kind: Kind) -> list[Answer]:
    """Give the answers to a question without numbers, which no estimate takes in."""
    return [one.answer for one in left_out if kind not in RANGED and one.why is Why.NO_END]


def _are_many(connection: Connection, metrics: Sequence[str]) -> bool:
    return count_answers(connection, metrics, LEARNT_FROM + 1) > LEARNT_FROM


def _everywhere(
    connection: Connection,
    metrics: Sequence[str],
    known_by: int | None,
    suspected: frozenset[Pair],
) -> dict[str, Everywhere]:
    """Load the answers to all questions on these metrics, by metric."""
    if not metrics:
        # To the store, no name at all means every metric.
        return {}
    answers: dict[str, list[Answer]] = {metric: [] for metric in metrics}
    for answer in load_answers(connection, metrics=metrics, known_by=known_by):
        answers[answer.question.metric].append(answer)
    told = (answer.origin for some in answers.values() for answer in some)
    tied = suspected | stated_families(stated_bases(connection, told))
    return {metric: Everywhere.of(some, tied) for metric, some in answers.items()}
