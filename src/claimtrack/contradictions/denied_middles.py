"""Denied middles: "not 20 to 30" leaves two sides, and claims together may shut both.

1 to 5, 4 to 9 and not 4 to 5: any two can hold, all three cannot. The denial is looked at
twice, as "under 4" and as "over 5"; what is impossible with the one together with what is
impossible with the other is impossible with the denial.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, combinations

from claimtrack.contradictions import found_sets
from claimtrack.contradictions.found_sets import LimitReached, minimal
from claimtrack.contradictions.larger_sets import find_larger_sets
from claimtrack.contradictions.numbers import Numbers
from claimtrack.contradictions.pairs import cannot_both_hold, pairs_with
from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Case, Claim
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

RULE = "denial"
_BELOW, _ABOVE = "\0below", "\0above"

MAX_LOOKS = 1_000_000
"""Pairs, sets and joins of two sets that are looked at for one event at most: some seconds."""


def find_with_denied_middles(case: Case) -> tuple[list[Conflict], str | None]:
    """Find the minimal sets of three and more that hold a denied middle.

    Say so where a limit was met.
    """
    middles = [claim for claim in case.claims if _is_denied_middle(claim)]
    if not middles:
        return [], None
    others = [claim for claim in case.claims if not _is_denied_middle(claim)]
    sides = {side.id: middle for middle in middles for side in _sides(middle)}
    halved = replace(case, claims=(*others, *(s for middle in middles for s in _sides(middle))))
    larger, stopped = find_larger_sets(halved)
    joining = _Joining(Numbers.of(case), sides)
    try:
        joining.begin(chain(_pairs(sides, halved), larger))
        for middle in middles:
            joining.resolve(middle)
    except LimitReached:
        stopped = (
            "not all sets of three claims and more with a denial were searched: the limit of"
            f" {MAX_LOOKS:,} looks or {found_sets.MAX_FOUND:,} sets was reached"
        )
    ids = {middle.id for middle in middles}
    return [found for found in joining.whole() if _holds(found, ids)], stopped


def _pairs(sides: Collection[str], halved: Case) -> Iterator[Conflict]:
    for below, above, gap in pairs_with(sides, halved):
        yield Conflict(RULE, (below, above), gap)


def _is_denied_middle(claim: Claim) -> bool:
    value = claim.value
    bounded = value.lower is not None and value.upper is not None
    return claim.denied and bounded and allowed(claim) is None and value.kind is not Kind.CATEGORY


def _sides(middle: Claim) -> tuple[Claim, Claim]:
    value = middle.value
    assert value.lower is not None and value.upper is not None
    below = replace(value, lower=None, upper=value.lower - 1, best=None)
    above = replace(value, lower=value.upper + 1, upper=None, best=None)
    return (
        replace(middle, id=middle.id + _BELOW, value=below, denied=False),
        replace(middle, id=middle.id + _ABOVE, value=above, denied=False),
    )


@dataclass
class _Joining:
    """The sets found so far, of which those that hold sides of denials are yet to be joined.

    `sides` names the denial of each side.
    """

    numbers: Numbers
    sides: Mapping[str, Claim]
    sets: list[Conflict] = field(default_factory=list)
    looks: int = 0
    found: int = 0

    def begin(self, sets: Iterable[Conflict]) -> None:
        """Take the sets found with sides in the place of denials, and all that have no side."""
        for one in sets:
            self._look()
            if not self._says_more(one.claims):
                self.sets.append(one)

    def resolve(self, middle: Claim) -> None:
        """Join each set that shuts the one side with each that shuts the other.

        A claim that shuts both lies in what is denied, and no minimal set holds this pair.
        The lesser of both gaps is how far the denial is from leaving something. The
        denial stands second, as it does in a pair.
        """
        below, above = {middle.id + _BELOW}, {middle.id + _ABOVE}
        shut_below: list[Conflict] = []
        shut_above: list[Conflict] = []
        rest: list[Conflict] = []
        for one in self.sets:
            self._look()
            into = shut_below if _holds(one, below) else shut_above if _holds(one, above) else rest
            into.append(one)
        alone_above = _alone(shut_above, above)
        within = {id_: c for id_, c in _alone(shut_below, below).items() if id_ in alone_above}
        shut_below = [one for one in shut_below if not _holds(one, within)]
        shut_above = [one for one in shut_above if not _holds(one, within)]
        joined = (self._join(one, other, middle) for one in shut_below for other in shut_above)
        pairs = (Conflict(RULE, (claim, middle)) for claim in within.values())
        self.sets = minimal([*rest, *pairs, *filter(None, joined)])

    def _join(self, one: Conflict, other: Conflict, middle: Claim) -> Conflict | None:
        self._look()
        sides = middle.id + _BELOW, middle.id + _ABOVE
        members = {c.id: c for c in (*one.claims, *other.claims) if c.id not in sides}
        if len(members) >= found_sets.MAX_MEMBERS or self._is_hopeless(members.values()):
            return None
        self.found += 1
        first, *rest = (members[id_] for id_ in sorted(members))
        gap = min(found.gap for found in (one, other) if found.gap is not None)
        return Conflict(RULE, (first, middle, *rest), gap)

    def _is_hopeless(self, claims: Collection[Claim]) -> bool:
        """Tell whether no set with these claims is minimal."""
        pairs = combinations(claims, 2)
        return any(cannot_both_hold(*p, self.numbers) for p in pairs) or self._says_more(claims)

    def _says_more(self, claims: Collection[Claim]) -> bool:
        """Tell whether one of these claims lies beyond a denial of which another is a side.

        Over 7 says more than not 4 to 5: what is impossible with both is impossible without
        the denial.
        """
        return any(
            _lies_beyond(claim, self.sides[side.id])
            for side in claims
            if side.id in self.sides
            for claim in claims
            if claim is not side
        )

    def _look(self) -> None:
        self.looks += 1
        if self.looks > MAX_LOOKS or self.found >= found_sets.MAX_FOUND:
            raise LimitReached

    def whole(self) -> Iterator[Conflict]:
        """Give the sets of three and more in which no side is left to be joined."""
        for one in self.sets:
            if len(one.claims) > 2 and not _holds(one, self.sides):
                yield one


def _lies_beyond(claim: Claim, middle: Claim) -> bool:
    span = allowed(claim)
    if span is None or claim.question != middle.question or claim.as_of != middle.as_of:
        return False
    lower, upper = middle.value.lower, middle.value.upper
    assert lower is not None and upper is not None
    return (span[1] is not None and span[1] < lower) or (span[0] is not None and span[0] > upper)


def _alone(sets: Iterable[Conflict], side: Container[str]) -> dict[str, Claim]:
    """Give every claim that shuts a side by itself, by its id."""
    pairs = (one.claims for one in sets if len(one.claims) == 2)
    return {claim.id: claim for pair in pairs for claim in pair if claim.id not in side}


def _holds(conflict: Conflict, ids: Container[str]) -> bool:
    return any(claim.id in ids for claim in conflict.claims)
