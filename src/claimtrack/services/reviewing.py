"""Take a person's judgement on a contradiction, an assertion or a source, and keep it."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.domain.record import Review, status_of
from claimtrack.errors import UnknownId, UsageError
from claimtrack.store import contradictions, journal, overview, reviews
from claimtrack.store.engine import writing

STATUSES = ("open", "confirmed", "dismissed", "explained")
"""What a person can say: `open` takes one's own earlier word back."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A subject with all that people have said of it, oldest first."""

    kind: str
    subject: str
    reviews: tuple[Review, ...]

    @property
    def status(self) -> str:
        """Say how the voices stand together."""
        return status_of(self.reviews)


def review(
    where: str, name: str, *, status: str, why: str, who: str | None = None, kind: str | None = None
) -> Reviewed:
    """Add a review of what a name means and give all of its reviews.

    A name is an id or, for a contradiction, the beginning of one. Nothing is deleted and
    nothing is recomputed: a review is beside the record, not in it. Raises UsageError for
    a status that is none or a reason left out, UnknownId for a name of nothing or of two.
    """
    who = journal.who() if who is None else who.strip()
    if status not in STATUSES:
        raise UsageError(f"there is no status '{status}'", f"choose one of {', '.join(STATUSES)}")
    if kind is not None and kind not in reviews.SUBJECTS:
        raise UsageError(
            f"there is no kind '{kind}' to review", f"choose one of {', '.join(reviews.SUBJECTS)}"
        )
    if not why.strip() or not who:
        missing = "a reason" if who else "a name"
        raise UsageError(f"a review needs {missing}", "say why with --why, and who with --who")
    with writing(where) as connection:
        kind, subject = _find(connection, name, kind)
        reviews.add(connection, kind, subject, Review(status, who, journal.now(), why.strip()))
        said = reviews.reviews_of(connection, kind, [subject])[subject]
    return Reviewed(kind, subject, said)


def _find(connection: overview.Connection, name: str, wanted: str | None) -> tuple[str, str]:
    kinds = [k for k in reviews.kinds_named(connection, name) if wanted in (None, k)]
    if len(kinds) > 1:
        raise UnknownId(
            f"'{name}' names several things ({', '.join(kinds)})",
            f"say which with --kind {kinds[0]}",
        )
    if kinds:
        return kinds[0], name
    begun: list[str] = []
    if name and wanted in (None, "contradiction"):
        begun = contradictions.names_starting_with(connection, name)
    if len(begun) == 1:
        return "contradiction", begun[0]
    if begun:
        raise UnknownId(
            f"'{name}' begins several contradictions", f"go on with one of {', '.join(begun)}"
        )
    what = wanted or "contradiction, assertion or source"
    hint = overview.hint_of(connection, name, "`claimtrack contradictions` shows the ids")
    raise UnknownId(f"there is no {what} '{name}'", hint)
