"""`export`: an import file of the whole case, from which an equal case can be made."""

from __future__ import annotations

import json
import random

import pytest

import databases
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.services.exporting import export
from claimtrack.services.importing import import_files
from claimtrack.services.verifying import verify
from claimtrack.store.content import content_digest
from claimtrack.store.engine import reading
from services.test_histories import History, adding_up


def digest(path):
    with reading(str(path)) as connection:
        return content_digest(connection)


def exported(path, **choice):
    parts = []
    done = export(str(path), parts.append, **choice)
    return "".join(parts), done


def goes_round(path, folder, new_case, *, lines=False):
    """Export, import into an empty database, compare content and the second export."""
    text, done = exported(path, lines=lines)
    file = folder / ("round.jsonl" if lines else "round.json")
    file.write_text(text, encoding="utf-8")
    fresh = new_case("round.db")
    update = bool(done.changed_metrics)
    import_files(str(fresh), [str(file)], lexicon=default_lexicon(), update=update)
    assert digest(fresh) == digest(path)
    if not update:
        assert exported(fresh, lines=lines)[0] == text
    return fresh


@pytest.mark.parametrize("lines", [False, True])
def test_the_seed_article_goes_round(demo, folder, new_case, lines):
    """Exported and imported, the demo is equal; its second export is the same text."""
    fresh = goes_round(demo, folder, new_case, lines=lines)
    assert verify(str(fresh)).passed


def test_the_civil_war_goes_round(folder, new_case, shared, tmp_path):
    """So are the battles of the Civil War."""
    where = new_case("acw.db")
    files = sorted(map(str, shared("acw").glob("*.jsonl")))
    import_files(str(where), files, lexicon=default_lexicon())
    goes_round(where, tmp_path, new_case)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("make", [None, adding_up])
def test_random_histories_go_round_and_verify(tmp_path, new_case, seed, make):
    """Whatever came and went, what is left goes round, and the history accounts for it."""
    where = new_case("case.db")
    if make is None:
        history = History(where, tmp_path, random.Random(seed))
    else:
        history = make(where, tmp_path, seed)
    for _ in range(8):
        history.step()
        found = verify(str(where))
        assert found.passed, (found.checks, history.done)
    goes_round(where, tmp_path, new_case)


def test_content_is_more_than_its_entries(demo):
    """A value, a link or a contradiction changed behind the entries changes the digest."""
    seen = {digest(demo)}
    for statement in (
        "UPDATE claims SET upper = upper + 1 WHERE upper = lower AND id = 3",
        "UPDATE attributions SET mode = 'quotes' WHERE mode <> 'quotes'",
        "DELETE FROM contradiction_members WHERE position = 1",
        "DELETE FROM group_links WHERE id = 1",
    ):
        databases.change(demo, statement)
        seen.add(digest(demo))
    assert len(seen) == 5


def test_the_content_of_another_import_order_is_equal(folder, new_case, ferry, write):
    """Row numbers, batches and their days are no content."""
    paths = []
    for name in ("one", "two"):
        where = new_case(f"{name}.db")
        lists = list(ferry.items())[1:]
        for key, entries in lists if name == "two" else [("all", None)]:
            data = {"claimtrack": 1, key: entries} if entries else ferry
            import_files(str(where), [str(write("x.json", data))], lexicon=default_lexicon())
        paths.append(where)
    assert digest(paths[0]) == digest(paths[1])


def test_an_event_takes_along_what_it_names(cli, empty, write, ferry, folder, new_case):
    """The export of one event can be imported by itself and leaves the others out."""
    ferry["events"].append({"id": "other", "title": "Other"})
    ferry["sources"].append({"id": "far", "name": "Far"})
    ferry["sources"][1]["draws_on"] = ["far"]
    ferry["documents"].append({"id": "far-1", "source": "far"})
    ferry["claims"].append({"event": "other", "document": "far-1", "metric": "wounded", "value": 7})
    assert cli("import", write("ferry.json", ferry)).code == 0
    done = cli("export", "--event", "ferry-2031")
    assert done.code == 0, done
    data = json.loads(done.out)
    assert [event["id"] for event in data["events"]] == ["ferry-2031"]
    assert [source["id"] for source in data["sources"]] == ["far", "gazette", "official-1", "radio"]
    assert "documents" in data
    assert len(data["claims"]) == 4
    alone = new_case("alone.db")
    assert cli("import", write("alone.json", data), "--db", alone).code == 0
    assert cli("export", "--event", "fery-2031").code == 1


def test_what_is_left_out_is_told(cli, demo, folder):
    """Reviews and grades have no place in an import file, and export says so."""
    cli("review", "bloomberg", "--status", "confirmed", "--why", "read")
    done = cli("export", "-o", "case.json")
    assert (done.code, done.out) == (0, "")
    assert "1 reviews" in done.err
    assert "copy-to" in done.err
    assert (folder / "case.json").read_text().endswith("}\n")


@pytest.mark.sqlite_only(reason="looks at the files in the folder")
def test_export_never_replaces_a_database(cli, demo, folder):
    """A name given by mistake costs nothing; a file that cannot be made is a sentence."""
    before = demo.read_bytes()
    done = cli("export", "-o", "claimtrack.db")
    assert (done.code, "is a database" in done.err) == (1, True)
    assert demo.read_bytes() == before
    assert cli("export", "-o", "no/case.json").code == 1
    assert not list(folder.glob(".*.part"))


def test_a_changed_built_in_metric_is_told(cli, demo, write, folder, new_case):
    """Such a file needs --update, and with it goes round."""
    metric = {"id": "killed", "kind": "count", "name": "dead", "unit": "people"}
    data = {"claimtrack": 1, "metrics": [metric]}
    assert cli("import", write("m.json", data), "--update").code == 0
    assert "import the file with --update" in cli("export", "-o", "x.json").err
    goes_round(demo, folder, new_case)
