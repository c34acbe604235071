"""The commands in the order of the help, each loaded when it is called.

To make the options of all of them for a call of one took a sixth of the time of `list-claims`
(docs/benchmarks.md, start-up).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

COMMANDS: dict[str, dict[str, str]] = {
    "Start": {
        "init": "init.init",
        "demo": "demo.demo",
        "status": "status.status",
    },
    "Look": {
        "list-claims": "list_claims.list_claims",
        "list-events": "lists.list_events",
        "list-sources": "lists.list_sources",
        "list-documents": "lists.list_documents",
        "search": "search.search",
        "show": "show.show",
        "compare": "compare.compare",
        "contradictions": "contradictions.contradictions",
        "timeline": "timeline.timeline",
        "versions": "versions.versions",
        "findings": "findings.findings",
        "explain": "explain.explain",
        "estimate": "estimate.estimate",
        "suspects": "suspects.suspects",
        "track-record": "track_record.track_record",
        "trace": "trace.trace",
        "history": "history.history",
        "check": "check.check",
        "load-bearing": "load_bearing.load_bearing",
    },
    "Add": {
        "import": "import_.import_",
        "add": "add.add",
        "undo": "undo.undo",
    },
    "Judge": {
        "review": "review.review",
        "resolve": "resolve.resolve",
        "grade": "grade.grade",
        "grades": "grade.grades",
    },
    "Share": {
        "report": "report.report",
        "schema": "schema.schema",
        "backup": "backup.backup",
        "copy-to": "copy_to.copy_to",
        "export": "export.export",
        "verify": "verify.verify",
        "upgrade": "upgrade.upgrade",
    },
}
"""By heading: the name that people type, and the module and function behind it."""


class Commands(Mapping[str, Any]):
    """The commands by name, made one by one."""

    def __init__(self) -> None:
        """Begin with none made."""
        self._made: dict[str, Any] = {}
        self._places = {
            name: (heading, place)
            for heading, some in COMMANDS.items()
            for name, place in some.items()
        }

    def __getitem__(self, name: str) -> Any:
        """Give a command; KeyError where there is none of this name."""
        if name not in self._made:
            self._made[name] = _make(name, *self._places[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names in order; nothing is loaded."""
        return iter(self._places)

    def __len__(self) -> int:
        """Count the commands."""
        return len(self._places)


def _make(name: str, heading: str, place: str) -> Any:
    import typer
    from typer.main import get_command

    module, function = place.split(".")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    code = getattr(import_module(f"claimtrack.cli.{module}"), function)
    alone.command(name, rich_help_panel=heading)(code)
    return get_command(alone)
