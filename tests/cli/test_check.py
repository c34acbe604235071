"""`check`: a statement against what is known, before anything is stored."""

from __future__ import annotations

import pytest


@pytest.fixture
def ferried(cli, empty, write, ferry):
    """Give the ferry, as a database."""
    assert cli("import", write("ferry.json", ferry)).code == 0
    return empty


def test_a_sentence_is_read_and_held_against_each_claim(cli, ferried):
    """40 crew contradict the 3 of the Gazette; the sum of them is shown as well."""
    done = cli("check", "40 of the crew were killed", "--json")
    assert done.code == 0
    (read,) = done.json["statements"]
    assert (read["metric"], read["group"], read["value"]["lower"]) == ("killed", "crew", 40)
    against = [
        {a["id"] for claim in each["claims"] for a in claim["assertions"]}
        for each in done.json["contradicts"]
    ]
    assert {"gazette-crew"} in against
    assert all(each["statements"] == ["new-1"] for each in done.json["contradicts"])


def test_the_text_tells_reading_agreement_contradiction_and_the_rest(cli, ferried):
    """A person sees the words, the bounds, the rule, and the explaining sentences."""
    out = cli("check", "More than 250 passengers died").out
    assert "read: killed, Passengers: “More than 250” → 251 or more" in out
    assert "by: more than n: n + 1 or more" in out
    assert "“at least 300”" in out
    assert "it follows from this" in out
    assert "the new statement" in out
    assert "cannot be part of “dozens”" in out
    assert "untouched: " in out


def test_a_contradiction_of_three_is_listed(cli, empty, write):
    """80 Reds fit 120 dead in all, and 50 Blues do; not both together."""
    three = {
        "claimtrack": 1,
        "events": [{"id": "b", "title": "B"}],
        "groups": [
            {"id": "all", "name": "all"},
            {"id": "reds", "name": "Reds", "part_of": ["all"], "disjoint_with": ["blues"]},
            {"id": "blues", "name": "Blues", "part_of": ["all"]},
        ],
        "sources": [{"id": "s", "name": "S", "kind": "news"}],
        "documents": [{"id": "d", "source": "s", "published": "2031-01-01"}],
        "claims": [
            {"event": "b", "metric": "killed", "document": "d", "group": "reds", "value": 80},
            {"event": "b", "metric": "killed", "document": "d", "group": "all", "value": 120},
        ],
    }
    cli("import", write("three.json", three))
    (each,) = cli("check", "50 Blues were killed", "--event", "b", "--json").json["contradicts"]
    assert len(each["claims"]) == 2
    assert each["rule"] == "sum"


def test_parts_may_be_said_outright(cli, ferried):
    """`--metric --group --value`, affirmed and denied."""
    args = ("check", "--metric", "killed", "--group", "crew", "--value", "3", "--json")
    assert [a["relation"] for a in cli(*args).json["agrees"]] == ["equal"]
    denied = cli(*args, "--denied").json
    assert denied["statements"][0]["stance"] == "denies"
    assert denied["agrees"] == []
    assert "denial" in [each["rule"] for each in denied["contradicts"]]


def test_nothing_is_stored(cli, ferried, everything):
    """Checking leaves every row as it was."""
    before = everything(ferried)
    cli("check", "40 crew were killed")
    assert everything(ferried) == before


def test_the_exit_code_speaks_where_asked(cli, ferried):
    """3 where it contradicts something, else 0."""
    assert cli("check", "40 crew were killed").code == 0
    assert cli("check", "40 crew were killed", "--exit-code").code == 3
    assert cli("check", "3 crew were wounded", "--exit-code").code == 0


def test_a_toll_of_a_day_is_no_more_than_a_lower_bound_later(cli, ferried):
    """2 crew as of the first day do not contradict the 3 told of the event as a whole."""
    args = ("check", "2 crew were killed", "--exit-code")
    assert cli(*args).code == 3
    assert cli(*args, "--as-of-day", "2031-03-02").code == 0


def test_it_can_be_checked_as_of_a_day(cli, ferried):
    """By 3 March nobody had told of passengers."""
    args = ("check", "1 passenger was killed", "--json")
    assert cli(*args).json["contradicts"] != []
    assert cli(*args, "--as-of", "2031-03-03").json["contradicts"] == []


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ((), 2, "takes a sentence, or --metric and --value"),
        (("3 crew died", "--value", "3"), 2, "takes a sentence, or"),
        (("--value", "3"), 2, "needs to be told of what"),
        (("3 crew died", "--denied"), 2, "--denied goes with --value"),
        (("3 crew died", "--event", "fery-2031"), 1, "there is no event 'fery-2031'"),
        (("3 crew died", "--metric", "date"), 2, "date is no count"),
        (("3 sailors died",), 1, "'sailors' is no group here"),
        (("The sea was calm",), 1, "no count is told"),
        (("--metric", "killed", "--value", "many, perhaps"), 1, "error"),
    ],
)
def test_what_cannot_be_checked_is_refused(cli, ferried, args, code, told):
    """Two lines: what is wrong, and how to mend it."""
    done = cli("check", *args)
    assert done.code == code, done
    assert told in done.err
    assert "hint: " in done.err


def test_without_an_event_there_must_be_one_only(cli, ferried, write):
    """With two events the question is: of which?"""
    more = {"claimtrack": 1, "events": [{"id": "other", "title": "Other"}]}
    cli("import", write("more.json", more))
    assert "of which event?" in cli("check", "3 crew died").err
    assert cli("check", "3 crew died", "--event", "ferry-2031").code == 0


def test_a_whole_untouched_names_its_parts(cli, demo):
    """Of "Russians" nothing is told; of Russians among the attackers it is."""
    done = cli("check", "More than 200 Russians were killed", "--event", "khasham-2018")
    assert "was a part of them meant? --group" in done.err
    assert "russians-attacking" in done.err
    named = cli("check", "More than 200 Russians were killed", "--group", "russians-attacking")
    assert "cannot be part of “about 100”" in named.out
