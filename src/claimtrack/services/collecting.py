"""Let Python look for circles of objects seldom, where very many objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 100_000
"""Objects made between two searches; Python's own 700 cost a sixth of the time of an import."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Search for unreachable circles each so many objects, and not among what is there already.

    Memory grows by a few megabytes at most: what is in no circle is given back at once. Within
    another such block nothing changes.
    """
    if gc.get_threshold()[0] == OBJECTS:
        yield
        return
    before = gc.get_threshold()
    # What is frozen wakes up among the oldest, unaccounted for: circles that are young now would
    # stay until a search of everything, which nothing would bring about.
    gc.collect(1)
    gc.freeze()
    gc.set_threshold(OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
