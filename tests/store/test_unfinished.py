"""What a program that was killed leaves behind never stands in the way of the next one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from claimtrack.errors import DatabaseError
from claimtrack.store.schema import SCHEMA_VERSION
from claimtrack.store.unfinished import built_beside

FROZEN = Path(__file__).parent / "frozen" / "0002.db"
pytestmark = pytest.mark.sqlite_only(reason="is about files")


def process_that_is_gone():
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_what_a_killed_program_left_is_taken_away(tmp_path):
    """Only of the same target, and only of a process that is no more."""
    gone = process_that_is_gone()
    left = [tmp_path / f".case.db.{gone}-1f.part{end}" for end in ("", "-wal", "-journal")]
    other = tmp_path / f".other.db.{gone}-1f.part"
    living = tmp_path / f".case.db.{os.getpid()}-1f.part"
    for path in (*left, other, living):
        path.write_text("half")
    with built_beside(tmp_path / "case.db") as half:
        half.write_text("whole")
    assert (tmp_path / "case.db").read_text() == "whole"
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "case.db", other, living])


def test_what_fails_leaves_nothing_and_is_told_of_the_target(tmp_path):
    """The name of the unfinished file means nothing to a person."""
    target = tmp_path / "case.db"
    with pytest.raises(DatabaseError) as refused, built_beside(target) as half:
        half.write_text("half")
        raise DatabaseError(f"the database {half} could not be written")
    assert refused.value.problem == f"the database {target} could not be written"
    assert list(tmp_path.iterdir()) == []


def test_what_came_to_stand_there_meanwhile_is_not_replaced(tmp_path):
    """Unless that was asked for."""
    target = tmp_path / "case.db"
    with pytest.raises(DatabaseError, match="is there already"), built_beside(target) as half:
        half.write_text("ours")
        target.write_text("theirs")
    assert target.read_text() == "theirs"
    with built_beside(target, replace=True) as half:
        half.write_text("ours")
    assert [target.read_text(), *tmp_path.iterdir()] == ["ours", target]


def test_the_backup_of_a_stopped_upgrade_does_not_stop_the_next(cli, folder):
    """The same copy serves again; a copy of another state stays, beside a new one."""
    where = folder / "case.db"
    shutil.copy(FROZEN, where)
    assert cli("backup", f"case.db.before-{SCHEMA_VERSION}.backup", "--db", where).code == 0
    first = cli("upgrade", "--db", where)
    assert (first.code, first.err.count(f"case.db.before-{SCHEMA_VERSION}.backup")) == (0, 1), first
    other = (folder / f"case.db.before-{SCHEMA_VERSION}.backup").read_bytes()
    shutil.copy(FROZEN.with_name("0001.db"), where)
    second = cli("upgrade", "--db", where)
    assert (second.code, second.err.count(f"case.db.before-{SCHEMA_VERSION}-2.backup")) == (0, 1), (
        second
    )
    assert (folder / f"case.db.before-{SCHEMA_VERSION}.backup").read_bytes() == other
    assert not list(folder.glob(".*"))


def test_an_upgrade_that_fails_at_its_end_leaves_the_old_schema(cli, folder, monkeypatch):
    """The new schema, its row in the history and the conclusions are one transaction."""
    where = folder / "case.db"
    shutil.copy(FROZEN, where)

    def stopped(*args):
        raise DatabaseError("stopped")

    with monkeypatch.context() as patch:
        patch.setattr("claimtrack.services.starting.conclude", stopped)
        assert cli("upgrade", "--db", where).code == 1
    assert "older claimtrack (schema 0002" in cli("verify", "--db", where).err
    assert cli("upgrade", "--db", where).code == 0
    assert cli("verify", "--db", where).code == 0
