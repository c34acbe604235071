"""Grade sources and claims; confirmed is only what two certain independent origins say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimtrack.domain.grade import (
    CONFIRMED,
    CONFIRMING_ORIGINS,
    CREDIBILITY,
    RELIABILITY,
    Grade,
)
from claimtrack.domain.testimony import OriginCount
from claimtrack.errors import ClaimtrackError, UnknownId, UsageError
from claimtrack.report.origins import count_words, why
from claimtrack.services.looking import find_claims
from claimtrack.services.tracing import origin_counts
from claimtrack.store import catalog, grades, journal, overview
from claimtrack.store.engine import reading, writing


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade as it is to be shown: `count` where a confirmation has lost its origins."""

    grade: Grade
    count: OriginCount | None = None


class NotConfirmed(ClaimtrackError):
    """Credibility 1 asked for a claim without two certain independent origins."""

    def __init__(self, claim: str, count: OriginCount) -> None:
        """Say how many origins there are, and which."""
        origins = "; ".join(f"{origin.name} {why(origin)}" for origin in count.origins)
        super().__init__(
            f"credibility 1 says that other sources confirm it, but {claim} has"
            f" {count_words(count)}: {CONFIRMING_ORIGINS} certain ones are needed",
            f"{origins or 'nobody reports it'}; give 2 at most, or enter who else says it",
        )


def grade(
    where: str,
    name: str,
    *,
    reliability: str | None = None,
    credibility: str | None = None,
    reason: str,
    who: str | None = None,
) -> Grade:
    """Grade a source by reliability (A to F) or a claim by credibility (1 to 6).

    The grade is the assessor's own: it stands beside those of others and takes the place
    of an earlier one of the same assessor, which stays in the record. It speaks of this
    source or claim only, never of those whose word it passes on.
    """
    if (reliability is None) is (credibility is None):
        raise UsageError(
            "a source takes --reliability, a claim --credibility", "give one of the two"
        )
    if not reason.strip():
        raise UsageError("a grade needs its reason", "say --why in a sentence")
    signed = journal.who() if who is None else who.strip()
    if not signed:
        raise UsageError("a grade needs an assessor", "say --who, or leave it out")
    if reliability is not None:
        mark = _mark(reliability.upper(), RELIABILITY, "reliability")
        given = Grade("source", _source(where, name), mark, signed, journal.now(), reason)
    else:
        mark = _mark(credibility or "", CREDIBILITY, "credibility")
        claim = find_claims(where, [name])[0].id
        given = Grade("claim", claim, mark, signed, journal.now(), reason)
    with writing(where) as connection:
        if given.kind == "claim" and mark == CONFIRMED:
            count = origin_counts(connection, [given.subject])[given.subject]
            if count.least < CONFIRMING_ORIGINS:
                raise NotConfirmed(given.subject, count)
        grades.add_grade(connection, given)
    return given


def _mark(given: str, scale: Mapping[str, str], what: str) -> str:
    if given not in scale:
        told = ", ".join(f"{mark} {meaning}" for mark, meaning in scale.items())
        raise UsageError(f"there is no {what} '{given}'", f"choose one of: {told}")
    return given


def _source(where: str, name: str) -> str:
    with reading(where) as connection:
        if name in catalog.all_ids(connection, "source"):
            return name
        near = overview.nearest(connection, catalog.TABLES["source"], name)
    hint = f"did you mean '{near}'?" if near else "`claimtrack list-sources` shows the ids"
    raise UnknownId(f"there is no source '{name}'", hint)


def list_grades(where: str, name: str | None = None, *, replaced: bool = False) -> list[Graded]:
    """List grades, of one source or claim or of all; those replaced only where asked for.

    A confirmation whose claim has lost its second certain origin since is shown with the
    count of today.
    """
    subject = None if name is None else _subject(where, name)
    with reading(where) as connection:
        source = subject[1] if subject and subject[0] == "source" else None
        from_files: Sequence[Grade] = ()
        if subject is None or source is not None:
            from_files = grades.grades_given_by_files(connection, source)
        given = [
            grade
            for grade in grades.load_grades(connection, subject)
            if replaced or not grade.replaced
        ]
        confirmed = [g.subject for g in given if g.kind == "claim" and g.mark == CONFIRMED]
        counts = origin_counts(connection, confirmed) if confirmed else {}
    lost = {claim: c for claim, c in counts.items() if c.least < CONFIRMING_ORIGINS}
    return [
        Graded(one, lost.get(one.subject) if one.mark == CONFIRMED else None)
        for one in (*from_files, *given)
    ]


def _subject(where: str, name: str) -> tuple[str, str]:
    with reading(where) as connection:
        if name in catalog.all_ids(connection, "source"):
            return "source", name
    return "claim", find_claims(where, [name])[0].id
