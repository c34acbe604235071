"""A search that met its limit is told wherever its results are."""

from __future__ import annotations

import pytest

from claimtrack.cli import compare as compare_command
from claimtrack.contradictions import found_sets, rules
from claimtrack.services import event_versions
from claimtrack.services.comparing import WhenAsked
from claimtrack.services.tracing import Counter
from claimtrack.store import records


@pytest.mark.parametrize(
    "command",
    [["contradictions"], ["versions", "khasham-2018"]],
    ids=["contradictions", "versions"],
)
def test_the_limit_is_told(cli, folder, monkeypatch, command):
    """Import says in which event, and what shows contradictions says what is missing."""
    monkeypatch.setattr(found_sets, "MAX_STEPS", 1)
    done = cli("demo")
    assert done.code == 0, done
    shown = cli(*command)
    assert "not all sets of three claims and more were searched" in shown.err


def test_no_limit_no_word(cli, demo):
    for command in (["contradictions"], ["versions", "khasham-2018"]):
        assert "searched" not in cli(*command).err


def claimed(numbers, as_of=None):
    """Give a document for each number of the same dead, on a day or on none."""
    names = [f"paper-{number}" for number in numbers]
    return {
        "claimtrack": 1,
        "events": [{"id": "flood", "title": "The flood"}],
        "sources": [{"id": name, "name": name.title()} for name in names],
        "documents": [{"id": name, "source": name} for name in names],
        "groups": [{"id": "people", "name": "People"}],
        "claims": [
            {"event": "flood", "document": name, "metric": "killed", "group": "people"}
            | ({"as_of": as_of} if as_of else {})
            | {"id": f"said-{number}", "value": number}
            for name, number in zip(names, numbers, strict=True)
        ],
    }


def test_what_is_not_listed_is_still_known(cli, empty, write, monkeypatch):
    """Of dated claims with many foes the gravest are listed; what is left out is explained."""
    monkeypatch.setattr(rules, "PAIRS_OF_A_CLAIM", 2)
    file = write("flood.json", claimed([1, 10, 100, 1000, 1010], "2031-03"))
    assert cli("import", file).code == 0
    shown = cli("contradictions", "--json")
    listed = [{claim["value"]["lower"] for claim in one["claims"]} for one in shown.json]
    assert {1000, 1010} not in listed
    assert {1, 1010} in listed
    assert "more contradictions of two claims are not listed" in shown.err
    done = cli("explain", "said-1000", "said-1010")
    assert "They cannot both be true (disjoint)" in done.out
    assert "the gap is 10" in done.out
    assert cli("verify").code == 0
    assert len(cli("list-claims", "--contradicted", "--json").json) == 5
    assert cli("versions", "flood", "--json").json["versions"] == 5


def test_of_undated_assertions_all_are_listed(cli, empty, write, monkeypatch):
    """Their pairs are made when asked for, so none has to be left out."""
    monkeypatch.setattr(rules, "PAIRS_OF_A_CLAIM", 2)
    assert cli("import", write("flood.json", claimed([1, 10, 100, 1000, 1010]))).code == 0
    shown = cli("contradictions", "--json")
    assert len(shown.json) == 10
    assert "not listed" not in shown.err


def test_limits_of_many_events_are_counted(cli, empty, write, monkeypatch):
    """No more than five events are named one by one."""
    monkeypatch.setattr(rules, "PAIRS_OF_A_CLAIM", 1)
    case = claimed([1, 10, 100], "2031-03")
    case["events"] = [{"id": f"flood-{at}", "title": f"Flood {at}"} for at in range(7)]
    case["claims"] = [
        claim | {"event": f"flood-{at}", "id": f"{claim['id']}-{at}"}
        for at in range(7)
        for claim in case["claims"]
    ]
    assert cli("import", write("floods.json", case)).code == 0
    told = cli("contradictions").err
    assert told.count("are not listed") == 5
    assert "note: as much is said of 2 more events" in told


def test_of_very_many_versions_the_best_by_name_are_counted(cli, empty, write, monkeypatch):
    """The others are counted, shown where asked for, and none is missing from the JSON."""
    monkeypatch.setattr(event_versions, "COUNTED", 2)
    assert cli("import", write("flood.json", claimed([1, 10, 100, 1000, 1010]))).code == 0
    few = cli("versions", "flood", "--limit", "1").out
    assert "The flood: 5 versions, as" in few
    assert few.count("Version ") == 1
    assert "4 more versions: --limit shows more" in few
    assert "Of these versions the 2 with the most origins by name were weighed." in few
    every = cli("versions", "flood", "--limit", "9").out
    assert every.count("Version ") == 5
    assert "were weighed" not in every
    assert "more versions" not in every
    (dispute,) = cli("versions", "flood", "--json").json["disputes"]
    assert len(dispute["versions"]) == 5


def test_a_comparison_counts_no_more_versions_than_it_shows(cli, empty, write, monkeypatch):
    """Three of five are shown, and all of them in the JSON."""
    counted = []

    def count(self, claims, **more):
        counted.append(tuple(claims))
        return before(self, claims, **more)

    before = Counter.count
    monkeypatch.setattr(Counter, "count", count)
    assert cli("import", write("flood.json", claimed([1, 10, 100, 1000, 1010]))).code == 0
    assert "5 versions" in cli("compare", "killed", "--estimate", "none").out
    assert len([claims for claims in counted if len(claims) == 1]) == 3
    (question,) = cli("compare", "killed", "--estimate", "none", "--json").json
    assert [one["least"] for one in question["version_origins"]] == [1] * 5
    assert WhenAsked([["a"], ["b"], ["c"]], list)[1:] == [["b"], ["c"]]


def test_a_comparison_reads_no_more_events_than_it_shows(cli, empty, write, monkeypatch):
    """Of seven events two are drawn, and the rest is not read; an exit code asks all of them."""
    monkeypatch.setattr(compare_command, "MOST_PANELS", 2)
    case = claimed([10, 100])
    case["events"] = [{"id": f"flood-{at}", "title": f"Flood {at}"} for at in range(7)]
    case["claims"] = [
        claim | {"event": f"flood-{at}", "id": f"{claim['id']}-{at}"}
        for at in range(7)
        for claim in case["claims"]
        if at == 6 or claim["value"] == 10
    ]
    assert cli("import", write("floods.json", case)).code == 0
    read = []

    def claim_records(connection, filter_, **more):
        read.append(filter_.events)
        return before(connection, filter_, **more)

    before = records.claim_records
    monkeypatch.setattr(records, "claim_records", claim_records)
    drawn = cli("compare", "killed", "--estimate", "none")
    assert read[0] == ("flood-0", "flood-1", "flood-2")
    assert ("Flood 1" in drawn.out, "Flood 2" in drawn.out) == (True, False)
    assert "there is more: narrow it with --event or --group" in drawn.err
    alone = cli("compare", "killed", "--event", "flood-5", "--event", "flood-6")
    assert "Flood 6" in alone.out
    assert "there is more" not in alone.err
    assert len(cli("compare", "killed", "--json").json) == 7
    assert cli("compare", "killed", "--exit-code").code == 3
    assert cli("compare", "killed", "--source", "paper-100").code == 0
