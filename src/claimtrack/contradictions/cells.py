"""The cells of a case: a number as of a day, with the claims that bound it from either side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from claimtrack.contradictions.metric_ties import Atom
from claimtrack.contradictions.numbers import Numbers
from claimtrack.domain.bounds import allowed, upper_reaches_back
from claimtrack.domain.case import Case, Claim, Days, Question
from claimtrack.domain.value import Kind

Cell = tuple[Question, Days | None]
Bounded = tuple[int, Claim]
"""A claim with the end of it that is looked at."""

End = tuple[Cell, bool]
"""One side of a cell: its lower ends, or (true) its upper ends."""

_KINDS = (Kind.COUNT, Kind.DURATION, Kind.DISTANCE)


@dataclass
class Cells:
    """For each cell its claims by the end that they bound, the strongest first.

    A lower end of nothing says nothing and is left out.
    """

    numbers: Numbers
    lowers: dict[Cell, list[Bounded]] = field(default_factory=dict)
    uppers: dict[Cell, list[Bounded]] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case) -> Cells:
        """Sort the claims on counts, durations and distances into cells."""
        lowers: dict[Cell, list[Bounded]] = defaultdict(list)
        uppers: dict[Cell, list[Bounded]] = defaultdict(list)
        for claim in case.claims:
            span = allowed(claim) if case.kind(claim.question) in _KINDS else None
            if span is None:
                continue
            if span[0] is not None and span[0] > 0:
                lowers[claim.question, claim.as_of].append((span[0], claim))
            if span[1] is not None:
                uppers[claim.question, claim.as_of].append((span[1], claim))
        return cls(
            Numbers.of(case),
            {c: sorted(rows, key=lambda row: (-row[0], row[1].id)) for c, rows in lowers.items()},
            {c: sorted(rows, key=lambda row: (row[0], row[1].id)) for c, rows in uppers.items()},
        )

    def parts(self) -> list[Cells]:
        """Cut the cells where none of one part covers one of another: no law reaches across.

        Whoever covers a number counts its group or one that holds it, by a metric that may be
        told of the same person. So a law over two parts is a law of each, and one of these is
        broken where both together are. Parts of fewer than three ends are left out: they
        hold no set of three.
        """
        lowers, uppers = ([question for question, _ in side] for side in (self.lowers, self.uppers))
        place = _places(self.numbers, lowers, uppers)
        found: dict[Hashable, Cells] = {}
        for side in ("lowers", "uppers"):
            for cell, rows in getattr(self, side).items():
                part = found.setdefault(place(cell[0]), Cells(self.numbers))
                getattr(part, side)[cell] = rows
        return [part for part in found.values() if len(part.lowers) + len(part.uppers) > 2]


def bind_each_other(numbers: Numbers, asked: Iterable[tuple[str, str | None]]) -> bool:
    """Tell whether one of these numbers of an event may bind another, whatever is claimed of them.

    They are given by metric and group. Where none may, no rule finds anything across them.
    """
    questions = {Question("", metric, group) for metric, group in asked}
    if any(outer in questions for one in questions for outer, _ in numbers.never_below(one)):
        return True
    return len(set(map(_places(numbers, questions, questions), questions))) < len(questions)


def _places(
    numbers: Numbers, lowers: Collection[Question], uppers: Collection[Question]
) -> Callable[[Question], Hashable]:
    """Give a function that names the part in which a question is, as `Cells.parts` cuts them."""
    leader: dict[Hashable, Hashable] = {}
    for question in (*lowers, *uppers):
        for whole in numbers.wholes(question.group) if question.group else ():
            _join(leader, question.group, whole)
    metrics = {(_lead(leader, question.group), question.metric) for question in uppers}
    for question in lowers:
        group = _lead(leader, question.group)
        for wider in numbers.ties.may_be(question.metric):
            if (group, wider) in metrics:
                _join(leader, (group, question.metric), (group, wider))
    return lambda question: _lead(leader, (_lead(leader, question.group), question.metric))


def _lead(leader: dict[Hashable, Hashable], one: Hashable) -> Hashable:
    """Name the one that stands for all that it was joined with."""
    while (above := leader.get(one, one)) != one:
        one = above
    return one


def _join(leader: dict[Hashable, Hashable], one: Hashable, other: Hashable) -> None:
    leader[_lead(leader, other)] = _lead(leader, one)


class Grid:
    """The cells numbered, and how they stand to each other as sets of bits: fast to ask.

    `numbers` of cells index every list; a set of cells is an integer with a bit for each.
    """

    def __init__(self, cells: Cells) -> None:
        """Ask once how each two cells stand to each other."""
        self.cells = sorted({*cells.lowers, *cells.uppers}, key=str)
        self.metrics = [question.metric for question, _ in self.cells]
        self._ties = cells.numbers.ties
        self._said: dict[tuple[str, str, Atom], bool] = {}
        numbers = cells.numbers
        size = range(len(self.cells))
        questions = [question for question, _ in self.cells]
        self.apart = [
            _bits(numbers.share_nobody(questions[one], questions[other]) for other in size)
            for one in size
        ]
        self._group_within = [
            _bits(numbers.group_within(questions[inner], questions[outer]) for inner in size)
            for outer in size
        ]
        of = [numbers.metric(question) for question in questions]
        self._day_within = [
            _bits(
                upper_reaches_back(self.cells[outer][1], self.cells[inner][1], of[outer], of[inner])
                for inner in size
            )
            for outer in size
        ]

    def covers(self, cover: int, whose: int, counted_as: Atom) -> bool:
        """Tell whether a cell must count somebody who is counted in all of a set of cells.

        Whoever is of the force on the first day and dead on the second need not be dead on
        the first: the day has to come from a cell that says what the cover counts.
        """
        metric = self.metrics[cover]
        if metric not in counted_as or not self._group_within[cover] & whose:
            return False
        by_then = self._day_within[cover] & whose
        while by_then:
            cell = by_then.bit_length() - 1
            if self._says(self.metrics[cell], metric, counted_as):
                return True
            by_then ^= 1 << cell
        return False

    def _says(self, metric: str, other: str, counted_as: Atom) -> bool:
        """Tell whether being counted in one metric makes a person one of another, in an atom."""
        key = (metric, other, counted_as)
        if key not in self._said:
            alone = self._ties.atoms(frozenset((metric,)))
            self._said[key] = any(other in atom and atom <= counted_as for atom in alone)
        return self._said[key]

    def uncovered(self, lowers: Sequence[int], uppers: Sequence[int]) -> tuple[Atom, int] | None:
        """Find somebody who is counted oftener in the one than he must be in the other, or None.

        Where none is found a law holds: whoever may be counted in some of `lowers` at once is
        counted in as many of `uppers`, so the former are together no more than the latter.
        """
        for size in range(1, len(lowers) + 1):
            for some in combinations(lowers, size):
                whose = apart = 0
                for cell in some:
                    apart |= self.apart[cell]
                    whose |= 1 << cell
                if apart & whose:
                    continue
                for atom in self._ties.atoms(frozenset([self.metrics[cell] for cell in some])):
                    count = 0
                    for cover in uppers:
                        count += self.covers(cover, whose, atom)
                    if count < size:
                        return atom, whose
        return None


def _bits(flags: Iterable[bool]) -> int:
    return sum(1 << at for at, flag in enumerate(flags) if flag)
