"""`search`: what is found, in what order, that no sign acts, and that the index keeps up."""

from __future__ import annotations

import pytest

import databases
from claimtrack.store import search
from plans import scanned


@pytest.fixture
def case(cli, empty, write, ferry):
    """The ferry, with quotes in several scripts and signs that mean something elsewhere."""
    quotes = {
        "gazette-dozens": "Dozens are feared DEAD, the Gazette learned",
        "radio-200": "погибли более 200 человек",
        "gazette-crew": '100% of "crew" AND one_more OR * [bold]NEAR[/bold]',
        "radio-passengers": "据报道有三人死亡。 قُتِل ثلاثة. Undeadly São",
    }
    for claim in ferry["claims"]:
        claim["quote"] = quotes[claim["id"]]
    ferry["documents"][0]["title"] = "The dead of the Aurora"
    assert cli("import", write("ferry.json", ferry)).code == 0
    return empty


def found(cli, *words, **options):
    more = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    done = cli("search", *words, *more, "--json")
    assert done.code == 0, done
    return [hit["assertion"] or hit["id"] for hit in done.json]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["ПОГИБЛИ"], ["radio-200"]),
        (["огибл"], ["radio-200"]),
        (["三人死亡"], ["radio-passengers"]),
        (["死亡"], ["radio-passengers"]),
        (["قتل ثلاثة"], ["radio-passengers"]),
        (["sao"], ["radio-passengers"]),
        (["aurora"], ["ferry-2031", "gazette-0303"]),
        (["everyone"], ["aboard"]),
        (["riga"], ["radio"]),
        (["more than 200"], ["radio-200"]),
        (["погибли", "200"], ["radio-200"]),
        (["погибли 200"], []),
        (["погибли", "dozens"], []),
        (["nowhere"], []),
    ],
)
def test_what_is_found(cli, case, words, expected):
    assert found(cli, *words) == expected


def test_whole_words_come_first_then_kinds_then_the_newest(cli, case):
    assert found(cli, "dead") == ["gazette-0303", "gazette-dozens", "radio-passengers"]
    hits = cli("search", "dead", "--json").json
    assert [hit["alone"] for hit in hits] == [True, True, False]
    assert found(cli, "dead", kind="claim") == ["gazette-dozens", "radio-passengers"]
    assert found(cli, "dead", limit=1, offset=1) == ["gazette-dozens"]


@pytest.mark.parametrize(
    "sign", ["100%", '"crew"', "AND", "one_more", "OR *", "*", "[bold]NEAR", 'w" AND one', "%"]
)
def test_no_sign_has_a_meaning_of_its_own(cli, case, sign):
    assert found(cli, sign) == ["gazette-crew"]


@pytest.mark.parametrize("words", ["1000%", "onexmore", "crew*", "AND OR", "crew NEAR", "^100"])
def test_no_sign_stands_for_another(cli, case, words):
    assert found(cli, words) == []


def test_a_hit_tells_where_it_stands(cli, case):
    (hit,) = cli("search", "200", "человек", "--json").json
    assert [hit["text"][a:b] for a, b in hit["found"]] == ["200", "человек"]
    assert (hit["event"], hit["document"], hit["source"]) == ("ferry-2031", "radio-0304", "radio")
    assert cli("show", hit["id"]).code == 0


def test_a_screen_shows_markup_as_it_stands_and_the_hit_in_bold(cli, case):
    told = cli("search", "near", tty=True)
    assert "[bold]" in told.out and "[/bold]" in told.out
    assert "\x1b[1;4mNEAR\x1b[0m" in told.out
    assert "\x1b" not in cli("search", "near").out


def test_an_event_narrows_all_kinds(cli, case, write):
    more = [
        {"type": "event", "id": "other", "title": "Another Aurora"},
        {"type": "document", "id": "late", "source": "radio", "title": "Dead"},
        {"type": "claim", "id": "x", "event": "other", "metric": "killed", "document": "late"}
        | {"value": 3, "quote": "three dead"},
    ]
    assert cli("import", write("more.jsonl", more)).code == 0
    assert found(cli, "aurora") == ["other", "ferry-2031", "gazette-0303"]
    assert found(cli, "aurora", event="other") == ["other"]
    assert found(cli, "dead", event="other") == ["late", "x"]
    assert found(cli, "riga", event="other") == ["radio"]
    assert found(cli, "everyone", event="other") == []
    assert found(cli, "everyone", event="ferry-2031") == ["aboard"]


@pytest.mark.parametrize("words", ["", "  \t", "\u0301"])
def test_nothing_to_look_for_is_refused(cli, case, words):
    told = cli("search", words)
    assert told.code == 2
    assert "nothing to search for" in told.err


def test_an_unknown_kind_or_event_is_refused_with_a_remedy(cli, case):
    assert "choose of event, group" in cli("search", "dead", "--kind", "claims").err
    assert "did you mean 'ferry-2031'?" in cli("search", "dead", "--event", "fery-2031").err


def test_of_many_hits_the_newest_are_ranked_and_it_is_said(cli, case, monkeypatch):
    monkeypatch.setattr(search, "RANKED", 1)
    monkeypatch.setattr(search, "SCANNED", 1)
    told = cli("search", "dea", "--limit", "1", "--kind", "claim")
    assert "of claims only those recorded last were looked at" not in told.err
    told = cli("search", "e", "--limit", "1", "--kind", "claim")
    assert "of claims only those recorded last were looked at" in told.err


def test_the_index_keeps_up_with_all_that_changes(cli, case, write, ferry):
    ferry["claims"][0]["quote"] = "nobody is missed"
    ferry["events"][0]["title"] = "Loss of the Borealis"
    assert cli("import", write("two.json", ferry), "--update").code == 0
    assert found(cli, "feared") == []
    assert found(cli, "missed") == ["gazette-dozens"]
    assert found(cli, "borealis") == ["ferry-2031"]
    assert cli("verify").code == 0
    assert cli("undo", "--yes").code == 0
    assert found(cli, "feared") == ["gazette-dozens"]
    assert found(cli, "missed") == []
    assert found(cli, "sinking") == ["ferry-2031"]
    assert cli("verify").code == 0
    assert cli("undo", "--yes").code == 0
    assert found(cli, "dead") == []
    assert cli("verify").code == 0


def test_a_dry_run_leaves_no_passage(cli, empty, write, ferry, everything):
    assert cli("import", write("ferry.json", ferry), "--dry-run").code == 0
    assert everything(empty)["passages"] == []
    assert found(cli, "aurora") == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passages SET text = 'other' WHERE text LIKE '%feared%'",
        "UPDATE passages SET claim_id = claim_id + 1 WHERE text LIKE '%feared%'",
        "DELETE FROM passages WHERE text LIKE '%feared%'",
        "INSERT INTO passages (id, text) VALUES (281474976710999, 'nothing')",
    ],
)
def test_verify_sees_a_passage_that_is_not_of_its_row(cli, case, statement):
    databases.change(case, statement)
    checks = {check["name"]: check["passed"] for check in cli("verify", "--json").json["checks"]}
    assert [name for name, passed in checks.items() if not passed] == ["search"]


@pytest.mark.sqlite_only(reason="a server keeps its index itself")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO passages_trigrams (passages_trigrams, rowid, text)"
        " SELECT 'delete', id, text FROM passages LIMIT 1",
        "INSERT INTO passages_trigrams (rowid, text) VALUES (9, 'something more')",
    ],
)
def test_verify_sees_an_index_that_is_not_of_the_passages(cli, case, statement):
    databases.change(case, statement)
    told = cli("verify")
    assert told.code == 1
    assert "the index of passages is not made of the passages" in told.out + told.err


@pytest.mark.sqlite_only(reason="a server always has the index")
def test_without_an_index_the_same_is_found(cli, case):
    questions = ["погиб", "dead", "100%", "三人死亡", "死亡"]
    before = [found(cli, text) for text in questions]
    listed = [cli("list-claims", "--search", text, "--json").json for text in questions]
    databases.change(case, "DROP TABLE passages_trigrams")
    assert [found(cli, text) for text in questions] == before
    assert [cli("list-claims", "--search", text, "--json").json for text in questions] == listed
    assert cli("verify").code == 0
    assert cli("undo", "--yes").code == 0


@pytest.mark.sqlite_only(reason="asks SQLite for its plans")
def test_a_search_reads_no_large_table_from_end_to_end(cli, case):
    day = ("--as-of", "2031-03-04")
    for options in ((), ("--event", "ferry-2031"), ("--kind", "document"), day):
        assert scanned(case, lambda options=options: cli("search", "dead", *options)) == set()


def test_the_index_of_a_copy_is_complete(cli, case, new_case, folder):
    target = str(new_case("copy.db"))
    assert cli("copy-to", target).code == 0
    assert found(cli, "погибли", db=target) == ["radio-200"]
    assert cli("verify", "--db", target).code == 0
