"""Who says a thing on whose word: reports with their chains, and how many origins they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from claimtrack.domain.case import Days

OWN = "own"
"""The mode of a link in which a source tells what it saw or did itself."""
UNATTRIBUTED = "unattributed"
"""The mode of a link that the document does not state: the recorder inferred the source."""


class Node(NamedTuple):
    """Something that draws on another or is drawn on: `kind` is `source` or `document`."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, from the document outwards.

    `upstream` is the assertion relied on, where that one is in the database.
    """

    source: str
    name: str
    mode: str = "unknown"
    anonymous: bool = False
    upstream: str | None = None


@dataclass(frozen=True, slots=True)
class Testimony:
    """A report: one document stating one claim, and the chain by which it has it.

    `source` is the document's own; `anonymous` says whether that one is unnamed. A
    `corrected` report was superseded by its own source: it counts no more, but chains may
    still lead through it.
    """

    id: str
    claim: str
    document: str
    source: str
    source_name: str
    anonymous: bool = False
    published: Days | None = None
    chain: tuple[Step, ...] = ()
    corrected: bool = False


SourceKey = int | str
"""A source, by its row or by its id."""


class PlainLink(NamedTuple):
    """A step of a chain that names a source and no report of it."""

    source: SourceKey
    mode: str
    anonymous: bool


class PlainReport(NamedTuple):
    """A report whose chain names sources only, with what counting origins takes of it.

    `day` is the first on which it may have been published, infinity where that is unknown. `id`
    may be empty where no chain of its claim names its source: nothing compares it then.
    """

    id: str
    source: SourceKey
    anonymous: bool
    day: float
    chain: tuple[PlainLink, ...]


@dataclass(frozen=True)
class Dependences:
    """Who is stated to draw on whom: `draws_on` of sources and of documents.

    `sources` gives the source of each document that stands in `draws_on`; `published` its
    days, `names` how people read a node, where known.
    """

    draws_on: Mapping[Node, frozenset[Node]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, Days] = field(default_factory=dict)
    names: Mapping[Node, str] = field(default_factory=dict)
    _bases: dict[Node, frozenset[Node]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def basis(self, *nodes: Node) -> frozenset[Node]:
        """Give all that these draw on, at any depth.

        Who draws on a document draws on its source, and a document draws on what its
        source does. The nodes themselves are in it only where they draw on themselves by
        way of others.
        """
        if not self.draws_on:
            return frozenset()
        return frozenset().union(*map(self._basis_of, nodes))

    def _basis_of(self, start: Node) -> frozenset[Node]:
        """Follow one node, and those on its way that were followed before not again."""
        if start in self._bases:
            return self._bases[start]
        found: set[Node] = set()
        waiting = list(self._directly(start))
        while waiting:
            node = waiting.pop()
            if node in found:
                continue
            found.add(node)
            known = self._bases.get(node)
            if known is None:
                waiting.extend(self._directly(node))
            else:
                found |= known
            if node.kind == "document" and node.id in self.sources:
                waiting.append(Node("source", self.sources[node.id]))
        self._bases[start] = frozenset(found)
        return self._bases[start]

    def _directly(self, node: Node) -> frozenset[Node]:
        own = self.draws_on.get(node, frozenset())
        source = self.sources.get(node.id) if node.kind == "document" else None
        if source is None:
            return own
        return own | self.draws_on.get(Node("source", source), frozenset())

    def name(self, node: Node) -> str:
        """Name a node as people read it."""
        return self.names.get(node, node.id)


class Because(StrEnum):
    """Why an origin counts, or counts less."""

    NAMED = "named"
    OWN_WORDS = "own_words"
    OWN_OBSERVATION = "own_observation"
    UNNAMED = "unnamed"
    UNATTRIBUTED = "unattributed"
    CIRCLE = "circle"
    CONTRADICTED = "contradicted"
    WITHDRAWN = "withdrawn"
    RELAYS_OTHERS = "relays_others"
    DRAWS_ON = "draws_on"
    SHARES_BASIS = "shares_basis"
    PASSED_BY = "passed_by"
    SUSPECTED = "suspected"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the names of the others it speaks of."""

    because: Because
    others: tuple[str, ...] = ()


class Standing(StrEnum):
    """What an origin adds to the count.

    `certain`: one to the least and to the most. `possible`: one to the most only.
    `dependent`: nothing beside the others that it depends on.
    """

    CERTAIN = "certain"
    POSSIBLE = "possible"
    DEPENDENT = "dependent"


@dataclass(frozen=True, slots=True)
class Origin:
    """The far end of one or more chains; `source` is None where a chain has no end."""

    source: str | None
    name: str
    standing: Standing
    reports: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OriginCount:
    """How many independent origins some reports have: at least, and at most.

    `exact` is false where the search for the largest independent set met its bound; then
    `least` may be too low and `most` too high, never the other way round.
    """

    reports: int
    least: int
    most: int
    origins: tuple[Origin, ...]
    exact: bool = True

    @property
    def is_certain(self) -> bool:
        """Whether the count is a number and no range."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way from a report to its origin.

    `mode` says how the stop before has it from here (None at the start); `report` and
    `document` are those of the database, None where only the source is known. `origin` is
    the key of the origin at the last stop, None before it and where a chain has no end.
    """

    source: str
    name: str
    mode: str | None
    anonymous: bool
    report: str | None = None
    document: str | None = None
    published: Days | None = None
    origin: str | None = None


class Fault(StrEnum):
    """What can be wrong with a record of who relied on whom."""

    CIRCLE_OF_REPORTS = "circle_of_reports"
    CIRCLE_OF_DEPENDENCE = "circle_of_dependence"
    CITES_LATER = "cites_later"
    DRAWS_ON_LATER = "draws_on_later"
    OTHER_SOURCE = "other_source"
    OTHER_ORIGIN = "other_origin"
    ENDS_EARLY = "ends_early"
    RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class RecordError:
    """An error of the record: its place (ids) and the names that its sentence needs.

    `place` is an assertion's id with the position of the link, or a node that draws on
    another; `others` the ids it is at odds with.
    """

    fault: Fault
    place: str
    link: int | None
    names: tuple[str, ...]
    others: tuple[str, ...]
