"""So many entries at a time, sorted out: the memory that an import of any size needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, starmap
from typing import NamedTuple

from claimtrack.ingest.item import Item, Told
from claimtrack.ingest.places import Problem
from claimtrack.ingest.stating import Stated

SIZE = 5_000
"""Entries and problems in a chunk."""


Claim = Item | Told | Stated
"""A claim entry, looked into or not."""


class Chunk(NamedTuple):
    """What cannot be read, definitions, and claims: as entries, by their text, or as they state."""

    problems: Sequence[Problem]
    definitions: Sequence[Item]
    claims: Sequence[Claim]


def chunks_of(found: Iterable[Item | Problem]) -> Iterator[Chunk]:
    """Sort out what is found, so much at a time."""
    return starmap(Chunk, sorted_out(found))


def sorted_out(
    found: Iterable[Item | Problem],
) -> Iterator[tuple[list[Problem], list[Item], list[Item]]]:
    """Give the problems, definitions and claims of each chunk."""
    stream = iter(found)
    while some := list(islice(stream, SIZE)):
        items = [each for each in some if isinstance(each, Item)]
        yield (
            [each for each in some if isinstance(each, Problem)],
            [item for item in items if item.type != "claim"],
            [item for item in items if item.type == "claim"],
        )
