"""Tell the story of one entry, or list the batches."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.domain.happening import Happening
from claimtrack.errors import UnknownId
from claimtrack.store import contradictions, journal, overview, story
from claimtrack.store.engine import reading


def tell(where: str, name: str) -> list[Happening]:
    """Tell what was done to what has this id, oldest first.

    A contradiction may be named by the beginning of its id. Raises UnknownId for an id that
    nothing has and nothing ever had.
    """
    with reading(where) as connection:
        subjects = story.subjects_named(connection, name)
        if not subjects and name:
            begun = contradictions.names_starting_with(connection, name)
            if len(begun) == 1:
                subjects = story.subjects_named(connection, begun[0])
        if not subjects:
            near = overview.nearest_of_all(connection, name)
            hint = f"did you mean '{near}'?" if near else "`claimtrack history` lists the batches"
            raise UnknownId(f"nothing has the id '{name}'", hint)
        return story.story(connection, subjects)


def list_batches(where: str) -> Sequence[journal.Batch]:
    """List the batches, newest first."""
    with reading(where) as connection:
        return journal.list_batches(connection)
