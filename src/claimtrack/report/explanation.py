"""An explanation as text: the quote, the words, the rule, the bounds, the chain; or a pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.domain.relation import Comparison, Relation
from claimtrack.report.contract import claim_json, contradiction_json
from claimtrack.report.wording import bounds, chain, question, words


class Pair(Protocol):
    """Two claims related, as the explaining service gives them."""

    @property
    def one(self) -> ClaimRecord:
        """Give the first claim."""

    @property
    def other(self) -> ClaimRecord:
        """Give the second."""

    @property
    def comparison(self) -> Comparison:
        """Give their relation."""

    @property
    def contradictions(self) -> tuple[ContradictionRecord, ...]:
        """Give the kept contradictions that hold both."""

    @property
    def tie(self) -> str | None:
        """Say how their groups are tied."""

    @property
    def corrected(self) -> bool:
        """Say whether one was corrected by its own source."""


def claim_text(record: ClaimRecord, found: Sequence[ContradictionRecord]) -> str:
    """Tell a claim from its quotes to its bounds, and what contradicts it."""
    stance = "denied" if record.denied else "asserted"
    rows = [
        f"claim {record.id}, {stance}",
        f"  event: {record.event_title}",
        f"  question: {question(record)}",
        f"  bounds: {bounds(record.value, record.unit, denied=record.denied)}",
    ]
    if record.as_of:
        rows.append(f"  as of: {record.as_of}")
    for assertion in record.assertions:
        rows.append(f"assertion {assertion.id}")
        if assertion.quote is not None:
            rows.append(f"  quote: “{assertion.quote}”")
        rows.append(f"  words: “{assertion.text}”")
        lexicon = f" (lexicon {assertion.lexicon})" if assertion.lexicon else ""
        rows.append(f"  read as: {assertion.rule}{lexicon}")
        rows.append(f"  chain: {chain(assertion)}")
        links = [f"{link.name} ({link.mode})" for link in assertion.chain]
        if links:
            rows.append(f"  by way of: {assertion.source_name}, then {', then '.join(links)}")
        title = assertion.title or assertion.document
        rows.append(f"  document: {title}, {assertion.published or 'no date'}")
        if assertion.url:
            rows.append(f"  address: {assertion.url}")
        if assertion.superseded_by:
            rows.append(f"  corrected by: {assertion.superseded_by}; it no longer counts")
    rows.append(f"stands in {len(found)} contradiction{'' if len(found) == 1 else 's'}")
    rows += [f"  {c.severity:.2f} {c.explanation}" for c in found]
    return "\n".join(rows) + "\n"


def claim_data(record: ClaimRecord, found: Sequence[ContradictionRecord]) -> dict[str, Any]:
    """Give the same as data."""
    return claim_json(record) | {"contradictions": [contradiction_json(c) for c in found]}


def pair_text(pair: Pair) -> str:
    """Say how two claims stand to each other and why, with the quotes it rests on."""
    rows = []
    for name, record in (("A", pair.one), ("B", pair.other)):
        rows.append(f"{name}: {question(record)}: {words(record)}")
        rows += [f"   “{a.quote}” ({chain(a)})" for a in record.assertions if a.quote]
    rows.append(pair_verdict(pair))
    return "\n".join(rows) + "\n"


_REASONS = {
    Relation.EQUAL: "They say the same.",
    Relation.ENTAILS: "No contradiction: if A is true, B is true as well.",
    Relation.ENTAILED_BY: "No contradiction: if B is true, A is true as well.",
    Relation.OVERLAPS: "No contradiction: they overlap, so both can hold."
    " Overlap is not agreement: neither confirms the other.",
    Relation.CONTRARY: "They cannot both be true; both may be false.",
    Relation.CONTRADICTORY: "Exactly one of them is true.",
}

_TIES = {
    "part_of": "{one} are part of {other}: the numbers meet, since a part is no larger than its"
    " whole",
    "whole_of": "{other} are part of {one}: the numbers meet, since a part is no larger than its"
    " whole",
    "disjoint": "{one} and {other} share nobody, so both may hold",
    None: "{one} and {other} are different groups, so both may hold",
}


def pair_verdict(pair: Pair) -> str:
    """Give the sentence that says why two claims conflict, or why they do not."""
    if pair.contradictions:
        told = "\n".join(c.explanation for c in pair.contradictions)
        return (
            f"They cannot both be true ({pair.contradictions[0].rule.replace('_', ' ')}).\n{told}"
        )
    if pair.corrected:
        return "No contradiction: one of them was corrected by its own source and no longer counts."
    relation = pair.comparison.relation
    if relation is not Relation.NOT_COMPARABLE:
        return _REASONS[relation]
    return f"No contradiction: {_difference(pair)}."


def _difference(pair: Pair) -> str:
    dimension = pair.comparison.differs_in
    if dimension == "event":
        return "they speak of different events"
    if dimension == "metric":
        return (
            f"they measure different things ({pair.one.metric_name}, {pair.other.metric_name}),"
            " and no rule ties them"
        )
    if dimension == "unknown value":
        return "one of them says that the answer is not known, which contradicts nothing"
    if dimension == "day":
        return "they are as of different days, and the number may have changed between"
    one = pair.one.group_name or "the event itself"
    other = pair.other.group_name or "the event itself"
    return _TIES[pair.tie].format(one=one, other=other)


def pair_data(pair: Pair) -> dict[str, Any]:
    """Give the same as data."""
    return {
        "relation": pair.comparison.relation.value,
        "differs_in": pair.comparison.differs_in,
        "verdict": pair_verdict(pair),
        "claims": [claim_json(pair.one), claim_json(pair.other)],
        "contradictions": [contradiction_json(record) for record in pair.contradictions],
    }
