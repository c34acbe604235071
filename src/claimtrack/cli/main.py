"""The command `claimtrack`: its commands in their order, and what happens when one fails."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from claimtrack.cli import (
    add,
    backup,
    check,
    compare,
    contradictions,
    copy_to,
    demo,
    estimate,
    explain,
    export,
    findings,
    grade,
    history,
    import_,
    init,
    list_claims,
    lists,
    load_bearing,
    report,
    resolve,
    review,
    schema,
    search,
    show,
    status,
    suspects,
    timeline,
    trace,
    track_record,
    undo,
    upgrade,
    verify,
    versions,
)
from claimtrack.errors import ClaimtrackError

EPILOG = """\
Examples:
  claimtrack demo
  claimtrack compare casualties
  claimtrack import article.json --dry-run
"""


class Grouped(TyperGroup):
    """Help that lists commands by what one wants to do, without loading Rich for it."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a section for each heading, in the order in which commands were added."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is None or command.hidden:
                continue
            heading = getattr(command, "rich_help_panel", None) or "Commands"
            sections.setdefault(str(heading), []).append((name, command.get_short_help_str(120)))
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl(rows)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples as they stand: they are to be copied."""
        formatter.write("\n" + EPILOG)


app = typer.Typer(
    name="claimtrack",
    cls=Grouped,
    help="Who said what about an event, on whose word, and what of it cannot all be true.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback(invoke_without_command=True)
def main(
    version: bool = typer.Option(False, "--version", help="Tell the version.", is_eager=True),
) -> None:
    """Who said what about an event, on whose word, and what of it cannot all be true."""
    if version:
        from claimtrack import __version__

        typer.echo(f"claimtrack {__version__}")
        raise typer.Exit


START, LOOK, ADD, JUDGE, SHARE = "Start", "Look", "Add", "Judge", "Share"

app.command("init", rich_help_panel=START)(init.init)
app.command("demo", rich_help_panel=START)(demo.demo)
app.command("status", rich_help_panel=START)(status.status)
app.command("list-claims", rich_help_panel=LOOK)(list_claims.list_claims)
app.command("list-events", rich_help_panel=LOOK)(lists.list_events)
app.command("list-sources", rich_help_panel=LOOK)(lists.list_sources)
app.command("list-documents", rich_help_panel=LOOK)(lists.list_documents)
app.command("search", rich_help_panel=LOOK)(search.search)
app.command("show", rich_help_panel=LOOK)(show.show)
app.command("compare", rich_help_panel=LOOK)(compare.compare)
app.command("contradictions", rich_help_panel=LOOK)(contradictions.contradictions)
app.command("timeline", rich_help_panel=LOOK)(timeline.timeline)
app.command("versions", rich_help_panel=LOOK)(versions.versions)
app.command("findings", rich_help_panel=LOOK)(findings.findings)
app.command("explain", rich_help_panel=LOOK)(explain.explain)
app.command("estimate", rich_help_panel=LOOK)(estimate.estimate)
app.command("suspects", rich_help_panel=LOOK)(suspects.suspects)
app.command("track-record", rich_help_panel=LOOK)(track_record.track_record)
app.command("trace", rich_help_panel=LOOK)(trace.trace)
app.command("history", rich_help_panel=LOOK)(history.history)
app.command("check", rich_help_panel=LOOK)(check.check)
app.command("load-bearing", rich_help_panel=LOOK)(load_bearing.load_bearing)
app.command("import", rich_help_panel=ADD)(import_.import_)
app.command("add", rich_help_panel=ADD)(add.add)
app.command("undo", rich_help_panel=ADD)(undo.undo)
app.command("review", rich_help_panel=JUDGE)(review.review)
app.command("resolve", rich_help_panel=JUDGE)(resolve.resolve)
app.command("grade", rich_help_panel=JUDGE)(grade.grade)
app.command("grades", rich_help_panel=JUDGE)(grade.grades)
app.command("report", rich_help_panel=SHARE)(report.report)
app.command("schema", rich_help_panel=SHARE)(schema.schema)
app.command("backup", rich_help_panel=SHARE)(backup.backup)
app.command("copy-to", rich_help_panel=SHARE)(copy_to.copy_to)
app.command("export", rich_help_panel=SHARE)(export.export)
app.command("verify", rich_help_panel=SHARE)(verify.verify)
app.command("upgrade", rich_help_panel=SHARE)(upgrade.upgrade)


def run() -> None:
    """Run the command line; a fault is told in sentences, never as a traceback."""
    try:
        app()
    except ClaimtrackError as error:
        from claimtrack.cli.output import failure

        failure(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader has left; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.stderr.write("stopped: nothing was changed\n")
        sys.exit(130)
    except Exception as fault:
        _unexpected(fault)


def _unexpected(fault: Exception) -> None:
    """Write the details of a fault of ours to a file and tell where."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="claimtrack-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as details:
        details.write("".join(traceback.format_exception(fault)))
    sys.stderr.write(
        f"error: claimtrack met a fault of its own ({type(fault).__name__}); nothing was changed\n"
        f"hint: the details are in {details.name}; please report them\n"
    )
    sys.exit(1)
