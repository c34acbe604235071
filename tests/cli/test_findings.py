"""`claimtrack findings`, from the database to the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

BLOOMBERG = Path(__file__).resolve().parents[1] / "findings" / "bloomberg_itself.json"
KEYS = {"id", "kind", "what", "basis", "event", "source", "contradiction", "sentence", "statements"}
CLAIM_KEYS = {"id", "event", "metric", "group", "stance", "value", "contradicted", "assertions"}


@pytest.fixture
def bloomberg(cli, demo):
    """The seed article, and Bloomberg's own words beside it."""
    assert cli("import", BLOOMBERG).code == 0
    return demo


@pytest.fixture
def ferry_told(ferry):
    """The ferry, a blog that tells the Gazette wrongly, and a radio that changes its mind."""
    about = {"event": "ferry-2031", "metric": "killed", "group": "aboard"}
    ferry["sources"].append({"id": "blog", "name": "A Blog", "kind": "blog"})
    ferry["documents"] += [
        {"id": "blog-0305", "source": "blog", "published": "2031-03-05"},
        {"id": "radio-0306", "source": "radio", "published": "2031-03-06"},
    ]
    ferry["claims"] += [
        {
            **about,
            "id": "blog-crew",
            "document": "blog-0305",
            "group": "crew",
            "value": 30,
            "quote": "The Gazette counted 30 of the crew",
            "attributed_to": [{"source": "gazette", "mode": "cites", "claim": "gazette-crew"}],
        },
        {**about, "id": "radio-50", "document": "radio-0306", "value": 50},
    ]
    return ferry


def test_the_seed_article_alone_shows_nothing(cli, demo):
    """Of Bloomberg the database holds accounts alone, and Centcom is quoted as it wrote."""
    for options in ((), ("--kind", "drift"), ("--kind", "self"), ("--exit-code",)):
        done = cli("findings", "--json", *options)
        assert (done.code, done.json) == (0, [])
        assert "as far as the database holds" in done.err


def test_the_seed_article_beside_bloomberg_itself(cli, bloomberg):
    """About 100 in all became around 100 Russian contractors; the rest is told fairly."""
    (found,) = cli("findings", "--json").json
    assert found.keys() == KEYS
    assert (found["kind"], found["what"], found["basis"]) == ("drift", "group", "recorded")
    assert (found["event"], found["source"]) == ("khasham-2018", "bloomberg")
    assert found["contradiction"] is None
    told, own = found["statements"]
    assert told.keys() >= CLAIM_KEYS and own.keys() >= CLAIM_KEYS
    assert [a["id"] for a in told["assertions"]] == ["bloomberg-paraphrased-100-killed"]
    assert [a["id"] for a in own["assertions"]] == ["bloomberg-about-100-in-all"]
    assert found["sentence"] == (
        "As far as the database holds, none of Bloomberg’s own assertions says what The"
        " Conservative Treehouse tells in its name, “around 100” (80 to 120) for killed, Russian"
        " contractors; the nearest says “about 100” (80 to 120) for killed, everyone in the"
        " fighting: everyone in the fighting became Russian contractors."
    )


def test_quotes_stand_side_by_side_on_a_screen(cli, bloomberg):
    """Both documents and both quotes stand in the columns of one table."""
    done = cli("findings", tty=True)
    plain = " ".join(done.out.split())
    assert "As far as the database holds" in plain
    quotes = [line for line in done.out.splitlines() if line.count("“") == 2]
    assert any("around 100 Russian" in line and "death toll" in line for line in quotes)
    assert "2018-03-03" in plain and "2018-02-13" in plain


def test_a_pipe_gets_a_row_a_finding(cli, bloomberg):
    """Without a terminal the findings are flat rows with both quotes."""
    head, row = cli("findings").out.splitlines()
    cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert cells["kind"] == "drift" and cells["what"] == "group"
    assert cells["document"] == "treehouse-2018-03-03"
    assert cells["quote"] == "around 100 Russian contracted mercenary soldiers"
    assert cells["other_document"] == "bloomberg-2018-02-13"
    assert cells["other_quote"] == "death toll in the fighting at about 100"
    assert cells["sentence"].startswith("As far as the database holds")


def test_drift_by_a_link_is_certain(cli, empty, write, ferry_told):
    """A statement that is named is held against its account, and no source speaks for two."""
    cli("import", write("ferry.json", ferry_told))
    (drift,) = cli("findings", "--kind", "drift", "--json").json
    assert (drift["what"], drift["basis"], drift["source"]) == ("number", "linked", "gazette")
    assert drift["sentence"] == (
        "A Blog tells what The Gazette said as “30” for killed, Crew; the statement it relies on"
        " says “3” for killed, Crew: the number is another."
    )


def test_a_source_at_odds_with_itself(cli, empty, write, ferry_told):
    """The radio says more than 200, then 50; which contradiction that is, is named."""
    cli("import", write("ferry.json", ferry_told))
    found = cli("findings", "--kind", "self", "--json").json
    kept = {c["id"]: c for c in cli("contradictions", "--json").json}
    aboard = [f for f in found if f["what"] == "disjoint"]
    (one,) = aboard
    assert (one["kind"], one["basis"], one["source"]) == ("self", "own_voice", "radio")
    assert one["contradiction"] in kept
    assert {a["id"] for s in one["statements"] for a in s["assertions"]} == {
        "radio-200",
        "radio-50",
    }
    assert one["sentence"] == (
        "Radio Riga says itself “50” for killed, Everyone aboard (2031-03-06) and “more than 200”"
        " (201 or more) for killed, Everyone aboard (2031-03-04): they cannot all hold"
        " (disjoint), and none corrects another."
    )


def test_a_correction_ends_it(cli, empty, write, ferry_told):
    """A source that takes its number back is no longer at odds with itself over it."""
    ferry_told["claims"][-1]["supersedes"] = "radio-200"
    cli("import", write("ferry.json", ferry_told))
    found = cli("findings", "--kind", "self", "--json").json
    assert all(f["what"] != "disjoint" for f in found)


def test_findings_narrow_to_a_source_and_an_event(cli, bloomberg, write, ferry_told):
    """A source is looked for among tellers and told; an event among those there are."""
    cli("import", write("ferry.json", ferry_told))
    everything = cli("findings", "--json").json
    assert {f["event"] for f in everything} == {"khasham-2018", "ferry-2031"}
    for source in ("bloomberg", "treehouse"):
        assert [f["event"] for f in cli("findings", "--source", source, "--json").json] == [
            "khasham-2018"
        ]
    assert cli("findings", "--source", "centcom", "--json").json == []
    narrowed = cli("findings", "--event", "ferry-2031", "--json").json
    assert narrowed == [f for f in everything if f["event"] == "ferry-2031"]


def test_exit_code(cli, bloomberg):
    """Findings are data, unless asked to fail."""
    assert cli("findings").code == 0
    assert cli("findings", "--exit-code").code == 3
    assert cli("findings", "--kind", "self", "--exit-code").code == 0


@pytest.mark.parametrize(
    ("options", "problem", "hint"),
    [
        (("--kind", "drifting"), "there is no kind 'drifting'", "drift, self"),
        (("--source", "bloomber"), "there is no source 'bloomber'", "'bloomberg'"),
        (("--event", "khasham"), "there is no event 'khasham'", "'khasham-2018'"),
    ],
)
def test_what_is_not_there_is_refused(cli, demo, options, problem, hint):
    """A misspelt option is told with what was meant."""
    done = cli("findings", *options)
    assert done.code != 0
    assert problem in done.err and hint in done.err


def test_text_from_outside_is_shown_not_obeyed(cli, empty, write, ferry_told):
    """Marks of Rich and signs that act on a terminal come out as they are, or shown."""
    ferry_told["claims"][-2]["quote"] = "[/b] thirty [sic] :100: \x1b[2J"
    cli("import", write("ferry.json", ferry_told))
    shown = cli("findings", "--kind", "drift", tty=True).out
    assert "[/b] thirty [sic] :100: ␛[2J" in shown
    assert "\x1b[2J" not in shown
