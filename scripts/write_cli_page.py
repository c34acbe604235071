"""Write docs/cli.md from the commands' own help; a test holds the page to it."""

from __future__ import annotations

import sys
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from claimtrack.cli.main import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """\
# Commands

Written by `python scripts/write_cli_page.py` from the program's own help.
"""


def help_of(*words: str) -> str:
    """Give the help of a command as a terminal of 80 columns shows it."""
    result = CliRunner(env={"COLUMNS": "80"}).invoke(
        app, [*words, "--help"], prog_name="claimtrack", terminal_width=80
    )
    return "\n".join(line.rstrip() for line in result.stdout.strip().splitlines())


def page() -> str:
    """Put the help of every command together."""
    names = list(get_command(app).commands)  # type: ignore[attr-defined]
    parts = [HEAD, f"```text\n{help_of()}\n```\n"]
    parts += [f"## {name}\n\n```text\n{help_of(name)}\n```\n" for name in names]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stderr.write(f"wrote {PAGE.name}\n")
