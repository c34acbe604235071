"""Grades as they were given: rows are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from claimtrack.domain.grade import Grade
from claimtrack.store import journal, schema


def add_grade(connection: sa.Connection, grade: Grade) -> None:
    """Add a grade; an earlier one of the same assessor stays beside it."""
    connection.execute(
        sa.insert(schema.grades).values(
            subject_kind=grade.kind,
            subject=grade.subject,
            reliability=grade.mark if grade.kind == "source" else None,
            credibility=grade.mark if grade.kind == "claim" else None,
            who=grade.who,
            at=grade.at,
            why=grade.why,
        )
    )
    journal.judged(
        connection,
        "graded",
        (grade.kind, grade.subject),
        mark=grade.mark,
        who=str(grade.who),
        at=str(grade.at),
        why=grade.why,
    )


def load_grades(connection: sa.Connection, subject: tuple[str, str] | None = None) -> list[Grade]:
    """List the grades of a subject (its kind and id), or all, in the order they were given."""
    g = schema.grades.c
    query = sa.select(g.subject_kind, g.subject, g.reliability, g.credibility, g.who, g.at, g.why)
    if subject is not None:
        query = query.where(g.subject_kind == subject[0], g.subject == subject[1])
    rows = connection.execute(query.order_by(g.id)).all()
    newest = {(row.subject_kind, row.subject, row.who): at for at, row in enumerate(rows)}
    return [
        Grade(
            kind=row.subject_kind,
            subject=row.subject,
            mark=row.reliability or row.credibility,
            who=row.who,
            at=row.at,
            why=row.why,
            replaced=newest[row.subject_kind, row.subject, row.who] != at,
        )
        for at, row in enumerate(rows)
    ]


def grades_given_by_files(connection: sa.Connection, source: str | None = None) -> Sequence[Grade]:
    """List the reliability that import files gave to sources: no assessor has signed it."""
    s, b = schema.sources, schema.batches
    query = (
        sa.select(s.c.slug, s.c.reliability, b.c.created_at)
        .outerjoin_from(s, b, b.c.id == s.c.batch_id)
        .where(s.c.reliability.is_not(None))
        .order_by(s.c.slug)
    )
    if source is not None:
        query = query.where(s.c.slug == source)
    return [
        Grade("source", row.slug, row.reliability, None, row.created_at, "given by the file")
        for row in connection.execute(query)
    ]
