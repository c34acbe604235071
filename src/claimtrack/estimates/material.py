"""What estimates are made of, and what is left out of them before any method looks."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from claimtrack.domain.answer import Answer
from claimtrack.domain.bounds import Interval
from claimtrack.domain.case import Days, Question
from claimtrack.domain.testimony import Origin
from claimtrack.domain.value import INT64_MAX, Kind

if TYPE_CHECKING:
    from claimtrack.estimates.truth_discovery import Everywhere


class Why(StrEnum):
    """Why an answer does not enter an estimate."""

    UNKNOWN = "unknown"
    DENIAL = "denial"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    OTHER_DAY = "other_day"
    NO_END = "no_end"
    NO_LOWER_END = "no_lower_end"
    OPEN = "open"
    DEPENDENT = "dependent"
    NOT_PREFERRED = "not_preferred"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An answer that did not enter, and why; `others` names the origins it depends on."""

    answer: Answer
    why: Why
    others: tuple[str, ...] = ()


class Refusal(StrEnum):
    """Why a method gives no range for a question."""

    NO_NUMBERS = "no_numbers"
    NO_ANSWERS = "no_answers"
    NONE_PREFERRED = "none_preferred"
    NOT_A_SIZE = "not_a_size"
    FEW_ORIGINS = "few_origins"
    FEW_SHARED = "few_shared"
    NOT_NAMED = "not_named"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one origin, or one answer, puts into an estimate: its interval and its answers."""

    name: str
    interval: Interval
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A range for a question by a named method; derived, never kept as a fact.

    `lower` and `upper` are inclusive in base units (see `domain.value`), None where that
    end is open; `middle` is the method's middle, itself an interval, where it has one.
    A `refusal` stands in place of a range.
    """

    method: str
    lower: int | None = None
    upper: int | None = None
    middle: Interval | None = None
    voices: tuple[Voice, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Material:
    """What a method may look at.

    `counted` are the answers to the question that give at least one end, `left_out` the
    others; `origins` the far ends of the counted ones with what each adds to the count of
    independent origins. `prefer` is a person's order of sources. `everywhere` holds the
    answers to all questions on the same metric; None where these are more than one learns from
    without being asked to.
    """

    question: Question
    kind: Kind
    counted: tuple[Answer, ...]
    left_out: tuple[LeftOut, ...] = ()
    origins: tuple[Origin, ...] = ()
    prefer: tuple[str, ...] = ()
    everywhere: Everywhere | None = None


SIZES = (Kind.COUNT, Kind.DURATION, Kind.DISTANCE)
"""Kinds of which one can be twice another."""


def sort_answers(answers: Iterable[Answer]) -> tuple[tuple[Answer, ...], tuple[LeftOut, ...]]:
    """Part the answers that give a number from those that do not, with the reason for each.

    Left out are the unknown, denials (they say what is not so), answers their own source
    corrected, what others pass on of those, and answers as of another day: where some speak of
    the whole event, those as of a day; where all are as of a day, all but those of the latest.
    """
    told = list(answers)
    taken_back = _taken_back(told)
    reasons = [_reason(answer, taken_back) for answer in told]
    day = _day_wanted(a for a, why in zip(told, reasons, strict=True) if why is None)
    counted, left_out = [], []
    for answer, why in zip(told, reasons, strict=True):
        if why is None and answer.as_of != day:
            why = Why.OTHER_DAY
        if why is None:
            counted.append(answer)
        else:
            left_out.append(LeftOut(answer, why))
    return tuple(counted), tuple(left_out)


def _taken_back(answers: Iterable[Answer]) -> set[tuple[str, str]]:
    """List who gave which answer in a document of its own and corrected every such answer."""
    corrected: set[tuple[str, str]] = set()
    standing: set[tuple[str, str]] = set()
    for answer in answers:
        (corrected if answer.corrected else standing).add((answer.source, answer.claim))
    return corrected - standing


def _reason(answer: Answer, taken_back: Container[tuple[str, str]]) -> Why | None:
    if answer.corrected:
        return Why.CORRECTED
    if (answer.origin, answer.claim) in taken_back:
        return Why.WITHDRAWN
    if answer.value.is_unknown:
        return Why.UNKNOWN
    if answer.denied:
        return Why.DENIAL
    return Why.NO_END if answer.interval == (None, None) else None


def _day_wanted(answers: Iterable[Answer]) -> Days | None:
    """Choose the day to speak of: none where an answer has none, else the latest."""
    days = [answer.as_of for answer in answers]
    if not days or None in days:
        return None
    return max((day for day in days if day is not None), key=_latest)


def _latest(day: Days) -> tuple[int, int]:
    earliest, latest = day
    return latest if latest is not None else INT64_MAX, earliest or 0


def hull(intervals: Iterable[Interval]) -> Interval:
    """Give the smallest interval that holds all of these; an end missing in one is missing."""
    lowers, uppers = zip(*intervals, strict=True)
    return (
        None if None in lowers else min(lowers),
        None if None in uppers else max(uppers),
    )


def common(intervals: Iterable[Interval]) -> Interval | None:
    """Give what all of these allow; None where nothing is left."""
    told = list(intervals)
    lower = max((low for low, _ in told if low is not None), default=None)
    upper = min((high for _, high in told if high is not None), default=None)
    return None if lower is not None and upper is not None and lower > upper else (lower, upper)


def voices_of(material: Material) -> tuple[tuple[Voice, ...], tuple[LeftOut, ...]]:
    """Give each independent origin one voice, and list the answers of the dependent ones.

    An origin with several answers says what all of them allow; where nothing is left, the
    smallest range that holds them all.
    """
    by_id = {answer.assertion: answer for answer in material.counted}
    voices, left_out = [], []
    independent = tuple(o.name for o in material.origins if o.standing != "dependent")
    for origin in material.origins:
        answers = tuple(by_id[id_] for id_ in origin.reports if id_ in by_id)
        if not answers:
            continue
        if origin.standing == "dependent":
            others = tuple(name for reason in origin.reasons for name in reason.others)
            named = tuple(dict.fromkeys(name for name in others if name in independent))
            left_out += [LeftOut(answer, Why.DEPENDENT, named) for answer in answers]
        else:
            intervals = [answer.interval for answer in answers]
            voices.append(Voice(origin.name, common(intervals) or hull(intervals), answers))
    return tuple(voices), tuple(left_out)
