"""What an id names, as text and as data: its fields, its grades, what people say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from claimtrack.domain.grade import Grade
from claimtrack.domain.record import Review
from claimtrack.domain.testimony import OriginCount
from claimtrack.report.grades import grade_data, grade_words
from claimtrack.report.reviews import review_lines, reviews_json


class Thing(Protocol):
    """What an id names, as the looking service gives it."""

    @property
    def kind(self) -> str:
        """Name its kind."""

    @property
    def id(self) -> str:
        """Give its id."""

    @property
    def fields(self) -> Sequence[tuple[str, object]]:
        """Give the fields it was imported with."""

    @property
    def reviews(self) -> Sequence[Review]:
        """Give what people say of it."""


class Graded(Protocol):
    """A grade, as the grading service gives it."""

    @property
    def grade(self) -> Grade:
        """Give the grade."""

    @property
    def count(self) -> OriginCount | None:
        """Count the origins of a confirmation that has lost them."""


def thing_text(thing: Thing, grades: Sequence[Graded]) -> str:
    """Tell a thing in a line a field, then its grades and reviews."""
    rows = [f"{thing.kind} {thing.id}"]
    for key, value in thing.fields:
        told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        rows.append(f"  {key.replace('_', ' ')}: {told}")
    # What the file gave is a field already.
    rows += [grade_words(one.grade) for one in grades if one.grade.who is not None]
    rows += review_lines(thing.reviews) if thing.reviews else []
    return "\n".join(rows) + "\n"


def thing_data(thing: Thing, grades: Sequence[Graded]) -> dict[str, Any]:
    """Give the same as data; only sources are graded and reviewed."""
    data: dict[str, Any] = {"type": thing.kind, **dict(thing.fields)}
    if thing.kind == "source":
        data["grades"] = [grade_data(one.grade, one.count) for one in grades]
        data["reviews"] = reviews_json(thing.reviews)
    return data
