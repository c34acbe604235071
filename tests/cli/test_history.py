"""`history`: what was done to an entry, in order, with who and when."""

from __future__ import annotations

import pytest


@pytest.fixture
def lived(cli, empty, write, ferry):
    """Give the ferry case with a rename, a correction, a review and a grade."""
    cli("import", write("ferry.json", ferry))
    source = {**ferry["sources"][1], "name": "Radio Riga 2"}
    cli("import", write("new.json", {"claimtrack": 1, "sources": [source]}), "--update")
    later = {**ferry["claims"][1], "id": "radio-150", "value": 150, "supersedes": "radio-200"}
    cli("import", write("later.json", {"claimtrack": 1, "claims": [later]}))
    cli("review", "radio", "--status", "confirmed", "--why", "heard it", "--who", "Anna")
    cli("grade", "radio", "--reliability", "C", "--why", "mixed")
    return empty


def actions(done):
    return [(row["action"], row["who"], row["batch"], row["detail"]) for row in done.json]


def test_the_story_of_a_source(cli, lived, folder):
    """Imported, changed by field, reviewed and graded, each with its person."""
    assert actions(cli("history", "radio", "--json")) == [
        ("imported", "tester", 1, f"import {folder / 'ferry.json'}"),
        ("changed", "tester", 2, "name: Radio Riga → Radio Riga 2"),
        ("reviewed", "Anna", None, "confirmed: heard it"),
        ("graded", "tester", None, "C: mixed"),
    ]


def test_the_story_of_an_entry_that_was_corrected_and_one_that_was_taken_back(cli, lived):
    """A correction is told of what it corrects; what was removed keeps its story."""
    story = actions(cli("history", "radio-200", "--json"))
    assert [row[0] for row in story] == ["imported", "corrected"]
    assert story[1][2:] == (3, "by 'radio-150'")
    assert cli("undo", "3", "--yes").code == 0
    assert [row[0] for row in actions(cli("history", "radio-200", "--json"))] == ["imported"]
    gone = actions(cli("history", "radio-150", "--json"))
    assert [row[0] for row in gone] == ["imported", "removed"]
    assert gone[1][3] == "batch 3 was taken back"


def test_the_stories_of_claims_and_contradictions(cli, demo):
    """A claim's story has its entries, a contradiction's those of its claims and its reviews."""
    (found, *_) = cli("contradictions", "--json").json
    cli("review", found["id"], "--status", "dismissed", "--why", "no")
    story = cli("history", found["id"][:6], "--json").json
    assert {row["action"] for row in story} == {"imported", "reviewed"}
    claim = cli("list-claims", "--json").json[0]
    entries = {row["id"] for row in cli("history", claim["id"], "--json").json}
    assert entries == {assertion["id"] for assertion in claim["assertions"]}


def test_without_an_id_the_batches_are_listed(cli, lived):
    """Newest first, with counts and what was taken back."""
    cli("undo", "3", "--yes")
    rows = cli("history", "--json").json
    assert [(row["batch"], row["added"], row["changed"]) for row in rows] == [
        (3, 1, 0), (2, 0, 1), (1, 13, 0),
    ]  # fmt: skip
    assert rows[0]["undone_at"]
    assert rows[1]["undone_at"] is None
    assert cli("history").out.startswith("batch\tat\twho\twhat\tadded\tchanged\ttaken back\n")


def test_an_unknown_id_is_told(cli, demo):
    """What nobody imported has no story."""
    done = cli("history", "blomberg")
    assert (done.code, "did you mean 'bloomberg'?" in done.err) == (1, True)
