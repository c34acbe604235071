"""How the numbers of one event hang together: who is counted in whom, and who in both.

A number is a metric of a group: "killed, of the contractors"; it is named by its question.
It counts a set of people (or things). A part of a group lies inside its whole, groups
declared disjoint share nobody, and metrics hang together as `metric_ties` says. Everything
that the rules on parts, sums and capacities conclude follows from these sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from claimtrack.contradictions.metric_ties import MetricTies, metric_ties
from claimtrack.domain.case import Case, Groups, Metric, Question
from claimtrack.domain.value import Kind

PART_OF = "part_of"


@dataclass
class Numbers:
    """The numbers that a case's metrics and groups define, and how they stand to each other."""

    ties: MetricTies
    groups: Groups
    _wholes: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case) -> Numbers:
        """Look at the metrics and groups of a case."""
        return cls(metric_ties(case.metrics), case.groups)

    def metric(self, number: Question) -> Metric:
        """Give what a number measures."""
        return self.ties.metrics[number.metric]

    def wholes(self, group: str) -> frozenset[str]:
        """List every group that holds all of this one, itself left out."""
        if group not in self._wholes:
            self._wholes[group] = self.groups.wholes(group)
        return self._wholes[group]

    def never_below(self, number: Question) -> Iterator[tuple[Question, str]]:
        """Yield each number that this one never exceeds, and the rule for it."""
        return self._above(number, self.ties.larger(number.metric))

    def above(self, number: Question) -> Iterator[tuple[Question, str]]:
        """Yield each number that counts everyone counted by this one, and the rule for it."""
        return self._above(number, self.ties.held_in(number.metric))

    def _above(self, number: Question, larger: dict[str, str]) -> Iterator[tuple[Question, str]]:
        metric, group = number.metric, number.group
        for wider, rule in ({metric: PART_OF} | larger).items():
            if wider != metric:
                yield Question(number.event, wider, group), rule
            if group is not None and self._reaches_wholes(metric, wider):
                for whole in sorted(self.wholes(group)):
                    yield Question(number.event, wider, whole), rule

    def _reaches_wholes(self, metric: str, wider: str) -> bool:
        return self.ties.metrics[metric].monotone and self.ties.metrics[wider].monotone

    def group_within(self, number: Question, outer: Question) -> bool:
        """Tell whether the group of one number lies inside that of another, as numbers go."""
        if number.group == outer.group:
            return True
        if number.group is None or outer.group is None:
            return False
        reaches = self._reaches_wholes(number.metric, outer.metric)
        return reaches and outer.group in self.wholes(number.group)

    def inside(self, number: Question, outer: Question) -> bool:
        """Tell whether one number never exceeds another."""
        same = number.metric == outer.metric or outer.metric in self.ties.larger(number.metric)
        return same and number != outer and self.group_within(number, outer)

    def share_nobody(self, one: Question, other: Question) -> bool:
        """Tell whether two numbers never count the same person, so that they add up."""
        if one.metric != other.metric and self.ties.exclude(one.metric, other.metric):
            return True
        counted = self.ties.metrics[one.metric].kind is Kind.COUNT
        return (
            counted
            and one.group is not None
            and other.group is not None
            and self.groups.are_disjoint(one.group, other.group)
        )
