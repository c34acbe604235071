"""Several people at one case: nothing is lost or doubled, and a conflict is a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.own_engines
@pytest.mark.parametrize("engine_kind", ["sqlite", "postgresql"])
def test_many_at_once(engine_kind, tmp_path, request):
    """Writers that import, review and undo beside readers leave a case that adds up."""
    where = tmp_path / "many.db"
    if engine_kind == "postgresql":
        where = request.getfixturevalue("on_server")()
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/many_at_once.py", "--seconds", "3", "--db", str(where)],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "nothing lost or doubled" in done.stdout
    assert int(done.stdout.split(" import,")[0].split()[-1].replace(",", "")) > 0


@pytest.fixture
def loaded(cli, empty, write, ferry):
    assert cli("import", write("ferry.json", ferry)).code == 0
    return empty


def renamed(ferry, name):
    return {"claimtrack": 1, "sources": [{**ferry["sources"][0], "name": name}]}


def test_the_second_to_rename_without_update_sees_what_the_first_wrote(cli, loaded, write, ferry):
    """Two people change one entry: the second is shown the state of the first, and may decide."""
    cli("import", write("one.json", renamed(ferry, "Anna's Gazette")), "--update")
    done = cli("import", write("two.json", renamed(ferry, "Boris's Gazette")))
    assert done.code == 1
    assert "Anna's Gazette" in done.err
    assert "--update" in done.err


def test_two_updates_keep_both_in_the_history(cli, loaded, write, ferry, ask):
    """With --update the later wins, and the history holds the earlier one whole."""
    for name in ("Anna's Gazette", "Boris's Gazette"):
        file = write("new.json", renamed(ferry, name))
        assert cli("import", file, "--update").code == 0
    assert ask(loaded, "SELECT name FROM sources WHERE slug = 'gazette'") == [("Boris's Gazette",)]
    (row,) = ask(loaded, "SELECT before FROM history WHERE action = 'changed' AND batch_id = 3")
    assert json.loads(row[0])["name"] == "Anna's Gazette"


def test_undo_of_what_another_changed_meanwhile_is_refused(cli, loaded, write, ferry):
    """The batch of the first person rests while the second's change stands on it."""
    cli("import", write("one.json", renamed(ferry, "Anna's Gazette")), "--update")
    cli("import", write("two.json", renamed(ferry, "Boris's Gazette")), "--update")
    done = cli("undo", "2", "--yes")
    assert done.code == 1
    assert "batch 3 rests on what batch 2 wrote (source 'gazette')" in done.err
    assert "claimtrack undo 3" in done.err


def test_undo_of_what_another_took_back_meanwhile_is_refused(loaded):
    """Between looking a batch up and taking it back somebody else took it back."""
    from claimtrack.domain.lexicon import default_lexicon
    from claimtrack.errors import ClaimtrackError
    from claimtrack.services import undoing

    found = undoing.find_batch(str(loaded), None)
    undoing.undo(str(loaded), found, default_lexicon())
    with pytest.raises(ClaimtrackError, match=r"batch 1 was taken back on .* already"):
        undoing.undo(str(loaded), found, default_lexicon())


def test_a_review_of_a_contradiction_that_went_away(cli, loaded):
    """The contradiction that was on the screen is gone: the review says so and is not kept."""
    id_ = cli("contradictions", "--json").json[0]["id"]
    cli("undo", "--yes")
    done = cli("review", id_, "--status", "confirmed", "--why", "both read")
    assert done.code == 1
    assert f"there is no contradiction, assertion or source '{id_}'" in done.err


def test_a_second_review_shows_the_first(cli, loaded):
    """Who reviews what another has reviewed meanwhile is told of the other voice."""
    id_ = cli("contradictions", "--json").json[0]["id"]
    cli("review", id_, "--status", "confirmed", "--why", "both read", "--who", "Anna")
    done = cli("review", id_, "--status", "dismissed", "--why", "two nights", "--who", "Boris")
    assert done.code == 0
    assert "Anna" in done.out
    assert "disputed" in done.out


def test_who_changes_what_another_changed_is_told(cli, empty, write, ferry, monkeypatch):
    """With --update the later edit stands, and its author learns whose it replaced."""

    def edit(name, title, *options):
        monkeypatch.setenv("CLAIMTRACK_USER", name)
        return cli("import", write("ferry.json", renamed(ferry, title)), "--update", *options)

    assert "note:" not in edit("Anna", "The Gazette").err
    assert "note:" not in edit("Anna", "The Gazette of March").err
    assert "note:" not in edit("Anna", "The Gazette of spring").err
    told = "source 'gazette' had been changed by Anna in batch 3"
    assert told in edit("Boris", "The Herald", "--dry-run").err
    assert told in edit("Boris", "The Herald").err
    assert "batch 4" in edit("Anna", "The Gazette of March").err
    assert cli("undo", "5", "--yes").code == 0
    assert cli("undo", "4", "--yes").code == 0
    assert told in edit("Clara", "The Post").err


def test_imports_wait_for_each_other(loaded, tmp_path, ferry):
    """Many imports begun at the same moment all arrive, numbered without a gap."""
    from claimtrack.domain.lexicon import default_lexicon
    from claimtrack.services.importing import import_files

    batches, start = [], threading.Barrier(6)

    def bring(number):
        file = tmp_path / f"{number}.json"
        claim = {"event": "ferry-2031", "document": "radio-0304", "metric": "wounded"}
        claim |= {"value": number, "id": f"n{number}"}
        file.write_text(json.dumps({"claimtrack": 1, "claims": [claim]}))
        start.wait(60)
        batches.append(import_files(str(loaded), [str(file)], lexicon=default_lexicon()).batch)

    people = [threading.Thread(target=bring, args=(n,)) for n in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert sorted(batches) == [2, 3, 4, 5, 6, 7]


@pytest.mark.sqlite_only(reason="is about the files of SQLite")
def test_a_case_on_read_only_media_opens(demo):
    """From a folder that cannot be written to a case is read: no log file is needed."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("takes away its own rights, which only root gets back")
    code = (
        "import os, sys; from claimtrack.services import looking\n"
        "def count(): return looking.list_claims(sys.argv[1], looking.make_filter(), "
        "limit=1).total\n"
        "loaded = count(); os.setuid(65534); print(loaded, count())"
    )
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        closed, case = Path(folder), Path(folder, "claimtrack.db")
        shutil.copyfile(demo, case)
        case.chmod(0o444)
        closed.chmod(0o555)
        command = [sys.executable, "-c", code, str(case)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "37 37\n"), done.stderr[-1500:]


@pytest.mark.sqlite_only(reason="is about the files of SQLite")
def test_a_case_in_a_closed_folder_is_refused_in_a_sentence(demo):
    """Where not even the file's name may be asked for, no fault of the program is told."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("takes away its own rights, which only root gets back")
    code = (
        "import os, sys; from claimtrack.errors import ClaimtrackError\n"
        "from claimtrack.services import looking; looking.list_claims(\n"
        "    sys.argv[1], looking.make_filter(), limit=1); os.setuid(65534)\n"
        "try: looking.list_claims(sys.argv[2], looking.make_filter(), limit=1)\n"
        "except ClaimtrackError as error: print(error.problem, '/', error.hint)"
    )
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        closed, case = Path(folder), Path(folder, "claimtrack.db")
        shutil.copyfile(demo, case)
        closed.chmod(0o700)
        command = [sys.executable, "-c", code, str(demo), str(case)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "cannot be opened: Permission denied / check the path" in done.stdout, done.stderr
