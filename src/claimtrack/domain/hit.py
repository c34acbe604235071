"""What a search finds: something with a name, or a statement, and the words that hold the hit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, of the kind `event`, `group`, `source`, `document` or `claim`.

    `texts` are what was searched of it: a title and a place, a name, a quote and the words of
    a value. `alone` says that everything asked for stands there as whole words. Of a claim
    there is a hit for each assertion that holds it.
    """

    kind: str
    id: str
    texts: tuple[str, ...]
    alone: bool
    assertion: str | None = None
    event: str | None = None
    document: str | None = None
    source: str | None = None
    published: str | None = None
