"""Errors of the record: chains and dependences that cannot be as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from claimtrack.domain.case import Days
from claimtrack.domain.testimony import (
    OWN,
    Because,
    Dependences,
    Fault,
    Node,
    RecordError,
    Step,
    Testimony,
)
from claimtrack.origins.following import Record, is_by, origin_of


def record_errors(
    testimonies: Iterable[Testimony], dependences: Dependences, *, known: Iterable[Testimony] = ()
) -> list[RecordError]:
    """List what is wrong with who is said to rely on whom; each mistake once.

    Corrected reports are passed over, but followed. Deliberately let pass: a source quoted
    before its own document on the matter appeared (it may have said it elsewhere), and days
    that overlap or are unknown.
    """
    looked_at = [one for one in testimonies if not one.corrected]
    record = Record.of((*known, *looked_at), dependences)
    return [
        *_circles_of_reports(looked_at, record),
        *(error for one in looked_at for check in _CHECKS for error in check(one, record)),
        *_circles_of_dependence(dependences),
        *_later_bases(dependences),
    ]


def _circles_of_reports(looked_at: Iterable[Testimony], record: Record) -> Iterator[RecordError]:
    seen: set[tuple[str, ...]] = set()
    for one in looked_at:
        end = origin_of(one, record)
        for reason in end.doubts:
            if reason.because is Because.CIRCLE and reason.others not in seen:
                seen.add(reason.others)
                first, *others = reason.others
                yield RecordError(Fault.CIRCLE_OF_REPORTS, first, None, (), tuple(others))


def _cites_later(one: Testimony, record: Record) -> Iterator[RecordError]:
    """A report relies on one that was published only afterwards."""
    for at, step in enumerate(one.chain):
        upstream = record.by_id.get(step.upstream or "")
        if upstream is not None and _is_before(one.published, upstream.published):
            yield RecordError(
                Fault.CITES_LATER,
                one.id,
                at,
                (one.document, upstream.document),
                (upstream.id,),
            )


def _other_source(one: Testimony, record: Record) -> Iterator[RecordError]:
    """A link names one source and relies on a report in which another one speaks."""
    for at, step in enumerate(one.chain):
        upstream = record.by_id.get(step.upstream or "")
        if upstream is not None and not is_by(step, upstream):
            names = step.name, upstream.source_name
            yield RecordError(
                Fault.OTHER_SOURCE, one.id, at, names, (step.source, upstream.id, upstream.source)
            )


def _other_origin(one: Testimony, record: Record) -> Iterator[RecordError]:
    """A chain ends elsewhere than the report that it relies on along the way."""
    end = origin_of(one, record)
    for at, step in enumerate(one.chain[:-1]):
        upstream = record.by_id.get(step.upstream or "")
        if upstream is None or not is_by(step, upstream):
            continue
        other = origin_of(upstream, record)
        if other.key != end.key and None not in (other.key, end.key):
            yield RecordError(
                Fault.OTHER_ORIGIN, one.id, at, (end.name, other.name), (upstream.id,)
            )


def _ends_early(one: Testimony, record: Record) -> Iterator[RecordError]:
    """A chain ends in a source whose own documents give the claim on another's word only."""
    last = one.chain[-1] if one.chain else None
    if last is None or last.upstream is not None or last.source == one.source:
        return
    said = [own for own in record.said(last.source, one.claim) if own.id != one.id]
    if said and all(_is_passed_on(own) for own in said):
        names = last.name, said[0].chain[-1].name
        others = tuple(own.id for own in said)
        yield RecordError(Fault.ENDS_EARLY, one.id, len(one.chain) - 1, names, others)


def _is_passed_on(one: Testimony) -> bool:
    return bool(one.chain) and one.chain[-1].source != one.source


def _returns(one: Testimony, record: Record) -> Iterator[RecordError]:
    """A chain comes back to a source that it has passed, the document's own first of all."""
    passed = {one.source}
    for at, step in enumerate(one.chain):
        if step.source in passed and not _tells_its_own(one, at, step):
            yield RecordError(Fault.RETURNS, one.id, at, (step.name,), (step.source,))
        passed.add(step.source)


def _tells_its_own(one: Testimony, at: int, step: Step) -> bool:
    """Tell whether a link names the document's own source to say that it saw for itself."""
    return at == 0 and len(one.chain) == 1 and (step.mode == OWN or step.upstream is not None)


_CHECKS: tuple[Callable[[Testimony, Record], Iterator[RecordError]], ...] = (
    _cites_later,
    _other_source,
    _other_origin,
    _ends_early,
    _returns,
)


def _circles_of_dependence(dependences: Dependences) -> Iterator[RecordError]:
    """Sources or documents that draw on each other: a circle for each group, one each."""
    graph = dict(dependences.draws_on)
    while (circle := _circle(graph)) is not None:
        start = circle.index(min(circle))
        turned = (*circle[start:], *circle[:start])
        yield RecordError(
            Fault.CIRCLE_OF_DEPENDENCE,
            turned[0].id,
            None,
            tuple(dependences.name(node) for node in turned),
            tuple(node.id for node in turned[1:]),
        )
        # Cut the circle where it closes, so that the next search finds another.
        graph[turned[-1]] = graph[turned[-1]] - {turned[0]}


def _circle(graph: Mapping[Node, frozenset[Node]]) -> list[Node] | None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # Each stands before the one that draws on it, and the first is repeated at the end.
        nodes: list[Node] = list(reversed(error.args[1]))
        return nodes[:-1]
    return None


def _later_bases(dependences: Dependences) -> Iterator[RecordError]:
    """A document draws on one that was published only afterwards."""
    days = dependences.published
    for node, others in dependences.draws_on.items():
        for other in sorted(others):
            both = node.kind == other.kind == "document"
            if both and _is_before(days.get(node.id), days.get(other.id)):
                yield RecordError(
                    Fault.DRAWS_ON_LATER,
                    node.id,
                    None,
                    (dependences.name(node), dependences.name(other)),
                    (other.id,),
                )


def _is_before(one: Days | None, other: Days | None) -> bool:
    """Tell whether the last day of one lies before the first of the other."""
    if one is None or other is None or one[1] is None or other[0] is None:
        return False
    return one[1] < other[0]
