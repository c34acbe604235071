"""Trace claims to their origins: the tree of who has it from whom, the count, the errors."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.domain.testimony import OriginCount, RecordError, Stop
from claimtrack.origins.counting import Pairs, count_certain, count_in
from claimtrack.origins.following import Record
from claimtrack.origins.record_errors import record_errors
from claimtrack.origins.ways import way_of
from claimtrack.services.looking import find_claims
from claimtrack.store import overview
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter
from claimtrack.store.testimonies import Loaded, load_testimonies


@dataclass(frozen=True)
class Counter:
    """Count origins of claims, alone or together, in what was loaded for them once."""

    loaded: Loaded
    also_dependent: Pairs = frozenset()
    _record: Record = field(init=False)

    def __post_init__(self) -> None:
        record = Record.of(self.loaded.known, self.loaded.dependences)
        object.__setattr__(self, "_record", record)

    def count(
        self,
        claims: Iterable[str],
        *,
        without: str | None = None,
        among: Container[str] | None = None,
    ) -> OriginCount:
        """Count the origins of all reports of these claims.

        `without` leaves one origin out; `among` are the only assertions that count.
        """
        reports = [one for claim in claims for one in self.loaded.by_claim.get(claim, ())]
        if among is not None:
            reports = [one for one in reports if one.id in among]
        if without is not None:
            reports = [one for one in reports if self._record.end_of(one).key != without]
        return count_in(self._record, reports, also_dependent=self.also_dependent)

    def with_several(self) -> set[str]:
        """Give the claims with more reports than one that stand."""
        return {claim for claim, reports in self.loaded.by_claim.items() if len(reports) > 1}

    def least(self, claim: str) -> int:
        """Count the certain origins of a claim, for a part of what the whole count costs."""
        return count_certain(self._record, self.loaded.by_claim.get(claim, ()))

    @property
    def record(self) -> Record:
        """Give the record, to follow single reports."""
        return self._record


def make_counter(
    connection: sa.Connection,
    claims: Sequence[str] | None = None,
    *,
    events: Sequence[str] | None = None,
    also_dependent: Pairs = frozenset(),
    known_by: int | None = None,
) -> Counter:
    """Load what counting these claims needs: a few queries, however many counts follow."""
    loaded = load_testimonies(connection, claims=claims, events=events, known_by=known_by)
    return Counter(loaded, also_dependent)


def origin_counts(
    connection: sa.Connection, claims: Sequence[str], *, also_dependent: Pairs = frozenset()
) -> dict[str, OriginCount]:
    """Count the reports and independent origins of each of these claims."""
    counter = make_counter(connection, claims, also_dependent=also_dependent)
    return {claim: counter.count([claim]) for claim in claims}


def side_counts(
    where: str, found: Iterable[ContradictionRecord], known_by: int | None = None
) -> dict[str, OriginCount]:
    """Count the independent origins of every claim that stands in these contradictions."""
    claims = list(dict.fromkeys(claim.id for record in found for claim in record.claims))
    with reading(where) as connection:
        counter = make_counter(connection, claims, known_by=known_by)
    return {claim: counter.count([claim]) for claim in claims}


@dataclass(frozen=True)
class Traced:
    """A claim, the way of each of its reports to the origin, the count, and what is wrong."""

    claim: ClaimRecord
    ways: Sequence[tuple[Stop, ...]]
    count: OriginCount
    errors: Sequence[RecordError]


def trace(
    where: str, name: str, *, also_dependent: Pairs = frozenset(), known_by: int | None = None
) -> Traced:
    """Trace a claim from every report of it that stands, or stood by a day, to its origins."""
    claim = find_claims(where, [name], known_by)[0]
    with reading(where) as connection:
        counter = make_counter(
            connection, [claim.id], also_dependent=also_dependent, known_by=known_by
        )
    reports = counter.loaded.by_claim.get(claim.id, [])
    errors = record_errors(reports, counter.loaded.dependences, known=counter.loaded.known)
    on_the_way = {id_ for one in reports for id_ in counter.record.end_of(one).route}
    mine = [error for error in errors if error.place in on_the_way]
    ways = [way_of(one, counter.record) for one in reports]
    return Traced(claim, ways, counter.count([claim.id]), mine)


def find_record_errors(where: str, filter_: Filter) -> list[RecordError]:
    """List the errors of the record, everywhere or in the reports on some events."""
    with reading(where) as connection:
        overview.check_names(connection, filter_)
        loaded = load_testimonies(
            connection, events=filter_.events or None, known_by=filter_.known_by
        )
    reports = [one for several in loaded.by_claim.values() for one in several]
    return record_errors(reports, loaded.dependences, known=loaded.known)
