"""What a new statement agrees with and contradicts, as text and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from claimtrack.domain.record import DIGITS, ClaimRecord
from claimtrack.domain.relation import Relation
from claimtrack.report.contract import claim_json
from claimtrack.report.wording import Contradicting, bounds, explain, question, words


class Agreement(Protocol):
    """A claim that can be true together with a statement."""

    @property
    def statement(self) -> ClaimRecord:
        """Give the statement."""

    @property
    def claim(self) -> ClaimRecord:
        """Give the claim."""

    @property
    def relation(self) -> Relation:
        """Say what the truth of the statement says of the claim."""


class Objection(Contradicting, Protocol):
    """Claims that cannot all be true together with a statement, which is among them."""

    @property
    def severity(self) -> float:
        """Say between 0 and 1 how grave it is."""


class Checked(Protocol):
    """A statement held against an event, as the checking service gives it."""

    @property
    def statements(self) -> Sequence[ClaimRecord]:
        """Give the statements as they were read."""

    @property
    def agreements(self) -> Sequence[Agreement]:
        """Give the claims that can be true with one of them."""

    @property
    def objections(self) -> Sequence[Objection]:
        """Give what cannot be true with one of them, gravest first."""

    @property
    def untouched(self) -> int:
        """Count the claims of which it says nothing."""


_HOW = {
    Relation.EQUAL: "says the same",
    Relation.ENTAILS: "follows from it",
    Relation.ENTAILED_BY: "it follows from this",
    Relation.OVERLAPS: "overlaps, which is not agreement",
}


def checked_text(checked: Checked) -> str:
    """Tell how it was read, then what it agrees with, contradicts and leaves alone."""
    rows = [f"event: {checked.statements[0].event_title}"]
    for record in checked.statements:
        limits = bounds(record.value, record.unit, denied=record.denied)
        rows.append(f"read: {question(record)}: “{record.value.text}” → {limits}")
        rows.append(f"  by: {record.value.rule}")
    rows.append(f"can be true together with: {_number(len(checked.agreements))}")
    rows += [
        f"  {question(each.claim)}: {words(each.claim)}: {_HOW[each.relation]}"
        for each in checked.agreements
    ]
    rows.append(f"contradicts: {_number(len(checked.objections))}")
    rows += [
        f"  {each.severity:.2f} ({each.rule.replace('_', ' ')}) {explain(each)}"
        for each in checked.objections
    ]
    rest = "1 claim" if checked.untouched == 1 else f"{checked.untouched:,} claims"
    rows.append(f"untouched: {rest} of this event")
    return "\n".join(rows) + "\n"


def _number(count: int) -> str:
    return f"{count:,}" if count else "nothing"


def checked_json(checked: Checked) -> dict[str, Any]:
    """Give the same as data; a statement's own id is `new-1`, `new-2`, …"""
    return {
        "statements": [
            {key: value for key, value in claim_json(record).items() if key in _READ}
            | {"rule": record.value.rule, "lexicon": record.value.lexicon}
            for record in checked.statements
        ],
        "agrees": [
            {
                "statement": each.statement.id,
                "relation": each.relation.value,
                "claim": claim_json(each.claim),
            }
            for each in checked.agreements
        ],
        "contradicts": [
            {
                "rule": each.rule,
                "severity": round(each.severity, DIGITS),
                "explanation": explain(each),
                "statements": [c.id for c in each.claims if c in checked.statements],
                "claims": [claim_json(c) for c in each.claims if c not in checked.statements],
            }
            for each in checked.objections
        ],
        "untouched": checked.untouched,
    }


_READ = ("id", "event", "metric", "group", "stance", "as_of", "value")
