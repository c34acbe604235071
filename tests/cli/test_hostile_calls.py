"""Whatever is typed, and whatever breaks, a person gets a sentence and an exit code."""

from __future__ import annotations

import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUN = [sys.executable, "-c", "from claimtrack.cli.main import run; run()"]
SQL = (
    "'; DROP TABLE claims;--",
    '" OR 1=1 --',
    "%",
    "_",
    "\\",
    "x' UNION SELECT 1",
    "*",
    "\x1b[2J",
)


@pytest.mark.parametrize(
    "option",
    ["--event", "--metric", "--group", "--source", "--origin", "--document", "--since", "--as-of"],
)
def test_sql_in_a_filter_names_nothing(cli, demo, everything, option):
    """It is a name like any other, and there is none: told, and nothing changed."""
    before = everything(demo)
    for text in SQL:
        done = cli("list-claims", option, text)
        assert (done.code, done.out) == (1, ""), done
        assert done.err.startswith("error: ") and "\nhint: " in done.err
    assert everything(demo) == before


def test_signs_of_patterns_are_letters_in_a_search(cli, empty, write, ferry):
    """`%`, `_` and a backslash are searched for; they stand for nothing else."""
    quotes = ("100% dead", "a_b", r"back\slash", "plain")
    claims = [
        {**ferry["claims"][2], "id": f"q{at}", "value": at + 1, "quote": quote}
        for at, quote in enumerate(quotes)
    ]
    cli("import", write("a.json", {**ferry, "claims": claims}))
    for text, found in (("%", 1), ("_", 1), ("\\", 1), ("a%b", 0), ("a_", 1), ("l_in", 0), ("", 4)):
        told = cli("list-claims", "--search", text, "--json").json
        assert len(told) == found, text


@pytest.mark.parametrize(
    "args",
    [
        ("list-claims", "--search", "a\udcff"),
        ("show", "\udcff"),
        ("import", "\udcff.json"),
        ("review", "\udced\udcb2\udc80", "--status", "open"),
        ("list-claims", "--\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_refused(cli, demo, args):
    """No database could keep them, and none could find them."""
    done = cli(*args)
    assert done.code == 2
    assert "is not UTF-8 text" in done.err
    assert "fault of its own" not in done.err


@pytest.mark.parametrize("sign", ["\u202e", "\u200f", "\u2066", "\x9b", "\x1b", "\x07"])
def test_an_option_that_is_not_there_is_shown_safely(cli, demo, sign):
    """Direction marks in the name of an option are shown and not sent."""
    done = cli("check", f"--db{sign}")
    assert done.code == 2
    assert sign not in done.err and "No such option" in done.err


@pytest.mark.sqlite_only(reason="names of files")
@pytest.mark.parametrize(
    "args",
    [
        ("copy-to", "x" * 300),
        ("list-claims", "--db", "x" * 300),
        ("backup", "x" * 300),
        ("export", "--output", "x" * 300),
        ("import", "x" * 300),
    ],
)
def test_a_name_too_long_is_what_the_system_says(cli, demo, args):
    """What the system refuses is told as such, not as a fault of the program."""
    done = cli(*args)
    assert done.code in (1, 2)
    assert "fault of its own" not in done.err
    assert "hint: " in done.err or "Error: " in done.err


def test_numbers_beyond_counting_are_a_limit_too(cli, demo):
    """No limit is too large, and no offset; a severity that is no number is refused."""
    every = cli("list-claims").out
    assert cli("list-claims", "--limit", "9" * 30).out == every
    assert cli("list-claims", "--offset", "9" * 30).out.count("\n") == 1
    listed = cli("contradictions", "--limit", "9" * 30)
    assert listed.out == cli("contradictions").out
    done = cli("contradictions", "--severity", "nan")
    assert done.code == 2 and "a severity is a number" in done.err


def test_an_article_is_no_sentence(cli, demo):
    """A text of 100,000 characters is refused by its length, at once."""
    done = cli("check", "200 Russians were killed. " * 4000)
    assert done.code == 1
    assert "too many for a sentence" in done.err and len(done.err) < 300


# Faults of our own


def test_a_fault_of_our_own_is_a_sentence(cli, demo, monkeypatch):
    """The traceback is in a file that only its owner reads; the person is told where."""
    from claimtrack.services import looking

    def fail(*args, **told):
        raise ZeroDivisionError("planted\x1b[2J")

    monkeypatch.setattr(looking, "list_claims", fail)
    done = cli("list-claims")
    assert (done.code, done.out) == (1, "")
    assert "Traceback" not in done.err and "\x1b" not in done.err
    first, hint = done.err.splitlines()
    assert first == (
        "error: claimtrack met a fault of its own (ZeroDivisionError); nothing was changed"
    )
    details = Path(re.search(r"the details are in (\S+);", hint)[1])
    assert "Traceback" in details.read_text() and "planted" in details.read_text()
    assert stat.S_IMODE(details.stat().st_mode) == 0o600
    details.unlink()


def test_ctrl_c_is_a_word_and_130(cli, demo, write, ferry, everything, monkeypatch):
    """In the midst of an import nothing is half done."""
    from claimtrack.services import importing

    def interrupted(*args, **told):
        raise KeyboardInterrupt

    before = everything(demo)
    monkeypatch.setattr(importing, "conclude", interrupted)
    done = cli("import", write("ferry.json", ferry))
    assert (done.code, done.out, done.err) == (130, "", "stopped: nothing was changed\n")
    assert everything(demo) == before


@pytest.mark.sqlite_only(reason="stops a process at work on a file")
def test_ctrl_c_for_real(demo, folder, everything):
    """A process that waits for its input stops at the signal, and says so.

    What a shell starts in the background has to ignore the signal, and so do its children.
    """
    before = everything(demo)
    child = subprocess.Popen(
        [*RUN, "import", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    child.stdin.write(b'{"claimtrack": 1, ')
    child.stdin.flush()
    wal = folder / "claimtrack.db-wal"
    until = time.time() + 60
    while not wal.exists() and time.time() < until:
        time.sleep(0.1)
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, b"stopped: nothing was changed\n")
    assert everything(demo) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(demo, folder):
    """Output that cannot be written fails with a sentence."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*RUN, "list-claims"], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: the system refused: no space left on device\n")
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr


def test_closed_streams_are_no_fault(demo, folder):
    """With its streams closed the program has nobody to tell, and nothing to break."""
    shell = " ".join(f"'{word}'" for word in RUN)
    for closed in (">&-", "2>&-", "<&-", ">&- 2>&- <&-"):
        done = subprocess.run(
            f"{shell} list-claims {closed}",
            shell=True,
            cwd=folder,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b""), closed


def test_a_reader_who_leaves_ends_it_quietly(cli, demo, folder, write):
    """Behind much more than a pipe holds, too; the exit code is 0."""
    events = [{"id": f"e{at}", "title": "x" * 500} for at in range(1000)]
    cli("import", write("a.json", {"claimtrack": 1, "events": events}))
    child = subprocess.Popen(
        [*RUN, "list-events", "--json"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    child.stdout.read(10)
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait(60) == 0
