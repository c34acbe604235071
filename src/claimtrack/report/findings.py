"""Findings about sources as text and data: a sentence, and the quotes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from claimtrack.domain.finding import Basis, Change, Drift, Finding, SelfConflict, Statement
from claimtrack.report.contract import assertion_json, claim_json
from claimtrack.report.wording import bounds, chain, question

if TYPE_CHECKING:
    from rich.text import Text

    from claimtrack.report.formats import Row

COLUMNS = (
    "id",
    "kind",
    "what",
    "basis",
    "event",
    "source",
    "document",
    "quote",
    "other_document",
    "other_quote",
    "sentence",
)


def sentence(finding: Finding) -> str:
    """Tell a finding in a sentence, with the words and who says them."""
    return _drift(finding) if isinstance(finding, Drift) else _self(finding)


def _drift(found: Drift) -> str:
    teller, told, own = found.told.assertion.source_name, _said(found.told), _said(found.own)
    what = _changed(found)
    if found.basis is Basis.LINKED:
        return (
            f"{teller} tells what {found.source_name} said as {told}; the statement it relies on"
            f" says {own}: {what}."
        )
    return (
        f"As far as the database holds, none of {_own(found.source_name)} own assertions says"
        f" what {teller} tells in its name, {told}; the nearest says {own}: {what}."
    )


def _changed(found: Drift) -> str:
    told, own = found.told, found.own
    if found.change is Change.METRIC:
        return f"{own.record.metric_name} became {told.record.metric_name}"
    if found.change is Change.GROUP:
        return f"{own.record.group_name} became {told.record.group_name}"
    if found.change is Change.STANCE:
        if own.record.denied is told.record.denied:
            return "yes and no are turned round"
        return "a denial became an assertion" if own.record.denied else "what is said is denied"
    if found.change is Change.HEDGE:
        return (
            f"the account is {'less' if _is_looser(told, own) else 'more'} certain than its source"
        )
    return f"the {found.change.value} is another"


def _is_looser(told: Statement, own: Statement) -> bool:
    mine, other = own.record.value, told.record.value
    if mine.is_unknown or other.is_unknown:
        return other.is_unknown
    lost_floor = other.lower is None and mine.lower is not None
    return lost_floor or (other.upper is None and mine.upper is not None)


def _self(found: SelfConflict) -> str:
    told = " and ".join(f"{_said(said)} ({_when(said)})" for said in found.statements)
    rule = found.contradiction.rule.replace("_", " ")
    if found.basis is Basis.OWN_VOICE:
        begin = f"{found.source_name} says itself {told}"
    else:
        begin = f"{found.source_name}, as others tell it, says {told}"
    return f"{begin}: they cannot all hold ({rule}), and none corrects another."


def _when(said: Statement) -> str:
    tellers = "" if not said.assertion.chain else f"told by {said.assertion.source_name}, "
    return tellers + (said.assertion.published or "no date")


def _own(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _said(said: Statement) -> str:
    record = said.record
    words = f"“{said.assertion.text}”"
    limits = bounds(record.value, record.unit, denied=record.denied)
    read = "" if limits == said.assertion.text else f" ({limits})"
    return f"{'the denial of ' if record.denied else ''}{words}{read} for {question(record)}"


def headline(finding: Finding) -> Text:
    """Give the sentence, ready for a screen."""
    from rich.text import Text

    from claimtrack.report.visible import visible

    return Text(visible(sentence(finding)), style="bold")


def side_by_side(finding: Finding) -> tuple[Sequence[str], list[Row]]:
    """Give a column a statement: who, the quote, how it is read, and where it stands."""
    heads = [_head(finding, said) for said in finding.statements]
    rows: list[Row] = [
        [
            f"“{said.assertion.quote}”" if said.assertion.quote else "–"
            for said in finding.statements
        ],
        [_said(said) for said in finding.statements],
        [said.assertion.title or said.assertion.document for said in finding.statements],
    ]
    return heads, rows


def _head(finding: Finding, said: Statement) -> str:
    who = said.assertion.source_name
    if said.assertion.chain:
        who = chain(said.assertion)
    return f"{who}, {said.assertion.published or 'no date'}"


def finding_json(finding: Finding) -> dict[str, Any]:
    """Give a finding as the contract has it: each statement with the one assertion meant."""
    return {
        "id": finding.id,
        "kind": _kind(finding),
        "what": _what(finding),
        "basis": finding.basis.value,
        "event": finding.statements[0].record.event,
        "source": finding.source,
        "contradiction": None if isinstance(finding, Drift) else finding.contradiction.id,
        "sentence": sentence(finding),
        "statements": [
            claim_json(said.record) | {"assertions": [assertion_json(said.assertion)]}
            for said in finding.statements
        ],
    }


def _kind(finding: Finding) -> str:
    return "drift" if isinstance(finding, Drift) else "self"


def _what(finding: Finding) -> str:
    if isinstance(finding, Drift):
        return finding.change.value
    return finding.contradiction.rule


def finding_rows(found: Sequence[Finding]) -> list[Row]:
    """Give findings as flat rows; where more than two statements meet, the others are joined."""
    rows: list[Row] = []
    for finding in found:
        first, *others = (said.assertion for said in finding.statements)
        rows.append(
            (
                finding.id,
                _kind(finding),
                _what(finding),
                finding.basis.value,
                finding.statements[0].record.event,
                finding.source,
                first.document,
                first.quote,
                " | ".join(other.document for other in others),
                " | ".join(other.quote or "" for other in others),
                sentence(finding),
            )
        )
    return rows
