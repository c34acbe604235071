"""The JSON that programs read: these keys are documented and stay; more may be added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord
from claimtrack.domain.testimony import OriginCount
from claimtrack.domain.units import bound_for_display
from claimtrack.report.wording import explain


def claim_json(record: ClaimRecord) -> dict[str, Any]:
    """Give a claim as the contract has it; a missing bound is null, dates are ISO days."""
    value = record.value
    return {
        "id": record.id,
        "event": record.event,
        "metric": record.metric,
        "group": record.group,
        "stance": record.stance,
        "as_of": record.as_of,
        "value": {
            "text": value.text,
            "lower": bound_for_display(value.kind, record.unit, value.lower),
            "upper": bound_for_display(value.kind, record.unit, value.upper),
            "best": bound_for_display(value.kind, record.unit, value.best),
            "unit": record.unit,
            "kind": value.kind.value,
            "hedge": value.hedge.value,
            "category": value.category,
        },
        "contradicted": record.contradicted,
        "assertions": [assertion_json(assertion) for assertion in record.assertions],
    }


def assertion_json(assertion: Assertion) -> dict[str, Any]:
    """Give an assertion; `chain` runs from the document outwards, `origin` is its far end."""
    return {
        "id": assertion.id,
        "document": assertion.document,
        "source": assertion.source,
        "origin": assertion.origin,
        "chain": [link.source for link in assertion.chain],
        "modes": [link.mode for link in assertion.chain],
        "text": assertion.text,
        "rule": assertion.rule,
        "lexicon": assertion.lexicon,
        "quote": assertion.quote,
        "published": assertion.published,
        "url": assertion.url,
        "superseded_by": assertion.superseded_by,
    }


def contradiction_json(
    record: ContradictionRecord, sides: Mapping[str, OriginCount] | None = None
) -> dict[str, Any]:
    """Give a contradiction with its claims and what people say of it.

    `sides` are the origin counts of its claims by id; with them it has a key `origins`.
    """
    from claimtrack.report.origins import count_data
    from claimtrack.report.reviews import reviews_json

    data = {
        "id": record.id,
        "event": record.event,
        "rule": record.rule,
        "severity": record.told_severity,
        "status": record.status,
        "explanation": explain(record),
        "claims": [claim_json(claim) for claim in record.claims],
        "reviews": reviews_json(record.reviews),
    }
    if sides is not None:
        data["origins"] = [count_data(sides[claim.id]) for claim in record.claims]
    return data
