"""A trace as text, JSON or picture: from every report of a claim down to the origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claimtrack.domain.calendar import day_to_iso
from claimtrack.domain.case import Days
from claimtrack.domain.record import ClaimRecord
from claimtrack.domain.testimony import OriginCount, RecordError, Standing, Stop
from claimtrack.report.origins import count_data, count_words, error_data, error_words, place, why
from claimtrack.report.wording import bounds, question, quoted

Way = Sequence[Stop]


@dataclass(frozen=True, slots=True)
class Trace:
    """What is to be shown: a claim, the way of each report, the count and the errors."""

    claim: ClaimRecord
    ways: Sequence[Way]
    count: OriginCount
    errors: Sequence[RecordError]


_MODES = {"own": "saw itself", "in": "in", "unknown": "names", "unattributed": "without naming"}
"""How a mode is read between two names; the others are verbs already."""


def title(trace: Trace) -> str:
    """Name the claim as a trace does."""
    claim = trace.claim
    limits = bounds(claim.value, claim.unit, denied=claim.denied)
    return f"{question(claim)}: {quoted(claim)}, {limits}"


SIGNS = ("├─ ", "└─ ", "│  ", "●")
PLAIN_SIGNS = ("|- ", "`- ", "|  ", "*")
"""The same where the terminal's encoding lacks the signs."""


def text_lines(trace: Trace, signs: tuple[str, str, str, str] = SIGNS) -> list[str]:
    """Draw the tree from the claim over each report to its origin, then count and reasons."""
    fork, corner, bar, dot = signs
    numbers = origin_numbers(trace.count)
    lines = [f"{title(trace)} ({trace.claim.id})"]
    for at, way in enumerate(trace.ways):
        last = at == len(trace.ways) - 1
        for depth, stop in enumerate(way):
            if depth == 0:
                branch = corner if last else fork
            else:
                branch = ("   " if last else bar) + "   " * (depth - 1) + corner
            lines.append(branch + _stop_words(stop, numbers, dot))
    lines += ["", count_words(trace.count)]
    for origin in trace.count.origins:
        number = numbers[origin.source or origin.name]
        lines.append(f"  [{number}] {origin.name}: {why(origin)}.")
    if trace.count.origins and trace.count.origins[0].standing is not Standing.CERTAIN:
        lines.append("  None is certain, but somebody said it first: at least one.")
    for error in trace.errors:
        what, remedy = error_words(error)
        lines += [f"error of the record: {place(error)}: {what}", f"  remedy: {remedy}"]
    return lines


def origin_numbers(count: OriginCount) -> dict[str, int]:
    """Number the origins as the list below a tree does."""
    return {origin.source or origin.name: at for at, origin in enumerate(count.origins, 1)}


def _stop_words(stop: Stop, numbers: dict[str, int], dot: str) -> str:
    told = f"{mode_words(stop)} {stop.name}" if stop.mode else stop.name
    if stop.report is not None:
        when = f", {days(stop.published)}" if stop.published else ""
        told += f"{when} ({stop.report})"
    if stop.origin is not None:
        told += f" {dot} origin [{numbers.get(stop.origin, 0)}]"
    return told


def mode_words(stop: Stop) -> str:
    """Write how the stop before has it from here: "quotes", "names"."""
    return _MODES.get(stop.mode or "", stop.mode or "")


def days(published: Days | None) -> str:
    """Write a day, or the first and the last that it may be; an open end stays open."""
    first, last = ("" if day is None else day_to_iso(day) for day in published or (None, None))
    return first if first == last else f"{first}/{last}"


def trace_data(trace: Trace) -> dict[str, Any]:
    """Give a trace as the JSON contract has it."""
    return {
        "claim": trace.claim.id,
        "title": title(trace),
        "count": count_data(trace.count),
        "ways": [
            {"report": way[0].report, "stops": [_stop_data(stop) for stop in way]}
            for way in trace.ways
        ],
        "errors": [error_data(error) for error in trace.errors],
    }


def _stop_data(stop: Stop) -> dict[str, Any]:
    return {
        "source": stop.source,
        "name": stop.name,
        "mode": stop.mode,
        "anonymous": stop.anonymous,
        "report": stop.report,
        "document": stop.document,
        "published": days(stop.published) or None,
        "origin": stop.origin,
    }
