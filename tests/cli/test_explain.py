"""`explain` and `contradictions`: each answer names its reason, and each filter narrows."""

from __future__ import annotations

import pytest

CASE = {
    "claimtrack": 1,
    "events": [{"id": "raid", "title": "The raid"}, {"id": "siege", "title": "The siege"}],
    "groups": [
        {"id": "all", "name": "everyone"},
        {"id": "reds", "name": "Reds", "part_of": ["all"], "disjoint_with": ["blues"]},
        {"id": "blues", "name": "Blues", "part_of": ["all"]},
        {"id": "greens", "name": "Greens"},
    ],
    "sources": [{"id": "a", "name": "Alpha", "kind": "news"}],
    "documents": [{"id": "d", "source": "a", "published": "2031-03-03"}],
    "claims": [
        {"id": id_, "event": event, "document": "d", "metric": metric, "group": group, **rest}
        for id_, event, metric, group, rest in (
            ("reds-80", "raid", "killed", "reds", {"value": "at least 80", "quote": "80 Reds"}),
            ("blues-100", "raid", "killed", "blues", {"value": "at least 100"}),
            ("all-110", "raid", "killed", "all", {"value": "at most 110", "quote": "110 in all"}),
            ("reds-300", "raid", "killed", "reds", {"value": 300}),
            ("reds-70-90", "raid", "killed", "reds", {"value": "70 to 90"}),
            ("reds-unknown", "raid", "killed", "reds", {"value": "unknown"}),
            ("greens-5", "raid", "killed", "greens", {"value": 5}),
            ("reds-hurt", "raid", "wounded", "reds", {"value": 20}),
            ("reds-force", "raid", "force_size", "reds", {"value": 500}),
            ("reds-30", "raid", "force_size", "reds", {"value": 30, "as_of": "2031-03-01"}),
            ("all-5", "raid", "killed", "all", {"value": 5, "as_of": "2031-03-01"}),
            ("all-200", "raid", "killed", "all", {"value": "at most 200"}),
            ("reds-300-late", "raid", "killed", "reds", {"value": 300, "as_of": "2031-03-09"}),
            ("reds-there", "raid", "participation", "reds", {"value": True}),
            (
                *("reds-not-there", "raid", "participation", "reds"),
                {"value": False, "as_of": "2031-03-01"},
            ),
            ("reds-losses", "raid", "casualties", "reds", {"value": "at most 50"}),
            ("siege-80", "siege", "killed", "reds", {"value": 9}),
        )
    ],
}


@pytest.fixture
def case(cli, empty, write):
    """A database of our own in which each reason occurs."""
    assert cli("import", write("case.json", CASE)).code == 0


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("reds-80", "reds-70-90", "they overlap, so both can hold"),
        ("reds-300", "reds-80", "if A is true, B is true as well"),
        ("reds-80", "reds-hurt", "nobody is counted both in killed of Reds and in wounded of Reds"),
        ("reds-80", "reds-there", "different things (killed, participation), and no rule ties"),
        ("reds-hurt", "reds-losses", "wounded of Reds can be no more than casualties of Reds, and"),
        ("reds-losses", "reds-hurt", "wounded of Reds can be no more than casualties of Reds, and"),
        ("reds-80", "reds-force", "killed of Reds can be no more than force size of Reds, and the"),
        ("reds-300", "reds-30", "as of different days, and the number may have changed between"),
        ("all-5", "reds-300-late", "as of different days, and the number may have changed"),
        ("blues-100", "all-200", "Blues are part of everyone: the numbers meet"),
        ("reds-there", "reds-not-there", "different days, and the answer may have changed"),
        ("reds-80", "greens-5", "different groups, so both may hold"),
        ("reds-80", "reds-unknown", "not known, which contradicts nothing"),
        ("blues-100", "reds-unknown", "not known, which contradicts nothing"),
        ("reds-80", "siege-80", "different events"),
        ("reds-80", "reds-80", "They are one claim"),
        ("reds-300", "reds-70-90", "cannot both be true (disjoint)"),
        ("all-110", "reds-300", "cannot both be true (part of)"),
        ("reds-losses", "reds-300", "cannot both be true (sum)"),
    ],
)
def test_a_pair_is_told_with_its_reason(cli, case, one, other, told):
    """Whether two claims conflict or not, the sentence says why."""
    assert told in cli("explain", one, other).out


def test_two_that_conflict_only_with_a_third_are_said_to(cli, case):
    """80 Reds and 100 Blues can be, but not where at most 110 died in all."""
    for pair in (("reds-80", "blues-100"), ("all-110", "reds-80")):
        done = cli("explain", *pair)
        assert "can hold together, but not with the others" in done.out
        assert "180" in done.out
        assert "cannot both be true" not in done.out
        assert len(cli("explain", *pair, "--json").json["contradictions"]) == 1


def test_three_claims_are_shown_with_what_holds_them_all(cli, case):
    """Three ids: the contradiction of all of them, its arithmetic and the quotes."""
    done = cli("explain", "reds-80", "blues-100", "all-110")
    assert "They cannot all be true (sum)." in done.out
    assert "“80 Reds”" in done.out
    assert "“110 in all”" in done.out
    data = cli("explain", "reds-80", "blues-100", "all-110", "--json").json
    assert [len(c["claims"]) for c in data["contradictions"]] == [3]
    assert data["among"] == []


def test_three_claims_of_which_two_conflict(cli, case):
    """No contradiction needs all three; the pair that cannot be is named."""
    done = cli("explain", "reds-300", "all-110", "greens-5")
    assert "No contradiction needs all of them." in done.out
    assert "Some of them alone cannot all be true:" in done.out


def test_a_contradiction_is_explained_with_sentence_quotes_and_voices(cli, case):
    """By id or its beginning, through `explain` and `show`, as text and as data."""
    found = cli("contradictions", "--rule", "sum", "--json").json
    wanted = {"reds-80", "blues-100", "all-110"}
    (three,) = [
        c
        for c in found
        if {a["id"] for claim in c["claims"] for a in claim["assertions"]} == wanted
    ]
    cli("review", three["id"], "--status", "confirmed", "--why", "added up", "--who", "Anna")
    for command in ("explain", "show"):
        done = cli(command, three["id"][:6])
        for part in (three["explanation"], "“80 Reds”", "Anna: confirmed, “added up”"):
            assert part in done.out
    data = cli("explain", three["id"], "--json").json
    assert data["id"] == three["id"]
    assert data["reviews"][0]["who"] == "Anna"
    assert "[Anna: confirmed]" in cli("explain", "reds-80").out


def test_contradictions_are_narrowed_by_status(cli, case):
    """Each status gives its own, several give their union, and all are all."""
    ids = [c["id"] for c in cli("contradictions", "--json").json]
    assert len(ids) >= 4
    cli("review", ids[0], "--status", "dismissed", "--why", "x", "--who", "Anna")
    cli("review", ids[1], "--status", "dismissed", "--why", "x", "--who", "Anna")
    cli("review", ids[1], "--status", "confirmed", "--why", "x", "--who", "Boris")

    def listed(*statuses):
        args = [arg for status in statuses for arg in ("--status", status)]
        return [c["id"] for c in cli("contradictions", *args, "--json").json]

    assert listed("dismissed") == ids[:1]
    assert listed("disputed") == ids[1:2]
    assert listed("open") == ids[2:]
    assert listed("dismissed", "disputed") == ids[:2]
    assert listed("confirmed") == []
    row = cli("contradictions", "--status", "disputed").out.splitlines()[1]
    assert row.endswith("Anna: dismissed; Boris: confirmed")


def test_contradictions_are_narrowed_by_event_metric_rule_and_severity(cli, case):
    """Every filter leaves out what does not pass, and the exit code speaks of what is left."""
    everything = cli("contradictions", "--json").json
    assert cli("contradictions", "--event", "siege", "--json").json == []
    assert cli("contradictions", "--event", "siege", "--exit-code").code == 0
    assert cli("contradictions", "--event", "raid", "--exit-code").code == 3
    losses = cli("contradictions", "--metric", "casualties", "--json").json
    assert losses == [
        c for c in everything if any(claim["metric"] == "casualties" for claim in c["claims"])
    ]
    severe = cli("contradictions", "--severity", "0.7", "--json").json
    assert severe == [c for c in everything if c["severity"] >= 0.7]
    assert 0 < len(severe) < len(everything)


@pytest.mark.parametrize(
    ("option", "told"), [("--rule", "there is no rule"), ("--status", "there is no status")]
)
def test_a_filter_that_names_nothing_is_refused(cli, case, option, told):
    """An empty answer to a misspelt word would mislead."""
    done = cli("contradictions", option, "dismised")
    assert done.code == 2
    assert told in done.err


def test_the_rules_offered_are_the_engines(cli):
    """The list of names for people holds every rule there is, and no other."""
    from claimtrack.contradictions.rules import RULES
    from claimtrack.services import looking

    assert tuple(name for name, _ in RULES) == looking.RULES
