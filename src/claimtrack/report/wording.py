"""Sentences about claims; the only place that puts findings into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from claimtrack.domain.record import Assertion, ClaimRecord
from claimtrack.domain.units import bound_for_display
from claimtrack.domain.value import Hedge, Kind, Value

if TYPE_CHECKING:
    from claimtrack.domain.conflict import Conflict, Term

NAMED_AT_MOST = 2
"""Origins named in a sentence before the rest are counted."""


def bounds(value: Value, unit: str | None, *, denied: bool = False) -> str:
    """Write the bounds as people read them: "201 or more", "80 to 120", "unknown"."""
    told = _bounds(value, unit)
    return f"not {told}" if denied else told


def _bounds(value: Value, unit: str | None) -> str:
    if value.hedge is Hedge.UNKNOWN:
        return "unknown"
    if value.kind is Kind.CATEGORY:
        return value.category or ""
    if value.kind is Kind.TRUTH_VALUE:
        return "true" if value.lower == 1 else "false"
    lower = bound_for_display(value.kind, unit, value.lower)
    upper = bound_for_display(value.kind, unit, value.upper)
    measured = f" {unit}" if unit and value.kind in (Kind.DURATION, Kind.DISTANCE) else ""
    is_date = value.kind is Kind.DATE
    if lower is None and upper is None:
        return "any"
    if lower is None:
        return f"{'until ' if is_date else 'at most '}{_number(upper)}{measured}"
    if upper is None:
        return f"{_number(lower)}{measured} {'or later' if is_date else 'or more'}"
    if lower == upper:
        return f"{_number(lower)}{measured}"
    return f"{_number(lower)} to {_number(upper)}{measured}"


def _number(bound: int | float | str | None) -> str:
    return f"{bound:,}" if isinstance(bound, (int, float)) else str(bound)


def chain(assertion: Assertion) -> str:
    """Write who said it and through whom: "two Russians ← Bloomberg ← The Blog"."""
    return " ← ".join((assertion.origin_name, *assertion.relay_names))


def said_by(record: ClaimRecord) -> str:
    """Name the origins of a claim in a sentence, with the relay nearest to each."""
    names = list(
        dict.fromkeys(
            f"{a.origin_name} via {a.relay_names[0]}" if a.relay_names else a.origin_name
            for a in record.assertions
            if a.superseded_by is None
        )
    )
    if len(names) <= NAMED_AT_MOST:
        return " and ".join(names) or "nobody any more"
    rest = len(names) - NAMED_AT_MOST
    return f"{', '.join(names[:NAMED_AT_MOST])} and {rest} other{'s' if rest > 1 else ''}"


def quoted(record: ClaimRecord, text: str | None = None) -> str:
    """Quote the words of a claim, or of a report of it; a denial says so."""
    told = f"“{record.value.text if text is None else text}”"
    return f"denies {told}" if record.denied else told


def words(record: ClaimRecord, *, of: str | None = None) -> str:
    """Quote the words of a claim, with the bounds read from them and who says so."""
    told = f"“{record.value.text}”"
    if record.denied:
        told = f"the denial of {told}"
    if of:
        told = f"{told} of {of}"
    limits = bounds(record.value, record.unit, denied=record.denied)
    said = [said_by(record)] if limits == record.value.text else [limits, said_by(record)]
    return f"{told} ({'; '.join(said)})"


def question(record: ClaimRecord) -> str:
    """Name a question: metric and group."""
    name = record.metric_name
    return f"{name}, {record.group_name}" if record.group_name else name


class Contradicting(Protocol):
    """Claims that cannot all hold, as `ContradictionRecord` has them."""

    @property
    def rule(self) -> str:
        """Name the rule."""

    @property
    def claims(self) -> Sequence[ClaimRecord]:
        """Give the claims in the order of the conflict."""

    @property
    def gap(self) -> int | None:
        """Give the gap of the conflict."""

    @property
    def terms(self) -> Sequence[Term]:
        """Give the sum that shows it, where several numbers add up."""


def explain_conflict(conflict: Conflict, records: Mapping[str, ClaimRecord]) -> str:
    """Explain in one sentence why the claims of a conflict cannot all hold."""
    claims = [records[claim.id] for claim in conflict.claims]
    return _explain(conflict.rule, claims, conflict.gap, conflict.terms)


def explain(found: Contradicting) -> str:
    """Explain in one sentence why these claims cannot all hold."""
    return _explain(found.rule, found.claims, found.gap, found.terms)


def _explain(
    rule: str, claims: Sequence[ClaimRecord], gap: int | None, terms: Sequence[Term]
) -> str:
    if terms:
        return _sum(claims, terms)
    if len(claims) > 2:
        return _nothing_left(claims)
    one, other = claims
    if rule == "part_of":
        return _part_of(one, other)
    if rule in ("sum", "capacity"):
        return _exceeds(rule, one, other)
    reason = {
        "disjoint": f"leave no number in common{_between(gap, one)}",
        "date": f"do not meet{_between(gap, one)}",
        "truth_value": "cannot both hold: one says yes, the other no",
        "category": "cannot both hold: the question has one answer",
        "denial": "cannot both hold: all of what one says is denied by the other",
    }.get(rule, "cannot both hold")
    return f"{capital(question(one))}: {words(one)} and {words(other)} {reason}."


def _part_of(whole: ClaimRecord, part: ClaimRecord) -> str:
    return (
        f"{capital(part.metric_name)}: {words(part, of=part.group_name)} cannot be part of"
        f" {words(whole, of=whole.group_name)}: a part is never larger than its whole."
    )


def _exceeds(rule: str, outer: ClaimRecord, inner: ClaimRecord) -> str:
    reason = (
        f"everyone counted as {inner.metric_name} counts as {outer.metric_name}"
        if rule == "sum"
        else f"{inner.metric_name} cannot exceed {outer.metric_name}"
    )
    return (
        f"{capital(question(inner))}: {words(inner)} is more than {question(outer)}:"
        f" {words(outer)} allows: {reason}."
    )


def _sum(claims: Sequence[ClaimRecord], terms: Sequence[Term]) -> str:
    """Show the arithmetic: what the numbers make at least, and what is possible at most."""
    kind, unit = claims[0].value.kind, claims[0].unit
    records = {record.id: record for record in claims}

    def told(bound: int) -> str:
        return _number(bound_for_display(kind, unit, bound)) + (
            f" {unit}" if unit and kind in (Kind.DURATION, Kind.DISTANCE) else ""
        )

    def side(*, upper: bool) -> tuple[str, int]:
        added = [term for term in terms if term.is_upper is upper]
        parts = [
            f"{f'{term.times} × ' if term.times > 1 else ''}{told(term.bound)}"
            f" {question(records[term.claim])}: {words(records[term.claim])}"
            for term in added
        ]
        total = sum(term.bound * term.times for term in added)
        shown = f" = {told(total)}" if len(added) > 1 or added[0].times > 1 else ""
        return " + ".join(parts) + shown, total

    (least, low), (most, high) = side(upper=False), side(upper=True)
    return f"At least {least}; at most {most}. Too many by {told(low - high)}."


def _nothing_left(members: Sequence[ClaimRecord]) -> str:
    same = len({question(record) for record in members}) == 1
    told = [words(record) if same else f"{question(record)}: {words(record)}" for record in members]
    start = f"{capital(question(members[0]))}: " if same else ""
    return f"{start}{', '.join(told[:-1])} and {told[-1]} leave nothing that fits them all."


def _between(gap: int | None, record: ClaimRecord) -> str:
    if gap is None:
        return ""
    unit = {Kind.DATE: " days", Kind.COUNT: ""}.get(record.value.kind)
    if unit is None:
        told = bound_for_display(record.value.kind, record.unit, gap)
        return f"; the gap is {_number(told)}{f' {record.unit}' if record.unit else ''}"
    if gap == 1 and record.value.kind is Kind.DATE:
        return "; the gap is one day"
    return f"; the gap is {_number(gap)}{unit}"


def capital(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]
