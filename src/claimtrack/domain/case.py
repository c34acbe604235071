"""The claims of one event as rules see them: questions, answers, and who is part of whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from claimtrack.domain.value import Kind, Value

Days = tuple[int | None, int | None]
"""The earliest and the latest day something can mean; None where that end is open."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured.

    `monotone`: what holds of a part of a group holds of the whole (a part of the dead is
    not larger than all the dead; where contractors took part, their side did). `cumulative`: the
    number of a lasting event only grows, so a count as of a day is a lower bound later.
    `sum_of`: the metrics that add up to this one, all of them. `at_most`: the metric that
    this one never exceeds (no more casualties than there were people).
    """

    id: str
    name: str
    kind: Kind
    unit: str | None = None
    monotone: bool = False
    cumulative: bool = False
    sum_of: tuple[str, ...] = ()
    at_most: str | None = None


def with_sums_that_may_fall(metrics: Mapping[str, Metric]) -> dict[str, Metric]:
    """Let every sum fall of which a part may: the missing of casualties may be found."""
    known = dict(metrics)
    sums: dict[str, list[str]] = defaultdict(list)
    for metric in metrics.values():
        for part in metric.sum_of:
            sums[part].append(metric.id)
    falling = [metric.id for metric in metrics.values() if not metric.cumulative]
    while falling:
        for total in sums[falling.pop()]:
            if known[total].cumulative:
                known[total] = replace(known[total], cumulative=False)
                falling.append(total)
    return known


@dataclass(frozen=True, slots=True)
class Question:
    """One event, one metric, one group; no group where the metric is of the event itself."""

    event: str
    metric: str
    group: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition: a question and a value, affirmed or denied, possibly as of some day."""

    id: str
    question: Question
    value: Value
    denied: bool = False
    as_of: Days | None = None


@dataclass(frozen=True)
class Groups:
    """Who is part of whom, at any depth, and who shares no member with whom."""

    part_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    disjoint: frozenset[frozenset[str]] = frozenset()

    def wholes(self, group: str) -> frozenset[str]:
        """List every group that holds all of this one, itself left out."""
        found: set[str] = set()
        waiting = list(self.part_of.get(group, ()))
        while waiting:
            whole = waiting.pop()
            if whole not in found:
                found.add(whole)
                waiting.extend(self.part_of.get(whole, ()))
        return frozenset(found - {group})

    def are_disjoint(self, one: str, other: str) -> bool:
        """Tell whether two groups are said to share no member, directly or by their wholes."""
        ones, others = self.wholes(one) | {one}, self.wholes(other) | {other}
        return any(frozenset((a, b)) in self.disjoint for a in ones for b in others)


@dataclass(frozen=True)
class Case:
    """All that rules may look at: the claims of one event that still count."""

    claims: Sequence[Claim]
    metrics: Mapping[str, Metric]
    groups: Groups = field(default_factory=Groups)

    @cached_property
    def by_question(self) -> Mapping[Question, Sequence[Claim]]:
        """The claims sorted by what they answer."""
        return group_by_question(self.claims)

    def kind(self, question: Question) -> Kind:
        """Tell what kind of answer a question takes."""
        return self.metrics[question.metric].kind


def group_by_question(claims: Iterable[Claim]) -> dict[Question, list[Claim]]:
    """Sort claims by what they answer, in the order they come."""
    sorted_out: dict[Question, list[Claim]] = defaultdict(list)
    for claim in claims:
        sorted_out[claim.question].append(claim)
    return dict(sorted_out)
