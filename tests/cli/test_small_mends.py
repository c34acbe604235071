"""Small things that a careful reader of the code found, each with what it should be."""

from __future__ import annotations

import subprocess
import sys

import pytest

from claimtrack.domain.lexicon import default_lexicon, load_lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Kind
from claimtrack.errors import ClaimtrackError
from claimtrack.services import contradicting
from claimtrack.store import engine


@pytest.mark.sqlite_only(reason="looks at a file")
def test_a_reader_who_leaves_does_not_have_the_file_checked(demo, monkeypatch):
    """A pipe that is closed says nothing of the database."""
    monkeypatch.setattr(engine, "_is_damaged", lambda where: pytest.fail("it was checked"))
    with pytest.raises(BrokenPipeError), engine.reading(str(demo)):
        raise BrokenPipeError


def test_verify_shows_no_password(cli, demo, monkeypatch):
    """Neither in its data nor in its sentence."""
    from claimtrack.services import verifying

    found = verifying.verify(str(demo))
    assert found.where == verifying.without_password(found.where)
    monkeypatch.setattr(verifying, "reading", lambda where: engine.reading(str(demo)))
    secret = "postgresql://ann:hush@db/x"
    assert verifying.verify(secret).where == "postgresql://ann:***@db/x"


def test_a_gap_without_a_unit_has_none(cli, empty, write):
    """A metric of distances may name no unit."""
    about = {"event": "e", "document": "d", "metric": "reach"}
    case = {
        "claimtrack": 1,
        "events": [{"id": "e", "title": "E"}],
        "metrics": [{"id": "reach", "kind": "distance"}],
        "sources": [{"id": "s", "name": "S"}],
        "documents": [{"id": "d", "source": "s"}],
        "claims": [{**about, "value": "3 km"}, {**about, "value": "8 km"}],
    }
    assert cli("import", write("case.json", case)).code == 0
    [told] = cli("contradictions", "--json").json
    assert "the gap is" in told["explanation"] and "None" not in told["explanation"]


@pytest.mark.parametrize("number", [0.00001, 0.5, 1e-7, 12.25])
def test_a_small_measure_reads_as_its_words_do(number):
    """However Python writes it."""
    words = f"{number:.10f}".rstrip("0") + " km"
    values = [
        read_value(raw, kind=Kind.DISTANCE, unit="km", lexicon=default_lexicon())
        for raw in (number, words)
    ]
    assert len({(value.lower, value.upper) for value in values}) == 1


def test_a_lexicon_cannot_leave_out_the_words_for_none(tmp_path):
    """It can give others."""
    path = tmp_path / "mine.toml"
    path.write_text('version = "mine-1"\n[words]\nnone = false\n')
    with pytest.raises(ClaimtrackError, match="'none' in \\[words\\] cannot be left out"):
        load_lexicon(path)


def test_a_claim_of_a_day_is_explained_by_its_own_event(cli, demo, monkeypatch):
    """Its id is no contradiction's, so that no event is searched for one."""
    claim = cli("list-claims", "--json").json[0]["id"]
    searched = []
    recall = contradicting.recall

    def noted(connection, events, known_by):
        searched.append(events)
        return recall(connection, events, known_by)

    monkeypatch.setattr(contradicting, "recall", noted)
    assert cli("explain", claim, "--as-of", "2018-03-03").code == 0
    assert searched and all(events == ("khasham-2018",) for events in searched)


@pytest.mark.sqlite_only(reason="runs a program")
def test_an_export_into_a_closed_pipe_ends_quietly(demo, folder):
    """As `export | head` has it."""
    program = f"{sys.executable} -m claimtrack export | head -c 10"
    done = subprocess.run(["bash", "-c", program], cwd=folder, capture_output=True, check=False)
    assert len(done.stdout) == 10
    assert b"damaged" not in done.stderr and b"Traceback" not in done.stderr
