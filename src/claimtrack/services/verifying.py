"""Verify a database: its file, its history, what is made from content, what was concluded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from itertools import islice

import sqlalchemy as sa

from claimtrack.domain.verification import Check, Verified
from claimtrack.services.concluding import Anew, find_anew
from claimtrack.store import contested, ledger, search, soundness, structure
from claimtrack.store.cases import all_events
from claimtrack.store.engine import reading
from claimtrack.store.entry_faults import entry_faults
from claimtrack.store.location import without_password
from claimtrack.store.schema import SCHEMA_VERSION

NAMED = 10
"""Faults of a check that are named; the rest is counted by saying that there are more."""

REMEDY = "restore a backup; `claimtrack history` tells what was done since it was made"

Progress = Callable[[int], None]


def verify(
    where: str, *, expect: str | None = None, progress: Progress = lambda count: None
) -> Verified:
    """Verify a database without changing it.

    `expect` is a newest digest noted down earlier: it has to stand in the history, so that
    rows cut off at the end show. Raises DatabaseError for what is no database of this
    release or too damaged to be opened; other damage gives checks that fail.
    """
    with reading(where) as connection:
        checks = [_file(connection)]
        if not checks[0].passed:
            return Verified(without_password(where), tuple(checks), "", {})
        checks.append(
            _check(
                connection,
                "references",
                "every reference leads to a row",
                lambda: soundness.reference_faults(connection),
            )
        )
        checks.append(
            _check(
                connection,
                "schema",
                f"tables, columns, rules and indexes are those of this release ({SCHEMA_VERSION})",
                lambda: structure.faults(connection),
            )
        )
        history = ledger.Ledger()
        checks += _history(connection, history, expect)
        checks.append(
            _check(
                connection,
                "content",
                "every claim's id is the digest of what it says, every row says what"
                " its entry says",
                lambda: _content(connection),
            )
        )
        checks.append(
            _check(
                connection,
                "contradictions",
                "the stored contradictions are those found anew",
                lambda: _contradictions(connection, progress),
            )
        )
        checks.append(
            _check(
                connection,
                "search",
                "what is searched is what the rows say, and its index is complete",
                lambda: search.faults(connection),
            )
        )
        return Verified(
            without_password(where), tuple(checks), history.head, soundness.counts(connection)
        )


def _file(connection: sa.Connection) -> Check:
    def ask() -> Iterator[str]:
        try:
            yield from soundness.file_faults(connection)
        except sa.exc.DBAPIError as error:
            yield str(error.orig)

    return _check(connection, "file", "the database finds its own file whole", ask)


def _check(
    connection: sa.Connection, name: str, said: str, ask: Callable[[], Iterable[str]]
) -> Check:
    """Ask; what cannot even be asked is a fault of what is stored."""
    faults: list[str] = []
    server = connection.dialect.name == "postgresql"
    try:
        # A server answers nothing more after a fault, but what is asked after a savepoint.
        with connection.begin_nested() if server else nullcontext():
            for fault in islice(ask(), NAMED + 1):
                faults.append(fault)
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:
        faults.append(f"what is stored cannot be read ({type(error).__name__}: {error})")
    except sa.exc.DBAPIError as error:
        faults.append(f"the database answered: {error.orig}")
    except sa.exc.SQLAlchemyError as error:
        faults.append(f"what is stored cannot be read ({error})")
    return Check(name, said, tuple(faults[:NAMED]), len(faults) > NAMED)


def _history(
    connection: sa.Connection, history: ledger.Ledger, expect: str | None
) -> Iterator[Check]:
    chain = _check(connection, "history", "", lambda: ledger.read_history(connection, history))
    said = f"the history is one unbroken chain of {history.rows:,} rows"
    yield replace(chain, said=said)
    if expect is not None:
        yield _check(
            connection,
            "expected",
            "the digest noted down stands in the history",
            lambda: () if ledger.has_digest(connection, expect) else [_not_there(expect)],
        )
    yield _check(
        connection,
        "entries",
        "entries, batches, reviews and grades are those that the history tells of",
        lambda: ledger.missing_or_altered(connection, history),
    )


def _not_there(expect: str) -> str:
    return f"no row has the digest {expect}: the history was cut off, rewritten, or is another's"


def _content(connection: sa.Connection) -> Iterator[str]:
    yield from soundness.claim_faults(connection)
    yield from entry_faults(connection)


def _contradictions(connection: sa.Connection, progress: Progress) -> Iterator[str]:
    for anew in find_anew(connection, list(all_events(connection))):
        yield from _questions(connection, anew)
        for event, _, found, stopped in anew.others:
            stored, limit = soundness.kept_contradictions(connection, event)
            now = set(found)
            for row in sorted(stored - now, key=lambda row: row.slug):
                yield f"contradiction '{row.slug}' is stored, but not so found anew"
            for row in sorted(now - stored, key=lambda row: row.slug):
                yield f"contradiction '{row.slug}' is found anew, but not so stored"
            if limit != stopped:
                yield "the sentence of a search that met its limit is not that of a new search"
        progress(len(anew.events))


def _questions(connection: sa.Connection, anew: Anew) -> Iterator[str]:
    stored = contested.kept_questions(connection, anew.events)
    for row in sorted(stored.keys() | anew.kept.keys()):
        if stored.get(row) != anew.kept.get(row):
            metric, group = anew.questions[row].number if row in anew.questions else ("none", None)
            what = f"question {row} ({metric}, {group or 'of the event itself'})"
            yield f"what is stored of the contradictions on {what} is not what is found anew"
    counted = contested.kept_origins(connection, anew.events)
    for claim in sorted(counted.keys() | anew.origins.keys()):
        if counted.get(claim) != anew.origins.get(claim):
            yield f"the number of origins of the claim in row {claim} is not that counted anew"
