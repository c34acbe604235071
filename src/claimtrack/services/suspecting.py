"""Find the sources that agree more often than independent ones would; accuse nobody silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from claimtrack.domain.answer import Answer
from claimtrack.domain.case import Question
from claimtrack.domain.testimony import Dependences, Node
from claimtrack.domain.value import Kind
from claimtrack.estimates.copying import Answers, Pair, Suspects, Told, find_suspects
from claimtrack.store import overview
from claimtrack.store.answers import load_answers, source_names
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter
from claimtrack.store.testimonies import load_dependences

if TYPE_CHECKING:
    from claimtrack.store.overview import Connection


@dataclass(frozen=True)
class Suspicions:
    """The suspected pairs, the pairs stated to depend on each other, and everybody's name."""

    suspects: Suspects
    known: tuple[tuple[str, str], ...]
    names: Mapping[str, str]


def find_suspicions(
    where: str,
    *,
    events: Sequence[str] = (),
    metrics: Sequence[str] = (),
    known_by: int | None = None,
) -> Suspicions:
    """Test all pairs of sources on the questions that pass; names not there are refused."""
    with reading(where) as connection:
        overview.check_names(connection, Filter(events=tuple(events), metrics=tuple(metrics)))
        answers = load_answers(connection, events=events, metrics=metrics, known_by=known_by)
        known = known_pairs(connection, (answer.source for answer in answers))
        names = source_names(connection)
    told = sorted((min(pair), max(pair)) for pair in known)
    return Suspicions(find_suspects(own_answers(answers), known), tuple(told), names)


def suspected_pairs(connection: Connection, known_by: int | None = None) -> frozenset[Pair]:
    """Give the pairs of sources that are suspected, tested on all there is, or was by a day."""
    answers = load_answers(connection, known_by=known_by)
    known = known_pairs(connection, (answer.source for answer in answers))
    return frozenset(c.pair for c in find_suspects(own_answers(answers), known).pairs)


def own_answers(answers: Iterable[Answer]) -> Answers:
    """Sort by question what each source says itself.

    What is told on the word of another is stated dependence, not suspected. Left out are
    also corrected answers, the unknown, denials, and yes or no: two words are no rare value.
    """
    found: dict[Question, dict[str, set[Told]]] = defaultdict(lambda: defaultdict(set))
    for answer in answers:
        value = answer.value
        if answer.corrected or answer.denied or value.is_unknown or not answer.is_own:
            continue
        if value.kind is not Kind.TRUTH_VALUE:
            told = (value.lower, value.upper, value.category)
            found[answer.question][answer.source].add(told)
    return {
        question: {source: frozenset(said) for source, said in sources.items()}
        for question, sources in found.items()
    }


def known_pairs(connection: Connection, sources: Iterable[str]) -> frozenset[Pair]:
    """Give the pairs of these sources of which it is stated that they are not independent.

    One draws on the other at any depth, or both on a third; a document's `draws_on` speaks
    for its source.
    """
    dependences = load_dependences(connection)
    if not dependences.draws_on:
        return frozenset()
    bases = {source: _basis(source, dependences) for source in set(sources)}
    return frozenset(
        frozenset((one, other))
        for one, other in combinations(sorted(bases), 2)
        if one in bases[other] or other in bases[one] or bases[one] & bases[other]
    )


def _basis(source: str, dependences: Dependences) -> frozenset[str]:
    """Name every source that this one, or a document of its, draws on."""
    own = [Node("document", id_) for id_, whose in dependences.sources.items() if whose == source]
    found = dependences.basis(Node("source", source), *own)
    owners = (dependences.sources.get(n.id) if n.kind == "document" else n.id for n in found)
    return frozenset(owner for owner in owners if owner is not None and owner != source)
