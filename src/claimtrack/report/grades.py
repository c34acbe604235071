"""Grades as rows and JSON: each with its assessor and its day."""

from __future__ import annotations

from typing import Any

from claimtrack.domain.grade import Grade
from claimtrack.domain.testimony import OriginCount
from claimtrack.report.origins import count_data, count_words

COLUMNS = ("kind", "subject", "grade", "meaning", "assessor", "at", "why", "state")


def grade_row(grade: Grade, lost: OriginCount | None) -> tuple[object, ...]:
    """Give a grade as a row; what a file gave has no assessor."""
    return (
        grade.kind,
        grade.subject,
        grade.mark,
        grade.meaning,
        grade.who,
        grade.at,
        grade.why,
        _state(grade, lost),
    )


def _state(grade: Grade, lost: OriginCount | None) -> str:
    if grade.replaced:
        return "replaced"
    if grade.who is None:
        return "from the file"
    return "stands" if lost is None else f"no longer confirmed: {count_words(lost)}"


def grade_words(grade: Grade) -> str:
    """Tell a grade with whose it is; the mark speaks of its subject only."""
    whose = f"by {grade.who}, {(grade.at or '')[:10]}" if grade.who else "from the file"
    why = f": {grade.why}" if grade.why else ""
    scale = "reliability of" if grade.kind == "source" else "credibility of"
    return f"{scale} {grade.subject}: {grade.mark} ({grade.meaning}), {whose}{why}"


def grade_data(grade: Grade, lost: OriginCount | None) -> dict[str, Any]:
    """Give a grade as the JSON contract has it; `assessor` is null where a file gave it."""
    return {
        "kind": grade.kind,
        "subject": grade.subject,
        "grade": grade.mark,
        "meaning": grade.meaning,
        "assessor": grade.who,
        "at": grade.at,
        "why": grade.why,
        "replaced": grade.replaced,
        "lost_confirmation": None if lost is None else count_data(lost),
    }
