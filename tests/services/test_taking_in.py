"""Import through the command line: strict, idempotent, all or nothing."""

from __future__ import annotations

import copy
import json

import pytest


def as_lines(case):
    return [
        {"type": key.removesuffix("s"), **entry}
        for key, entries in case.items()
        if key != "claimtrack"
        for entry in entries
    ]


@pytest.fixture
def loaded(cli, empty, write, ferry):
    """Give a database that holds the ferry case."""
    assert cli("import", write("ferry.json", ferry)).code == 0
    return empty


@pytest.fixture
def refused(cli, empty, everything):
    """Import what must be refused; check that it is, in plain words, and changes nothing."""

    def call(*args, **more):
        before = everything(empty)
        done = cli("import", *args, **more)
        assert done.code == 1, done
        assert done.out == ""
        assert "Traceback" not in done.err
        assert "fault of its own" not in done.err
        assert "error: " in done.err
        assert everything(empty) == before
        return done.err

    return call


def test_import_reports_and_finds(loaded, cli):
    """An import finds the contradictions among what it took in."""
    found = cli("contradictions", "--json").json
    rules = sorted((c["rule"], *sorted(x["value"]["text"] for x in c["claims"])) for c in found)
    assert rules == [
        ("disjoint", "dozens", "more than 200"),
        ("part_of", "at least 300", "dozens"),
    ]


def test_a_second_import_changes_nothing(loaded, cli, write, ferry, everything):
    """The same file again changes no row and says so."""
    before = everything(loaded)
    done = cli("import", "ferry.json")
    assert done.code == 0
    assert "nothing changed" in done.err
    assert everything(loaded) == before


def test_the_same_in_other_words_changes_nothing(loaded, cli, write, ferry):
    """Order, nulls, defaults and JSON Lines instead of JSON make no other content."""
    ferry["claims"][0] |= {"stance": "asserts", "as_of": None, "supersedes": None}
    ferry["groups"][0]["part_of"] = []
    lines = [dict(reversed(line.items())) for line in reversed(as_lines(ferry))]
    done = cli("import", write("again.jsonl", lines))
    assert done.code == 0
    assert "nothing changed" in done.err


def test_claims_without_ids_are_told_apart_by_content(cli, empty, write, ferry):
    """Without an id the content is the identity: again is nothing, another value is new."""
    del ferry["claims"][2]["id"]
    assert cli("import", write("a.json", ferry)).code == 0
    assert "nothing changed" in cli("import", "a.json").err
    ferry["claims"][2]["value"] = 4
    done = cli("import", write("b.json", ferry), "--json").json
    assert done["added"] == {"claim": 1}


def test_one_proposition_is_one_claim(cli, empty, write, ferry, ask):
    """Two documents that state the same share a claim and keep an assertion each."""
    same = {**ferry["claims"][0], "id": "radio-dozens", "document": "radio-0304"}
    ferry["claims"].append(same)
    cli("import", write("a.json", ferry))
    assert ask(empty, "SELECT count(*) FROM assertions") == [(5,)]
    assert ask(empty, "SELECT count(*) FROM claims") == [(4,)]


def test_dry_run_changes_nothing(cli, empty, write, ferry, everything):
    """`--dry-run` tells what would be added and leaves every row as it was."""
    before = everything(empty)
    done = cli("import", write("ferry.json", ferry), "--dry-run")
    assert done.code == 0
    assert "4 claims" in done.err
    assert "dry run: nothing was changed" in done.err
    assert everything(empty) == before


def test_all_errors_at_once_with_place_and_remedy(refused, write, ferry):
    """Every error is told together, each with its place and the nearest id."""
    ferry["claims"][0]["group"] = "abord"
    ferry["claims"][1]["value"] = "between 300 and 200"
    ferry["claims"][2]["documnt"] = "x"
    ferry["documents"][0]["source"] = "gazete"
    ferry["groups"][1]["part_of"] = ["abroad"]
    ferry["sources"][0]["kind"] = "newspaper"
    ferry["events"][0]["date"] = "the other day"
    text = refused(write("bad.json", json.dumps(ferry, indent=1)))
    for place in (
        "claims[0].group", "claims[1].value", "claims[2].documnt", "documents[0].source",
        "groups[1].part_of", "sources[0].kind", "events[0].date",
    ):  # fmt: skip
        assert place in text, place
    for hint in ("did you mean 'aboard'?", "did you mean 'document'?"):
        assert hint in text
    assert text.count("bad.json:") >= 7


def test_a_wrong_source_is_told_with_the_nearest(refused, write, ferry):
    """The hint on an unknown id names one that stands in the same file."""
    ferry["documents"][0]["source"] = "gazete"
    assert "did you mean 'gazette'?" in refused(write("bad.json", ferry))


def test_one_bad_file_refuses_the_good_one_too(refused, write, ferry):
    """Several files of one call are taken together or not at all."""
    bad = {"claimtrack": 1, "groups": [{"id": "x"}]}
    assert "bad.json" in refused(write("good.json", ferry), write("bad.json", bad))


@pytest.mark.parametrize("backwards", [False, True])
def test_files_may_come_in_any_order(cli, empty, write, ferry, backwards):
    """What one file names may stand in a later one of the same call."""
    keys = ["events", "groups", "sources", "documents", "claims"]
    files = [write(f"{key}.json", {"claimtrack": 1, key: ferry[key]}) for key in keys]
    done = cli("import", *(reversed(files) if backwards else files), "--json")
    assert done.code == 0, done
    assert done.json["added"]["claim"] == 4
    assert done.json["new_contradictions"] == 2


def test_lines_may_refer_forward(cli, empty, write, ferry):
    """In JSON Lines an entry may name what comes later."""
    ferry["claims"].append(
        {**ferry["claims"][2], "id": "gazette-crew-4", "value": 4, "supersedes": "gazette-crew"}
    )
    lines = [json.loads(json.dumps(line)) for line in reversed(as_lines(ferry))]
    done = cli("import", write("a.jsonl", lines), "--json")
    assert done.code == 0, done
    assert done.json["added"]["claim"] == 5


def test_standard_input(cli, empty, ferry):
    """`-` reads a JSON document, and JSON Lines where told so."""
    done = cli("import", "-", stdin=json.dumps(ferry).encode())
    assert done.code == 0, done
    lines = "".join(json.dumps(line) + "\n" for line in as_lines(ferry))
    done = cli("import", "-", "--format", "jsonl", stdin=lines.encode())
    assert (done.code, "nothing changed" in done.err) == (0, True)


def test_other_content_is_refused_with_both_versions(loaded, refused, write, ferry):
    """Without --update a changed entry is refused and both versions are shown."""
    ferry["claims"][1]["value"] = "more than 210"
    ferry["sources"][0]["name"] = "The Evening Gazette"
    text = refused(write("new.json", ferry))
    for told in ("more than 200", "more than 210", "The Gazette", "The Evening Gazette"):
        assert told in text
    assert "--update" in text


def test_the_same_id_twice_in_a_call_is_refused(refused, write, ferry):
    """One id with two contents in one call is an error even with --update."""
    ferry["claims"].append({**ferry["claims"][0], "value": 99})
    text = refused(write("twice.json", ferry), "--update")
    assert "the same call" in text


def test_update_keeps_the_old_version(loaded, cli, write, ferry, ask):
    """--update changes the claim, the contradictions follow, the history has the old one."""
    ferry["claims"][1]["value"] = "at most 50"
    done = cli("import", write("new.json", ferry), "--update", "--json").json
    assert done["changed"] == {"claim": 1}
    assert done["gone_contradictions"] == 1
    (row,) = ask(
        loaded, "SELECT slug, action, who, before, after FROM history WHERE action = 'changed'"
    )
    assert row[:3] == ("radio-200", "changed", "tester")
    assert json.loads(row[3])["value"] == "more than 200"
    assert json.loads(row[4])["value"] == "at most 50"
    assert ask(loaded, "SELECT count(*) FROM claims") == [(4,)]


@pytest.mark.parametrize("list_", ["events", "groups", "sources", "documents"])
def test_update_of_definitions(loaded, cli, write, ferry, ask, list_):
    """Each kind of definition can be put anew, and an undo brings the old one back."""
    key = {"events": "title", "groups": "name", "sources": "name", "documents": "title"}[list_]
    ferry[list_][0][key] = "Another"
    type_ = list_.removesuffix("s")
    assert cli("import", write("n.json", ferry), "--update", "--json").json["changed"] == {type_: 1}
    query = f"SELECT {key} FROM {list_} ORDER BY id LIMIT 1"  # noqa: S608
    assert ask(loaded, query) == [("Another",)]
    assert cli("undo", "--yes").code == 0
    assert ask(loaded, query) != [("Another",)]


def test_a_changed_group_moves_the_contradictions(loaded, cli, write, ferry):
    """When passengers are no longer part of those aboard, their number is no conflict."""
    del ferry["groups"][2]["part_of"]
    done = cli("import", write("new.json", ferry), "--update", "--json").json
    assert (done["new_contradictions"], done["gone_contradictions"]) == (0, 1)
    assert {c["rule"] for c in cli("contradictions", "--json").json} == {"disjoint"}


def test_a_corrected_claim_no_longer_counts(loaded, cli, write, ferry):
    """A correction by the same source takes the old one out of the contradictions."""
    new = {**ferry["claims"][1], "id": "radio-30", "value": 30, "supersedes": "radio-200"}
    done = cli("import", write("new.json", {"claimtrack": 1, "claims": [new]}), "--json").json
    assert done["gone_contradictions"] == 1
    shown = cli("list-claims", "--json").json
    corrected = {a["id"]: a["superseded_by"] for c in shown for a in c["assertions"]}
    assert corrected["radio-200"] == "radio-30"


def test_only_the_same_source_corrects(loaded, refused, write, ferry):
    """A correction by another source is refused."""
    new = {**ferry["claims"][0], "id": "g2", "value": 30, "supersedes": "radio-200"}
    text = refused(write("new.json", {"claimtrack": 1, "claims": [new]}))
    assert "claims[0].supersedes" in text


@pytest.mark.parametrize(
    ("quote", "fits"),
    [
        ("dozens are feared dead", True),
        ("dozens  are\nfeared dead", True),
        ("the “Aurora”", True),
        ("dozens are feared deaf", False),
        ("Dozens are feared dead", False),
    ],
)
def test_verify_quotes(cli, empty, write, ferry, folder, quote, fits):
    """A quote must stand in the text, but for blanks and the shape of quotation marks."""
    (folder / "text.txt").write_text('They say dozens are\n feared dead on the "Aurora".')
    ferry["claims"][0]["quote"] = quote
    done = cli("import", write("a.json", ferry), "--verify-quotes", "text.txt")
    assert done.code == (0 if fits else 1)
    if not fits:
        assert "claims[0].quote" in done.err


def test_verify_quotes_against_nothing(cli, empty, write, ferry):
    """A text to compare with that is not there is one sentence."""
    done = cli("import", write("a.json", ferry), "--verify-quotes", "no.txt")
    assert (done.code, "Traceback" in done.err) == (1, False)
    assert "no.txt" in done.err


DEEP = "[" * 100_000
BAD = {
    "nothing": "",
    "cut off": '{"claimtrack": 1, "groups": [{"id": "a"',
    "words": "hello",
    "trailing comma": '{"claimtrack": 1, "groups": [],}',
    "a list": "[]",
    "a number": "3",
    "null": "null",
    "nan": '{"claimtrack": 1, "claims": [{"value": NaN}]}',
    "infinity": '{"claimtrack": 1, "claims": [{"value": -Infinity}]}',
    "overflow": '{"claimtrack": 1, "claims": [{"value": 1e999}]}',
    "beyond 64 bits": '{"claimtrack": 1, "claims": [{"value": 9223372036854775808}]}',
    "far beyond": '{"claimtrack": 1, "claims": [{"value": ' + "9" * 10_000 + "}]}",
    "key twice": '{"claimtrack": 1, "groups": [{"id": "a", "id": "b", "name": "x"}]}',
    "list twice": '{"claimtrack": 1, "groups": [], "groups": []}',
    "deep": DEEP,
    "deep in a list": '{"claimtrack": 1, "groups": ' + DEEP + "]" * 100_000 + "}",
    "deep objects": '{"a":' * 50_000 + "1" + "}" * 50_000,
    "newer": '{"claimtrack": 2}',
    "no version": '{"groups": []}',
    "wrong lists": '{"claimtrack": 1, "groups": {}, "events": 3, "claims": null}',
    "nul": '{"claimtrack": 1, "groups": [{"id": "a", "name": "x\\u0000y"}]}',
    "half a pair": '{"claimtrack": 1, "groups": [{"id": "a", "name": "x\\ud800y"}]}',
    "nul in a key": '{"claimtrack": 1, "groups": [{"id": "a", "name": "x", "\\u0000": 1}]}',
}


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("name", BAD)
def test_bad_json_is_refused_in_a_sentence(refused, write, name, form):
    """Whatever is wrong with the JSON, it is told in a sentence with the file's name."""
    assert f"bad.{form}" in refused(write(f"bad.{form}", BAD[name] or "\n{"))


@pytest.mark.parametrize(
    "data", [b"\xff\xfe{\x00}\x00", b'{"claimtrack": 1, "x": "\xe9"}', b"\x00\x01\x02", b"\x89PNG"]
)
def test_other_encodings_are_refused(refused, folder, data):
    """What is not UTF-8 is refused and said to be so."""
    (folder / "bad.json").write_bytes(data)
    assert "UTF-8" in refused("bad.json") or b"\x00" in data


def test_a_folder_and_a_missing_file(refused, folder):
    """A folder and a missing file are told together, each in a sentence."""
    (folder / "sub").mkdir()
    text = refused("sub", "missing.json", "")
    assert "this is a directory" in text
    assert "missing.json: there is no such file" in text


def test_too_large_for_the_database(refused, write, ferry):
    """Numbers that no column can keep are refused, however they are written."""
    for value in ("9" * 30, {"min": 1, "max": "9" * 30}, 1e300, f"more than {2**63 - 1}"):
        wrong = copy.deepcopy(ferry)
        wrong["claims"][2]["value"] = value
        assert "claims[2].value" in refused(write("large.json", wrong))


def test_circles_of_groups_are_refused(refused, write, ferry):
    """A group that is part of itself by way of another is an error of the record."""
    ferry["groups"][0]["part_of"] = ["crew"]
    assert "part of itself" in refused(write("circle.json", ferry))


def test_the_json_test_suite(cli, empty, shared, folder):
    """Every text that is no JSON is refused with a sentence; none ends in a traceback."""
    import base64

    suite = json.loads(shared("robustness/json-test-suite.json").read_text())
    for name, coded in suite.items():
        data = base64.b64decode(coded)
        if name.startswith("n_"):
            (folder / "case.json").write_bytes(data)
            done = cli("import", "case.json")
            assert done.code == 1, name
            assert "case.json" in done.err, name
            assert "fault of its own" not in done.err, name


def test_schema_accepts_what_is_imported(cli, ferry):
    """The published JSON Schema accepts the ferry case and refuses an unknown key."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = cli("schema").json
    jsonschema.validate(ferry, schema)
    ferry["claims"][0]["documnt"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(ferry, schema)


def test_two_long_versions_are_shown_where_they_differ(cli, empty, write):
    """A million signs help nobody: the piece is shown in which the second differs."""
    case = {
        "claimtrack": 1,
        "events": [{"id": "e", "title": "x" * 500_000 + "old" + "y" * 500_000}],
    }
    assert cli("import", write("a.json", case)).code == 0
    case["events"][0]["title"] = "x" * 500_000 + "new" + "y" * 500_000
    done = cli("import", write("a.json", case))
    assert done.code == 1
    assert "xold" in done.err and "xnew" in done.err
    assert len(done.err) < 2_000


def test_many_names_in_vain_are_told_in_time(cli, empty, write):
    """A suggestion costs a look at every id; only so many looks are made in one call."""
    events = [{"id": f"event-number-{at}", "title": "x"} for at in range(3000)]
    claim = {"document": "d", "metric": "killed", "value": 1}
    case = {
        "claimtrack": 1,
        "events": events,
        "sources": [{"id": "s", "name": "s"}],
        "documents": [{"id": "d", "source": "s"}],
        "claims": [{**claim, "id": f"c{at}", "event": f"evnt-number-{at}"} for at in range(1000)],
    }
    done = cli("import", write("a.json", case))
    assert done.code == 1 and "1,000 errors" in done.err
    assert "did you mean 'event-number-0'?" in done.err
    assert "give an event of this id too" in done.err


def test_a_bound_of_a_thousand_words_is_told_in_short(cli, empty, write, ferry):
    """What is wrong is quoted, and cut."""
    claim = {**ferry["claims"][2], "value": {"min": "x" * 100_000}}
    done = cli("import", write("a.json", {**ferry, "claims": [claim]}))
    assert done.code == 1 and "is no number" in done.err and len(done.err) < 500


def crowd(**more):
    """Tell of a crowd that shrank from one day to the next."""
    about = {"event": "march", "document": "police", "metric": "crowd"}
    return {
        "claimtrack": 1,
        "events": [{"id": "march", "title": "March"}],
        "metrics": [{"id": "crowd", "kind": "count"} | more],
        "sources": [{"id": "police", "name": "Police"}],
        "documents": [{"id": "police", "source": "police"}],
        "claims": [
            {**about, "value": 100_000, "as_of": "2031-05-01"},
            {**about, "value": 20_000, "as_of": "2031-05-02"},
        ],
    }


@pytest.mark.parametrize(
    ("said", "found"), [({}, 1), ({"cumulative": True}, 1), ({"cumulative": False}, 0)]
)
def test_a_count_that_may_fall_says_so(cli, empty, write, said, found):
    """Else it is taken for a toll, of which a later number is no lower."""
    assert cli("import", write("crowd.json", crowd(**said))).code == 0
    assert len(cli("contradictions", "--json").json) == found
    assert cli("verify").code == 0


def test_that_a_count_may_fall_can_be_said_later(cli, empty, write):
    """Its events are concluded anew, and as before when that is taken back."""
    cli("import", write("crowd.json", crowd()))
    done = cli("import", write("falls.json", crowd(cumulative=False)), "--update")
    assert (done.code, cli("contradictions", "--json").json) == (0, [])
    cli("undo", "--yes")
    assert len(cli("contradictions", "--json").json) == 1
    assert cli("verify").code == 0


def test_only_a_count_can_be_said_to_fall(cli, empty, write):
    """A date does not."""
    done = cli("import", write("crowd.json", crowd(kind="date", cumulative=False)))
    assert done.code == 1
    assert "only a count can be said to grow or fall" in done.err
