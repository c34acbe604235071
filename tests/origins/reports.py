"""Build reports by hand, without files or a database."""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.domain.testimony import Dependences, Node, Step, Testimony


class Reports:
    """Make reports one after another, each with an id of its own: a1, a2, …"""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self,
        source: str,
        *chain: str | Step,
        document: str | None = None,
        claim: str = "claim",
        day: int | None = None,
        anonymous: bool = False,
        corrected: bool = False,
    ) -> Testimony:
        self.count += 1
        return Testimony(
            id=f"a{self.count}",
            claim=claim,
            document=document or f"{source}-doc",
            source=source,
            source_name=source.title(),
            anonymous=anonymous,
            published=None if day is None else (day, day),
            chain=tuple(step(s) if isinstance(s, str) else s for s in chain),
            corrected=corrected,
        )


def step(source: str, mode: str = "quotes", upstream: str | None = None) -> Step:
    """Make a link; a source whose id ends in ? has no name."""
    return Step(source, source.title(), mode, source.endswith("?"), upstream)


def draws(*pairs: tuple[str, str], sources: Iterable[tuple[str, str]] = ()) -> Dependences:
    """State who draws on whom; an id that ends in -doc is a document."""
    found: dict[Node, frozenset[Node]] = {}
    owner = dict(sources)
    for one, other in pairs:
        found[node(one)] = found.get(node(one), frozenset()) | {node(other)}
        for id_ in (one, other):
            if id_.endswith("-doc"):
                owner.setdefault(id_, id_.removesuffix("-doc"))
    return Dependences(found, owner)


def node(id_: str) -> Node:
    return Node("document" if id_.endswith("-doc") else "source", id_)
