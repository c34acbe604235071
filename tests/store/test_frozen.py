"""Databases made by earlier releases open, upgrade and verify."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

import databases
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.services.exporting import export
from claimtrack.services.starting import upgrade
from claimtrack.services.verifying import verify
from claimtrack.store.content import content_digest
from claimtrack.store.engine import reading, writing
from claimtrack.store.schema import SCHEMA_VERSION, assertions

FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.db"))
KEPT = ("sources", "documents", "events", "groups", "metrics", "assertions", "batches")


def test_every_earlier_schema_is_frozen():
    """A release that changes the schema leaves a database of the one before it here."""
    versions = [f"{number:04}" for number in range(1, int(SCHEMA_VERSION))]
    assert [path.stem for path in FROZEN] == versions


@pytest.fixture
def thawed(engine, folder, on_server, monkeypatch):
    """Give a frozen case to work on: a copy of the file, or the same rows on the server."""

    def thaw(frozen, on=engine):
        if on == "sqlite":
            return Path(shutil.copy(frozen, folder / "claimtrack.db"))
        address = databases.move_to_server(frozen, on_server(), frozen.stem)
        monkeypatch.setenv("CLAIMTRACK_DB", address)
        return address

    return thaw


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_a_frozen_database_upgrades_and_verifies(cli, thawed, ask, frozen, new_case, write):
    """It is refused with the remedy, then upgraded without loss; its history holds."""
    where = thawed(frozen)
    before = {name: ask(where, f"SELECT * FROM {name} ORDER BY id") for name in KEPT}  # noqa: S608
    reviews = ask(where, "SELECT subject, status, who, at, why FROM reviews ORDER BY id")
    told = ask(where, "SELECT action, slug, before, after FROM history ORDER BY id")
    changes = [row[:2] for row in told if row[0] in ("changed", "removed")]
    assert changes == [("changed", "bloomberg"), ("removed", "other")]
    assert "run `claimtrack upgrade`" in cli("verify").err
    assert cli("upgrade").code == 0
    assert before == {
        name: ask(where, f"SELECT * FROM {name} ORDER BY id")  # noqa: S608
        for name in KEPT
    }
    renamed = dict(ask(where, "SELECT former, slug FROM former_names"))
    assert ask(where, "SELECT subject, status, who, at, why FROM reviews ORDER BY id") == [
        (renamed.get(subject, subject), *said) for subject, *said in reviews
    ]
    after = ask(where, "SELECT action, slug, before, after FROM history ORDER BY id")
    assert after[: len(told)] == told
    assert after[-1] == ("upgraded", SCHEMA_VERSION, frozen.stem, None)
    assert verify(str(where)).passed
    text: list[str] = []
    export(str(where), text.append)
    fresh = new_case("fresh.db")
    assert cli("import", write("all.json", "".join(text)), "--db", fresh).code == 0
    with writing(str(where)) as connection:
        # The same readings; a version of the lexicon lies between.
        now = {"lexicon": default_lexicon().version}
        connection.execute(sa.update(assertions).where(assertions.c.lexicon != "").values(now))
    assert digest(where) == digest(fresh)
    assert cli("undo", "2", "--yes").code == 0
    assert verify(str(where)).passed


def test_a_review_follows_a_contradiction_to_its_new_name(cli, thawed, ask):
    """Pairs of undated assertions are named by their claims since 0005; the old name leads on."""
    where = thawed(FROZEN[3])
    ((former,),) = ask(where, "SELECT subject FROM reviews WHERE subject_kind = 'contradiction'")
    assert cli("upgrade").code == 0
    (found,) = cli("contradictions", "--status", "explained", "--json").json
    assert found["id"] != former
    assert [claim["metric"] for claim in found["claims"]] == ["duration", "duration"]
    assert cli("explain", former, "--json").json["id"] == found["id"]
    assert [one["id"] for one in cli("contradictions", "--json").json].count(found["id"]) == 1
    for name in (former, found["id"], found["id"][:8]):
        assert "the one counts the shelling" in cli("history", name).out
    assert cli("resolve", former, "--as", "confirmed", "--why", "read again").code == 0
    (found,) = cli("contradictions", "--status", "disputed", "--json").json
    assert len(found["reviews"]) == 2
    assert cli("verify").code == 0


@pytest.mark.own_engines
@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_both_engines_upgrade_to_the_same_rows(thawed, frozen, monkeypatch):
    """The history too is equal, and so are the digests by which it is chained."""
    monkeypatch.setattr("claimtrack.store.journal.now", lambda: "2031-03-02T12:00:00Z")
    upgraded = []
    for engine in databases.ENGINES:
        where = thawed(frozen, on=engine)
        assert upgrade(str(where)).was_older
        upgraded.append(databases.plain(where))
    assert upgraded[0] == upgraded[1]
    assert len(upgraded[0]["history"]) > 4


def digest(path):
    with reading(str(path)) as connection:
        return content_digest(connection)


WRITER = """
import json, sys
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.services.importing import import_files
where, file = sys.argv[1:]
for number in range(1000):
    events = [{"id": f"e{number}-{n}", "title": "T"} for n in range(20)]
    open(file, "w").write(json.dumps({"claimtrack": 1, "events": events}))
    import_files(where, [file], lexicon=default_lexicon())
    print(number, flush=True)
"""


@pytest.mark.sqlite_only(reason="a server is backed up by its own tools")
def test_a_backup_made_while_another_process_writes_is_whole(cli, demo, folder, tmp_path):
    """Each copy holds some number of whole imports, and verifies."""
    arguments = [sys.executable, "-c", WRITER, str(demo), str(tmp_path / "next.json")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        try:
            for number in range(4):
                for _ in range(3):
                    assert writer.stdout.readline()
                assert cli("backup", f"copy-{number}.db").code == 0
        finally:
            writer.terminate()
    sizes = []
    for number in range(4):
        found = verify(str(folder / f"copy-{number}.db"))
        assert found.passed, found.checks
        assert (found.counts["events"] - 1) % 20 == 0
        sizes.append(found.counts["events"])
    assert sizes == sorted(set(sizes))
    assert verify(str(demo)).passed
