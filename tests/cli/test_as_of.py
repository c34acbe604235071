"""`--as-of`: the database as it was known by that day's publications."""

from __future__ import annotations

import copy

import pytest


@pytest.fixture
def history(ferry):
    """The ferry with a correction two days later, a second telling, and an undated leaflet."""
    story = copy.deepcopy(ferry)
    story["sources"].append({"id": "leaflet", "name": "a leaflet", "kind": "other"})
    story["documents"] += [
        {"id": "radio-0306", "source": "radio", "published": "2031-03-06"},
        {"id": "gazette-march", "source": "gazette", "published": "2031-03"},
        {"id": "leaflet-1", "source": "leaflet"},
    ]
    about = {"event": "ferry-2031", "metric": "killed"}
    story["claims"] += [
        {**about, "id": "radio-corrects", "document": "radio-0306", "group": "aboard"}
        | {"value": "about 60", "supersedes": "radio-200"},
        {**about, "id": "radio-dozens", "document": "radio-0306", "group": "aboard"}
        | {"value": "24-99"},
        {**about, "id": "in-march", "document": "gazette-march", "group": "crew", "value": 4},
        {**about, "id": "leaflet-crew", "document": "leaflet-1", "group": "crew", "value": 90},
    ]
    return story


def only_published_by(story, day):
    """Leave out what was published later: the other way to the same answer."""
    kept = [d for d in story["documents"] if d.get("published", "9999") <= day]
    names = {d["id"] for d in kept}
    return story | {
        "documents": kept,
        "claims": [c for c in story["claims"] if c["document"] in names],
    }


DAYS = ("2031-03-02", "2031-03-03", "2031-03-04", "2031-03-05", "2031-03-06", "2031-04")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    "command",
    [
        ("list-claims",),
        ("list-claims", "--contradicted"),
        ("list-claims", "--source", "radio"),
        ("list-claims", "--search", "dozens"),
        ("search", "radio"),
        ("search", "0", "--kind", "claim"),
        ("search", "60", "--event", "ferry-2031"),
        ("search", "gazette", "--kind", "document"),
        ("contradictions",),
        ("contradictions", "--source", "gazette"),
        ("contradictions", "--metric", "killed", "--severity", "0.5"),
        ("list-documents",),
        ("list-events",),
        ("compare", "killed"),
        ("compare", "killed", "--estimate", "envelope", "--treat-suspected-as-dependent"),
        ("estimate", "ferry-2031"),
        ("findings",),
        ("load-bearing", "ferry-2031"),
        ("suspects",),
        ("track-record", "radio"),
        ("trace", "--errors"),
        ("versions", "ferry-2031"),
    ],
)
def test_it_answers_as_if_nothing_later_were_in_the_database(
    cli, new_case, write, history, command, day
):
    """Each looking command gives what a database without the later documents gives."""
    full, then = new_case("full.db"), new_case("then.db")
    for path, story in ((full, history), (then, only_published_by(history, day))):
        assert cli("import", write("story.json", story), "--db", path).code == 0
    as_of = cli(*command, "--as-of", day, "--json", "--db", full)
    assert as_of.code == 0
    assert as_of.json == cli(*command, "--json", "--db", then).json


@pytest.mark.parametrize("last", ["crew", "passengers", "aboard"])
def test_three_that_fall_together_fall_when_the_last_is_told(cli, empty, write, ferry, last):
    """Any two of them may hold: twenty of each, who share nobody, and thirty in all."""
    told = {"crew": 20, "passengers": 20, "aboard": "at most 30"}
    order = [*(group for group in told if group != last), last]
    ferry["groups"][1]["disjoint_with"] = ["passengers"]
    ferry["documents"] = [
        {"id": f"radio-{day}", "source": "radio", "published": f"2031-03-0{day}"}
        for day in (4, 5, 6)
    ]
    about = {"event": "ferry-2031", "metric": "wounded"}
    ferry["claims"] = [
        {**about, "document": f"radio-{day}", "group": group, "value": told[group]}
        for day, group in zip((4, 5, 6), order, strict=True)
    ]
    assert cli("import", write("story.json", ferry)).code == 0
    marked = [
        [c["contradicted"] for c in cli("list-claims", "--as-of", day, "--json").json]
        for day in ("2031-03-04", "2031-03-05", "2031-03-06")
    ]
    assert marked == [[False], [False, False], [True, True, True]]


def test_comparing_as_of_a_day_needs_no_later_document(cli, empty, write, history):
    """Before the correction two versions stand; afterwards the claim corrected is out."""
    cli("import", write("story.json", history))
    before = cli("compare", "killed", "--group", "aboard", "--as-of", "2031-03-04", "--json").json
    after = cli("compare", "killed", "--group", "aboard", "--as-of", "2031-03-06", "--json").json
    assert len(before[0]["versions"]) == 2
    assert [c["contradicted"] for c in before[0]["claims"]] == [True, True]
    assert len(after[0]["versions"]) == 1
    contradicted = {a["id"]: c["contradicted"] for c in after[0]["claims"] for a in c["assertions"]}
    assert contradicted["radio-200"] is False


def test_a_correction_counts_from_its_publication(cli, empty, write, history):
    """Until then the assertion stands, and its contradiction with it."""
    cli("import", write("story.json", history))
    before = cli("explain", "radio-200", "--as-of", "2031-03-05").out
    assert "corrected by" not in before
    assert "stands in 1 contradiction" in before
    assert "corrected by: radio-corrects" in cli("explain", "radio-200").out
    pair = ("explain", "radio-200", "gazette-dozens")
    assert "cannot both be true" in cli(*pair, "--as-of", "2031-03-05").out
    assert "corrected by its own source" in cli(*pair, "--as-of", "2031-03-06").out


def test_of_a_claim_only_what_was_said_by_then_is_shown(cli, empty, write, history):
    """One proposition told twice: as of the first telling it has one assertion."""
    cli("import", write("story.json", history))
    assert len(cli("explain", "gazette-dozens", "--json").json["assertions"]) == 2
    early = cli("explain", "gazette-dozens", "--json", "--as-of", "2031-03-05").json
    assert [a["id"] for a in early["assertions"]] == ["gazette-dozens"]
    assert early["value"]["text"] == "dozens"


def test_the_words_are_those_of_an_assertion_known_by_then(cli, empty, write, history):
    """Where the claim got its words from a later document, an earlier one lends its own."""
    first = history | {"claims": [c for c in history["claims"] if c["id"] == "radio-dozens"]}
    cli("import", write("later.json", first))
    cli("import", write("story.json", history))
    told = cli("list-claims", "--as-of", "2031-03-03", "--group", "aboard", "--json").json
    assert [claim["value"]["text"] for claim in told] == ["dozens"]


def test_documents_without_a_date_are_left_out_and_said_so(cli, empty, write, history):
    """The note is talk, on stderr; without `--as-of` there is none."""
    cli("import", write("story.json", history))
    done = cli("list-claims", "--as-of", "2099", "--json")
    assert "note: left out, for want of a date of publication: 1 document\n" in done.err
    assert "leaflet" not in done.out
    assert "left out" not in cli("list-claims", "--json").err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("explain", "radio-200"), "'radio-200' was not known by that day"),
        (("show", "radio-0304"), "the document 'radio-0304' was not published by that day"),
        (("show", "leaflet-1"), "the document 'leaflet-1' was not published by that day"),
        (("compare", "killed", "--group", "passengers"), "no claim on killed passes"),
    ],
)
def test_what_was_not_there_yet_is_said_to_be_not_known(cli, empty, write, history, args, told):
    """Not "there is no such": it came later."""
    cli("import", write("story.json", history))
    done = cli(*args, "--as-of", "2031-03-03")
    assert done.code == 1
    assert told in done.err


def test_a_contradiction_of_today_is_no_contradiction_of_then(cli, empty, write, history):
    """Its id answers on the days on which it was to be found, and says so on others."""
    cli("import", write("story.json", history))
    (then,) = [
        c
        for c in cli("contradictions", "--as-of", "2031-03-05", "--json").json
        if {a["id"] for claim in c["claims"] for a in claim["assertions"]}
        == {"gazette-dozens", "radio-200"}
    ]
    cli("contradictions", "--json")
    assert cli("show", then["id"], "--as-of", "2031-03-05").code == 0
    assert cli("show", then["id"]).code == 1
    today = cli("contradictions", "--json").json[0]["id"]
    assert "was not to be found by that day" in cli("show", today, "--as-of", "2031-03-03").err


def test_reviews_are_shown_with_a_contradiction_of_then(cli, empty, write, history):
    """What people say today of a contradiction stands with it on every day."""
    cli("import", write("story.json", history))
    id_ = cli("contradictions", "--as-of", "2031-05", "--json").json[0]["id"]
    cli("review", id_, "--status", "dismissed", "--why", "so")
    args = ("contradictions", "--as-of", "2031-05", "--json", "--status")
    assert [c["id"] for c in cli(*args, "dismissed").json] == [id_]
    assert id_ not in [c["id"] for c in cli(*args, "open").json]


def test_status_counts_what_was_known(cli, empty, write, history):
    """Definitions have no date; documents, claims and contradictions do."""
    cli("import", write("story.json", history))
    now = cli("status", "--json").json["counts"]
    then = cli("status", "--json", "--as-of", "2031-03-03").json["counts"]
    assert (then["documents"], then["assertions"]) == (2, 3)
    assert then["groups"] == now["groups"]
    late = cli("status", "--json", "--as-of", "2031-12").json["counts"]
    assert late["contradictions"] < now["contradictions"]


def test_the_seed_before_and_after_the_article(cli, demo):
    """By 13 February only the release was out; with the article everything is as today."""
    assert cli("contradictions", "--as-of", "2018-02-13", "--json").json == []
    assert len(cli("list-claims", "--as-of", "2018-02-13", "--json").json) == 8
    for command in ("contradictions", "list-claims", "list-sources", "list-events"):
        late = cli(command, "--as-of", "2018-03-03", "--json").json
        assert late == cli(command, "--json").json


def test_a_date_without_an_end_is_refused(cli, demo):
    """Known by when? An open end says nothing."""
    done = cli("list-claims", "--as-of", "2018-02-08/..")
    assert done.code == 2
    assert "has no end" in done.err
