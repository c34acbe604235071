"""The command `claimtrack`: its commands in their order, and what happens when one fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import typer
from typer.core import TyperGroup

from claimtrack.cli.commands import Commands
from claimtrack.errors import ClaimtrackError, UsageError

EPILOG = """\
Examples:
  claimtrack demo
  claimtrack compare casualties
  claimtrack import article.json --dry-run
"""


class _Stopped(Exception):
    """Somebody pressed Ctrl-C."""


class Grouped(TyperGroup):
    """Help that lists commands by what one wants to do, without loading Rich for it."""

    def __init__(self, **settings: Any) -> None:
        """Begin with the commands by name; each is made when it is asked for."""
        super().__init__(**settings)
        self.commands = cast(Any, Commands())

    def list_commands(self, ctx: Any) -> list[str]:
        """List the names of the commands in their order."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; Ctrl-C and a reader who left are told by `run`, not by the parser."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, typer.Abort):
            raise _Stopped from None
        except BrokenPipeError as error:
            # The parser swallows whatever has this number.
            error.errno = None
            raise

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


_Misused: Any = typer.BadParameter.__base__
"""What the parser of calls raises for a call it cannot read."""


def run() -> None:
    """Run the command line; a fault is told in sentences, never as a traceback."""
    _open_what_is_closed()
    try:
        _refuse_what_is_no_text(sys.argv[1:])
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code)
    except ClaimtrackError as error:
        from claimtrack.cli.output import failure

        failure(error)
        sys.exit(error.exit_code)
    except _Misused as misused:
        _tell_usage(misused)
    except _Stopped:
        sys.stderr.write("stopped: nothing was changed\n")
        sys.exit(130)
    except BrokenPipeError:
        # The reader has left; there is nobody to tell.
        _leave_quietly()
        sys.exit(0)
    except OSError as error:
        _refused_by_the_system(error)
    except Exception as fault:
        _unexpected(fault)


def _open_what_is_closed() -> None:
    """Let nothing else, least of all a database, get the number of a closed stream."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def _refuse_what_is_no_text(words: Sequence[str]) -> None:
    """Refuse words of a call that are not UTF-8: no database could keep or find them."""
    for word in words:
        if not word.isascii() and any("\ud800" <= sign <= "\udfff" for sign in word):
            raise UsageError(
                f"'{word[:60]}' is not UTF-8 text", "type it anew, or give the file another name"
            )


def _tell_usage(misused: Any) -> None:
    """Tell how the call is misused, with the words of the call shown safely."""
    import io

    from claimtrack.cli.output import note

    told = io.StringIO()
    misused.show(file=told)
    note(told.getvalue().removesuffix("\n"))
    sys.exit(misused.exit_code)


def _refused_by_the_system(error: OSError) -> None:
    """Tell what the system refused: a name, a disk, a permission; no fault of the program."""
    from claimtrack.cli.output import failure

    name = f" {str(error.filename)[:200]}" if error.filename else ""
    reason = (error.strerror or type(error).__name__).lower()
    hint = "check the name, the permissions and the room on the disk"
    with suppress(OSError):
        failure(ClaimtrackError(f"the system refused{name}: {reason}", hint))
    _leave_quietly()
    sys.exit(1)


def _leave_quietly() -> None:
    """Keep Python from complaining at its end of output that nobody can take."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(fault: Exception) -> None:
    """Write the details of a fault of ours to a file and tell where."""
    try:
        hint = f"the details are in {_keep_details(fault)}; please report them"
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = f"the details could not be kept ({reason}); please report it"
    sys.stderr.write(
        f"error: claimtrack met a fault of its own ({type(fault).__name__}); nothing was changed\n"
        f"hint: {hint}\n"
    )
    sys.exit(1)


def _keep_details(fault: Exception) -> str:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="claimtrack-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as details:
        details.write("".join(traceback.format_exception(fault)))
    return details.name
