"""Count certain origins where chains name sources only, in a fraction of the time.

Most reports are such: no link names the report it relies on, nothing was corrected, and nobody
is stated to draw on anybody. What is left of the rules of `following` and `counting` then fits
on a page. Both give the same count, which the tests hold them to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claimtrack.domain.testimony import OWN, UNATTRIBUTED, PlainReport, SourceKey


class _End(NamedTuple):
    """Where a chain leads. `path` has every source on the way."""

    key: SourceKey
    is_certain: bool
    saw_it: bool
    path: Sequence[SourceKey]


def count_plain(reports: Sequence[PlainReport]) -> int:
    """Count the certain origins of a claim: the least that `counting.count_in` gives.

    `reports` are all that state it.
    """
    if not any(report.chain for report in reports):
        named = {report.source for report in reports if not report.anonymous}
        return max(len(named), min(1, len(reports)))
    by_source: dict[SourceKey, list[PlainReport]] = defaultdict(list)
    for report in reports:
        by_source[report.source].append(report)
    ends = [_follow(report, by_source) for report in reports]
    relayed = {source for end in ends for source in end.path if source != end.key}
    certain = {end.key for end in ends if end.is_certain and (end.saw_it or end.key not in relayed)}
    return max(len(certain), min(1, len(ends)))


def _follow(report: PlainReport, by_source: Mapping[SourceKey, Sequence[PlainReport]]) -> _End:
    if not report.chain:
        return _End(report.source, not report.anonymous, False, (report.source,))
    route: list[PlainReport] = []
    path: list[SourceKey] = []
    while True:
        route.append(report)
        path.append(report.source)
        if not report.chain:
            return _End(report.source, not report.anonymous, False, path)
        path += [link.source for link in report.chain]
        last = report.chain[-1]
        saw_it = last.mode == OWN
        if last.source == report.source:
            return _End(report.source, not report.anonymous, saw_it, path)
        said = [one for one in by_source.get(last.source, ()) if one is not report]
        ends = {one.chain[-1].source if one.chain else one.source for one in said}
        if len(ends) != 1 or any(one in route for one in said):
            is_certain = not last.anonymous and last.mode != UNATTRIBUTED
            return _End(last.source, is_certain, saw_it, path)
        # Each step leads to a report that was not passed, so no plain chain runs in a circle.
        report = min(said, key=lambda one: (one.day, one.id))
