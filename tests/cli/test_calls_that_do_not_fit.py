"""Options that have nothing to say together are refused, and what a call names is found."""

from __future__ import annotations

import copy

import pytest

EVENT = "khasham-2018"


@pytest.mark.parametrize(
    "command",
    [
        ("list-claims",),
        ("compare", "killed"),
        ("timeline", EVENT),
        ("trace", "two-russians-more-than-200-killed"),
        ("trace", "--errors"),
        ("grades",),
    ],
    ids=" ".join,
)
def test_two_formats_are_one_too_many(cli, demo, command):
    """Neither is taken in silence."""
    other = (
        "svg" if command[0] == "trace" and len(command) == 2 and command[1] != "--errors" else "csv"
    )
    done = cli(*command, "--json", "--format", other)
    assert done.code == 2 and not done.out
    assert f"--json and --format {other} ask for two formats" in done.err
    assert cli(*command, "--json", "--format", "json").out == cli(*command, "--json").out


def test_an_order_of_sources_needs_the_method_that_takes_it(cli, demo):
    """Else it would be passed over in silence."""
    prefer = ("estimate", EVENT, "--metric", "killed", "--prefer", "bloomberg")
    assert cli(*prefer, "--method", "envelope").code == 2
    assert cli(*prefer, "--method", "envelope", "--method", "preferred").code == 0
    assert cli(*prefer).code == 0


def test_only_what_settles_resolves(cli, demo):
    """To open again is a review."""
    worst = cli("contradictions", "--json").json[0]["id"]
    refused = cli("resolve", worst, "--as", "open", "--why", "not yet")
    assert refused.code == 2 and "`claimtrack review --status open`" in refused.err
    assert cli("resolve", worst, "--as", "dismissed", "--why", "no").code == 0
    assert cli("resolve", worst, "--why", "two nights").code == 0
    assert cli("contradictions", "--json").json[0]["status"] == "explained"


def test_a_list_of_contradictions_has_pages_and_groups(cli, demo):
    """As other lists do."""
    whole = cli("contradictions", "--json").json
    pages = [
        cli("contradictions", "--json", "--limit", "1", "--offset", str(at)).json for at in range(3)
    ]
    assert pages == [whole[:1], whole[1:], []]
    for day in ((), ("--as-of", "2018-03-03")):
        then = cli("contradictions", "--json", *day).json
        assert cli("contradictions", "--json", "--offset", "1", *day).json == then[1:]
    past = cli("contradictions", "--offset", "2", "--exit-code")
    assert past.code == 3 and "the list ends before --offset 2" in past.err
    assert "there are more" not in cli("contradictions", "--limit", "2").err
    only = cli("contradictions", "--json", "--group", "contract-soldiers").json
    assert [one["id"] for one in only] == [
        one["id"]
        for one in whole
        if any(claim["group"] == "contract-soldiers" for claim in one["claims"])
    ]
    assert len(only) == 1


def test_an_id_of_several_things_shows_each(cli, empty, write, ferry):
    """One is told, the others are named."""
    case = copy.deepcopy(ferry)
    case["groups"].append({"id": "gazette", "name": "The people of the Gazette"})
    case["claims"][3]["id"] = "gazette"
    assert cli("import", write("ferry.json", case)).code == 0
    shown = cli("show", "gazette")
    assert shown.out.startswith("group gazette\n")
    for kind in ("source", "claim"):
        assert f"`claimtrack show gazette --kind {kind}`" in shown.err
    assert cli("show", "gazette", "--kind", "source").out.startswith("source gazette\n")
    assert "at least 300" in cli("show", "gazette", "--kind", "claim").out
    assert "more than one thing" not in cli("show", "gazette", "--kind", "source").err
    assert "more than one thing" not in cli("show", "radio").err
    wrong = cli("show", "crew", "--kind", "source")
    assert wrong.code == 1 and "'crew' is a group: `claimtrack show crew`" in wrong.err
    assert cli("show", "crew", "--kind", "ship").code == 2


def test_a_source_is_shown_with_its_grades(cli, demo):
    """Each with its assessor."""
    why = ("--reliability", "B", "--why", "it names its sources")
    assert cli("grade", "bloomberg", *why, "--who", "Ann").code == 0
    assert "B (usually reliable), by Ann" in cli("show", "bloomberg").out
    (given,) = cli("show", "bloomberg", "--json").json["grades"]
    assert (given["grade"], given["assessor"]) == ("B", "Ann")
    assert "grades" not in cli("show", EVENT, "--json").json


def test_fewer_versions_are_asked_for_in_json_too(cli, demo):
    """And what is left out is counted."""
    (whole,) = cli("versions", EVENT, "--json").json["disputes"]
    (cut,) = cli("versions", EVENT, "--json", "--limit", "1").json["disputes"]
    assert len(whole["versions"]) == 2 and whole["further"] == 0
    assert cut["versions"] == whole["versions"][:1] and cut["further"] == 1


def test_a_question_of_names_counts_who_answers(cli, empty, write, ferry):
    """Though no method has a range for it."""
    case = copy.deepcopy(ferry)
    case["metrics"] = [{"id": "flag", "name": "flag", "kind": "category"}]
    for document, value in (("gazette-0303", "Malta"), ("radio-0304", "unknown")):
        case["claims"].append(
            {"event": "ferry-2031", "metric": "flag", "document": document, "value": value}
        )
    assert cli("import", write("ferry.json", case)).code == 0
    (asked,) = cli("estimate", "ferry-2031", "--metric", "flag", "--json").json
    assert asked["reports"] == 1
    assert asked["origins"] == {"least": 1, "most": 1}
    (left_out, *_) = asked["estimates"][0]["left_out"]
    assert {one["why"] for one in asked["estimates"][0]["left_out"]} == {"no_end", "unknown"}
    assert left_out["claim"]


def test_what_is_typed_is_not_sent_to_a_file(cli, demo):
    """`add` has neither a file nor --update."""
    place = ("--event", EVENT, "--metric", "killed", "--document", "treehouse-2018-03-03")
    unknown = cli("add", "9", *place, "--group", "zzzzzzzzzzzzzz")
    assert "correct the id, or give a group of this id too" in unknown.err
    assert "to the file" not in unknown.err
    taken = cli("add", "9", *place, "--id", "two-russians-more-than-200-killed")
    assert "`claimtrack import --update` puts the new version in its place" in taken.err


def test_help_is_hinted_at_without_a_database(cli, demo):
    """There it would do nothing."""
    assert "see `claimtrack grade --help`" in cli("grades", "--db", demo).err


def test_a_lexicon_that_is_not_there_is_told_in_words(cli, empty, write, ferry):
    """Not by the number of an error."""
    told = cli("import", write("ferry.json", ferry), "--lexicon", "mine.toml").err
    assert "cannot read the lexicon mine.toml: no such file or directory" in told
    assert "Errno" not in told


def test_the_rest_of_the_contradictions_is_asked_for_where_one_looked(cli, empty, write, ferry):
    """With the event and the metric of the picture."""
    case = copy.deepcopy(ferry)
    for value in (900, 1900, 2900):
        about = {"event": "ferry-2031", "metric": "killed", "group": "aboard"}
        case["claims"].append({**about, "document": "gazette-0303", "value": value})
    assert cli("import", write("ferry.json", case)).code == 0
    drawn = cli("compare", "killed", "--as-of", "2031-03-05").out
    assert (
        "more: `claimtrack contradictions --event ferry-2031 --metric killed --as-of 2031-03-05`"
        in " ".join(drawn.split())
    )
