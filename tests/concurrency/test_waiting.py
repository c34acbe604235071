"""Whoever waits to write asks the more often the longer it lasts, and not for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from claimtrack.errors import DatabaseError
from claimtrack.store import engine

pytestmark = pytest.mark.sqlite_only(reason="a server keeps its own queue")


class Clock:
    """A clock that only sleeping moves, and what is done after so many naps."""

    def __init__(self) -> None:
        self.now, self.naps, self.let_go = 0.0, [], {}

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
        self.let_go.get(len(self.naps), lambda: None)()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(engine, "time", clock)
    return clock


@pytest.fixture
def other(demo) -> Iterator[sqlite3.Connection]:
    """Somebody else who writes already."""
    connection = sqlite3.connect(demo, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_a_writer_is_let_in_when_the_other_is_done(demo, other, clock):
    """It waits as long as the other writes, and no longer."""
    clock.let_go[7] = other.rollback
    with engine.writing(str(demo)) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() > 0
    assert len(clock.naps) == 7


def test_the_longer_one_waits_the_more_often_one_asks(demo, other, clock):
    """From ten times a second to some hundred: who has just come asks less often."""
    clock.let_go[40] = other.rollback
    with engine.writing(str(demo)):
        pass
    assert clock.naps[0] == pytest.approx(0.1)
    assert clock.naps == sorted(clock.naps, reverse=True)
    assert 0.005 < clock.naps[-1] < 0.05


def test_nobody_asks_without_a_pause(demo, other, clock):
    """After a long time still no oftener than five hundred times a second."""
    clock.let_go[3_000] = other.rollback
    with engine.writing(str(demo)):
        pass
    assert min(clock.naps) == pytest.approx(0.002)


def test_waiting_ends(demo, other, clock):
    """After two minutes it is told, and nothing is begun."""
    with pytest.raises(DatabaseError, match="busy"), engine.writing(str(demo)):
        raise AssertionError("somebody else is writing")
    assert engine.BUSY_SECONDS < clock.now < engine.BUSY_SECONDS + 1


def test_within_its_turn_a_writer_waits_as_anybody(demo, other, clock):
    """What waits later, for readers at the end, does so by SQLite's own means."""
    clock.let_go[1] = other.rollback
    with engine.writing(str(demo)) as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 120_000


def test_another_trouble_than_a_writer_is_not_waited_for(demo, clock):
    """A file that is no database is refused at once."""
    demo.write_bytes(b"no database at all" * 400)
    with pytest.raises(DatabaseError), engine.writing(str(demo)):
        raise AssertionError("there is no database")
    assert clock.naps == []
