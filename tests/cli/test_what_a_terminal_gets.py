"""Stored text never acts on a terminal, and never breaks what is drawn around it."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from collections import Counter

import pytest

NASTY = [
    "about 200 [sic] dead", "[/b] [bold]x[/]", "1:100: :smile:", "قُتل أكثر من 200", "Погибли 200",
    "\x1b[31mred\x1b[0m", "\x1b[2J\x1b[H", "\x1b]0;owned\x07", "a\u202eb\u202c", "\u2066x\u2069",
    "\x9b31m", "\x85\x90", "bell\x07back\x08", "line\nbreak\r\nand\ttab\x0b\x0c", "\x7f",
    "\u200bzero\u200d\ufeff", "\u2028\u2029", "\U000e0041tag", "e\u0301 ﷽ 👩‍👩‍👧 字字字", " ",
    "%s {0} $x `x`",
]  # fmt: skip
OWN = re.compile(r"\x1b\[[0-9;]*m")
"""The only sequences that may come: colours set by the drawing itself."""
# U+200E comes from us alone, around text from right to left; a stored one is shown.

ACTING = set("\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
COMMANDS = [
    ("list-claims",), ("list-claims", "--format", "tsv"), ("list-claims", "--json"),
    ("list-sources",), ("list-documents",), ("list-events",), ("contradictions",),
    ("compare", "killed"), ("compare", "killed", "--format", "md"), ("status",),
    ("timeline", "event-0"), ("timeline", "event-3"), ("timeline", "event-5"),
    ("show", "event-0"), ("show", "source-5"), ("show", "a-5"), ("explain", "a-5"),
    ("explain", "a-5", "b-5"), ("explain", "a-5", "b-5", "--json"),
]  # fmt: skip


def case_of(texts):
    """Make a case in which every text stands wherever text can stand."""
    case = {key: [] for key in ("events", "groups", "sources", "documents", "claims")}
    case["events"] = [{"id": f"event-{n}", "title": t, "place": t} for n, t in enumerate(texts)]
    for n, text in enumerate(texts):
        case["groups"].append({"id": f"group-{n}", "name": text})
        case["sources"].append({"id": f"source-{n}", "name": text})
        case["documents"].append(
            {"id": f"doc-{n}", "source": f"source-{n}", "title": text, "url": text}
        )
        claim = {"event": f"event-{n}", "document": f"doc-{n}", "metric": "killed", "quote": text}
        claim["group"] = f"group-{n}"
        for id_, number in (("a", 5), ("b", 500)):
            value = {"min": number, "max": number, "text": text}
            case["claims"].append({**claim, "id": f"{id_}-{n}", "value": value})
    return {"claimtrack": 1, **case}


def harm_in(text):
    """List what would act on a terminal."""
    left = OWN.sub("", text.replace("\r\n", "\n"))
    return {
        f"U+{ord(sign):04X}"
        for sign in left
        if sign in ACTING or (unicodedata.category(sign) == "Cc" and sign not in "\n\t")
    }


@pytest.fixture
def nasty(cli, empty, write):
    """Give a database full of text that would do harm."""
    done = cli("import", write("nasty.json", case_of(NASTY)))
    assert done.code == 0, done
    assert harm_in(done.err) == set()
    return empty


def at_a_terminal(folder, *args):
    """Run the program with a real terminal of 80 columns; give what came out of it."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    child = subprocess.Popen(
        [sys.executable, "-c", "from claimtrack.cli.main import run; run()", *args],
        stdin=follower,
        stdout=follower,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
    )
    os.close(follower)
    data = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        data += piece
    os.close(leader)
    assert child.wait(60) in (0, 3)
    return data.decode()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_stored_acts_on_a_terminal(cli, nasty, command):
    """Escape sequences, control characters and direction overrides are shown, not sent."""
    done = cli(*command, tty=True)
    assert done.code == 0, done
    assert done.out.strip()
    assert harm_in(done.out) == set()
    assert "\x1b[31mred" not in done.out
    assert harm_in(done.err) == set()


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS if len(c) == 1 or c[0] in ("show", "explain", "compare")],
    ids=" ".join,
)  # fmt: skip
def test_a_real_terminal_of_80_columns(nasty, folder, command):
    """On a real terminal too nothing comes through but the colours of the drawing."""
    text = at_a_terminal(folder, *command)
    assert text.strip()
    assert harm_in(text) == set()
    assert "\x1b[31mred" not in text


def test_brackets_and_colons_are_kept(cli, nasty):
    """What looks like markup or a picture stands as it was written."""
    for at in range(5):
        assert f"name: {NASTY[at]}\n" in cli("show", f"source-{at}", tty=True).out
    assert "name: ␛[31mred␛[0m\n" in cli("show", "source-5", tty=True).out
    listed = cli("list-sources", tty=True).out
    for told in ("[sic]", "[/b]", "[bold]", "1:100:", "Погибли"):
        assert told in listed, told


def test_lines_of_a_terminal_fit(folder, demo):
    """The comparison fits into 80 columns, whatever is compared."""
    from rich.cells import cell_len

    text = OWN.sub("", at_a_terminal(folder, "compare", "casualties").replace("\r\n", "\n"))
    drawn = [line for line in text.split("\n") if not line.startswith("next: ")]
    assert max(map(cell_len, drawn)) <= 80


def test_a_terminal_without_our_signs(program, demo):
    """Where the encoding lacks them, plain signs stand for ours, one for one."""
    plain = {"PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    for command in (("compare", "casualties"), ("timeline", "khasham-2018")):
        rich, poor = program(*command, env={"COLUMNS": "80"}), program(*command, env=plain)
        assert poor.out.isascii()
        assert "\\u" not in poor.out
        assert "o" in poor.out and ">" in poor.out and ":" in poor.out
        assert len(poor.out.split("\n")) == len(rich.out.split("\n"))


def test_names_from_right_to_left_leave_the_row_in_order(cli, empty, write):
    """The name is kept within marks of the row's own direction, which take no column."""
    cli("import", write("case.json", case_of(["قُتل أكثر من 200", "two"])))
    for command in (("compare", "killed"), ("timeline", "event-0")):
        out = cli(*command).out
        assert "\u200eقُتل أكثر من 200\u200e" in out
        assert "\u200etwo" not in out


def test_names_of_files_and_ids_are_shown_safely(cli, empty):
    """What a person typed comes back harmless in an error."""
    for args in (
        ("show", "\x1b[31mred"), ("import", "\x1b[31mred.json"), ("list-claims", "--event", "\x9b"),
        ("status", "--db", "\x1b]0;x\x07"), ("compare", "\u202e"),
        ("list-claims", "--format", "\x1b"),
        ("\x1b[2J",), ("list-claims", "--\x1b[2J"), ("list-claims", "--limit", "\x1b[2J"),
    ):  # fmt: skip
        done = cli(*args)
        assert done.code in (1, 2), args
        assert harm_in(done.err) == set(), args


def test_naughty_strings_on_a_terminal(cli, empty, write, shared):
    """None of the strings that break software changes the terminal."""
    strings = json.loads(shared("robustness/naughty-strings.json").read_text(encoding="utf-8"))
    texts = [text for text in strings if text]
    done = cli("import", write("naughty.json", case_of(texts)))
    assert done.code == 0, done
    for command in (("list-claims", "--limit", "2000"), ("list-sources",), ("contradictions",)):
        done = cli(*command, tty=True)
        assert done.code == 0, done.err
        assert harm_in(done.out) == set()


@pytest.mark.parametrize("text", ["a\0b", "half \ud800", "\udfff"])
def test_what_no_file_can_hold_is_refused(cli, empty, write, text):
    """NUL and half a surrogate pair are refused with a sentence and its place."""
    done = cli("import", write("bad.json", case_of([text])))
    assert done.code == 1
    assert "sources[0].name" in done.err
    assert "fault of its own" not in done.err


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("command", ["list-claims", "list-events", "list-sources", "history"])
def test_a_narrow_screen_loses_nothing(cli, demo, monkeypatch, columns, command):
    """Every sign of the wide table stands on the narrow one, and ids whole."""
    shown = []
    for width in (400, columns):
        monkeypatch.setenv("COLUMNS", str(width))
        shown.append(cli(command, "--format", "table").out)
    assert max(map(len, shown[1].splitlines())) <= columns
    body = shown[0].rpartition("─")[2]
    signs, kept = (Counter("".join(text.split())) for text in (body, shown[1]))
    assert signs <= kept
    ids = {line.split()[0] for line in body.splitlines() if line.strip()}
    assert len(ids) >= 1 and ids <= set(shown[1].split())
