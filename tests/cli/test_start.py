"""Starting: what is loaded for what, and completion in three shells."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sqlalchemy", "pydantic", "rich", "alembic")
SPY = """
import atexit, os, sys
atexit.register(lambda: open(os.environ["SPY"], "w").write("\\n".join(sys.modules)))
sys.argv = ["claimtrack", *sys.argv[1:]]
from claimtrack.cli.main import run
run()
"""


@pytest.fixture
def loaded(folder):
    """Run a command and name the modules that were loaded for it."""

    def call(*args, **env):
        spy = folder.parent / "modules"
        done = subprocess.run(
            [sys.executable, "-c", SPY, *args],
            env={**os.environ, **env, "SPY": str(spy)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout, set(spy.read_text().splitlines())

    return call


@pytest.mark.parametrize("args", [("--help",), ("list-claims", "--help"), ("--version",)])
def test_help_loads_nothing_heavy(loaded, args):
    """Help is there at once."""
    out, modules = loaded(*args)
    assert "claimtrack" in out
    assert modules.isdisjoint(HEAVY)


def test_listing_loads_what_it_needs(loaded, demo):
    """A list loads neither migrations nor the checks of import, nor the mapper."""
    out, modules = loaded("list-claims")
    assert out.count("\n") > 10
    assert modules.isdisjoint({"alembic", "pydantic", "sqlalchemy.orm"})


def shells(words):
    """Give the environment each shell asks in, for the last word of a line."""
    line = " ".join(words)
    return {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }


@pytest.mark.sqlite_only(reason="Tab asks files only: no server is called at a key press")
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["show", "us-off"], "us-official"),
        (["explain", "two-russians-more"], "two-russians-more-than-200-killed"),
        (["compare", "casu"], "casualties"),
        (["list-claims", "--event", "kha"], "khasham-2018"),
        (["list-claims", "--group", "russian-c"], "russian-contractors"),
        (["list-claims", "--source", "bloom"], "bloomberg"),
        (["list-claims", "--document", "cent"], "centcom-20180208-01"),
    ],
)
def test_ids_complete(loaded, demo, shell, words, expected):
    """Tab gives ids, at once."""
    words = ["claimtrack", *words]
    env = shells(words)[shell]
    out, modules = loaded(**env, _CLAIMTRACK_COMPLETE=f"complete_{shell}")
    assert expected in out
    assert modules.isdisjoint(HEAVY)


@pytest.mark.parametrize("bad", ["missing", "text", "other"])
def test_completion_is_never_loud(loaded, folder, bad):
    """Without a database of ours Tab gives nothing, and says and makes nothing."""
    if bad == "text":
        (folder / "claimtrack.db").write_text("Dear diary")
    elif bad == "other":
        import sqlite3

        sqlite3.connect(folder / "claimtrack.db").close()
    before = list(folder.iterdir())
    env = shells(["claimtrack", "show", "x"])["bash"]
    out, _ = loaded(**env, _CLAIMTRACK_COMPLETE="complete_bash")
    assert out.strip() == ""
    assert list(folder.iterdir()) == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_each_shell(loaded, shell):
    """The program prints what a shell needs to complete it."""
    out, _ = loaded(_CLAIMTRACK_COMPLETE=f"source_{shell}")
    assert "claimtrack" in out


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("list-claims",), 0),
        (("contradictions",), 0),
        (("contradictions", "--exit-code"), 3),
        (("contradictions", "--exit-code", "--metric", "date"), 0),
        (("compare", "killed", "--exit-code"), 3),
        (("compare", "wounded", "--exit-code"), 0),
        (("compare", "killed"), 0),
        (("show", "nobody"), 1),
        (("list-claims", "--event", "no-such"), 1),
        (("compare", "no-such"), 1),
        (("list-claims", "--no-such"), 2),
        (("no-such",), 2),
        (("list-claims", "--format", "xml"), 2),
        (("list-claims", "--limit", "-1"), 2),
        (("explain", "a", "b", "c"), 1),
        (("undo",), 2),
    ],
)
def test_exit_codes(cli, demo, args, code):
    """0 is fine, 1 failed, 2 is usage, 3 comes only where it is asked for."""
    done = cli(*args)
    assert done.code == code, done
    assert "fault of its own" not in done.err
    if code in (1, 2):
        assert done.err


@pytest.mark.parametrize(
    ("args", "near"),
    [
        (("show", "us-official-about-100-kiled"), "us-official-about-100-killed"),
        (("list-claims", "--source", "blomberg"), "bloomberg"),
        (("list-claims", "--event", "khasham"), "khasham-2018"),
        (("compare", "kiled"), "killed"),
    ],
)
def test_a_misspelt_id_gets_the_nearest(cli, demo, args, near):
    """An unknown id is answered with the one that was meant."""
    done = cli(*args)
    assert done.code == 1
    assert f"did you mean '{near}'?" in done.err


@pytest.mark.parametrize(
    "command", ["list-claims", "list-events", "list-sources", "list-documents"]
)
def test_an_empty_answer_has_a_hint(cli, empty, command):
    """Nothing to show is never shown without a hint."""
    done = cli(command)
    assert done.code == 0
    assert "hint: " in done.err


def test_bare_call_shows_grouped_help(cli):
    """Without a command the help stands there, grouped, with examples."""
    text = "".join((cli().out, cli().err))
    for told in (
        "Start",
        "Look",
        "Add",
        "Share",
        "claimtrack demo",
        "claimtrack compare casualties",
    ):
        assert told in text


@pytest.mark.sqlite_only(reason="`init` makes a file in the folder")
def test_the_whole_road_as_programs(program, folder, ferry):
    """Run for real, the program makes a case, takes a file in by a pipe and compares."""
    import json

    assert program("init").code == 0
    done = program("import", "-", stdin=json.dumps(ferry).encode())
    assert done.code == 0, done
    assert "more than 200" in program("compare", "killed").out
    assert program("contradictions", "--exit-code").code == 3
    assert Path(folder / "claimtrack.db").is_file()


def test_a_plain_encoding_is_enough(program, demo):
    """Where a terminal lacks the signs plain ones stand in, and nothing fails."""
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    for command in (
        ("compare", "casualties"),
        ("list-claims",),
        ("list-claims", "--format", "table"),
    ):
        done = program(*command, env=env)
        assert done.code == 0, done
        assert done.out.isascii()


def test_a_reader_that_leaves_is_no_failure(demo, folder):
    """`claimtrack list-claims | head -1` ends quietly."""
    code = f"{sys.executable} -c 'from claimtrack.cli.main import run; run()' list-claims | head -1"
    done = subprocess.run(code, shell=True, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "error" not in done.stderr


def test_the_module_is_the_command():
    """`python -m claimtrack` does what the script does, and says how it was called."""
    code = [sys.executable, "-m", "claimtrack"]
    told = subprocess.run([*code, "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("claimtrack ")
    wrong = subprocess.run([*code, "nonsense"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "-m claimtrack" in wrong.stderr


def test_a_call_loads_the_command_it_calls_and_no_other():
    """The names are all there; what they stand for is loaded one by one."""
    code = (
        "import sys; from claimtrack.cli.commands import COMMANDS, Commands\n"
        "commands = Commands(); commands['list-claims']\n"
        "ours = {m.split('.')[-1] for m in sys.modules if m.startswith('claimtrack.cli.')}\n"
        "print('list_claims' in ours, 'compare' in ours, len(commands) == len(list(commands)))\n"
        "print(all(commands[n].name == n for some in COMMANDS.values() for n in some))\n"
        "print('nonsense' in commands)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "True", "True", "False"]
