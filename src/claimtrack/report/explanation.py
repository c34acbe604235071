"""An explanation as text: the quote, the words, the rule, the bounds, the chain; or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from claimtrack.domain.grade import Grade
from claimtrack.domain.record import ClaimRecord, ContradictionRecord, Review
from claimtrack.domain.relation import Comparison, Relation
from claimtrack.domain.testimony import OriginCount
from claimtrack.domain.value import Kind
from claimtrack.report.contract import claim_json, contradiction_json
from claimtrack.report.grades import grade_data, grade_words
from claimtrack.report.origins import count_data, count_words, why
from claimtrack.report.reviews import review_lines, reviews_json, voices_told
from claimtrack.report.wording import bounds, chain, explain, question, words


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
        """Give the contradictions that hold both, and perhaps others."""

    @property
    def tie(self) -> str | None:
        """Say how what they count is tied, where it differs."""

    @property
    def corrected(self) -> bool:
        """Say whether one was corrected by its own source."""


class Told(Protocol):
    """A claim with what belongs to it, as the explaining service gives it."""

    @property
    def record(self) -> ClaimRecord:
        """Give the claim."""

    @property
    def contradictions(self) -> Sequence[ContradictionRecord]:
        """Give the contradictions it stands in."""

    @property
    def origins(self) -> OriginCount:
        """Count its origins."""

    @property
    def reviews(self) -> Mapping[str, Sequence[Review]]:
        """Give the reviews of its assertions by id."""

    @property
    def grades(self) -> Sequence[Grade]:
        """Give the grades of the claim and of those who report it, each of its own subject."""


class Several(Protocol):
    """Three claims or more, as the explaining service gives them."""

    @property
    def claims(self) -> Sequence[ClaimRecord]:
        """Give the claims."""

    @property
    def with_all(self) -> Sequence[ContradictionRecord]:
        """Give the contradictions that hold all of them."""

    @property
    def among(self) -> Sequence[ContradictionRecord]:
        """Give the contradictions of some of them and of nothing else."""


def claim_text(told: Told) -> str:
    """Tell a claim from its quotes to its bounds, and what contradicts it."""
    record, found = told.record, told.contradictions
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
        if said := told.reviews.get(assertion.id):
            rows += [f"  {line}" for line in review_lines(said)]
    rows.append(count_words(told.origins))
    rows += [f"  {origin.name}: {why(origin)}" for origin in told.origins.origins]
    rows += [grade_words(grade) for grade in told.grades]
    rows.append(f"stands in {len(found)} contradiction{'' if len(found) == 1 else 's'}")
    rows += [f"  {_one_line(c)}" for c in found]
    return "\n".join(rows) + "\n"


def _one_line(record: ContradictionRecord) -> str:
    said = f" [{voices_told(record.reviews)}]" if voices_told(record.reviews) else ""
    return f"{record.severity:.2f} {record.id[:7]} {explain(record)}{said}"


def claim_data(told: Told) -> dict[str, Any]:
    """Give the same as data."""
    return claim_json(told.record) | {
        "origins": count_data(told.origins),
        "grades": [grade_data(grade, None) for grade in told.grades],
        "contradictions": [contradiction_json(c) for c in told.contradictions],
        "reviews": {id_: reviews_json(said) for id_, said in told.reviews.items()},
    }


def contradiction_text(record: ContradictionRecord, sides: Mapping[str, OriginCount]) -> str:
    """Tell a contradiction: the sentence, quotes and origins of each side, what people say."""
    rows = [
        f"contradiction {record.id}, {record.rule.replace('_', ' ')}, severity"
        f" {record.severity:.2f}",
        f"  event: {record.claims[0].event_title}",
        explain(record),
        *_members(record.claims, sides),
        *review_lines(record.reviews),
    ]
    return "\n".join(rows) + "\n"


def _members(
    claims: Sequence[ClaimRecord], sides: Mapping[str, OriginCount] | None = None
) -> list[str]:
    rows = []
    for at, record in enumerate(claims):
        name = chr(ord("A") + at) if at < 26 else str(at + 1)
        counted = f"; {count_words(sides[record.id])}" if sides else ""
        rows.append(f"{name}: {question(record)}: {words(record)}{counted}")
        rows += [f"   “{a.quote}” ({chain(a)})" for a in record.assertions if a.quote]
    return rows


def set_text(several: Several) -> str:
    """Say which contradictions hold all of these claims, else which hold some of them."""
    rows = _members(several.claims)
    for found in several.with_all:
        others = len(found.claims) - len({claim.id for claim in several.claims})
        beside = f", with {others} more" if others else ""
        rows.append(f"They cannot all be true{beside} ({found.rule.replace('_', ' ')}).")
        rows.append(explain(found))
        if others:
            rows += _members(found.claims)
    if not several.with_all:
        rows.append("No contradiction needs all of them.")
    if several.among:
        rows.append("Some of them alone cannot all be true:")
        rows += [f"  {_one_line(found)}" for found in several.among]
    return "\n".join(rows) + "\n"


def set_data(several: Several) -> dict[str, Any]:
    """Give the same as data."""
    return {
        "claims": [claim_json(claim) for claim in several.claims],
        "contradictions": [contradiction_json(found) for found in several.with_all],
        "among": [contradiction_json(found) for found in several.among],
    }


def pair_text(pair: Pair) -> str:
    """Say how two claims stand to each other and why, with the quotes it rests on."""
    rows = [*_members([pair.one, pair.other]), pair_verdict(pair)]
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

_TIES_OF_GROUPS = {
    "inside": "{one} are part of {other}: the numbers meet, since a part is no larger than its"
    " whole",
    "outside": "{other} are part of {one}: the numbers meet, since a part is no larger than its"
    " whole",
    "apart": "{one} and {other} share nobody, so both may hold",
    None: "{one} and {other} are different groups, so both may hold",
}

_TIES_OF_METRICS = {
    "inside": "{one} can be no more than {other}, and the numbers meet",
    "outside": "{other} can be no more than {one}, and the numbers meet",
    "apart": "nobody is counted both in {one} and in {other}, so both may hold",
    None: "they measure different things ({one}, {other}), and no rule ties them",
}

_OTHER_DAY = "they are as of different days, and {what} may have changed between"

_UNKNOWN = "one of them says that the answer is not known, which contradicts nothing"


def pair_verdict(pair: Pair) -> str:
    """Give the sentence that says why two claims conflict, or why they do not."""
    if pair.one.id == pair.other.id:
        return "They are one claim: A and B name the same."
    alone = [found for found in pair.contradictions if len(found.claims) == 2]
    if alone:
        told = "\n".join(explain(c) for c in alone)
        return f"They cannot both be true ({alone[0].rule.replace('_', ' ')}).\n{told}"
    if pair.contradictions:
        told = "\n".join(explain(c) for c in pair.contradictions)
        return (
            "The two can hold together, but not with the others of"
            f" {'this' if len(pair.contradictions) == 1 else 'each'} set"
            f" ({pair.contradictions[0].rule.replace('_', ' ')}).\n{told}"
        )
    if pair.corrected:
        return "No contradiction: one of them was corrected by its own source and no longer counts."
    relation = pair.comparison.relation
    if relation is not Relation.NOT_COMPARABLE:
        return _REASONS[relation]
    return f"No contradiction: {_difference(pair)}."


def _difference(pair: Pair) -> str:
    dimension = pair.comparison.differs_in
    one, other = pair.one, pair.other
    if dimension == "event":
        return "they speak of different events"
    if dimension == "metric" and pair.tie is None:
        return _TIES_OF_METRICS[None].format(one=one.metric_name, other=other.metric_name)
    if dimension == "unknown value" or one.value.is_unknown or other.value.is_unknown:
        return _UNKNOWN
    if dimension == "day" or pair.tie == "other_day":
        counted = one.value.kind is Kind.COUNT
        return _OTHER_DAY.format(what="the number" if counted else "the answer")
    if dimension == "metric":
        return _TIES_OF_METRICS[pair.tie].format(one=_number(one), other=_number(other))
    names = (record.group_name or "the event itself" for record in (one, other))
    return _TIES_OF_GROUPS[pair.tie].format(**dict(zip(("one", "other"), names, strict=True)))


def _number(record: ClaimRecord) -> str:
    return record.metric_name + (f" of {record.group_name}" if record.group_name else "")


def pair_data(pair: Pair) -> dict[str, Any]:
    """Give the same as data."""
    return {
        "relation": pair.comparison.relation.value,
        "differs_in": pair.comparison.differs_in,
        "verdict": pair_verdict(pair),
        "claims": [claim_json(pair.one), claim_json(pair.other)],
        "contradictions": [contradiction_json(record) for record in pair.contradictions],
    }
