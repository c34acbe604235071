"""Covered sets: whoever is counted in some numbers is counted as often in others.

Then the lower ends of the former together are no more than the upper ends of the latter: 100
casualties where at most 40 were killed, 30 wounded, none captured and none missing.

The search goes by laws ("casualties are no more than killed, wounded, captured and missing"),
then by the claims that break them. It begins at what a reference world breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.contradictions.cells import Bounded, Cell, End, Grid
from claimtrack.contradictions.found_sets import MAX_MEMBERS, FoundSets
from claimtrack.contradictions.metric_ties import Atom
from claimtrack.contradictions.reference import SCALE, ReferenceWorld

_PAIRS_IN_A_STEP = 20
"""Pairs of cells that are asked how they stand to each other in the time of a step."""

_CELLS_IN_A_STEP = 50
"""Cells that are tried as the next of a law in the time of a step."""

_Law = tuple[tuple[int, ...], tuple[int, ...]]
"""The cells of the one side, and those of the other that cover them, by their numbers."""


def search_covered(found: FoundSets) -> None:
    """Search the laws that the strongest claims of their cells break, then all that do."""
    if not found.cells.uppers:
        return
    found.step(len({*found.cells.lowers, *found.cells.uppers}) ** 2 // _PAIRS_IN_A_STEP)
    grid = Grid(found.cells)
    laws: dict[_Law, None] = {}
    try:
        for law in _laws(found, grid):
            laws.setdefault(law)
    finally:
        for lowers, uppers in laws:
            _break(found, [grid.cells[c] for c in lowers], [grid.cells[c] for c in uppers])


def _laws(found: FoundSets, grid: Grid) -> Iterator[_Law]:
    """Yield the broken laws with two covers and more.

    A law is broken by one person at least, so only where what its cells miss a world by adds
    up to one. The cell that misses it by most is a root in its turn; it is left out afterwards,
    as all laws that hold it have been found, and the world is fitted again to what is left.
    """
    cells = found.cells
    world = ReferenceWorld(cells)
    left = [(cell, False) for cell in cells.lowers] + [(cell, True) for cell in cells.uppers]
    left.sort(key=str)
    misses = world.fit(left, MAX_MEMBERS, found.step)
    while sum(_largest([misses[end] for end in left])) >= SCALE:
        root = max(left, key=lambda end: misses[end])
        left.remove(root)
        misses = world.fit(left, MAX_MEMBERS, found.step)
        yield from _Growth(found, grid, left, misses, root).laws()


def _largest(misses: Iterable[int]) -> list[int]:
    return sorted((miss for miss in misses if miss > 0), reverse=True)[:MAX_MEMBERS]


class _Growth:
    """The search for laws from one root outwards, in numbers of cells."""

    def __init__(
        self,
        found: FoundSets,
        grid: Grid,
        left: Sequence[End],
        misses: Mapping[End, int],
        root: End,
    ) -> None:
        cells = found.cells
        numbered = {cell: at for at, cell in enumerate(grid.cells)}
        self._grid, self._step = grid, found.step
        self._cost = 1 + len(grid.cells) // _CELLS_IN_A_STEP
        ends = {(numbered[cell], is_upper): (cell, is_upper) for cell, is_upper in (*left, root)}
        self._root = (numbered[root[0]], root[1])
        self._lows = {at: cells.lowers[e[0]][0][0] for (at, upper), e in ends.items() if not upper}
        self._ups = {at: cells.uppers[e[0]][0][0] for (at, upper), e in ends.items() if upper}
        self._missed = {end: misses[named] for end, named in ends.items()}
        self._strongest = max(self._lows.values(), default=0)
        self._most = max(0, *self._missed.values())

    def laws(self) -> Iterator[_Law]:
        """Yield laws: what is not covered gets a cover, then more is added."""
        at, is_upper = self._root
        seen: set[_Law] = set()
        waiting: list[_Law] = [((), (at,)) if is_upper else ((at,), ())]
        while waiting:
            law = waiting.pop()
            lowers, uppers = law
            room = MAX_MEMBERS - len(lowers) - len(uppers)
            excess = sum([self._lows[c] for c in lowers]) - sum([self._ups[c] for c in uppers])
            if law in seen or self._is_hopeless(law, excess, room):
                continue
            seen.add(law)
            self._step(self._cost)
            bare = self._grid.uncovered(lowers, uppers)
            if bare is None and excess > 0 and len(uppers) > 1:
                yield law
            if room > 0:
                waiting.extend(self._covered(law, *bare) if bare else self._enlarged(law))

    def _is_hopeless(self, law: _Law, excess: int, room: int) -> bool:
        """Tell whether no more cells can make this law broken."""
        if excess + room * self._strongest <= 0:
            return True
        missed = sum([self._missed[c, False] for c in law[0]])
        missed += sum([self._missed[c, True] for c in law[1]])
        return missed + room * self._most < SCALE

    def _covered(self, law: _Law, atom: Atom, whose: int) -> Iterator[_Law]:
        lowers, uppers = law
        for cover in self._ups:
            if cover not in lowers and self._grid.covers(cover, whose, atom):
                yield lowers, tuple(sorted((*uppers, cover)))

    def _enlarged(self, law: _Law) -> Iterator[_Law]:
        lowers, uppers = law
        for more in self._lows:
            apart = self._grid.apart[more]
            if more not in uppers and not all(apart >> cover & 1 for cover in uppers):
                yield tuple(sorted((*lowers, more))), uppers


def _break(found: FoundSets, lowers: Sequence[Cell], uppers: Sequence[Cell]) -> None:
    """Choose for each cell of a law a claim so that together they break it."""
    rows = [found.cells.lowers[c] for c in lowers] + [found.cells.uppers[c] for c in uppers]
    signs = [1] * len(lowers) + [-1] * len(uppers)
    best = [sign * row[0][0] for sign, row in zip(signs, rows, strict=True)]
    waiting: list[tuple[int, tuple[Bounded, ...]]] = [(0, ())]
    while waiting:
        total, chosen = waiting.pop()
        at = len(chosen)
        if at == len(rows):
            found.keep(chosen[: len(lowers)], chosen[len(lowers) :])
            continue
        rest = sum(best[at + 1 :])
        for bound, claim in rows[at]:
            gain = signs[at] * bound
            if total + gain + rest <= 0:
                break
            found.step()
            waiting.append((total + gain, (*chosen, (bound, claim))))
