"""Self: statements of one source that cannot all hold, with no correction between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from claimtrack.domain.finding import Basis, SelfConflict, Statement
from claimtrack.domain.record import Assertion, ContradictionRecord

Sayings = Mapping[str, Sequence[Statement]]
"""What was said to the same effect, by the source it goes back to."""


def find(
    statements: Iterable[Statement],
    contradictions: Iterable[ContradictionRecord],
    drifted: Collection[str] = (),
) -> Iterator[SelfConflict]:
    """Look in each contradiction for a source that is the origin of every claim in it.

    What cannot hold is decided by the contradictions, so tolls as of different days are let
    pass there. Let pass here: a source that quotes two others (each is its own origin); a
    corrected statement, and accounts of it; an account that drifted from what the source says
    (`drifted` holds ids of assertions: that is the account's fault); and unnamed sources, as
    "an official" of two articles may be two people.
    """
    said = _by_claim(statements, drifted)
    for contradiction in contradictions:
        sides = [said.get(claim.id, {}) for claim in contradiction.claims]
        for source in sorted(set(sides[0]).intersection(*sides[1:])):
            chosen = tuple(_most_direct(side[source]) for side in sides)
            relayed = any(statement.assertion.chain for statement in chosen)
            basis = Basis.RELAYED if relayed else Basis.OWN_VOICE
            name = chosen[0].assertion.origin_name
            yield SelfConflict(source, name, contradiction, chosen, basis)


def _by_claim(statements: Iterable[Statement], drifted: Collection[str]) -> dict[str, Sayings]:
    told = list(statements)
    taken_back = _taken_back(told)
    said: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in told:
        assertion = statement.assertion
        counts = assertion.superseded_by is None and assertion.id not in drifted
        counts = counts and (assertion.origin, statement.record.id) not in taken_back
        if counts and not _is_unnamed(assertion):
            said[statement.record.id][assertion.origin].append(statement)
    return {claim: dict(sources) for claim, sources in said.items()}


def _taken_back(statements: Sequence[Statement]) -> set[tuple[str, str]]:
    """List who stated which claim in a document of its own and corrected every such statement."""
    corrected: set[tuple[str, str]] = set()
    standing: set[tuple[str, str]] = set()
    for statement in statements:
        stands = statement.assertion.superseded_by is None
        into = standing if stands else corrected
        into.add((statement.assertion.source, statement.record.id))
    return corrected - standing


def _is_unnamed(assertion: Assertion) -> bool:
    """Tell whether nobody knows who is at the far end of the chain."""
    return assertion.chain[-1].anonymous if assertion.chain else assertion.source_anonymous


def _most_direct(said: Sequence[Statement]) -> Statement:
    """Choose the statement nearest to the source itself, the earliest of equals."""
    return min(said, key=lambda statement: len(statement.assertion.chain))
