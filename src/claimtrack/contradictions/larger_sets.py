"""Sets of three claims and more that cannot all hold, though any fewer of them can.

Two searches, both over the sets of people that `numbers` describes:

- *packed*: numbers that share nobody and lie inside one number are, added up, no more than
  it: 80 contractors and 91 soldiers of a side on which 110 were killed in all;
- *covered*: whoever is counted in some numbers is counted in others as often, so that the
  lower ends of the former together are no more than the upper ends of the latter: 100
  casualties where at most 40 were killed, 30 wounded, none captured and none missing.

Both give all minimal sets of up to `MAX_MEMBERS` claims unless they meet a limit on work,
which they then say. Not searched are *covered* sets in which no metric lies inside another
(five groups in a ring, each overlapping only the next, would make one).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from claimtrack.contradictions.metric_ties import CAPACITY, SUM
from claimtrack.contradictions.numbers import Numbers
from claimtrack.contradictions.pairs import cannot_both_hold
from claimtrack.domain.bounds import allowed, upper_holds_for
from claimtrack.domain.case import Case, Claim, Question
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
_Law = tuple[tuple[Question, ...], tuple[Question, ...]]


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
    """Search the laws in which a metric lies inside another, then the claims that break them."""
    laws: dict[_Law, None] = {}
    try:
        for root in board.lowers:
            if _splits(board, root):
                for law in _laws(board, root):
                    laws.setdefault(law)
    finally:
        for lowers, uppers in laws:
            _break(board, lowers, uppers)


def _splits(board: _Board, root: Question) -> bool:
    """Tell whether something inside this metric is bounded above, for all of its group."""
    return any(
        root.metric in board.numbers.ties.larger(number.metric)
        and board.numbers.group_within(root, number)
        for number in board.uppers
    )


def _laws(board: _Board, root: Question) -> Iterator[_Law]:
    """Yield laws from a root outwards: what is not covered yet gets a cover, then more is added."""
    numbers = board.numbers
    strongest = max(rows[0][0] for rows in board.lowers.values())
    seen: set[_Law] = set()
    waiting: list[_Law] = [((root,), ())]
    while waiting:
        lowers, uppers = waiting.pop()
        room = MAX_MEMBERS - len(lowers) - len(uppers)
        best = sum(board.lowers[n][0][0] for n in lowers)
        best -= sum(board.uppers[n][0][0] for n in uppers)
        if (lowers, uppers) in seen or best + max(room, 0) * strongest <= 0:
            continue
        seen.add((lowers, uppers))
        board.step()
        bare = _uncovered(numbers, lowers, uppers)
        if bare is None and best > 0 and len(uppers) > 1:
            yield lowers, uppers
        if room <= 0:
            continue
        if bare is not None:
            metrics, whose = bare
            for cover in board.uppers:
                within = any(numbers.group_within(number, cover) for number in whose)
                if cover.metric in metrics and within and cover not in lowers:
                    waiting.append((lowers, _with(uppers, cover)))
            continue
        for more in board.lowers:
            meets = not all(numbers.share_nobody(more, cover) for cover in uppers)
            if more not in uppers and meets:
                waiting.append((_with(lowers, more), uppers))


def _with(numbers: tuple[Question, ...], more: Question) -> tuple[Question, ...]:
    return tuple(sorted((*numbers, more), key=lambda n: (n.metric, n.group or "")))


def _uncovered(
    numbers: Numbers, lowers: Sequence[Question], uppers: Sequence[Question]
) -> tuple[frozenset[str], tuple[Question, ...]] | None:
    """Find somebody who is counted oftener in the one than he must be in the other, or None.

    Where none is found the law holds: whoever may be counted in some of `lowers` at once is
    counted in as many of `uppers`.
    """
    for whose, metrics in _people(numbers, lowers):
        covers = sum(
            cover.metric in metrics and any(numbers.group_within(n, cover) for n in whose)
            for cover in uppers
        )
        if covers < len(whose):
            return metrics, whose
    return None


def _people(
    numbers: Numbers, lowers: Sequence[Question]
) -> Iterator[tuple[tuple[Question, ...], frozenset[str]]]:
    """Yield each set of numbers that may count one person, and what he is counted in at least."""
    for size in range(1, len(lowers) + 1):
        for some in combinations(lowers, size):
            if not any(numbers.share_nobody(a, b) for a, b in combinations(some, 2)):
                for atom in numbers.ties.atoms(frozenset(number.metric for number in some)):
                    yield some, atom


def _break(board: _Board, lowers: Sequence[Question], uppers: Sequence[Question]) -> None:
    """Choose for each number of a law a claim so that together they break it."""
    sides = [(False, number) for number in lowers] + [(True, number) for number in uppers]
    rows = [(board.uppers if up else board.lowers)[number] for up, number in sides]
    gains = [-row[0][0] if up else row[0][0] for (up, _), row in zip(sides, rows, strict=True)]
    waiting: list[tuple[int, tuple[_Bounded, ...]]] = [(0, ())]
    while waiting:
        total, chosen = waiting.pop()
        at = len(chosen)
        if at == len(sides):
            low, up = chosen[: len(lowers)], chosen[len(lowers) :]
            if _days_allow(board, low, up):
                board.keep(low, up)
            continue
        rest = sum(gains[at + 1 :])
        for bound, claim in rows[at]:
            gain = -bound if sides[at][0] else bound
            if total + gain + rest <= 0:
                break
            board.step()
            waiting.append((total + gain, (*chosen, (bound, claim))))


def _days_allow(board: _Board, lowers: Sequence[_Bounded], uppers: Sequence[_Bounded]) -> bool:
    """Tell whether a law still holds for claims as of these days."""
    claims = [claim for _, claim in (*lowers, *uppers)]
    if all(claim.as_of == claims[0].as_of for claim in claims):
        return True
    at_least = [claim for _, claim in lowers]
    for size in range(1, len(at_least) + 1):
        for some in combinations(at_least, size):
            if not _covered_in_time(board, some, [claim for _, claim in uppers]):
                return False
    return True


def _covered_in_time(board: _Board, some: Sequence[Claim], uppers: Sequence[Claim]) -> bool:
    numbers = board.numbers
    pairs = combinations([claim.question for claim in some], 2)
    if any(numbers.share_nobody(one, other) for one, other in pairs):
        return True
    for atom in numbers.ties.atoms(frozenset(claim.question.metric for claim in some)):
        covers = sum(
            cover.question.metric in atom
            and any(numbers.group_within(claim.question, cover.question) for claim in some)
            and any(board.binds(cover, claim) for claim in some)
            for cover in uppers
        )
        if covers < len(some):
            return False
    return True
