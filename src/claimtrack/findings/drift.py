"""Drift: an account of what a source said that is not what the source says itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from claimtrack.domain.dates import read_edtf
from claimtrack.domain.finding import Basis, Change, Drift, Statement
from claimtrack.domain.record import Link
from claimtrack.domain.value import Kind
from claimtrack.findings.fairness import Scale, change


def find(statements: Sequence[Statement], scale: Scale) -> Iterator[Drift]:
    """Compare each account in these statements of one event with what it tells.

    A chain is followed outwards to the first source that can be asked: one whose statement
    is named, or that has statements of its own on the event; what lies beyond is that
    source's account, not the document's. Deliberately let pass: fair accounts (see
    `fairness`); accounts and statements that were corrected; a document that names itself;
    sources whose own texts are not in the database.
    """
    by_id = {statement.assertion.id: statement for statement in statements}
    own: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        own[statement.assertion.source].append(statement)
    for told in statements:
        if told.assertion.superseded_by is None and (found := _of_account(told, by_id, own, scale)):
            yield found


def _of_account(
    told: Statement,
    by_id: Mapping[str, Statement],
    own: Mapping[str, Sequence[Statement]],
    scale: Scale,
) -> Drift | None:
    for link in told.assertion.chain:
        if link.upstream is not None:
            upstream = by_id.get(link.upstream)
            changed = change(upstream, told, scale) if upstream else None
            if upstream is None or changed is None:
                return None
            return Drift(link.source, link.name, changed, Basis.LINKED, told, upstream, 1)
        if link.source != told.assertion.source and (said := own.get(link.source)):
            return _unlinked(told, link, said, scale)
    return None


def _unlinked(told: Statement, link: Link, said: Iterable[Statement], scale: Scale) -> Drift | None:
    """Look for an account in all that its source had said by then.

    The source may have said more than what is recorded, so this asks for more than a
    difference: nothing on record may support the account, and some statement must be near
    enough to be what was meant. Near is one that answers the same question otherwise, or
    the same number told of a part, a whole or a neighbouring metric.
    """
    if told.claim.value.is_unknown:
        return None
    known = [statement for statement in said if _may_have_been_read(statement, told)]
    if any(_supports(statement, told, scale) for statement in known):
        return None
    near = [
        (nearness, _bounds(statement) != _bounds(told), statement, changed)
        for statement in known
        if statement.assertion.superseded_by is None
        if (found := _nearness(statement, told, scale))
        for nearness, changed in [found]
    ]
    if not near:
        return None
    *_, nearest, changed = min(near, key=lambda row: row[:2])
    return Drift(link.source, link.name, changed, Basis.RECORDED, told, nearest, len(known))


def _bounds(statement: Statement) -> tuple[int | None, int | None]:
    value = statement.claim.value
    return value.lower, value.upper


def _may_have_been_read(own: Statement, told: Statement) -> bool:
    """Tell whether a statement was out when the account of it was; no date says that it was."""
    if own.assertion.published is None or told.assertion.published is None:
        return True
    first, last = read_edtf(own.assertion.published)[0], read_edtf(told.assertion.published)[1]
    return first is None or last is None or first <= last


def _supports(own: Statement, told: Statement, scale: Scale) -> bool:
    """Tell whether a statement may be what is told: the same, or what lets one say so."""
    asked, answered = own.claim.question, told.claim.question
    comparable = (
        own.claim.value.kind is told.claim.value.kind
        and (asked.group is None) is (answered.group is None)
        and not own.claim.value.is_unknown
    )
    return comparable and change(own, told, scale) is None


def _is_tied(own: Statement, told: Statement, scale: Scale) -> bool:
    mine, other = own.claim.question.group, told.claim.question.group
    return mine is not None and other is not None and scale.are_tied(mine, other)


def _nearness(own: Statement, told: Statement, scale: Scale) -> tuple[int, Change] | None:
    """Say how near a statement is to an account that it does not support, and what differs."""
    changed = change(own, told, scale)
    if changed is None or own.claim.value.is_unknown:
        return None
    asked, answered = own.claim.question, told.claim.question
    if asked == answered:
        return 0, changed
    if own.claim.value.kind is not Kind.COUNT or not _keeps_the_number(own, told, scale):
        return None
    if asked.metric == answered.metric and _is_tied(own, told, scale):
        return 1, changed
    if asked.group == answered.group and scale.are_kin(asked.metric, answered.metric):
        return 2, changed
    return None


def _keeps_the_number(own: Statement, told: Statement, scale: Scale) -> bool:
    """Tell whether the amount alone is told fairly, whatever it is an amount of."""
    if own.claim.denied or told.claim.denied:
        return False
    moved = replace(told, claim=replace(told.claim, question=own.claim.question))
    return change(own, moved, scale) is None
