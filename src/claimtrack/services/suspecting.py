"""Find the sources that agree more often than independent ones would; accuse nobody silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.domain.answer import Answer
from claimtrack.domain.case import Question
from claimtrack.domain.testimony import Node
from claimtrack.domain.value import Kind
from claimtrack.estimates.copying import Answers, Bases, Pair, Suspects, Told, find_suspects
from claimtrack.store import overview
from claimtrack.store.answers import load_answers, source_names
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter
from claimtrack.store.testimonies import load_dependences

if TYPE_CHECKING:
    from claimtrack.store.overview import Connection


@dataclass(frozen=True)
class Suspicions:
    """What was found, and everybody's name."""

    suspects: Suspects
    names: Mapping[str, str]

    @property
    def known(self) -> tuple[tuple[str, str], ...]:
        """Give the pairs that share enough to be tested, and are stated to depend."""
        return self.suspects.known


def find_suspicions(
    where: str,
    *,
    events: Sequence[str] = (),
    metrics: Sequence[str] = (),
    known_by: int | None = None,
) -> Suspicions:
    """Test the pairs of sources on the questions that pass; names not there are refused."""
    with reading(where) as connection:
        overview.check_names(connection, Filter(events=tuple(events), metrics=tuple(metrics)))
        answers = load_answers(connection, events=events, metrics=metrics, known_by=known_by)
        bases = stated_bases(connection, (answer.source for answer in answers))
        names = source_names(connection)
    return Suspicions(find_suspects(own_answers(answers), bases), names)


def suspected_pairs(connection: Connection, known_by: int | None = None) -> frozenset[Pair]:
    """Give the pairs of sources that are suspected, tested on all there is, or was by a day."""
    answers = load_answers(connection, known_by=known_by)
    bases = stated_bases(connection, (answer.source for answer in answers))
    return frozenset(c.pair for c in find_suspects(own_answers(answers), bases).pairs)


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


def stated_bases(connection: Connection, sources: Iterable[str]) -> Bases:
    """Give all that each of these sources is stated to draw on, at any depth.

    A document's `draws_on` speaks for its source. Who draws on nobody is left out.
    """
    dependences = load_dependences(connection)
    own: dict[str, list[Node]] = defaultdict(list)
    for id_, source in dependences.sources.items():
        own[source].append(Node("document", id_))
    found = {}
    for source in sorted(set(sources)) if dependences.draws_on else ():
        basis = dependences.basis(Node("source", source), *own[source])
        others = {n.id if n.kind == "source" else dependences.sources[n.id] for n in basis}
        if others := others - {source}:
            found[source] = frozenset(others)
    return found
