"""Follow a chain to its far end: whoever is said to know it first-hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from claimtrack.domain.testimony import (
    OWN,
    UNATTRIBUTED,
    Because,
    Dependences,
    Node,
    Reason,
    Step,
    Testimony,
)

NOWHERE = Dependences()


@dataclass(frozen=True, slots=True)
class End:
    """Where a chain leads.

    `key` is the origin's source, None where the chain runs in a circle. `doubts` say why
    the origin is not certain to be one of its own. `path` holds every document and source
    on the way, the origin too; `route` the reports passed, in order. `basis` is what the
    origin is stated to draw on; `passage` what the documents on the way are.
    """

    key: str | None
    name: str
    first_hand: Because
    doubts: tuple[Reason, ...]
    path: frozenset[Node]
    route: tuple[str, ...]
    basis: frozenset[Node]
    passage: frozenset[Node]


@dataclass
class Record:
    """Reports that chains may lead through, looked up by id and by who says what."""

    by_id: Mapping[str, Testimony]
    dependences: Dependences = NOWHERE
    _said: dict[tuple[str, str], list[Testimony]] = field(init=False)
    _taken_back: dict[tuple[str, str], str] = field(init=False)
    _ends: dict[str, End] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._said = defaultdict(list)
        self._taken_back = {}
        for testimony in self.by_id.values():
            if testimony.corrected:
                self._taken_back[testimony.source, testimony.claim] = testimony.source_name
            else:
                self._said[testimony.source, testimony.claim].append(testimony)

    @classmethod
    def of(cls, testimonies: Iterable[Testimony], dependences: Dependences = NOWHERE) -> Record:
        """Make a record of these reports."""
        return cls({testimony.id: testimony for testimony in testimonies}, dependences)

    def said(self, source: str, claim: str) -> list[Testimony]:
        """List the uncorrected reports in which a source's own documents state a claim."""
        return self._said.get((source, claim), [])

    @property
    def any_withdrawn(self) -> bool:
        """Whether anybody has corrected anything."""
        return bool(self._taken_back)

    def withdrew(self, source: str, claim: str) -> str | None:
        """Name a source that once stated a claim and corrected it; None where it stands."""
        return None if self.said(source, claim) else self._taken_back.get((source, claim))

    def end_of(self, testimony: Testimony) -> End:
        """Follow one of these reports to the far end of its chain; each is followed once."""
        if testimony.id not in self._ends:
            self._ends[testimony.id] = _checked(testimony, self)
        return self._ends[testimony.id]


def origin_of(testimony: Testimony, record: Record) -> End:
    """Follow a report of the record to its origin, through every report it is said to rely on.

    The last link of the chain is the origin, unless it names a report that is there: then
    that report's own chain goes on. A link that names only a source goes on where that
    source's own documents state the very same claim and all on the word of one other: the
    account is then a relay of theirs. A report without a chain is its document's own word.
    """
    return record.end_of(testimony)


def _checked(testimony: Testimony, record: Record) -> End:
    """Follow a chain, and doubt an end that a report on the way contradicts or takes back."""
    end = _follow(testimony, record)
    if withdrawn := _withdrawn(testimony, end, record):
        end = replace(end, doubts=(*end.doubts, Reason(Because.WITHDRAWN, withdrawn)))
    others = []
    for id_ in end.route:
        for step in record.by_id[id_].chain[:-1]:
            upstream = record.by_id.get(step.upstream) if step.upstream else None
            if upstream is not None:
                other = _follow(upstream, record)
                if other.key != end.key:
                    others.append(other.name)
    last = _wrong_link(end, record)
    if last:
        others.append(last)
    if not others:
        return end
    doubt = Reason(Because.CONTRADICTED, tuple(dict.fromkeys(others)))
    return replace(end, doubts=(*end.doubts, doubt))


def _withdrawn(testimony: Testimony, end: End, record: Record) -> tuple[str, ...]:
    """Name those on the way who have corrected the words that are passed on, the origin too."""
    if not record.any_withdrawn:
        return ()
    passed = [record.by_id[id_] for id_ in end.route]
    said = [(one.source, one.claim) for one in passed]
    if end.key is not None:
        said.append((end.key, passed[-1].claim))
    names = (record.withdrew(*one) for one in said if one[0] != testimony.source)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _wrong_link(end: End, record: Record) -> str | None:
    """Name the source of a link whose report is another source's and does not name it."""
    for id_ in end.route:
        for step in record.by_id[id_].chain:
            upstream = record.by_id.get(step.upstream) if step.upstream else None
            if upstream is not None and not is_by(step, upstream):
                return step.name
    return None


def is_by(step: Step, upstream: Testimony) -> bool:
    """Tell whether a report is the link's source speaking, or passes on that source's word."""
    return step.source == upstream.source or any(
        further.source == step.source for further in upstream.chain
    )


def _follow(testimony: Testimony, record: Record) -> End:
    path: set[Node] = set()
    route: dict[str, None] = {}
    passed: list[Node] = []
    current = testimony
    while True:
        if current.id in route:
            way = tuple(route)
            circle = way[way.index(current.id) :]
            return _circle(circle, way, path, record.dependences.basis(*passed))
        route[current.id] = None
        document, source = Node("document", current.document), Node("source", current.source)
        passed += [document, source]
        path.update((document, source), [Node("source", step.source) for step in current.chain])
        last = current.chain[-1] if current.chain else None
        if last is None or (last.source == current.source and last.upstream is None):
            return _own_words(current, last, path, tuple(route), passed, record)
        further = _further(current, last, record, route)
        if further is None:
            return _named(last, path, tuple(route), passed, record)
        current = further


def _further(
    current: Testimony, last: Step, record: Record, route: Container[str]
) -> Testimony | None:
    if last.upstream is not None and last.upstream in record.by_id:
        return record.by_id[last.upstream]
    said = [one for one in record.said(last.source, current.claim) if one.id != current.id]
    ends = {one.chain[-1].source if one.chain else one.source for one in said}
    if len(ends) != 1 or any(one.id in route for one in said):
        return None
    return min(said, key=lambda one: (_day(one), one.id))


def _day(testimony: Testimony) -> float:
    first = testimony.published[0] if testimony.published else None
    return float("inf") if first is None else first


def _circle(
    circle: Sequence[str], route: tuple[str, ...], path: set[Node], passage: frozenset[Node]
) -> End:
    start = circle.index(min(circle))
    turned = (*circle[start:], *circle[:start])
    doubts = (Reason(Because.CIRCLE, turned),)
    ways = frozenset(path), route
    return End(None, " → ".join(turned), Because.CIRCLE, doubts, *ways, frozenset(), passage)


def _own_words(
    current: Testimony,
    last: Step | None,
    path: set[Node],
    route: tuple[str, ...],
    passed: list[Node],
    record: Record,
) -> End:
    seen = last is not None and last.mode == OWN
    doubts = (Reason(Because.UNNAMED),) if current.anonymous else ()
    *passed, document, source = passed
    basis = record.dependences.basis(document, source) - {document, source}
    passage = record.dependences.basis(*passed)
    if seen:
        basis, passage = frozenset(), passage | basis
    return End(
        current.source,
        current.source_name,
        Because.OWN_OBSERVATION if seen else Because.OWN_WORDS,
        doubts,
        frozenset(path),
        route,
        basis,
        passage,
    )


def _named(
    last: Step, path: set[Node], route: tuple[str, ...], passed: list[Node], record: Record
) -> End:
    doubts = []
    if last.anonymous:
        doubts.append(Reason(Because.UNNAMED))
    if last.mode == UNATTRIBUTED:
        doubts.append(Reason(Because.UNATTRIBUTED))
    source = Node("source", last.source)
    seen = Because.OWN_OBSERVATION if last.mode == OWN else Because.NAMED
    return End(
        last.source,
        last.name,
        seen,
        tuple(doubts),
        frozenset(path),
        route,
        record.dependences.basis(source) - {source},
        record.dependences.basis(*passed),
    )
