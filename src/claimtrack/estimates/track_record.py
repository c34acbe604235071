"""A source's track record: how its numbers stand to the others' on the questions they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from claimtrack.domain.answer import Answer
from claimtrack.domain.bounds import Interval
from claimtrack.domain.case import Question
from claimtrack.estimates.material import SIZES, common, hull, sort_answers

LEAST_SHARED = 5
"""Shared questions below which a record says so: fewer are anecdotes."""


@dataclass(frozen=True, slots=True)
class SharedQuestion:
    """A question that the source and others answer.

    `ratio` is the middle of the source's interval by the median of the others' middles;
    None where that median is 0 or an interval is open. `others` counts the origins beside
    it. `outside` says that its interval meets none of theirs.
    """

    question: Question
    assertions: tuple[str, ...]
    told: Interval
    median: Fraction | None
    ratio: Fraction | None
    others: int
    outside: bool


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How a source's numbers on one metric, for one group, stand to the others'.

    `ratio` is the median of the ratios, `lower`, `equal` and `higher` count them; `outside`
    counts the questions on which no other origin allows any number that the source allows.
    """

    metric: str
    group: str | None
    questions: tuple[SharedQuestion, ...]
    ratio: Fraction | None
    lower: int
    equal: int
    higher: int
    outside: int

    @property
    def is_thin(self) -> bool:
        """Whether fewer questions are shared than a record needs."""
        return len(self.questions) < LEAST_SHARED


def track_records(
    answers: Iterable[Answer], source: str, dependent: frozenset[str] = frozenset()
) -> list[TrackRecord]:
    """Hold a source's numbers against those of the others, by metric and by group counted.

    A source's numbers are those that go back to it, in its own documents or in others'. An
    origin has one voice a question: what all its answers allow, else the range that holds
    them. Origins in `dependent` are not asked: they are stated to draw on the source, or it
    on them. Left out are the unknown, denials, corrected answers, those as of another day,
    and questions whose answers are no sizes.
    """
    together: dict[Question, list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.value.kind in SIZES and answer.origin not in dependent:
            together[answer.question].append(answer)
    found: dict[tuple[str, str | None], list[SharedQuestion]] = defaultdict(list)
    for question, told in together.items():
        shared = _share(question, sort_answers(told)[0], source)
        if shared is not None:
            found[question.metric, question.group].append(shared)
    order = sorted(found, key=lambda key: (key[0], key[1] or ""))
    return [_sum_up(*key, tuple(found[key])) for key in order]


def _share(question: Question, told: tuple[Answer, ...], source: str) -> SharedQuestion | None:
    by_origin: dict[str, list[Interval]] = defaultdict(list)
    for answer in told:
        by_origin[answer.origin].append(answer.interval)
    voices = {origin: common(said) or hull(said) for origin, said in by_origin.items()}
    own = voices.pop(source, None)
    if own is None or not voices:
        return None
    middles = [middle for said in voices.values() if (middle := _middle(said)) is not None]
    median, mine = _median(middles), _middle(own)
    ratio = mine / median if mine is not None and median else None
    return SharedQuestion(
        question,
        tuple(answer.assertion for answer in told if answer.origin == source),
        own,
        median,
        ratio,
        len(voices),
        all(common((own, said)) is None for said in voices.values()),
    )


def _sum_up(metric: str, group: str | None, questions: tuple[SharedQuestion, ...]) -> TrackRecord:
    ratios = [shared.ratio for shared in questions if shared.ratio is not None]
    return TrackRecord(
        metric,
        group,
        questions,
        _median(ratios),
        lower=sum(ratio < 1 for ratio in ratios),
        equal=sum(ratio == 1 for ratio in ratios),
        higher=sum(ratio > 1 for ratio in ratios),
        outside=sum(shared.outside for shared in questions),
    )


def _middle(interval: Interval) -> Fraction | None:
    lower, upper = interval
    return None if lower is None or upper is None else Fraction(lower + upper, 2)


def _median(numbers: list[Fraction]) -> Fraction | None:
    if not numbers:
        return None
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
