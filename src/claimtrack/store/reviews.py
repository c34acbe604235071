"""What people have said of a contradiction, an assertion or a source: rows that only grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.record import Review
from claimtrack.store import contradictions, journal, schema
from claimtrack.store.catalog import chunks

TABLES = {"assertion": schema.assertions, "source": schema.sources}
"""What can be reviewed and has a table of its own, by kind."""

SUBJECTS = ("contradiction", *TABLES)
"""The kinds of what can be reviewed."""


_PIECES = 10
"""Pieces of a list of subjects that are asked for one by one."""


def add(connection: sa.Connection, kind: str, subject: str, review: Review) -> None:
    """Add a review; those that stand there stay."""
    connection.execute(
        sa.insert(schema.reviews).values(
            subject_kind=kind,
            subject=subject,
            status=review.status,
            who=review.who,
            at=review.at,
            why=review.why,
        )
    )
    said = {"who": review.who, "at": review.at, "why": review.why}
    journal.judged(connection, "reviewed", (kind, subject), mark=review.status, **said)


def reviews_of(
    connection: sa.Connection, kind: str, subjects: Sequence[str]
) -> dict[str, tuple[Review, ...]]:
    """List the reviews of each subject, oldest first, those replaced later among them."""
    table = schema.reviews
    query = (
        sa.select(table.c.subject, table.c.status, table.c.who, table.c.at, table.c.why)
        .where(table.c.subject_kind == kind)
        .order_by(table.c.id)
    )
    found: dict[str, list[Review]] = defaultdict(list)
    # People review few of very many: then all reviews are fewer than the pieces to ask for.
    asked = [table.c.subject.in_(piece) for piece in chunks(subjects)]
    for condition in asked if len(asked) < _PIECES else [sa.true()]:
        for subject, status, who, at, why in connection.execute(query.where(condition)):
            found[subject].append(Review(status, who, at, why))
    return {subject: tuple(found[subject]) for subject in subjects if subject in found}


def statuses(kind: str) -> sa.Select[Any]:
    """Give subject and status of all that someone decided on; the rest is open.

    The last word of each person counts, and `open` takes one's own word back. Where the
    words that are left differ, the status is `disputed`: nobody outvotes anybody. The
    same rule as `claimtrack.domain.record.status_of`, for a search of the database.
    """
    table, later = schema.reviews, schema.reviews.alias("later")
    replaced = sa.exists().where(
        later.c.subject_kind == table.c.subject_kind,
        later.c.subject == table.c.subject,
        later.c.who == table.c.who,
        later.c.id > table.c.id,
    )
    differ = sa.func.min(table.c.status) != sa.func.max(table.c.status)
    return (
        sa.select(
            table.c.subject,
            sa.case((differ, "disputed"), else_=sa.func.min(table.c.status)).label("status"),
        )
        .where(table.c.subject_kind == kind, table.c.status != "open", ~replaced)
        .group_by(table.c.subject)
    )


def kinds_named(connection: sa.Connection, name: str) -> list[str]:
    """List the kinds of which something has exactly this id."""
    found = [
        kind
        for kind, table in TABLES.items()
        if connection.scalar(sa.select(table.c.id).where(table.c.slug == name)) is not None
    ]
    return ["contradiction", *found] if contradictions.is_there(connection, name) else found
