"""docs/json-output.md names every key that a command prints as JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [DOCS / name for name in ("json-output.md", "estimates.md", "copying.md")]
IMPORTED = [*PAGES, DOCS / "import-format.md"]
EVENT = "khasham-2018"
CLAIM = "two-russians-more-than-200-killed"
COMMANDS = [
    ("list-claims",),
    ("list-events",),
    ("list-sources",),
    ("list-documents",),
    ("search", "russian"),
    ("contradictions",),
    ("compare", "killed"),
    ("timeline", EVENT),
    ("explain", CLAIM),
    ("explain", CLAIM, "us-official-about-100-killed"),
    ("explain", CLAIM, "us-official-about-100-killed", "treehouse-around-200-killed"),
    ("check", "300 killed", "--event", EVENT, "--metric", "killed", "--group", "contract-soldiers"),
    ("findings",),
    ("versions", EVENT),
    ("trace", CLAIM),
    ("trace", "--errors"),
    ("history",),
    ("history", CLAIM),
    ("status",),
    ("verify",),
    ("estimate", EVENT),
    ("suspects",),
    ("track-record", "bloomberg"),
    ("load-bearing", EVENT),
    ("grades",),
    ("show", "bloomberg"),
    ("add", "9", "--event", EVENT, "--metric", "killed", "--document", "treehouse-2018-03-03"),
]


def _keys(data):
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            # These are counted by names that are data.
            if key not in ("counts", "added", "unchanged"):
                yield from _keys(value)
    elif isinstance(data, list):
        for item in data:
            yield from _keys(item)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_the_page_names_every_key(cli, demo, command):
    """A contract that leaves a key out is none."""
    assert (
        cli("grade", "bloomberg", "--reliability", "B", "--why", "it names its sources").code == 0
    )
    pages = IMPORTED if command[0] == "show" else PAGES
    told = {key for page in pages for key in re.findall(r"`([a-z_]+)`", page.read_text("utf-8"))}
    done = cli(*command, "--json")
    assert done.code == 0, done.err
    assert set(_keys(done.json)) - told == set()
