"""What people say of a contradiction stands beside it, signed, and outlives recomputation."""

from __future__ import annotations

import pytest


@pytest.fixture
def worst(cli, demo):
    """Give the id of the seed's worst contradiction."""
    return cli("contradictions", "--json").json[0]["id"]


def standing(cli, id_):
    (found,) = [c for c in cli("contradictions", "--json").json if c["id"] == id_]
    return found


def test_a_review_is_kept_with_who_when_and_why(cli, worst):
    """The status follows the one voice there is; JSON gives it in full."""
    done = cli("review", worst[:5], "--status", "dismissed", "--why", "two nights", "--who", "Anna")
    assert done.code == 0
    assert "status: dismissed" in done.out
    found = standing(cli, worst)
    assert found["status"] == "dismissed"
    (said,) = found["reviews"]
    assert (said["who"], said["status"], said["why"]) == ("Anna", "dismissed", "two nights")
    assert said["counts"] is True
    assert said["at"].endswith("Z")


def test_who_is_the_person_at_work_unless_named(cli, worst):
    """The author is the one that `import` writes down."""
    cli("review", worst, "--status", "confirmed", "--why", "read both")
    assert standing(cli, worst)["reviews"][0]["who"] == "tester"


def test_voices_that_differ_make_it_disputed(cli, worst):
    """Nobody outvotes anybody: two against one is disputed as well."""
    for who, status in (("Anna", "dismissed"), ("Boris", "confirmed"), ("Clara", "confirmed")):
        cli("review", worst, "--status", status, "--why", "so", "--who", who)
    assert standing(cli, worst)["status"] == "disputed"
    shown = cli("show", worst).out
    for who in ("Anna", "Boris", "Clara"):
        assert who in shown


def test_a_later_word_replaces_the_same_persons_earlier_one(cli, worst):
    """Anna changes her mind: her first row stays, her last word counts."""
    cli("review", worst, "--status", "dismissed", "--why", "first", "--who", "Anna")
    cli("review", worst, "--status", "confirmed", "--why", "second", "--who", "Anna")
    found = standing(cli, worst)
    assert found["status"] == "confirmed"
    assert [(r["why"], r["counts"]) for r in found["reviews"]] == [
        ("first", False),
        ("second", True),
    ]


def test_open_takes_ones_own_word_back_and_no_one_elses(cli, worst):
    """After `open` things stand as without that person."""
    cli("review", worst, "--status", "dismissed", "--why", "a", "--who", "Anna")
    cli("review", worst, "--status", "confirmed", "--why", "b", "--who", "Boris")
    cli("review", worst, "--status", "open", "--why", "c", "--who", "Boris")
    assert standing(cli, worst)["status"] == "dismissed"
    cli("review", worst, "--status", "open", "--why", "d", "--who", "Anna")
    found = standing(cli, worst)
    assert found["status"] == "open"
    assert len(found["reviews"]) == 4


def test_resolve_is_review_with_explained_as_its_natural_status(cli, worst):
    """Both names do one thing."""
    assert "status: explained" in cli("resolve", worst, "--why", "copied wrongly").out
    cli("resolve", worst, "--as", "confirmed", "--why", "seen")
    assert standing(cli, worst)["status"] == "confirmed"


def test_reviews_outlive_undo_and_come_back_with_the_contradiction(cli, empty, write, ferry):
    """The id is made of the content: what returns finds its reviews again."""
    file = write("ferry.json", ferry)
    cli("import", file)
    id_ = cli("contradictions", "--json").json[0]["id"]
    cli("review", id_, "--status", "dismissed", "--why", "two ferries", "--who", "Anna")
    assert cli("undo", "--yes").code == 0
    assert cli("contradictions", "--json").json == []
    cli("import", file)
    found = standing(cli, id_)
    assert found["status"] == "dismissed"
    assert found["reviews"][0]["why"] == "two ferries"


def test_an_import_of_more_leaves_reviews_alone(cli, empty, write, ferry, ask):
    """A further document makes the event be recomputed; what was said stays."""
    cli("import", write("ferry.json", ferry))
    id_ = cli("contradictions", "--json").json[0]["id"]
    cli("review", id_, "--status", "confirmed", "--why", "read")
    more = {
        "claimtrack": 1,
        "claims": [
            {"event": "ferry-2031", "metric": "killed", "group": "crew", "value": 50}
            | {"id": "more", "document": "radio-0304"}
        ],
    }
    cli("import", write("more.json", more))
    assert standing(cli, id_)["status"] == "confirmed"
    assert len(ask(empty, "SELECT * FROM reviews")) == 1


def test_assertions_and_sources_are_reviewed_too(cli, demo):
    """A review of a source is shown with it, one of an assertion with its claim."""
    assert cli("review", "bloomberg", "--status", "confirmed", "--why", "known").code == 0
    cli("review", "treehouse-date", "--status", "dismissed", "--why", "the night began earlier")
    assert "tester: confirmed, “known”" in cli("show", "bloomberg").out
    assert "the night began earlier" in cli("explain", "treehouse-date").out
    assert cli("show", "bloomberg", "--json").json["reviews"][0]["status"] == "confirmed"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("nothing-like-it", "--status", "open", "--why", "x"), "there is no contradiction"),
        (("bloomberg", "--status", "wrong", "--why", "x"), "there is no status 'wrong'"),
        (("bloomberg", "--status", "open", "--why", " "), "needs a reason"),
        (("bloomberg", "--status", "open", "--why", "x", "--who", " "), "needs a name"),
        (("k", "--status", "open", "--why", "x"), "begins several contradictions"),
        (
            ("bloomberg", "--kind", "claim", "--status", "open", "--why", "x"),
            "there is no kind 'claim' to review",
        ),
    ],
)
def test_what_is_no_review_is_refused(cli, demo, ask, args, told):
    """A sentence and a hint, and nothing is written."""
    done = cli("review", *args)
    assert done.code in (1, 2)
    assert told in done.err
    assert "hint: " in done.err
    assert ask(demo, "SELECT * FROM reviews") == []


def test_an_id_of_two_things_asks_for_the_kind(cli, empty, write, ferry, ask):
    """A source and an assertion of one name: `--kind` says which is meant."""
    ferry["claims"][0]["id"] = "radio"
    cli("import", write("ferry.json", ferry))
    done = cli("review", "radio", "--status", "confirmed", "--why", "x")
    assert done.code == 1
    assert "several things" in done.err
    cli("review", "radio", "--kind", "source", "--status", "confirmed", "--why", "x")
    assert ask(empty, "SELECT subject_kind FROM reviews") == [("source",)]
