"""Questions with a known truth, and sources that answer from a stated model.

Each truth is log-uniform from 10 to 10,000. A source answers a question with the chance
`covers`; it has the exact truth with the chance `knows`, else the truth times a log-normal
error of a quarter of a decade, half of these rounded to one or two digits. A copier answers
only where its source does, with the chance `share`, and says the same; beside that it may
answer for itself.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from claimtrack.domain.case import Question

Said = dict[Question, dict[str, int]]


def make_world(
    seed: int,
    questions: int,
    knows: Sequence[float],
    covers: Sequence[float],
    copiers: Sequence[tuple[str, str, float]] = (),
) -> tuple[dict[Question, int], Said]:
    chance = random.Random(seed)
    truths, said = {}, {}
    for at in range(questions):
        question = Question(f"event-{at}", "killed", None)
        truth = round(10 ** chance.uniform(1, 4))
        told = {
            f"s{source}": _answer(chance, truth, known)
            for source, (known, covered) in enumerate(zip(knows, covers, strict=True))
            if chance.random() < covered
        }
        for copier, source, share in copiers:
            if source in told and chance.random() < share:
                told[copier] = told[source]
        truths[question], said[question] = truth, told
    return truths, said


def _answer(chance: random.Random, truth: int, knows: float) -> int:
    if chance.random() < knows:
        return truth
    number = max(1, round(truth * 10 ** chance.gauss(0, 0.25)))
    if chance.random() < 0.5:
        digit = 10 ** max(0, len(str(number)) - chance.choice((1, 2)))
        number = max(digit, round(number / digit) * digit)
    return number


def as_answers(said: Said) -> dict[Question, dict[str, frozenset[tuple[int, int, None]]]]:
    return {
        question: {source: frozenset({(n, n, None)}) for source, n in told.items()}
        for question, told in said.items()
    }
