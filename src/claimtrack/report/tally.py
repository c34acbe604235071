"""What an import did, in words and as data."""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

_PLURALS = {"metric": "metrics", "group": "groups", "event": "events", "source": "sources"}
_PLURALS |= {"document": "documents", "claim": "claims"}


class Tally(Protocol):
    """Counts by type of entry."""

    added: Counter[str]
    changed: Counter[str]
    unchanged: Counter[str]


class Report(Protocol):
    """The report of an import, as the service gives it."""

    @property
    def batch(self) -> int | None:
        """Give the batch, if one was kept."""

    @property
    def tally(self) -> Tally:
        """Give the counts."""

    @property
    def new_contradictions(self) -> int:
        """Count the contradictions that came."""

    @property
    def gone_contradictions(self) -> int:
        """Count the contradictions that went."""

    @property
    def dry_run(self) -> bool:
        """Say whether nothing was written on purpose."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Give what a person should know besides, a sentence each."""

    @property
    def changed_anything(self) -> bool:
        """Say whether anything was, or would be, written."""


def report_text(report: Report) -> str:
    """Tell what was added, changed and there already, and what follows for contradictions."""
    tally = report.tally
    if not report.changed_anything:
        return f"nothing changed: all {tally.unchanged.total():,} entries are there already"
    rows = []
    for name, counts in (
        ("added", tally.added),
        ("changed", tally.changed),
        ("there already", tally.unchanged),
    ):
        if counts.total():
            told = ", ".join(
                f"{number:,} {type_ if number == 1 else _PLURALS[type_]}"
                for type_, number in sorted(counts.items())
                if number
            )
            rows.append(f"{name}: {told}")
    if report.new_contradictions or report.gone_contradictions:
        gone = f", {report.gone_contradictions:,} gone" if report.gone_contradictions else ""
        rows.append(f"contradictions: {report.new_contradictions:,} new{gone}")
    rows += [f"note: {warning}" for warning in report.warnings]
    if report.dry_run:
        rows.append("dry run: nothing was changed")
    else:
        rows.append(f"batch {report.batch}; `claimtrack undo {report.batch}` takes it back")
    return "\n".join(rows)


def report_data(report: Report) -> dict[str, Any]:
    """Give the same as data."""
    return {
        "batch": report.batch,
        "dry_run": report.dry_run,
        "added": dict(+report.tally.added),
        "changed": dict(+report.tally.changed),
        "unchanged": dict(+report.tally.unchanged),
        "new_contradictions": report.new_contradictions,
        "gone_contradictions": report.gone_contradictions,
        "warnings": list(report.warnings),
    }
