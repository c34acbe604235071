"""Search what was said, and the names and titles of who said it about what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.domain.folding import fold
from claimtrack.domain.hit import Hit
from claimtrack.errors import UsageError
from claimtrack.store import overview
from claimtrack.store import search as passages
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter

KINDS = tuple(passages.COLUMNS)
"""What can be searched, in the order of an answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """Some of what was found, and how much there is.

    `terms` are what was looked for, folded. `cut` names the kinds of which only the newest
    were looked at, so that there are at least `total`.
    """

    hits: Sequence[Hit]
    total: int
    cut: Sequence[str]
    terms: Sequence[str]


def search(
    where: str,
    texts: Sequence[str],
    *,
    kinds: Sequence[str] = (),
    events: Sequence[str] = (),
    known_by: int | None = None,
    limit: int,
    offset: int = 0,
) -> Found:
    """Find what holds every one of these texts, each as it stands.

    Case, accents and the width of blanks make no difference; no sign has a meaning of its own.
    With a day, documents published later and what they say are left out.
    Raises UsageError for an unknown kind, or a text in which nothing can be looked for.
    """
    terms = tuple(dict.fromkeys(fold(text) for text in texts))
    if not terms or not all(terms):
        raise UsageError("there is nothing to search for", "give some words: search 'three dead'")
    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"there is no kind '{kind}'", f"choose of {', '.join(KINDS)}")
    # A database counts no further, and there are never more.
    limit, offset = min(limit, 2**53), min(offset, 2**53)
    with reading(where) as connection:
        overview.check_names(connection, Filter(events=tuple(events)))
        found = passages.find(
            connection,
            terms,
            kinds=kinds,
            events=events,
            known_by=known_by,
            least=offset + limit + 1,
        )
        hits = passages.described(connection, found.rows[offset : offset + limit])
    return Found(hits, len(found.rows), found.cut, terms)
