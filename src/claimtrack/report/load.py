"""The load-bearing test as rows and JSON: what moves without each origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimtrack.domain.loadbearing import Load, Range
from claimtrack.domain.record import ClaimRecord
from claimtrack.domain.units import bound_for_display
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.report.wording import bounds, question, quoted

Claims = Mapping[str, ClaimRecord]

COLUMNS = ("origin", "moves", "question", "with it", "without it")
SHOWN = 4
"""Values of a version named in a row before the rest are counted."""


def load_rows(loads: Sequence[Load], claims: Claims) -> list[tuple[str, str, str, str, str]]:
    """Give a row for each thing that moves; origins without any have no row.

    Where no answer is left there is no version either: that is told once.
    """
    rows = []
    by_question = {(r.event, r.metric, r.group): r for r in claims.values()}
    for load in loads:
        for moved in load.ranges:
            asked = moved.question
            record = by_question[asked.event, asked.metric, asked.group]
            told = range_words(moved.before, record.unit), range_words(moved.after, record.unit)
            rows.append((load.name, "range", question(record), *told))
        silent = {moved.question for moved in load.ranges if not moved.after.claims}
        for version in load.versions:
            if version.question in silent:
                continue
            members = [claims[id_] for id_ in version.claims]
            rows.append((load.name, "version", question(members[0]), _values(members), "gone"))
        for lost in load.contradictions:
            members = [claims[id_] for id_ in lost.claims]
            asked_all = " / ".join(dict.fromkeys(question(record) for record in members))
            told_all = f"{lost.rule.replace('_', ' ')}: {_values(members)}"
            rows.append((load.name, "contradiction", asked_all, told_all, "gone"))
    return rows


def _values(members: Sequence[ClaimRecord]) -> str:
    told = [quoted(record) for record in members]
    if len(told) > SHOWN:
        return f"{', '.join(told[:SHOWN])} and {len(told) - SHOWN:,} more"
    return ", ".join(told)


def range_words(range_: Range, unit: str | None) -> str:
    """Write an envelope as people read it."""
    if not range_.claims:
        return "no answer"
    if range_.kind in (Kind.CATEGORY, Kind.TRUTH_VALUE):
        return " or ".join(range_.answers) or "any"
    value = Value(range_.kind, range_.lower, range_.upper, "", Hedge.RANGE, "envelope")
    return bounds(value, unit)


def load_sentence(load: Load) -> str:
    """Say in a line what rests on an origin, and how much does not."""
    ranges, versions, contradictions = load.unmoved
    moved = len(load.ranges), len(load.versions), len(load.contradictions)
    if load.moved:
        told = "moves " + ", ".join(
            _several(number, one)
            for number, one in zip(moved, ("range", "version", "contradiction"), strict=True)
            if number
        )
    else:
        told = "moves nothing"
    rest = (
        f"{_several(ranges, 'range')}, {_several(versions, 'version')} and"
        f" {_several(contradictions, 'contradiction')} stay"
    )
    return f"without {load.name} ({_several(load.reports, 'report')}): {told}; {rest}"


def _several(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def load_data(load: Load, claims: Claims) -> dict[str, Any]:
    """Give what rests on an origin as the JSON contract has it."""
    units = {(r.event, r.metric, r.group): r.unit for r in claims.values()}
    ranges, versions, contradictions = load.unmoved

    def asked(q: Any) -> dict[str, Any]:
        return {"event": q.event, "metric": q.metric, "group": q.group}

    return {
        "origin": load.source,
        "name": load.name,
        "reports": load.reports,
        "only_origin_of": list(load.only),
        "ranges": [
            {
                **asked(moved.question),
                "before": _range_data(moved.before, units[_key(moved.question)]),
                "after": _range_data(moved.after, units[_key(moved.question)]),
            }
            for moved in load.ranges
        ],
        "versions": [
            {**asked(version.question), "claims": list(version.claims)} for version in load.versions
        ],
        "contradictions": [
            {"rule": lost.rule, "severity": lost.severity, "claims": list(lost.claims)}
            for lost in load.contradictions
        ],
        "unmoved": {"ranges": ranges, "versions": versions, "contradictions": contradictions},
    }


def _key(q: Any) -> tuple[str, str, str | None]:
    return q.event, q.metric, q.group


def _range_data(range_: Range, unit: str | None) -> dict[str, Any] | None:
    if not range_.claims:
        return None
    return {
        "lower": bound_for_display(range_.kind, unit, range_.lower),
        "upper": bound_for_display(range_.kind, unit, range_.upper),
        "answers": list(range_.answers),
        "claims": range_.claims,
    }
