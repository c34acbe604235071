"""Write docs/terminal.md from what real terminals show; a test holds the page to it.

The terminals are tmux's. Each has a server of its own, in a folder that goes afterwards.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from claimtrack.services.starting import demo

PAGE = Path(__file__).resolve().parents[1] / "docs" / "terminal.md"
LINES = 400
HEAD = """\
# What a terminal shows

Written by `python scripts/write_terminal_page.py`: each picture below was captured from a
terminal of that width, after `claimtrack demo`.

| told as | sign | in ASCII |
| --- | --- | --- |
| a number | `●` | `o` |
| about a number, as it is read | `╌╌●╌╌` | `--o--` |
| at least, more than | `○━━▶` | `(==>` |
| at most, up to | `◀━━○` | `<==(` |
| a range | `├──┤` | `[--]` |
| a vague word, by convention | `░░░░░` | `:::::` |
| none, or denied | `✗` | `x` |
| stands in a contradiction | `‡` before the row | `!` |
| a contradiction arises, a correction comes | `↯` | `!` |

Nothing hangs on colour: `NO_COLOR`, a pipe and a terminal without colours lose none of it.
ASCII comes where the encoding of the terminal lacks one of the signs. Lines are no wider than the
terminal, from 40 columns to 400; below 60 the strip stands under its name. Long names lose
their middle; a table that does not fit is written a cell a line. Wide signs, such as those of
Chinese, count as two columns.

Most terminals show text in the order in which it is stored, some turn Arabic and Hebrew around.
That such a name does not turn the row it stands in, it is put between marks of direction
(U+200E) that take no column. Those in text from outside are shown instead (`<U+200E>`).
"""
SHOWN = (
    (60, ("compare", "killed"), {}),
    (80, ("compare", "killed", "--group", "russian-contractors", "--by", "origin"), {}),
    (120, ("timeline", "khasham-2018", "--metric", "killed", "--metric", "wounded"), {}),
    (80, ("compare", "killed"), {"PYTHONIOENCODING": "ascii"}),
)
"""Columns, command, and what the environment has besides."""


def capture(
    folder: Path, columns: int, args: tuple[str, ...], env: dict[str, str] | None = None
) -> tuple[str, str]:
    """Run a command in a terminal of so many columns, in a folder with a database.

    Gives what stands on the screen, and the same with lines put together that the terminal had
    to break: where no line was too long, both are the same.
    """
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CLAIMTRACK", "TMUX"))}
    for name in ("COLUMNS", "LINES", "NO_COLOR", "PYTHONIOENCODING"):
        clean.pop(name, None)
    clean |= {"LC_ALL": "C.UTF-8", **(env or {})}
    program = [sys.executable, "-c", "from claimtrack.cli.main import run; run()", *args]
    script = f"{shlex.join(program)} 2>errors.txt; tmux wait-for -S shown; sleep 60"
    with tempfile.TemporaryDirectory(prefix="ct-") as place:
        tmux = ("tmux", "-S", f"{place}/t", "-f", "/dev/null", "-u")

        def call(*words: str) -> str:
            done = subprocess.run(
                [*tmux, *words], cwd=folder, env=clean, check=True, capture_output=True,
                text=True, timeout=60,
            )  # fmt: skip
            return done.stdout

        size = ("-x", str(columns), "-y", str(LINES))
        call("new-session", "-d", *size, "sh", "-c", script)
        try:
            call("wait-for", "shown")
            joined = "\n".join(line.rstrip() for line in call("capture-pane", "-pJ").split("\n"))
            return call("capture-pane", "-p").rstrip(), joined.rstrip()
        finally:
            call("kill-server")


def page() -> str:
    """Put the captured screens together."""
    parts = [HEAD]
    with tempfile.TemporaryDirectory() as folder:
        demo(f"{folder}/claimtrack.db")
        for columns, args, env in SHOWN:
            shown, _ = capture(Path(folder), columns, args, env)
            plain = " in ASCII" if env else ""
            parts.append(f"## `{' '.join(args)}` in {columns} columns{plain}\n")
            parts.append(f"```text\n{shown}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stderr.write(f"wrote {PAGE.name}\n")
