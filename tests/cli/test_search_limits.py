"""A search that met its limit is told wherever its results are."""

from __future__ import annotations

import pytest

from claimtrack.contradictions import found_sets


@pytest.mark.parametrize(
    "command",
    [["contradictions"], ["versions", "khasham-2018"]],
    ids=["contradictions", "versions"],
)
def test_the_limit_is_told(cli, folder, monkeypatch, command):
    """Import says in which event, and what shows contradictions says what is missing."""
    monkeypatch.setattr(found_sets, "MAX_STEPS", 1)
    done = cli("demo")
    assert done.code == 0, done
    shown = cli(*command)
    assert "not all sets of three claims and more were searched" in shown.err


def test_no_limit_no_word(cli, demo):
    for command in (["contradictions"], ["versions", "khasham-2018"]):
        assert "searched" not in cli(*command).err
