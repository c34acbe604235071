"""Sets of three claims and more that cannot all hold, though any fewer of them can.

Two searches, both over the sets of people that `numbers` describes:

- *packed*: numbers that share nobody and lie inside one number are, added up, no more than
  it: 80 contractors and 91 soldiers of a side on which 110 were killed in all;
- *covered*: whoever is counted in some numbers is counted in others as often, so that the
  lower ends of the former together are no more than the upper ends of the latter: 100
  casualties where at most 40 were killed, 30 wounded, none captured and none missing.

Both give all minimal sets of up to `MAX_MEMBERS` claims unless they meet a limit on work,
which they then say. Not searched are *covered* sets in which no number lies inside another
by metric or by day (five groups in a ring, each overlapping only the next, would make one).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from claimtrack.contradictions.metric_ties import CAPACITY, SUM, Atom
from claimtrack.contradictions.numbers import Numbers
from claimtrack.contradictions.pairs import cannot_both_hold
from claimtrack.domain.bounds import allowed, upper_holds_for, upper_reaches_back
from claimtrack.domain.case import Case, Claim, Days, Question
from claimtrack.domain.conflict import Conflict, Term
from claimtrack.domain.value import Kind

MAX_MEMBERS = 6
"""Claims in a set at most: a set of seven is searched by no one and read by fewer."""

MAX_STEPS = 200_000
"""Steps of each search for one event: about a second."""

MAX_FOUND = 2_000
"""Sets kept of one event at most; who meets more has wrong groups or one wrong claim."""

_KINDS = (Kind.COUNT, Kind.DURATION, Kind.DISTANCE)
_Bounded = tuple[int, Claim]
_Cell = tuple[Question, Days | None]
_Law = tuple[tuple[_Cell, ...], tuple[_Cell, ...]]


class LimitReached(Exception):
    """The search met a limit; what it had found stands."""


@dataclass
class _Board:
    """What a search works on: for each number its claims by the end that they bound."""

    numbers: Numbers
    lowers: dict[Question, list[_Bounded]] = field(default_factory=dict)
    uppers: dict[Question, list[_Bounded]] = field(default_factory=dict)
    found: dict[frozenset[str], Conflict] = field(default_factory=dict)
    steps: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS or len(self.found) >= MAX_FOUND:
            raise LimitReached

    def binds(self, upper: Claim, lower: Claim) -> bool:
        """Tell whether the days of two claims let the upper end of one bind the other."""
        of_upper = self.numbers.metric(upper.question)
        return upper_holds_for(upper, lower, of_upper, self.numbers.metric(lower.question))

    def keep(self, lowers: Sequence[_Bounded], uppers: Sequence[_Bounded]) -> None:
        """Keep a set whose lower ends exceed its upper ends, unless fewer of it do already."""
        members = {claim.id: claim for _, claim in (*uppers, *lowers)}
        key = frozenset(members)
        pairs = combinations(members.values(), 2)
        if key in self.found or any(cannot_both_hold(a, b, self.numbers) for a, b in pairs):
            return
        terms = [
            Term(members[id_], is_upper, bound, times)
            for is_upper, side in ((True, uppers), (False, lowers))
            for (id_, bound), times in Counter((claim.id, bound) for bound, claim in side).items()
        ]
        gap = sum(bound for bound, _ in lowers) - sum(bound for bound, _ in uppers)
        rule = self._rule([c.question for _, c in lowers], [c.question for _, c in uppers])
        self.found[key] = Conflict(rule, tuple(members.values()), gap, tuple(terms))

    def _rule(self, lowers: Sequence[Question], uppers: Sequence[Question]) -> str:
        larger = self.numbers.ties.larger
        limits = any(
            larger(low.metric).get(up.metric) == CAPACITY for low in lowers for up in uppers
        )
        return CAPACITY if limits else SUM


def find_larger_sets(case: Case) -> tuple[list[Conflict], str | None]:
    """Find the minimal sets of three claims and more, and say so where a limit was met."""
    board = _set_up(case)
    stopped = None
    for search in (_search_packed, _search_covered):
        board.steps = 0
        try:
            search(board)
        except LimitReached:
            stopped = (
                f"not all sets of three claims and more were searched: the limit of {MAX_STEPS:,}"
                f" steps or {MAX_FOUND:,} sets was reached; pairs are complete"
            )
    return minimal(board.found.values()), stopped


def minimal(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Leave out every conflict that holds all the claims of a smaller one."""
    kept: dict[frozenset[str], Conflict] = {}
    for conflict in sorted(conflicts, key=lambda c: len(c.claims)):
        ids = sorted(claim.id for claim in conflict.claims)
        smaller = (
            frozenset(some) for size in range(2, len(ids) + 1) for some in combinations(ids, size)
        )
        if not any(some in kept for some in smaller):
            kept[frozenset(ids)] = conflict
    return list(kept.values())


def _set_up(case: Case) -> _Board:
    board = _Board(Numbers.of(case))
    for question, claims in case.by_question().items():
        if case.kind(question) not in _KINDS:
            continue
        spans = [(span, claim) for claim in claims if (span := allowed(claim)) is not None]
        lowers = [(span[0], claim) for span, claim in spans if span[0] is not None and span[0] > 0]
        uppers = [(span[1], claim) for span, claim in spans if span[1] is not None]
        if lowers:
            board.lowers[question] = sorted(lowers, key=lambda row: (-row[0], row[1].id))
        if uppers:
            board.uppers[question] = sorted(uppers, key=lambda row: (row[0], row[1].id))
    return board


def _search_packed(board: _Board) -> None:
    """Search numbers that share nobody inside one number, strongest claims first."""
    inside: dict[Question, list[Question]] = defaultdict(list)
    for number in board.lowers:
        for outer in dict.fromkeys(outer for outer, _ in board.numbers.above(number)):
            if outer in board.uppers:
                inside[outer].append(number)
    for outer, inner in inside.items():
        if len(inner) < 2:
            continue
        pool = sorted(
            (row for number in inner for row in board.lowers[number]),
            key=lambda row: (-row[0], row[1].id),
        )
        for limit in board.uppers[outer]:
            usable = [row for row in pool if row[0] <= limit[0] and board.binds(limit[1], row[1])]
            _pack(board, limit, usable)


def _pack(board: _Board, limit: _Bounded, pool: Sequence[_Bounded]) -> None:
    """Choose claims on numbers that share nobody until they exceed the limit."""
    waiting: list[tuple[int, int, tuple[_Bounded, ...]]] = [(0, 0, ())]
    while waiting:
        start, total, chosen = waiting.pop()
        room = MAX_MEMBERS - 1 - len(chosen)
        for at in range(start, len(pool)):
            low, claim = pool[at]
            if total + low * room <= limit[0]:
                break
            board.step()
            if not all(_add_up(board, claim, other) for _, other in chosen):
                continue
            more = (*chosen, pool[at])
            if total + low > limit[0]:
                board.keep(more, (limit,))
            elif room > 1:
                waiting.append((at + 1, total + low, more))


def _add_up(board: _Board, one: Claim, other: Claim) -> bool:
    return board.numbers.share_nobody(one.question, other.question) and not cannot_both_hold(
        one, other, board.numbers
    )


def _search_covered(board: _Board) -> None:
    """Search the laws in which one cell lies inside another, then the claims that break them."""
    sides = _Sides.of(board)
    laws: dict[_Law, None] = {}
    try:
        for root in sides.lowers:
            if sides.splits(root):
                for law in _laws(board, sides, root):
                    laws.setdefault(law)
    finally:
        for law in laws:
            _break(board, sides, law)


@dataclass
class _Sides:
    """The cells of a case: a number as of a day, with the claims that bound it."""

    numbers: Numbers
    lowers: dict[_Cell, list[_Bounded]]
    uppers: dict[_Cell, list[_Bounded]]

    @classmethod
    def of(cls, board: _Board) -> _Sides:
        return cls(board.numbers, _by_cell(board.lowers), _by_cell(board.uppers))

    def splits(self, root: _Cell) -> bool:
        """Tell whether some of a cell, by metric or day, is bounded for all of its group."""
        return any(
            self._is_some_of(cell, root) and self._group_within(root, cell) for cell in self.uppers
        )

    def _is_some_of(self, cell: _Cell, root: _Cell) -> bool:
        if cell[0].metric != root[0].metric:
            return root[0].metric in self.numbers.ties.larger(cell[0].metric)
        return not self._in_time(cell, root)

    def _in_time(self, cover: _Cell, cell: _Cell) -> bool:
        of_cover, of_cell = self.numbers.metric(cover[0]), self.numbers.metric(cell[0])
        return upper_reaches_back(cover[1], cell[1], of_cover, of_cell)

    def _group_within(self, cell: _Cell, cover: _Cell) -> bool:
        return self.numbers.group_within(cell[0], cover[0])

    def covers(self, cover: _Cell, whose: Sequence[_Cell], counted_as: Atom) -> bool:
        """Tell whether a cover must count somebody who is counted in all of these cells."""
        return (
            cover[0].metric in counted_as
            and any(self._group_within(cell, cover) for cell in whose)
            and any(self._in_time(cover, cell) for cell in whose)
        )

    def share_nobody(self, one: _Cell, other: _Cell) -> bool:
        return self.numbers.share_nobody(one[0], other[0])

    def uncovered(
        self, lowers: Sequence[_Cell], uppers: Sequence[_Cell]
    ) -> tuple[Atom, tuple[_Cell, ...]] | None:
        """Find somebody who is counted oftener in the one than he must be in the other, or None.

        Where none is found the law holds: whoever may be counted in some of `lowers` at once
        is counted in as many of `uppers`.
        """
        for size in range(1, len(lowers) + 1):
            for some in combinations(lowers, size):
                if any(self.share_nobody(one, other) for one, other in combinations(some, 2)):
                    continue
                for atom in self.numbers.ties.atoms(frozenset(q.metric for q, _ in some)):
                    if sum(self.covers(cover, some, atom) for cover in uppers) < size:
                        return atom, some
        return None


def _by_cell(by_number: Mapping[Question, Sequence[_Bounded]]) -> dict[_Cell, list[_Bounded]]:
    cells: dict[_Cell, list[_Bounded]] = defaultdict(list)
    for question, rows in by_number.items():
        for bound, claim in rows:
            cells[question, claim.as_of].append((bound, claim))
    return dict(cells)


def _laws(board: _Board, sides: _Sides, root: _Cell) -> Iterator[_Law]:
    """Yield laws from a root outwards: what is not covered yet gets a cover, then more is added."""
    strongest = max(rows[0][0] for rows in sides.lowers.values())
    seen: set[_Law] = set()
    waiting: list[_Law] = [((root,), ())]
    while waiting:
        lowers, uppers = waiting.pop()
        room = MAX_MEMBERS - len(lowers) - len(uppers)
        best = sum(sides.lowers[cell][0][0] for cell in lowers)
        best -= sum(sides.uppers[cell][0][0] for cell in uppers)
        if (lowers, uppers) in seen or best + max(room, 0) * strongest <= 0:
            continue
        seen.add((lowers, uppers))
        board.step()
        bare = sides.uncovered(lowers, uppers)
        if bare is None and best > 0 and len(uppers) > 1:
            yield lowers, uppers
        if room <= 0:
            continue
        if bare is not None:
            atom, whose = bare
            for cover in sides.uppers:
                if cover not in lowers and sides.covers(cover, whose, atom):
                    waiting.append((lowers, _with(uppers, cover)))
            continue
        for more in sides.lowers:
            meets = not all(sides.share_nobody(more, cover) for cover in uppers)
            if more not in uppers and meets:
                waiting.append((_with(lowers, more), uppers))


def _with(cells: tuple[_Cell, ...], more: _Cell) -> tuple[_Cell, ...]:
    return tuple(sorted((*cells, more), key=str))


def _break(board: _Board, sides: _Sides, law: _Law) -> None:
    """Choose for each cell of a law a claim so that together they break it."""
    lowers, uppers = law
    rows = [sides.lowers[cell] for cell in lowers] + [sides.uppers[cell] for cell in uppers]
    signs = [1] * len(lowers) + [-1] * len(uppers)
    best = [sign * row[0][0] for sign, row in zip(signs, rows, strict=True)]
    waiting: list[tuple[int, tuple[_Bounded, ...]]] = [(0, ())]
    while waiting:
        total, chosen = waiting.pop()
        at = len(chosen)
        if at == len(rows):
            board.keep(chosen[: len(lowers)], chosen[len(lowers) :])
            continue
        rest = sum(best[at + 1 :])
        for bound, claim in rows[at]:
            gain = signs[at] * bound
            if total + gain + rest <= 0:
                break
            board.step()
            waiting.append((total + gain, (*chosen, (bound, claim))))
