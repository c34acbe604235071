"""Hold a source's numbers against those of the others, over all events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimtrack.domain.case import Question
from claimtrack.estimates.copying import are_tied
from claimtrack.estimates.track_record import TrackRecord, track_records
from claimtrack.services.suspecting import stated_bases, suspected_pairs
from claimtrack.store import overview
from claimtrack.store.answers import Names, load_answers, question_names, source_names
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter


@dataclass(frozen=True)
class ToldRecord:
    """A source's record: by metric and group, with the names of things.

    `left_out` names the sources that were not asked because they are not independent of it.
    """

    source: str
    name: str
    records: Sequence[TrackRecord]
    names: Mapping[Question, Names]
    left_out: tuple[str, ...]


def tell_track_record(
    where: str,
    source: str,
    *,
    metrics: Sequence[str] = (),
    groups: Sequence[str] = (),
    treat_suspected_as_dependent: bool = False,
    known_by: int | None = None,
) -> ToldRecord:
    """Compare a source with the others it shares questions with; names not there are refused."""
    with reading(where) as connection:
        filter_ = Filter(metrics=tuple(metrics), groups=tuple(groups), sources=(source,))
        overview.check_names(connection, filter_)
        answers = load_answers(connection, metrics=metrics, groups=groups, known_by=known_by)
        others = {answer.origin for answer in answers} - {source}
        bases = stated_bases(connection, {source, *others})
        dependent = {other for other in others if are_tied(bases, source, other)}
        if treat_suspected_as_dependent:
            pairs = suspected_pairs(connection, known_by)
            dependent |= {other for other in others if frozenset((source, other)) in pairs}
        names = question_names(connection, metrics=metrics, groups=groups)
        people = source_names(connection)
    return ToldRecord(
        source,
        people[source],
        track_records(answers, source, frozenset(dependent)),
        names,
        tuple(people[other] for other in sorted(dependent)),
    )
