"""Killed, without room, closed or damaged: the case is as before or complete, and that is told.

Small runs of `scripts/faults.py`, whose large ones are told of in docs/faults.md.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))
faults = pytest.importorskip("faults", reason="limits and forks are of POSIX")

pytestmark = pytest.mark.sqlite_only(reason="is about files; the server has its own logs")


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.delenv("CLAIMTRACK_DB", raising=False)
        faults.warm_up(folder)
        yield faults.Material.make(folder, 60)


@pytest.mark.parametrize("name", faults.KILLED)
def test_killed_at_any_moment_it_is_as_before_or_complete(material, name):
    """What is killed can be done again, and ends as if nothing had happened."""
    for task in faults.tasks(name, material)[-1:]:
        tally = faults.kill(task, 4, random.Random(7))
        assert tally.faults == []
        assert tally.states["before"] + tally.states["complete"] == 4


@pytest.mark.parametrize("name", [*faults.KILLED, "report"])
def test_where_files_cannot_grow_it_is_as_before_and_told_in_a_sentence(material, name):
    """Its writes fail, at an earlier or a later stage, until there is room enough."""
    tally = faults.full_by_limit(faults.tasks(name, material)[-1], 150_000)
    assert tally.faults == []
    assert tally.states["before"] >= 1
    assert tally.states["complete"] == 1


def test_a_full_disk_is_told_in_a_sentence(material):
    """A small disk of its own, with more room each time."""
    try:
        with faults.small_disk(1 << 24) as disk:
            for name in ("import", "copy-to"):
                tally = faults.full_disk(faults.task_of(name, material), 200_000, disk)
                assert tally.faults == []
                assert tally.states["before"] >= 1
    except OSError as error:
        pytest.skip(str(error))


def test_entries_that_wait_and_find_no_room_are_told_in_a_sentence(material, monkeypatch):
    """The file for what names something later is full: the import is refused, whole."""
    monkeypatch.setattr("claimtrack.services.intake.HELD", 1)
    task = faults.spilling(material)
    with faults.fresh(task) as folder:
        done = faults.call(task.args, folder, faults.no_larger(0))
        assert faults.complaint(done) is None
        assert task.state(folder) == "before"
    monkeypatch.setattr("claimtrack.store.engine.sqlite3", sqlite_without_limit())
    with faults.fresh(task) as folder:
        done = faults.call(task.args, folder, lambda: small_spill(2000))
        assert (done.code, "TMPDIR" in done.err) == (1, True), done
        assert task.state(folder) == "before"


def test_another_user_gets_answers_or_a_reason(material):
    """A file or a folder that may not be written is read; one that may not be read is told."""
    if faults.os.getuid() != 0:
        pytest.skip("only root can become another user")
    assert faults.closed(material).faults == []


def test_a_damaged_file_is_answered_from_or_called_damaged(material):
    """Cut off or with a bit flipped it gives no traceback, and `verify` tells of changed rows."""
    draw = random.Random(11)
    for tally in faults.damaged(material.both, 20, 6, draw, looks=1):
        assert tally.faults == []
        assert tally.states["noticed by verify"] >= 1


def half_written(material, tmp_path):
    task = faults.task_of("import", material)
    task.prepare(tmp_path)
    with faults.closing(faults.sqlite3.connect(tmp_path / "case.db")) as raw, raw:
        raw.execute("DELETE FROM history WHERE id = (SELECT max(id) FROM history)")
        raw.execute("UPDATE sources SET name = 'half'")
    return task


def test_the_harness_reports_a_half_written_database(material, tmp_path):
    """A harness that finds nothing has to be one that could."""
    task = half_written(material, tmp_path)
    state, found = faults.judge(task, tmp_path)
    assert state == "neither"
    assert any("verify: entries" in fault for fault in found)


def test_the_harness_reports_what_is_left_lying_and_a_half_file(material, tmp_path):
    """A stray file, or half an export under its name, is a fault."""
    task = faults.task_of("export", material)
    task.prepare(tmp_path)
    (tmp_path / "new").write_text('{"claimtrack": 1')
    (tmp_path / ".new.part").write_text("")
    state, found = faults.judge(task, tmp_path)
    assert state == "neither"
    assert any("left lying" in fault and ".new.part" in fault for fault in found)


@pytest.mark.parametrize(
    ("done", "wrong"),
    [
        (faults.Done(1, "error: no room\nhint: make some\n", 0), None),
        (faults.Done(1, "Traceback (most recent call last):\n", 0), "no sentence"),
        (faults.Done(1, "error: claimtrack met a fault of its own\nhint: x\n", 0), "no sentence"),
        (faults.Done(1, "error: no room\n", 0), "not one error"),
        (faults.Done(120, "", 0), "exit code 120"),
        (faults.Done(-11, "", 0), "signal 11"),
    ],
)
def test_the_harness_knows_a_sentence_from_a_traceback(done, wrong):
    """One `error:`, its `hint:`, exit code 1."""
    found = faults.complaint(done)
    assert found is None if wrong is None else wrong in found
