"""The work of the search for larger sets, counted in steps and found sets, never in seconds.

The searches are steered: by what cannot break any more, by a world near to the claims. Steered
otherwise they find the same sets, later. So their work is pinned: a figure that falls is a
better search and is written anew; one that rises wants a reason.
"""

from __future__ import annotations

import random

import pytest

from claimtrack.contradictions.cells import Cells
from claimtrack.contradictions.covered import search_covered
from claimtrack.contradictions.found_sets import FoundSets
from claimtrack.contradictions.packed import search_packed
from claimtrack.domain.case import Case, Claim, Groups, Question
from claimtrack.domain.value import Kind
from contradictions.cases import DAY, METRICS, value

PARTS = ("killed", "wounded", "captured", "missing")
UNITS = ("left", "middle", "right")
ARMY = Groups(
    {unit: frozenset({"army"}) for unit in UNITS} | {"guard": frozenset({"left"})},
    frozenset(frozenset({a, b}) for a in UNITS for b in UNITS if a != b),
)


def battle(seed: int, error: float, *, days: bool = False) -> list[Claim]:
    """Make claims on an army of three units and a guard, some of them wrong by `error`."""
    draw = random.Random(seed)
    truth = {unit: {part: draw.randint(0, 40) for part in PARTS} for unit in UNITS}
    truth["guard"] = {part: draw.randint(0, told) for part, told in truth["left"].items()}
    truth["army"] = {part: sum(truth[unit][part] for unit in UNITS) for part in PARTS}
    for told in truth.values():
        told["casualties"] = sum(told[part] for part in PARTS)
        told["force_size"] = told["casualties"] + draw.randint(0, 9)
    made = []
    for group, told in truth.items():
        for metric, exact in told.items():
            for _ in range(draw.randint(0, 2)):
                number = max(0, round(exact * draw.gauss(1, error)))
                span = draw.choice([(number, number), (number, None), (None, number)])
                day = DAY + draw.randint(0, 1) if days and draw.random() < 0.3 else None
                question = Question("battle", metric, group)
                said = value(Kind.COUNT, *span)
                on = None if day is None else (day, day + draw.randint(0, 1))
                made.append(Claim(f"c{len(made):03}", question, said, as_of=on))
    return made


def work(claims: list[Claim]) -> tuple[int, int, int]:
    """Count the steps of both searches, and the sets they found."""
    found = FoundSets(Cells.of(Case(claims, METRICS, ARMY)))
    steps = []
    parts = found.cells.parts()
    for search in (search_packed, search_covered):
        found.steps = 0
        for part in parts:
            found.cells = part
            search(found)
        steps.append(found.steps)
    return steps[0], steps[1], len(found.by_claims)


@pytest.mark.parametrize(
    ("seed", "error", "days", "packed", "covered", "sets"),
    [
        (0, 0.0, False, 16, 271, 0),
        (1, 0.0, False, 83, 153, 0),
        (2, 0.0, False, 154, 539, 0),
        (0, 0.03, False, 17, 104, 0),
        (1, 0.03, False, 83, 607, 2),
        (2, 0.03, False, 126, 321, 0),
        (0, 0.1, False, 27, 184, 3),
        (1, 0.1, False, 86, 822, 2),
        (2, 0.1, False, 101, 508, 0),
        (0, 0.3, False, 47, 568, 22),
        (1, 0.3, False, 188, 1298, 35),
        (2, 0.3, False, 73, 828, 4),
        (0, 0.0, True, 40, 1067, 0),
        (1, 0.0, True, 24, 157, 0),
        (2, 0.0, True, 48, 69, 0),
        (3, 0.0, True, 22, 50, 0),
        (0, 0.03, True, 41, 2087, 0),
        (1, 0.03, True, 24, 191, 0),
        (2, 0.03, True, 48, 176, 0),
        (3, 0.03, True, 22, 120, 0),
        (0, 0.1, True, 107, 3280, 21),
        (1, 0.1, True, 24, 159, 1),
        (2, 0.1, True, 43, 239, 0),
        (3, 0.1, True, 20, 126, 0),
        (0, 0.3, True, 193, 7932, 111),
        (1, 0.3, True, 19, 165, 1),
        (2, 0.3, True, 45, 412, 5),
        (3, 0.3, True, 9, 245, 0),
    ],
)
def test_the_work_of_the_search(
    seed: int, error: float, days: bool, packed: int, covered: int, sets: int
) -> None:
    """As many steps as were needed when the figures were written, and the same sets."""
    done = work(battle(seed, error, days=days))
    assert done == (packed, pytest.approx(covered, rel=0.005), sets)
