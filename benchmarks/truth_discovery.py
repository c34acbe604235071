"""Compare the Gaussian truth model with the plain median and with the vote, truth known.

    python benchmarks/truth_discovery.py           prints the table
    python benchmarks/truth_discovery.py --write   writes it into docs/estimates.md

The worlds are made of a stated model (`WORLDS`), each with 20 seeds. The error of a method
on a question is |ln(estimate / truth)|; told is the mean over questions, as a factor.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, log1p, sqrt
from pathlib import Path
from statistics import mean, median

from claimtrack.domain.case import Question
from claimtrack.estimates.copying import find_suspects
from claimtrack.estimates.truth_discovery import learn, observe

PAGE = Path(__file__).resolve().parents[1] / "docs" / "estimates.md"
SEEDS = 20

Said = dict[Question, dict[str, int]]
Method = Callable[[Said], Mapping[Question, float]]


@dataclass(frozen=True)
class World:
    """A model: log-normal errors (`errors`, as standard deviations of the logarithm) of each
    source, `sides` their constant factors, `copiers` who says what another says, how often."""

    name: str
    questions: int
    errors: Sequence[float]
    sides: Sequence[float] = ()
    copiers: Sequence[tuple[int, float]] = ()
    covers: float = 0.7


GOOD_AND_BAD = (0.05, 0.05, 0.1, 0.4, 0.4, 0.6, 0.6)
WORLDS = (
    World("careful and careless sources, 200 questions", 200, GOOD_AND_BAD),
    World("the same, 20 questions", 20, GOOD_AND_BAD),
    World("the same, 5 questions", 5, GOOD_AND_BAD),
    World("all equally careful", 200, (0.3,) * 7),
    World("three copy one careless source", 200, GOOD_AND_BAD, copiers=((5, 0.9),) * 3),
    World("three copy one careful source", 200, GOOD_AND_BAD, copiers=((0, 0.9),) * 3),
    World(
        "four of seven precise, but all say half",
        200,
        (0.05, 0.05, 0.05, 0.05, 0.3, 0.3, 0.3),
        sides=(0.5, 0.5, 0.5, 0.5, 1, 1, 1),
    ),
    World(
        "two of seven precise, but both say half",
        200,
        (0.05, 0.05, 0.2, 0.2, 0.2, 0.2, 0.2),
        sides=(0.5, 0.5, 1, 1, 1, 1, 1),
    ),
)


def make(world: World, seed: int) -> tuple[dict[Question, int], Said]:
    chance = random.Random(seed)
    truths, said = {}, {}
    sides = world.sides or (1.0,) * len(world.errors)
    for at in range(world.questions):
        truth = round(10 ** chance.uniform(1, 4))
        told = {
            f"s{n}": max(1, round(truth * side * exp(chance.gauss(0, error))))
            for n, (error, side) in enumerate(zip(world.errors, sides, strict=True))
            if chance.random() < world.covers
        }
        for n, (copied, share) in enumerate(world.copiers):
            if f"s{copied}" in told and chance.random() < share:
                told[f"copier{n}"] = told[f"s{copied}"]
        if len(told) >= 3:
            question = Question(f"event-{at}", "killed", None)
            truths[question], said[question] = truth, told
    return truths, said


def by_vote(said: Said) -> dict[Question, float]:
    """The value most sources give; of several such, their median."""
    found = {}
    for question, told in said.items():
        votes = Counter(told.values())
        most = max(votes.values())
        found[question] = median(value for value, n in votes.items() if n == most)
    return found


def by_median(said: Said) -> dict[Question, float]:
    return {question: median(told.values()) for question, told in said.items()}


def by_model(said: Said) -> dict[Question, float]:
    return _model(said, frozenset())


def by_model_with_suspects(said: Said) -> dict[Question, float]:
    answers = {
        question: {source: frozenset({(n, n, None)}) for source, n in told.items()}
        for question, told in said.items()
    }
    return _model(said, frozenset(one.pair for one in find_suspects(answers).pairs))


def _model(said: Said, tied: frozenset[frozenset[str]]) -> dict[Question, float]:
    learned = learn(observe(_intervals(said), tied))
    return {question: exp(truth) - 1 for question, (truth, _) in learned.truths.items()}


def _intervals(said: Said) -> dict[Question, dict[str, tuple[int, int]]]:
    return {
        question: {source: (n, n) for source, n in told.items()} for question, told in said.items()
    }


METHODS: Mapping[str, Method] = {
    "vote": by_vote,
    "median": by_median,
    "truth discovery": by_model,
    "with suspected copiers as one": by_model_with_suspects,
}


def measure(world: World) -> dict[str, float]:
    """Give each method's mean error over all questions and seeds, as a factor."""
    errors: dict[str, list[float]] = {name: [] for name in METHODS}
    for seed in range(SEEDS):
        truths, said = make(world, seed)
        for name, method in METHODS.items():
            found = method(said)
            errors[name] += [abs(log1p(found[q]) - log(truth + 1)) for q, truth in truths.items()]
    return {name: exp(mean(values)) for name, values in errors.items()}


def covered(world: World) -> float:
    """Give the share of truths that lie in the model's 95 % range."""
    inside = total = 0
    for seed in range(SEEDS):
        truths, said = make(world, seed)
        learned = learn(observe(_intervals(said), frozenset()))
        for question, truth in truths.items():
            middle, variance = learned.truths[question]
            inside += abs(log1p(truth) - middle) <= 1.96 * sqrt(variance)
            total += 1
    return inside / total


def table() -> str:
    lines = [
        "| world | " + " | ".join(METHODS) + " | truth in the 95 % range |",
        "| --- |" + " ---: |" * (len(METHODS) + 1),
    ]
    for world in WORLDS:
        found = measure(world)
        best = min(round(value, 3) for value in found.values())
        cells = [
            f"**{value:.3f}**" if round(value, 3) == best else f"{value:.3f}"
            for value in found.values()
        ]
        lines.append(f"| {world.name} | " + " | ".join(cells) + f" | {covered(world):.0%} |")
    return "\n".join(lines)


def main() -> None:
    found = table()
    if "--write" not in sys.argv:
        print(found)
        return
    begin, end = "<!-- measured: begin -->", "<!-- measured: end -->"
    page = PAGE.read_text(encoding="utf-8")
    fresh = re.sub(f"{begin}.*?{end}", f"{begin}\n{found}\n{end}", page, flags=re.S)
    PAGE.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
