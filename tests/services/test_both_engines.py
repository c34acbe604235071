"""Whatever came and went, a file and a server hold the same case and answer alike."""

from __future__ import annotations

import random
import re

import pytest

import databases
from histories import GROUPS, SOURCES, SUMS, VALUES, History

pytestmark = pytest.mark.own_engines

LOOKS = [
    *(("list-claims", *more) for more in ((), ("--contradicted",), ("--as-of", "2030-02-01"))),
    *(("list-claims", "--source", source, "--since", "2030-02-02") for source in SOURCES),
    *(("list-claims", "--group", group, "--search", "out 1") for group in GROUPS[:2]),
    *((f"list-{what}",) for what in ("events", "sources", "documents")),
    *(("contradictions", *more) for more in ((), ("--limit", "3", "--offset", "1"))),
    ("contradictions", "--as-of", "2030-02-01"),
    *(("compare", metric) for metric in ("killed", "casualties", "participation", "date")),
    *((what, "storm") for what in ("timeline", "versions", "estimate", "load-bearing", "history")),
    *((what,) for what in ("findings", "suspects", "grades", "verify")),
    *(("track-record", source) for source in SOURCES),
    *(("search", words) for words in ("about", "100", "Herald")),
    ("trace", "--errors"),
    ("show", "c000"),
    ("trace", "c000"),
    ("explain", "c000"),
    ("report", "storm", "--format", "md", "-o", "-"),
    ("export",),
]


@pytest.fixture
def both(empty_template, tmp_path, on_server):
    """Give an empty case on either engine: the file, the address."""
    return databases.copy_file(empty_template, tmp_path / "both.db"), on_server("empty")


@pytest.fixture
def asked(cli, monkeypatch):
    """Ask a case that the environment names, and pass over when and where."""

    def ask(where, *args):
        monkeypatch.setenv("CLAIMTRACK_DB", str(where))
        told = cli(*args)
        text = f"{told.code}\n{told.out}\n{told.err}".replace(str(where), "DB")
        text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "NOW", text)
        if args[0] == "verify":
            # Each engine tells how it looked at what it keeps, and digests hold the time.
            text = re.sub(r"(?m)^ok .*|^newest digest.*", "", text)
        return text

    return ask


@pytest.mark.parametrize("values", [VALUES, SUMS], ids=["values", "sums"])
@pytest.mark.parametrize("seed", range(2))
def test_a_history_ends_alike(tmp_path, both, asked, new_case, seed, values):
    """The same imports, updates and undos, refused with the same words, and the same answers."""
    ran = []
    for where in both:
        history = History(where, tmp_path, random.Random(seed), values)
        for _ in range(12):
            history.step()
        ran.append(history.done)
    assert ran[0] == ran[1]
    answers = {}
    for look in LOOKS:
        answers[look], from_server = (asked(where, *look) for where in both)
        assert answers[look] == from_server, look
    assert answers["verify",].startswith("0")
    back = tmp_path / "back.db"
    assert asked(both[1], "copy-to", back).startswith("0")
    for look in (("export",), ("contradictions",), ("history", "storm")):
        assert asked(back, *look) == answers[look]
