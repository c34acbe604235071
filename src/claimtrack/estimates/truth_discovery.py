"""Truth discovery: weigh sources by how close each comes, over many questions.

The Gaussian truth model of Zhao and Han, "A Probabilistic Model for Estimating Real-valued
Truth from Conflicting Sources" (QDB 2012), with three changes that this matter asks for:

- Sizes differ by factors, so everything is in logarithms, ln(1 + x), about the median of
  each question's answers.
- An answer is an interval. Its middle is the observation, and its width adds to the
  variance of the source as that of a uniform error: w² / 12.
- k sources that are not independent and say the same weigh as one: 1 / k each.

Model: the truth of a question is normal about its median with variance `SPREAD`; a source
adds a normal error, the same on all questions; its variance has an inverse gamma prior that
is worth `PRIOR` answers of the usual error. Expectation and maximisation take turns.

Assumes: many questions; errors without a side (nobody always says too few); independent
sources but for the ties given; the same care of a source on all questions. Not for the
toll of one event told by parties to it: a side that always understates is taken for
precise where it has the most questions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil, exp, floor, log1p, sqrt
from statistics import median

from claimtrack.domain.answer import Answer
from claimtrack.domain.bounds import Interval
from claimtrack.domain.case import Question
from claimtrack.estimates.copying import Pair, join_pairs
from claimtrack.estimates.material import (
    SIZES,
    Estimate,
    LeftOut,
    Material,
    Refusal,
    Voice,
    Why,
    common,
    hull,
    sort_answers,
)

NAME = "truth-discovery"
LEAST_ORIGINS = 3
"""Origins that must answer the question: two that differ say nothing of each other."""
LEAST_SHARED = 5
"""Questions that each of them must share with at least two others."""
SPREAD = 1.0
"""Variance of a truth about the median of its answers: one standard deviation is a factor e."""
PRIOR = 5.0
"""Answers that the prior of a source's error is worth."""
LEAST_ERROR = 0.01
"""Smallest standard deviation of a source, about one per cent: nobody is infallible."""
_WITHIN = 1.96
_SWEEPS = 200
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Observation:
    """A source's answer in logarithms: its middle, the variance of its width, its weight."""

    middle: float
    variance: float
    weight: float = 1.0


Observations = Mapping[Question, Mapping[str, Observation]]


@dataclass(frozen=True, slots=True)
class Learned:
    """The truths as mean and variance in logarithms, and each source's error as variance."""

    truths: Mapping[Question, tuple[float, float]]
    errors: Mapping[str, float]


@dataclass(frozen=True)
class Everywhere:
    """The closed answers to all questions on a metric; what they teach is learned once.

    `tied` are the pairs of sources that are not independent.
    """

    intervals: Mapping[Question, Mapping[str, Interval]]
    tied: frozenset[Pair] = frozenset()

    @classmethod
    def of(cls, answers: Iterable[Answer], tied: frozenset[Pair] = frozenset()) -> Everywhere:
        """Take the answers that enter an estimate and have both ends, one for each origin."""
        together: dict[Question, list[Answer]] = defaultdict(list)
        for answer in answers:
            together[answer.question].append(answer)
        kept = (answer for told in together.values() for answer in sort_answers(told)[0])
        return cls(by_origin(answer for answer in kept if None not in answer.interval), tied)

    def holding(self, question: Question, told: Mapping[str, Interval]) -> Everywhere:
        """Give the same where one question has these answers."""
        if self.intervals.get(question) == told:
            return self
        return Everywhere({**self.intervals, question: told}, self.tied)

    @cached_property
    def learned(self) -> Learned:
        """Fit truths and errors to all of it."""
        return learn(observe(self.intervals, self.tied))


def truth_discovery(material: Material) -> Estimate:
    """Give the range that holds the truth with 95 % if the model's assumptions hold.

    Only answers with both ends enter, one for each origin. Refused for what is no size,
    where fewer than `LEAST_ORIGINS` origins answer that each share `LEAST_SHARED` questions
    with at least two others.
    """
    left_out = (
        *material.left_out,
        *(LeftOut(answer, Why.OPEN) for answer in material.counted if None in answer.interval),
    )
    closed = [answer for answer in material.counted if None not in answer.interval]
    if material.kind not in SIZES:
        return Estimate(NAME, left_out=left_out, refusal=Refusal.NOT_A_SIZE)
    told = by_origin(closed).get(material.question, {})
    if len(told) < LEAST_ORIGINS:
        return Estimate(NAME, left_out=left_out, refusal=Refusal.FEW_ORIGINS)
    if material.everywhere is None:
        return Estimate(NAME, left_out=left_out, refusal=Refusal.NOT_NAMED)
    everywhere = material.everywhere.holding(material.question, told)
    tested = _enough_shared(everywhere.intervals, material.question)
    if len(tested) < LEAST_ORIGINS:
        return Estimate(NAME, left_out=left_out, refusal=Refusal.FEW_SHARED)
    mean, variance = everywhere.learned.truths[material.question]
    within = _WITHIN * sqrt(variance)
    names = {answer.origin: answer.origin_name for answer in closed}
    voices = tuple(
        Voice(names[origin], interval, tuple(a for a in closed if a.origin == origin))
        for origin, interval in sorted(told.items())
    )
    best = max(0, round(exp(mean) - 1))
    lower = max(0, floor(exp(mean - within) - 1))
    upper = ceil(exp(mean + within) - 1)
    return Estimate(NAME, lower, upper, (best, best), voices, left_out)


def by_origin(answers: Iterable[Answer]) -> dict[Question, dict[str, Interval]]:
    """Give each origin one interval a question: what all its answers allow, or hold."""
    found: dict[Question, dict[str, list[Interval]]] = defaultdict(lambda: defaultdict(list))
    for answer in answers:
        found[answer.question][answer.origin].append(answer.interval)
    return {
        question: {origin: common(told) or hull(told) for origin, told in origins.items()}
        for question, origins in found.items()
    }


def _enough_shared(
    everywhere: Mapping[Question, Mapping[str, Interval]], asked: Question
) -> set[str]:
    shared = Counter(
        origin for told in everywhere.values() if len(told) >= LEAST_ORIGINS for origin in told
    )
    return {origin for origin in everywhere[asked] if shared[origin] >= LEAST_SHARED}


def observe(
    intervals: Mapping[Question, Mapping[str, Interval]], tied: frozenset[Pair]
) -> dict[Question, dict[str, Observation]]:
    """Turn closed intervals into observations; dependent sources that say the same share one."""
    family = {source: names[0] for names in join_pairs(tied) for source in names}
    found = {}
    for question, told in intervals.items():
        same = Counter((family.get(source, source), told[source]) for source in told)
        found[question] = {
            source: _observation(*interval, 1 / same[family.get(source, source), interval])
            for source, interval in told.items()
        }
    return found


def _observation(lower: int | None, upper: int | None, weight: float) -> Observation:
    assert lower is not None and upper is not None
    low, high = log1p(max(0, lower)), log1p(max(0, upper))
    return Observation((low + high) / 2, (high - low) ** 2 / 12, weight)


def learn(observations: Observations) -> Learned:
    """Fit truths and errors by turns until they stay; deterministic, from the medians."""
    centres = {q: median(o.middle for o in told.values()) for q, told in observations.items()}
    usual = _usual_error(observations, centres)
    errors = {source: usual for told in observations.values() for source in sorted(told)}
    truths: dict[Question, tuple[float, float]] = {}
    for _ in range(_SWEEPS):
        fresh = {q: _truth(told, centres[q], errors) for q, told in observations.items()}
        moved = max((abs(fresh[q][0] - truths[q][0]) for q in truths), default=1.0)
        truths = fresh
        errors = _errors(observations, truths, usual)
        if moved < _CLOSE:
            break
    return Learned(truths, errors)


def _usual_error(observations: Observations, centres: Mapping[Question, float]) -> float:
    squares = [
        (o.middle - centres[q]) ** 2
        for q, told in observations.items()
        if len(told) > 1
        for o in told.values()
    ]
    return max(LEAST_ERROR**2, sum(squares) / len(squares)) if squares else 1.0


def _truth(
    told: Mapping[str, Observation], centre: float, errors: Mapping[str, float]
) -> tuple[float, float]:
    weights = [(o.weight / (errors[s] + o.variance), o.middle) for s, o in told.items()]
    total = 1 / SPREAD + sum(weight for weight, _ in weights)
    return (centre / SPREAD + sum(weight * y for weight, y in weights)) / total, 1 / total


def _errors(
    observations: Observations, truths: Mapping[Question, tuple[float, float]], usual: float
) -> dict[str, float]:
    squares: dict[str, float] = defaultdict(float)
    answers: Counter[str] = Counter()
    for question, told in observations.items():
        mean, variance = truths[question]
        for source, seen in told.items():
            squares[source] += (seen.middle - mean) ** 2 + variance
            answers[source] += 1
    return {
        source: max(LEAST_ERROR**2, (PRIOR * usual + squares[source]) / (PRIOR + answers[source]))
        for source in answers
    }
