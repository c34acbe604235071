"""Whether an account tells a statement fairly, or what it made another thing.

The rule of this project. Fair is what the source's own statement entails: a looser number
("around 100" for 103, "dozens" for 57), a floor near the number ("more than 100" for 103), a
whole or a sum that is at least as large as the part reported ("at least 100 casualties" for
100 killed). Fair is also an equal amount in other words: a hedged number whose middle moved
by at most a tenth ("about 110" for "about 100"), "at least 200" for "more than 200" and the
reverse. A rounding has to say that it is one: "100" for 103 is another number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claimtrack.domain.bounds import Interval, allowed
from claimtrack.domain.case import Claim, Groups, Metric
from claimtrack.domain.finding import Change, Statement
from claimtrack.domain.relation import Relation, relate
from claimtrack.domain.value import Hedge, Kind

FLOOR_SLACK = 5
"""A floor is near a number while it lies within one part in so many below it."""
MIDDLE_SLACK = 10
"""A hedged number is the same while its middle moves by at most one part in so many."""
STEP = 1
"""People: "more than 200" and "at least 200" are a step apart and said for each other."""


@dataclass(frozen=True)
class Scale:
    """What ties questions to each other: the metrics that add up, who is part of whom."""

    metrics: Mapping[str, Metric]
    groups: Groups

    def is_part(self, metric: str, of: str) -> bool:
        """Tell whether a metric is another or, at any depth, one of those that add up to it."""
        seen: set[str] = set()
        waiting = [of]
        while waiting:
            whole = waiting.pop()
            if whole == metric:
                return True
            if whole not in seen:
                seen.add(whole)
                waiting.extend(self.metrics[whole].sum_of)
        return False

    def are_kin(self, one: str, other: str) -> bool:
        """Tell whether two metrics stand in one sum, as whole and part or side by side."""
        return any(
            self.is_part(one, whole) and self.is_part(other, whole)
            for whole, metric in self.metrics.items()
            if metric.sum_of
        )

    def are_tied(self, one: str, other: str) -> bool:
        """Tell whether one group is the other or holds all of it."""
        return one == other or self.holds(one, other) or self.holds(other, one)

    def holds(self, whole: str, part: str) -> bool:
        """Tell whether a group holds all of another."""
        return whole in self.groups.wholes(part)


def change(own: Statement, told: Statement, scale: Scale) -> Change | None:
    """Tell what an account changed of a source's own statement; None where it is fair.

    None as well where the two cannot be compared: other events, tolls as of different days,
    a number beside a yes, a group beside the event as a whole.
    """
    mine, other = own.claim, told.claim
    asked, answered = mine.question, other.question
    if asked.event != answered.event or mine.value.kind is not other.value.kind:
        return None
    if mine.value.is_unknown or other.value.is_unknown:
        both = mine.value.is_unknown and other.value.is_unknown
        return None if both or asked != answered else Change.HEDGE
    if asked == answered:
        return _on_one_question(own, told, scale.metrics[asked.metric])
    if (asked.group is None) is not (answered.group is None) or follows(mine, other, scale):
        return None
    return Change.METRIC if asked.metric != answered.metric else Change.GROUP


def _on_one_question(own: Statement, told: Statement, metric: Metric) -> Change | None:
    mine, other = own.claim, told.claim
    relation = relate(mine, other, metric).relation
    if relation in (Relation.EQUAL, Relation.NOT_COMPARABLE):
        return None
    if relation is Relation.ENTAILS:
        loosened = not (mine.denied or other.denied) and _is_too_loose(mine, other)
        return Change.HEDGE if loosened else None
    if mine.denied is not other.denied or mine.value.kind is Kind.TRUTH_VALUE:
        return Change.STANCE
    if mine.value.kind is Kind.CATEGORY:
        return Change.ANSWER
    if relation in (Relation.CONTRARY, Relation.CONTRADICTORY) or mine.denied:
        return None if _is_a_step_apart(mine, other) else Change.NUMBER
    return _sharpened(own, told)


def _is_too_loose(own: Claim, told: Claim) -> bool:
    """Tell whether an entailed account gave up what the source said.

    "Up to 200" for 200 takes the floor away. "More than 10" for 103 keeps a floor that is
    far below; "more than 100" is near. Of dates only the loss of the first day counts.
    """
    mine, other = own.value, told.value
    if mine.lower is None:
        return False
    if other.lower is None:
        return True
    if mine.upper is None or other.upper is not None or mine.kind is Kind.DATE:
        return False
    return (mine.lower - other.lower) * FLOOR_SLACK > mine.lower


def _sharpened(own: Statement, told: Statement) -> Change | None:
    """Judge an account that says more than the source: the intervals meet, no more."""
    mine, other = own.claim.value, told.claim.value
    if (mine.lower is None, mine.upper is None) != (other.lower is None, other.upper is None):
        return Change.NUMBER
    if mine.lower is None or mine.upper is None or other.lower is None or other.upper is None:
        return None if _is_a_step_apart(own.claim, told.claim) else Change.NUMBER
    said, hedged = Hedge(told.assertion.hedge), Hedge(own.assertion.hedge)
    if said is Hedge.EXACT and hedged is not Hedge.EXACT:
        return Change.HEDGE
    if hedged is Hedge.VAGUE and said is not Hedge.VAGUE:
        return Change.HEDGE
    moved = abs((other.lower + other.upper) - (mine.lower + mine.upper))
    near = mine.kind is not Kind.DATE and moved * MIDDLE_SLACK <= mine.lower + mine.upper
    return None if near else Change.NUMBER


def _is_a_step_apart(own: Claim, told: Claim) -> bool:
    """Tell whether two bounds on the same side differ by one, as "at least" and "more than"."""
    mine, other = own.value, told.value
    if mine.kind is not Kind.COUNT:
        return False
    if mine.upper is None and other.upper is None:
        one, another = mine.lower, other.lower
    elif mine.lower is None and other.lower is None:
        one, another = mine.upper, other.upper
    else:
        return False
    return one is not None and another is not None and abs(one - another) <= STEP


def follows(own: Claim, told: Claim, scale: Scale) -> bool:
    """Tell whether a statement of one question makes that of another true.

    What is at least so for a part is at least so for the sum and for the whole; what is at
    most so for the whole is at most so for every part. Groups count where the metric says
    that a part is never larger than its whole.
    """
    mine, other = _open_ends(own), _open_ends(told)
    if mine is None or other is None:
        return False
    if other[1] is None and other[0] is not None and mine[0] is not None:
        return mine[0] >= other[0] and _is_within(own, told, scale)
    if other[0] is None and other[1] is not None and mine[1] is not None:
        return mine[1] <= other[1] and _is_within(told, own, scale)
    return False


def _is_within(part: Claim, whole: Claim, scale: Scale) -> bool:
    """Tell whether what one question counts is counted by the other as well.

    Through the part of the metric or through the sum: one of them growing with the group
    is enough.
    """
    smaller, larger = part.question, whole.question
    if not scale.is_part(smaller.metric, larger.metric):
        return False
    if smaller.group == larger.group:
        return True
    return (
        smaller.group is not None
        and larger.group is not None
        and (scale.metrics[smaller.metric].monotone or scale.metrics[larger.metric].monotone)
        and scale.holds(larger.group, smaller.group)
    )


def _open_ends(claim: Claim) -> Interval | None:
    """Give the interval of a claim; an end that every number keeps to counts as open."""
    span = allowed(claim)
    if span is None:
        return None
    lower, upper = span
    if lower is not None and lower <= 0:
        lower = None
    if claim.value.kind is Kind.TRUTH_VALUE and upper == 1:
        upper = None
    return lower, upper
