"""Estimates as text and data: the range, the rule in a sentence, what entered and what did not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from claimtrack.domain.bounds import Interval
from claimtrack.domain.units import bound_for_display
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.report.origins import count_words
from claimtrack.report.wording import bounds

if TYPE_CHECKING:
    from rich.text import Text

    from claimtrack.domain.answer import Answer
    from claimtrack.domain.case import Question
    from claimtrack.domain.testimony import OriginCount
    from claimtrack.report.formats import Row

COLUMNS = (
    "event",
    "metric",
    "group",
    "method",
    "lower",
    "middle_lower",
    "middle_upper",
    "upper",
    "unit",
    "refused",
    "inputs",
    "left_out",
    "sentence",
)
SHOWN = 6
"""Ids shown in a line for people; the rest are counted."""

LINES = {
    "envelope": "holds every answer",
    "origin-median": "lowest and highest of the independent origins, their median between",
    "conservative": "everyone who names a lower end says at least so many",
    "truth-discovery": "95 % range, each source weighed by its errors on other questions",
}

WHYS = {
    "unknown": "says that it is not known",
    "denial": "a denial says what is not so",
    "corrected": "its own source corrected it",
    "withdrawn": "its origin corrected what is passed on here",
    "other_day": "as of another day",
    "no_end": "names no number",
    "no_lower_end": "says only how many at most",
    "open": "one end is open, so it has no middle",
    "dependent": "its origin is not independent of another",
    "not_preferred": "not by the preferred source",
    "unnamed": "its origin has no name",
}

REFUSALS = {
    "no_numbers": "the question has no range of numbers: `claimtrack compare` shows who says what",
    "no_answers": "no answer gives a number that this method can use",
    "none_preferred": "none of the preferred sources answers",
    "not_a_size": "only for sizes: counts, durations and distances",
    "few_origins": "fewer than three origins answer with both ends",
    "few_shared": "fewer than three of the origins share five questions with two others",
    "not_named": "more answers to learn from than it takes unasked: name it with --method",
}


class Part(Protocol):
    """What a voice puts in."""

    @property
    def name(self) -> str:
        """Name the origin."""

    @property
    def interval(self) -> Interval:
        """Give what it says."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Give its answers."""


class Excluded(Protocol):
    """An answer that did not enter."""

    @property
    def answer(self) -> Answer:
        """Give the answer."""

    @property
    def why(self) -> str:
        """Give the reason's name."""

    @property
    def others(self) -> tuple[str, ...]:
        """Name the origins it depends on."""


class Range(Protocol):
    """An estimate, as its method gives it."""

    @property
    def method(self) -> str:
        """Name the method."""

    @property
    def lower(self) -> int | None:
        """Give the lower end."""

    @property
    def upper(self) -> int | None:
        """Give the upper end."""

    @property
    def middle(self) -> Interval | None:
        """Give the middle."""

    @property
    def voices(self) -> Sequence[Part]:
        """Give what entered."""

    @property
    def left_out(self) -> Sequence[Excluded]:
        """Give what did not."""

    @property
    def refusal(self) -> str | None:
        """Give why there is no range."""


class Naming(Protocol):
    """How a question is read."""

    @property
    def event(self) -> str:
        """Name the event."""

    @property
    def metric(self) -> str:
        """Name the metric."""

    @property
    def group(self) -> str | None:
        """Name the group."""

    @property
    def kind(self) -> Kind:
        """Give the kind of its values."""

    @property
    def unit(self) -> str | None:
        """Give the unit in which bounds are shown."""


class Asked(Protocol):
    """A question with its estimates."""

    @property
    def question(self) -> Question:
        """Give the question."""

    @property
    def names(self) -> Naming:
        """Give its names."""

    @property
    def estimates(self) -> Sequence[Range]:
        """Give the estimates."""

    @property
    def count(self) -> OriginCount:
        """Give the count of origins."""

    @property
    def suspected(self) -> tuple[tuple[str, ...], ...]:
        """Give the suspected pairs treated as dependent."""


def told(interval: Interval, names: Naming) -> str:
    """Write an interval as people read it."""
    lower, upper = interval
    return bounds(Value(names.kind, lower, upper, "", Hedge.RANGE, ""), names.unit)


def answer_told(estimate: Range, names: Naming) -> str:
    """Write the range of an estimate, with its middle where it has one."""
    if estimate.refusal is not None:
        return "no estimate"
    shown = told((estimate.lower, estimate.upper), names)
    return f"{shown}; middle {told(estimate.middle, names)}" if estimate.middle else shown


def sentence(estimate: Range) -> str:
    """Say what the range is, or why there is none."""
    if estimate.refusal is not None:
        return REFUSALS[str(estimate.refusal)]
    answers = sum(len(voice.answers) for voice in estimate.voices)
    rests = f"{answers} answer{'s' if answers != 1 else ''}"
    if estimate.method == "preferred":
        who = list(dict.fromkeys(voice.name for voice in estimate.voices))
        rest = f" and {len(who) - 3} more" if len(who) > 3 else ""
        return f"what {', '.join(who[:3])}{rest} say{'' if len(who) > 1 else 's'} ({rests})"
    if estimate.method in ("origin-median", "truth-discovery"):
        origins = len(estimate.voices)
        rests = f"{origins} origin{'s' if origins != 1 else ''}, {rests}"
    return f"{LINES[estimate.method]} ({rests})"


def why_left_out(left_out: Excluded) -> str:
    """Say why an answer did not enter."""
    if left_out.why == "dependent" and left_out.others:
        return f"not independent of {', '.join(left_out.others)}"
    return WHYS[str(left_out.why)]


def draw(asked: Asked) -> list[Text]:
    """Give a question with its estimates in lines for people."""
    from rich.text import Text

    from claimtrack.report.visible import visible

    names = asked.names
    title = " · ".join(filter(None, (names.event, names.metric, names.group)))
    lines = [Text(visible(title), style="bold"), Text(f"  {count_words(asked.count)}")]
    if asked.suspected:
        pairs = "; ".join(" and ".join(pair) for pair in asked.suspected)
        lines.append(Text(visible(f"  treated as dependent, being suspected: {pairs}")))
    width = max(len(estimate.method) for estimate in asked.estimates)
    for estimate in asked.estimates:
        line = Text(f"  {estimate.method:<{width}}  ")
        line.append(
            visible(answer_told(estimate, names)), style="cyan" if not estimate.refusal else "dim"
        )
        lines += [line, Text(visible(f"    {sentence(estimate)}"))]
        if estimate.voices:
            ids = [a.assertion for voice in estimate.voices for a in voice.answers]
            lines.append(Text(visible(f"    from: {_some(ids)}")))
        if estimate.left_out:
            reasons = [f"{x.answer.assertion} ({why_left_out(x)})" for x in estimate.left_out]
            lines.append(Text(visible(f"    left out: {_some(reasons)}")))
    return [*lines, Text()]


def _some(parts: Sequence[str]) -> str:
    shown = ", ".join(parts[:SHOWN])
    return f"{shown} and {len(parts) - SHOWN} more" if len(parts) > SHOWN else shown


def first_input(found: Sequence[Asked]) -> str | None:
    """Name an assertion that an estimate rests on, to go on from."""
    return next(
        (
            answer.assertion
            for asked in found
            for estimate in asked.estimates
            for voice in estimate.voices
            for answer in voice.answers
        ),
        None,
    )


def estimate_rows(found: Sequence[Asked]) -> list[Row]:
    """Give a row an estimate; ids are joined with blanks."""
    rows: list[Row] = []
    for asked in found:
        for estimate in asked.estimates:
            data = _estimate_json(estimate, asked.names)
            middle = data["middle"] or {"lower": None, "upper": None}
            rows.append(
                (
                    asked.question.event,
                    asked.question.metric,
                    asked.question.group,
                    estimate.method,
                    data["lower"],
                    middle["lower"],
                    middle["upper"],
                    data["upper"],
                    asked.names.unit,
                    data["refused"],
                    " ".join(id_ for part in data["inputs"] for id_ in part["assertions"]),
                    " ".join(part["assertion"] for part in data["left_out"]),
                    data["sentence"],
                )
            )
    return rows


def estimates_json(asked: Asked) -> dict[str, Any]:
    """Give a question with its estimates as the contract has it."""
    question, count = asked.question, asked.count
    return {
        "event": question.event,
        "metric": question.metric,
        "group": question.group,
        "unit": asked.names.unit,
        "reports": count.reports,
        "origins": {"least": count.least, "most": count.most},
        "treated_as_dependent": [list(pair) for pair in asked.suspected],
        "estimates": [_estimate_json(estimate, asked.names) for estimate in asked.estimates],
    }


def _estimate_json(estimate: Range, names: Naming) -> dict[str, Any]:
    ranged = estimate.refusal is None
    return {
        "method": estimate.method,
        **_ends((estimate.lower, estimate.upper), names),
        "middle": _ends(estimate.middle, names) if estimate.middle else None,
        "refused": None if ranged else str(estimate.refusal),
        "sentence": sentence(estimate),
        "inputs": [
            {
                "origin": voice.answers[0].origin,
                "claims": list(dict.fromkeys(answer.claim for answer in voice.answers)),
                "assertions": [answer.assertion for answer in voice.answers],
                **_ends(voice.interval, names),
            }
            for voice in estimate.voices
        ],
        "left_out": [
            {
                "assertion": left.answer.assertion,
                "claim": left.answer.claim,
                "origin": left.answer.origin,
                "why": str(left.why),
                "sentence": why_left_out(left),
            }
            for left in estimate.left_out
        ],
    }


def _ends(interval: Interval, names: Naming) -> dict[str, Any]:
    lower, upper = (bound_for_display(names.kind, names.unit, bound) for bound in interval)
    return {"lower": lower, "upper": upper}
