"""A world near to what is claimed, to steer by: whatever it satisfies is no conflict.

Every set that cannot hold has a claim in it that this world breaks, and what its claims
miss the world by adds up to more than nothing. So a search may begin at the broken claims
and turn back where the sum can no longer rise above nothing. Any world does, so nothing is
lost by a poor one but time. This one is fitted by scaling (Deming and Stephan, 1940): its
people are scaled up and down until they meet one bound after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from claimtrack.contradictions.cells import Cell, Cells, End
from claimtrack.contradictions.metric_ties import Atom
from claimtrack.domain.case import Days

SCALE = 1000
"""Parts of one person that a world counts in: whole numbers, so that sums are exact."""

_IN_A_STEP = 2000
"""Kinds of people that are scaled in the time of a step."""

_NEAR = 0.0005
_GOOD = 0.9
_SWEEPS, _FIRST_LOOK = 6000, 8
_WORTH = 0.9
_BEYOND = 1.3
"""How far beyond a bound people are scaled: a little too far arrives sooner."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A kind of person: counted in these metrics, of this group, since this day."""

    counted_as: Atom
    group: str | None
    since: Days | None


class ReferenceWorld:
    """Numbers of people of every kind, fitted to the strongest claims of cells."""

    def __init__(self, cells: Cells) -> None:
        """Begin with one person of every kind."""
        wanted = sorted({*cells.lowers, *cells.uppers}, key=str)
        people = _people(cells, wanted)
        self._inside = {
            cell: [at for at, person in enumerate(people) if _counts(cells, cell, person)]
            for cell in wanted
        }
        self._numbers = [1.0] * len(people)
        self._bounds: dict[End, int] = {(c, False): row[0][0] for c, row in cells.lowers.items()}
        self._bounds |= {(c, True): row[0][0] for c, row in cells.uppers.items()}

    def fit(
        self, ends: Collection[End], enough: int, step: Callable[[int], None]
    ) -> dict[End, int]:
        """Fit these ends anew; give by how much each misses the world, below 0 where it holds.

        Misses are in parts of `SCALE`. The fit is good enough where so many of the largest
        add up to less than one person, and ends where more work no longer betters it. `step`
        is told of the work.
        """
        rows = [(self._inside[cell], self._bounds[cell, up], up) for cell, up in ends]
        last, look = float("inf"), _FIRST_LOOK
        work = sum(len(inside) for inside, _, _ in rows) // _IN_A_STEP + 1
        for sweep in range(_SWEEPS):
            step(work)
            misses = [self._scale(*row) for row in rows]
            if sweep == look:
                missed = sum(sorted(misses, reverse=True)[:enough])
                if missed < _GOOD or missed > last * _WORTH:
                    break
                last, look = missed, 2 * look
        whole = [round(number * SCALE) for number in self._numbers]
        world = {cell: sum(whole[at] for at in inside) for cell, inside in self._inside.items()}
        return {
            (cell, is_upper): (world[cell] - bound * SCALE) * (1 if is_upper else -1)
            for (cell, is_upper), bound in self._bounds.items()
        }

    def _scale(self, inside: Sequence[int], bound: int, is_upper: bool) -> float:
        """Scale the people of a cell until a bound holds; tell how far they were from it."""
        numbers = self._numbers
        total = sum([numbers[at] for at in inside])
        miss = total - bound if is_upper else bound - total
        if miss <= _NEAR or total <= 0:
            return 0.0
        factor = (bound / total) ** _BEYOND
        for at in inside:
            numbers[at] *= factor
        return miss


def _people(cells: Cells, wanted: Sequence[Cell]) -> list[_Person]:
    ties = cells.numbers.ties
    atoms = {atom for question, _ in wanted for atom in ties.atoms(frozenset((question.metric,)))}
    groups = sorted({question.group for question, _ in wanted}, key=str)
    days = sorted({day for _, day in wanted}, key=str)
    return [
        _Person(atom, group, day)
        for atom in sorted(atoms, key=sorted)
        for group in groups
        for day in days
    ]


def _counts(cells: Cells, cell: Cell, person: _Person) -> bool:
    """Tell whether a person counts in a cell, in a world where whoever is counted stays so.

    Nobody is found again there and every part tells of its whole. That keeps all laws, as
    those of numbers that may fall are fewer.
    """
    question, day = cell
    inside = cells.numbers.ties.held_in
    if not any(m == question.metric or question.metric in inside(m) for m in person.counted_as):
        return False
    in_group = question.group == person.group or (
        question.group is not None
        and person.group is not None
        and question.group in cells.numbers.wholes(person.group)
    )
    return in_group and (day == person.since or _not_before(day, person.since))


def _not_before(day: Days | None, since: Days | None) -> bool:
    if day is None:
        return True
    return since is not None and None not in (since[1], day[0]) and since[1] <= day[0]  # type: ignore[operator]
