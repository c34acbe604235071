"""An error is told where it is, and not again wherever the wrong entry is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimtrack.services import importing
from claimtrack.services.importing import refuse

WRONG = {
    "claimtrack": 1,
    "events": [{"id": "e", "title": "E", "date": "soon"}],
    "sources": [{"id": "gazette", "name": "G", "kind": "newspaper"}],
    "documents": [{"id": "d", "source": "gazette"}],
    "claims": [{"event": "e", "document": "d", "metric": "killd", "value": 3}],
}


def _write(folder: Path, data: object) -> Path:
    path = folder / "wrong.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_what_names_a_wrong_entry_is_not_wrong_as_well(cli, folder):
    """A source of a wrong kind is one error, not one more for each document and claim of it."""
    cli("init")
    result = cli("import", _write(folder, WRONG))
    assert result.code == 1
    assert "3 errors" in result.err
    assert "'newspaper' is no kind" in result.err
    assert "'soon' is no date" in result.err
    assert "did you mean 'killed'?" in result.err
    assert "unknown source" not in result.err
    assert "unknown document" not in result.err


def test_what_names_nothing_at_all_is_told(cli, folder):
    """Near miss: with the source left out, the document that names it is the error."""
    cli("init")
    wrong = {"claimtrack": 1, "documents": [{"id": "d", "source": "gazette"}]}
    result = cli("import", _write(folder, wrong))
    assert result.code == 1
    assert "unknown source 'gazette'" in result.err


def test_show_suggests_among_the_ids_of_everything(cli):
    """A slip in a source's id finds the source, though show looks for claims last."""
    cli("demo")
    result = cli("show", "blomberg")
    assert result.code == 1
    assert "did you mean 'bloomberg'?" in result.err


@pytest.mark.sqlite_only(reason="looks at the files in the folder")
def test_looking_leaves_one_file_behind(cli, folder):
    """A case stays one file: reading takes its write-ahead log away with it."""
    cli("demo")
    cli("list-claims")
    assert sorted(path.name for path in folder.iterdir()) == ["claimtrack.db"]


def test_undo_of_one_value_keeps_the_best_of_another(cli, folder):
    """Equal bounds with different best numbers are two claims, so each keeps its own."""
    cli("init")
    base = {
        "claimtrack": 1,
        "events": [{"id": "e", "title": "E"}],
        "sources": [{"id": "s", "name": "S"}],
        "documents": [{"id": "d", "source": "s"}, {"id": "f", "source": "s"}],
    }
    common = {"event": "e", "metric": "killed"}
    one = {**common, "document": "d", "value": {"min": 1, "max": 9, "best": 3}}
    other = {**common, "document": "f", "value": {"min": 1, "max": 9, "best": 5}}
    cli("import", _write(folder, {**base, "claims": [one]}))
    cli("import", _write(folder, {"claimtrack": 1, "claims": [other]}))
    bests = {claim["value"]["best"] for claim in cli("list-claims", "--json").json}
    assert bests == {3, 5}
    cli("undo", "--yes")
    assert [claim["value"]["best"] for claim in cli("list-claims", "--json").json] == [3]


@pytest.mark.parametrize("named", [{"x": "x"}, {"x": "y", "y": "x"}])
def test_what_explains_itself_is_told(cli, folder, everything, empty, named):
    """A claim with the id of the document that it names in vain is no reason to keep silent."""
    before = everything(empty)
    claims = [
        {"id": id_, "event": "e", "document": document, "metric": "killed", "value": 3}
        for id_, document in named.items()
    ]
    data = {"claimtrack": 1, "events": [{"id": "e", "title": "E"}], "claims": claims}
    result = cli("import", _write(folder, data))
    assert result.code == 1
    assert f"unknown document '{named['x']}'" in result.err
    assert everything(empty) == before


def test_of_very_many_errors_the_first_are_shown_and_the_rest_counted(cli, folder, monkeypatch):
    """A file that is wrong throughout is refused in the memory of its first errors."""
    held = []
    monkeypatch.setattr(importing, "refuse", lambda *found: held.extend(found) or refuse(*found))
    cli("init")
    claim = {"event": "e", "document": "d", "metric": "killed"}
    claims = [{**claim, "id": f"c{at}", "value": f"xyzzy {at}"} for at in range(500)]
    data = {
        "claimtrack": 1,
        "events": [{"id": "e", "title": "E"}],
        "sources": [{"id": "s", "name": "S"}],
        "documents": [{"id": "d", "source": "s"}],
        "claims": claims,
    }
    result = cli("import", _write(folder, data))
    assert result.code == 1
    assert "500 errors in the import: nothing was changed" in result.err
    assert "and 300 more" in result.err
    assert sum(len(problems.kept) for problems in held) == 200
