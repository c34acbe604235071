"""The way of a report to its origin, stop by stop, for people to look at."""

from __future__ import annotations

from dataclasses import replace

from claimtrack.domain.testimony import Step, Stop, Testimony
from claimtrack.origins.following import Record, origin_of


def way_of(testimony: Testimony, record: Record) -> tuple[Stop, ...]:
    """List the stops from a report's own document to its origin.

    A link that goes on in a report of that very source is one stop with it. A way that runs
    in a circle ends where it would begin again, without an origin.
    """
    end = origin_of(testimony, record)
    stops: list[Stop] = []
    for at, id_ in enumerate(end.route):
        report = testimony if at == 0 else record.by_id[id_]
        if stops and stops[-1].source == report.source and stops[-1].report is None:
            stops[-1] = _at(report, stops[-1].mode)
        else:
            stops.append(_at(report, "in" if stops else None))
        steps = report.chain
        if len(steps) == 1 and steps[0].source == report.source and steps[0].upstream is None:
            continue
        stops.extend(_through(step) for step in steps)
    if end.key is not None:
        stops[-1] = replace(stops[-1], origin=end.key)
    return tuple(stops)


def _at(report: Testimony, mode: str | None) -> Stop:
    return Stop(
        report.source,
        report.source_name,
        mode,
        report.anonymous,
        report.id,
        report.document,
        report.published,
    )


def _through(step: Step) -> Stop:
    return Stop(step.source, step.name, step.mode, step.anonymous)
