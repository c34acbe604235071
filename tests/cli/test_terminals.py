"""In real terminals of any width nothing is broken by the terminal, and scales stand in line."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux, the terminal, is not installed"),
    pytest.mark.sqlite_only(reason="about the screen, not about the engine"),
]
COMMANDS = [("compare", "casualties"), ("timeline", "khasham-2018")]


@pytest.fixture(scope="module")
def capture():
    """Show a command in a terminal, by the script that writes docs/terminal.md."""
    path = Path(__file__).resolve().parents[2] / "scripts" / "write_terminal_page.py"
    spec = importlib.util.spec_from_file_location("write_terminal_page", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.capture


def out_of_line(screen, tick):
    """Give the rows of a scale that have a blank where another row has a tick."""
    found = []
    for part in screen.split("\n\n"):
        lines = part.split("\n")
        rows = [line for line in lines if f" {tick} " in f"{line} " and line[:1] in " ‡!"]
        ticks = {at for row in rows for at, sign in enumerate(row) if sign == tick}
        found += [row for row in rows if any(at < len(row) and row[at] == " " for at in ticks)]
    return found


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_row_is_broken_and_all_ticks_stand_in_line(capture, demo, folder, columns, command):
    """What the terminal shows is what was written, line for line."""
    screen, joined = capture(folder, columns, command)
    assert screen == joined
    assert max(map(len, screen.split("\n"))) <= columns
    assert screen.count("┊") > 10
    assert out_of_line(screen, "┊") == []


def test_a_row_out_of_line_is_seen():
    """The check above can fail."""
    assert out_of_line("  a ┊  ┊ x\n  b ┊  ● x", "┊") == []
    assert out_of_line("  a ┊  ┊ x\n  bc ┊  ● x", "┊") != []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_terminal_of_the_plainest_locale(capture, demo, folder, command):
    """With LANG=C, as on a bare server, all is ASCII, in line, and nothing is an escape."""
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    screen, joined = capture(folder, 60, command, plain)
    assert screen.isascii()
    assert screen == joined
    assert "\\" not in screen
    for sign in ("-o-", "(==", "::::", "<==", " . "):
        assert sign in screen
    assert (folder / "errors.txt").read_text("utf-8").isascii()


def test_a_break_by_the_terminal_is_seen(capture, demo, folder):
    """Near miss: a line that is longer than the screen is broken, and the two texts differ."""
    screen, joined = capture(folder, 40, ("list-claims", "--format", "tsv"))
    assert screen != joined
