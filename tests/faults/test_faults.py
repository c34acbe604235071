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
    task = faults.tasks(name, material)[-1]
    tally = faults.kill(task, 3, random.Random(7))
    assert tally.faults == []
    assert tally.states["before"] + tally.states["complete"] == 3


@pytest.mark.parametrize("name", [*faults.KILLED, "report"])
def test_where_files_cannot_grow_it_is_as_before_and_told_in_a_sentence(material, name):
    """Its writes fail, at an earlier or a later stage, until there is room enough."""
    tally = faults.full_by_limit(faults.tasks(name, material)[-1], 200_000)
    assert tally.faults == []
    assert tally.states["before"] >= 1
    assert tally.states["complete"] == 1


def test_a_full_disk_is_told_in_a_sentence(material):
    """A small disk of its own, with more room each time."""
    try:
        with faults.small_disk(1 << 24) as disk:
            tally = faults.full_disk(faults.task_of("copy-to", material), 250_000, disk)
    except OSError as error:
        pytest.skip(str(error))
    assert tally.faults == []
    assert tally.states["before"] >= 1


def test_entries_that_wait_and_find_no_room_are_told_in_a_sentence(monkeypatch):
    """The file for what names something later cannot grow: a sentence names the remedy."""
    from claimtrack.errors import ClaimtrackError
    from claimtrack.ingest.item import make_item
    from claimtrack.services import intake

    with Path("/dev/full").open("wb") as full:
        monkeypatch.setattr(intake.tempfile, "SpooledTemporaryFile", lambda **_: full.raw)
        with pytest.raises(ClaimtrackError, match="no space left") as refused:
            intake.Waiting().put([make_item("claim", {"id": "a"}, "file", 1)])
    assert "TMPDIR" in str(refused.value.hint)


def test_another_user_gets_answers_or_a_reason(material):
    """A file or a folder that may not be written is read; one that may not be read is told."""
    if faults.os.getuid() != 0:
        pytest.skip("only root can become another user")
    assert faults.closed(material).faults == []


def test_a_damaged_file_is_answered_from_or_called_damaged(material):
    """Cut off or with a bit flipped it gives no traceback, and `verify` tells of changed rows.

    What `verify` is known not to look at (docs/faults.md) may have changed unnoticed.
    """
    cut, flipped = faults.damaged(material.both, 24, 6, random.Random(2), looks=1)
    assert cut.faults == []
    assert cut.states["noticed by verify"] == 6
    assert [one for one in flipped.faults if "but rows differ" not in one] == []
    assert 1 <= flipped.states["noticed by verify"] > flipped.states["not noticed"]


@pytest.mark.parametrize(
    ("change", "command"),
    [
        ("UPDATE assertions SET entry = replace(entry, ':', '=')", ("export",)),
        ("UPDATE claims SET hedge = 'dxact'", ("compare", "killed")),
        ("DELETE FROM contradiction_members WHERE position = 1", ("contradictions",)),
        ("UPDATE contradictions SET terms = '[[\"c'", ("contradictions",)),
        ("UPDATE contradictions SET terms = '[1]'", ("contradictions",)),
    ],
)
def test_a_row_that_cannot_be_read_is_told_as_damage(material, tmp_path, change, command):
    """The file is whole to SQLite, but a letter in it was changed."""
    faults.shutil.copy(material.base, tmp_path / "case.db")
    with faults.closing(faults.sqlite3.connect(tmp_path / "case.db")) as raw, raw:
        raw.execute(change)
    for args in (command, ("verify",)):
        done = faults.call([*args, "--db", "case.db"], tmp_path)
        assert faults.complaint(done) is None, done
    assert faults.verify_faults(tmp_path / "case.db")


def test_the_harness_reports_a_half_written_database(material, tmp_path):
    """A harness that finds nothing has to be one that could."""
    task = faults.task_of("import", material)
    task.prepare(tmp_path)
    with faults.closing(faults.sqlite3.connect(tmp_path / "case.db")) as raw, raw:
        raw.execute("UPDATE sources SET name = 'half'")
    state, found = faults.judge(task, tmp_path)
    assert state == "neither"
    assert any("verify: content" in fault for fault in found), found


def test_the_harness_reports_what_is_left_lying_and_a_half_file(material, tmp_path):
    """A stray file, or half an export under its name, is a fault."""
    task = faults.task_of("export", material)
    task.prepare(tmp_path)
    (tmp_path / "new").write_text('{"claimtrack": 1')
    (tmp_path / "stray").write_text("")
    state, found = faults.judge(task, tmp_path)
    assert state == "neither"
    assert any("left lying" in fault and "stray" in fault for fault in found), found


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
