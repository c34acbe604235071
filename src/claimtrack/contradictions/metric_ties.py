"""How metrics hang together: sums, their parts, and what a number never exceeds.

A metric counts a set of people (or things). The parts of a sum share nobody and make up the
total, nobody left over; what is `at_most` something lies inside it. What the rules on sums
and capacities conclude follows from these alone. Only metrics of one kind are tied.

Durations and distances are sets of moments and metres as far as sums go. Their limits are
not: two marches that are each no longer than a day may be longer together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from claimtrack.domain.case import Metric
from claimtrack.domain.value import Kind

SUM, CAPACITY = "sum", "capacity"
_MEASURED = (Kind.COUNT, Kind.DURATION, Kind.DISTANCE)

Atom = frozenset[str]
"""Metrics that one person may be counted in at once, with everything that follows from it."""


def metric_ties(metrics: Mapping[str, Metric]) -> MetricTies:
    """Look at the ties between these metrics; the same metrics are looked at once."""
    return _cached(tuple(metrics.values()))


@lru_cache(maxsize=16)
def _cached(metrics: tuple[Metric, ...]) -> MetricTies:
    return MetricTies({metric.id: metric for metric in metrics})


@dataclass
class MetricTies:
    """The metrics of a database as sets that lie inside, exclude and make up each other."""

    metrics: Mapping[str, Metric]
    _larger: dict[str, dict[str, str]] = field(default_factory=dict)
    _ways_up: dict[str, dict[str, str]] = field(default_factory=dict)
    _atoms: dict[frozenset[str], tuple[Atom, ...]] = field(default_factory=dict)

    def parts(self, metric: str) -> tuple[str, ...]:
        """List the parts of a sum; none where the metric is no sum of numbers of its kind."""
        total = self.metrics[metric]
        known = [self.metrics[part] for part in total.sum_of if part in self.metrics]
        alike = all(part.kind is total.kind for part in known)
        whole = len(known) == len(total.sum_of) and total.kind in _MEASURED
        return total.sum_of if whole and alike else ()

    def larger(self, metric: str) -> dict[str, str]:
        """List the metrics that this one never exceeds, with the rule that says so.

        The rule is `sum` where totals alone lead there, else `capacity`. Listed as well is
        what follows from sums that overlap: `a + b` is no more than `a + b + c`. A metric is
        not listed as larger than itself.
        """
        if metric not in self._larger:
            declared = self._declared(metric)
            implied = self._always(metric) - {metric}
            self._larger[metric] = declared | {
                wider: SUM if self.parts(wider) else CAPACITY
                for wider in sorted(implied - declared.keys())
            }
        return self._larger[metric]

    def held_in(self, metric: str) -> dict[str, str]:
        """List those `larger` metrics in which this one adds up with what shares nobody with it.

        They count everyone counted by this one; the limits of durations and distances do not.
        """
        inside = self._always(metric)
        return {wider: rule for wider, rule in self.larger(metric).items() if wider in inside}

    def _always(self, metric: str) -> Atom:
        alone = self.atoms(frozenset((metric,)))
        return frozenset.intersection(*alone) if alone else frozenset()

    def _declared(self, metric: str) -> dict[str, str]:
        if metric not in self._ways_up:
            found: dict[str, str] = {}
            for rule in (SUM, CAPACITY):
                waiting = [metric, *found]
                while waiting:
                    for wider in self._directly_larger(waiting.pop(), rule):
                        if wider not in found and wider != metric:
                            found[wider] = rule
                            waiting.append(wider)
            self._ways_up[metric] = found
        return self._ways_up[metric]

    def _counted_as(self, metric: str) -> Iterator[str]:
        counted = self.metrics[metric].kind is Kind.COUNT
        return (wider for wider, rule in self._declared(metric).items() if counted or rule == SUM)

    def _directly_larger(self, metric: str, rule: str) -> Iterator[str]:
        for total in self.metrics:
            if metric in self.parts(total):
                yield total
        limit = self.metrics.get(self.metrics[metric].at_most or "")
        kind = self.metrics[metric].kind
        if rule == CAPACITY and limit is not None and limit.kind is kind and kind in _MEASURED:
            yield limit.id

    def may_be(self, metric: str) -> Atom:
        """List every metric that somebody counted in this one may be counted in, with itself."""
        return frozenset[str]().union(*self.atoms(frozenset((metric,))))

    def exclude(self, one: str, other: str) -> bool:
        """Tell whether two metrics never count the same person: different parts of a sum."""
        return not self.atoms(frozenset((one, other)))

    def atoms(self, metrics: frozenset[str]) -> tuple[Atom, ...]:
        """List the least that can be true of a person counted in all these metrics.

        Whoever is counted in a part is counted in the total, and whoever is counted in a
        total is counted in one of its parts, in no two of them. None where nobody can be
        counted in all of these metrics.
        """
        if metrics not in self._atoms:
            self._atoms[metrics] = tuple(dict.fromkeys(self._close(metrics)))
        return self._atoms[metrics]

    def _close(self, metrics: frozenset[str]) -> Iterator[Atom]:
        closed = metrics.union(*(self._counted_as(metric) for metric in metrics))
        for metric in sorted(closed):
            parts = self.parts(metric)
            if len(closed.intersection(parts)) > 1:
                return
        for metric in sorted(closed):
            parts = self.parts(metric)
            if parts and closed.isdisjoint(parts):
                for part in parts:
                    yield from self._close(closed | {part})
                return
        yield closed
