"""Whatever came and went: the contradictions kept are those a fresh look would find."""

from __future__ import annotations

import random

import pytest

from claimtrack.contradictions import found_sets
from claimtrack.services.concluding import conclude
from claimtrack.store import cases
from claimtrack.store.engine import reading, writing
from histories import History, adding_up


def limits(where):
    with reading(str(where)) as connection:
        return connection.exec_driver_sql("SELECT * FROM search_limits ORDER BY 1").fetchall()


@pytest.mark.parametrize("seed", range(20))
def test_kept_contradictions_are_those_found_anew(tmp_path, new_case, seed):
    """After every import, update and undo nothing is missing, stale or left over."""
    where = new_case()
    history = History(where, tmp_path, random.Random(seed))
    for _ in range(10):
        history.step()
        history.check(new_case)


@pytest.mark.parametrize("seed", range(15))
def test_sets_of_three_and_more_are_those_found_anew(tmp_path, new_case, seed):
    """Where numbers add up, sets of any size are kept as they are found anew."""
    where = new_case()
    history = adding_up(where, tmp_path, seed)
    for _ in range(8):
        history.step()
        history.check(new_case)


@pytest.mark.parametrize("seed", [6])
def test_a_limit_that_was_met_is_kept_as_long_as_it_holds(tmp_path, new_case, seed, monkeypatch):
    """The sentence about a limit comes, stays and goes as a fresh look would say it."""
    monkeypatch.setattr(found_sets, "MAX_FOUND", 1)
    where = new_case()
    history = adding_up(where, tmp_path, seed)
    told = []
    for _ in range(8):
        history.step()
        before = limits(where)
        history.check()
        told.append(len(before))
        with writing(str(where)) as connection:
            conclude(connection, cases.all_events(connection))
        assert limits(where) == before
    assert any(told)
