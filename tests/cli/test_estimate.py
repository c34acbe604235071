"""`estimate` and `track-record` from the command line, on the seed article and the ferry."""

from __future__ import annotations

from claimtrack.estimates import truth_discovery
from claimtrack.estimates.truth_discovery import learn
from claimtrack.services import estimating

METHODS = ["envelope", "origin-median", "conservative", "preferred", "truth-discovery"]


def one(cli, *words):
    """Give the only question of an answer, its estimates by method."""
    (asked,) = cli("estimate", *words, "--json").json
    return asked | {"by": {found["method"]: found for found in asked["estimates"]}}


def ends(found):
    return found["lower"], found["upper"]


def test_the_contractors_of_khasham(cli, demo):
    """Scores, as high as 200 and 100 told of Bloomberg: each rule with its range and reasons."""
    asked = one(cli, "khasham-2018", "--metric", "killed", "--group", "russian-contractors")
    assert (asked["reports"], asked["origins"]) == (3, {"least": 1, "most": 3})
    by = asked["by"]
    assert list(by) == METHODS
    assert ends(by["envelope"]) == (None, 200)
    assert by["origin-median"]["middle"] == {"lower": 40, "upper": 199}
    assert ends(by["conservative"]) == (40, None)
    assert ends(by["preferred"]) == (80, 120)
    assert by["truth-discovery"]["refused"] == "few_origins"
    assert [left["why"] for left in by["conservative"]["left_out"]] == ["no_lower_end"]


def test_every_number_is_traced_to_assertions_that_explain_knows(cli, demo):
    """Each input is the id of an assertion, and the next command is printed."""
    for asked in cli("estimate", "khasham-2018", "--json").json:
        for found in asked["estimates"]:
            assert (found["refused"] is None) is bool(found["inputs"])
            for part in found["inputs"]:
                for id_ in part["assertions"]:
                    assert cli("explain", id_, "--json").code == 0
    shown = cli("estimate", "khasham-2018", "--metric", "killed", tty=True)
    assert "next: claimtrack explain us-official-about-100-killed" in shown.err
    assert "from: us-official-about-100-killed" in shown.out
    assert "80 to 120" in shown.out


def test_a_question_is_named_by_any_claim_that_answers_it(cli, demo):
    """By the event and its parts, and by an assertion, the answer is the same."""
    by_event = one(cli, "khasham-2018", "--metric", "killed", "--group", "russian-contractors")
    by_claim = one(cli, "overview-scores-killed")
    assert by_claim == by_event
    refused = cli("estimate", "overview-scores-killed", "--metric", "killed")
    assert refused.code == 2
    assert "hint: name the event" in refused.err


def test_methods_are_chosen_and_the_order_of_sources_is_theirs_who_ask(cli, empty, write, ferry):
    """Only the methods asked for; the first preferred source that answers is taken."""
    assert cli("import", write("ferry.json", ferry)).code == 0
    asked = one(
        cli,
        "ferry-2031",
        "--metric",
        "killed",
        "--group",
        "aboard",
        "--method",
        "preferred",
        "--prefer",
        "radio",
        "--prefer",
        "gazette",
    )
    assert list(asked["by"]) == ["preferred"]
    assert ends(asked["by"]["preferred"]) == (201, None)
    assert [left["why"] for left in asked["by"]["preferred"]["left_out"]] == ["not_preferred"]
    assert cli("estimate", "ferry-2031", "--prefer", "radoi").err.endswith(
        "hint: did you mean 'radio'?\n"
    )
    wrong = cli("estimate", "ferry-2031", "--method", "mean")
    assert (wrong.code, "choose one of envelope" in wrong.err) == (2, True)


def test_the_flat_formats_have_a_row_an_estimate(cli, demo):
    """Tabs in a pipe: a heading, and five rows for each question."""
    lines = cli("estimate", "khasham-2018", "--metric", "killed").out.splitlines()
    assert lines[0].split("\t")[:5] == ["event", "metric", "group", "method", "lower"]
    assert [line.split("\t")[3] for line in lines[1:6]] == METHODS
    assert (len(lines) - 1) % 5 == 0


def test_an_unknown_target_is_told_in_two_lines(cli, demo):
    """What is neither event nor claim is refused with the nearest id."""
    failed = cli("estimate", "khasham-2019")
    assert (failed.code, failed.err.count("\n")) == (1, 2)
    assert "did you mean 'khasham-2018'?" in failed.err


def suspected_world(write, cli):
    import random

    chance = random.Random(5)
    books, claims = "abcdef", []
    for n in range(40):
        told = {s: 1000 if chance.random() < 0.5 else chance.randint(100, 9000) for s in books}
        told["f"] = told["a"]
        if n == 0:
            told = {"a": 5, "f": 5, "b": 9, "c": 11, "d": 12}
        claims += [
            {"event": f"battle-{n}", "document": f"{s}-book", "metric": "killed", "value": number}
            for s, number in told.items()
        ]
    data = {
        "claimtrack": 1,
        "events": [{"id": f"battle-{n}", "title": f"Battle {n}"} for n in range(40)],
        "sources": [{"id": s, "name": f"Book {s}", "kind": "book"} for s in books],
        "documents": [{"id": f"{s}-book", "source": s} for s in books],
        "claims": claims,
    }
    assert cli("import", write("battles.json", data)).code == 0


def test_suspected_copying_counts_only_when_asked_and_then_visibly(cli, empty, write):
    """Without the option two voices say 5; with it one, and the pair is named."""
    suspected_world(write, cli)
    free = one(cli, "battle-0")
    assert (free["origins"]["least"], free["treated_as_dependent"]) == (5, [])
    assert free["by"]["origin-median"]["middle"] == {"lower": 9, "upper": 9}
    tied = one(cli, "battle-0", "--treat-suspected-as-dependent")
    assert (tied["origins"]["least"], tied["treated_as_dependent"]) == (4, [["a", "f"]])
    assert tied["by"]["origin-median"]["middle"] == {"lower": 9, "upper": 11}
    assert [x["why"] for x in tied["by"]["origin-median"]["left_out"]] == ["dependent"]
    shown = cli("estimate", "battle-0", "--treat-suspected-as-dependent", tty=True).out
    assert "treated as dependent, being suspected: a and f" in shown
    assert free["by"]["truth-discovery"]["refused"] is None


def test_a_track_record_says_how_a_side_counts_and_when_it_is_thin(cli, empty, write):
    """40 where others say 100, five times; four times is said to be no record."""
    sources = ("army", "paper", "agency")
    events, claims = [], []
    for n in range(5):
        events.append({"id": f"raid-{n}", "title": f"Raid {n}"})
        for source, number in (("army", 40), ("paper", 100), ("agency", 100)):
            entry = {"event": f"raid-{n}", "document": f"{source}-doc", "group": "soldiers"}
            claims.append({**entry, "metric": "killed", "value": number})
            if n < 4:
                claims.append({**entry, "metric": "wounded", "value": number})
    data = {
        "claimtrack": 1,
        "events": events,
        "groups": [{"id": "soldiers", "name": "its own soldiers"}],
        "sources": [{"id": s, "name": s.title(), "kind": "other"} for s in sources],
        "documents": [{"id": f"{s}-doc", "source": s} for s in sources],
        "claims": claims,
    }
    assert cli("import", write("raids.json", data)).code == 0
    killed, wounded = cli("track-record", "army", "--json").json["records"]
    assert (killed["ratio"], killed["questions"], killed["thin"]) == (0.4, 5, False)
    assert (killed["lower"], killed["outside"]) == (5, 5)
    assert "at 0.40 of the others' median" in killed["sentence"]
    assert (wounded["questions"], wounded["thin"]) == (4, True)
    assert "fewer than five" in wounded["sentence"]
    assert "fewer than five" in cli("track-record", "army", tty=True).out
    assert len(cli("track-record", "army", "--metric", "killed", "--json").json["records"]) == 1
    assert cli("track-record", "amry").err.endswith("hint: did you mean 'army'?\n")


def test_names_from_outside_are_shown_and_never_sent(cli, empty, write, ferry):
    """A title with markup and an escape sequence stands in the answer as text."""
    ferry["events"][0]["title"] = "Sinking [/b] of \x1b[31mAurora"
    ferry["sources"][0]["name"] = "The [sic] Gazette"
    assert cli("import", write("ferry.json", ferry)).code == 0
    shown = cli("estimate", "ferry-2031", tty=True).out
    assert "Sinking [/b] of ␛[31mAurora" in shown
    assert "The [sic] Gazette" in shown


def test_a_source_that_shares_no_question_gets_a_hint(cli, demo):
    """No shared question of numbers: nothing is shown, and why is said."""
    shown = cli("track-record", "russian-government")
    assert shown.code == 0
    assert shown.out.count("\n") == 1
    assert "claimtrack list-claims --source russian-government" in shown.err


def villages():
    """Six questions on one metric, each answered by three sources."""
    names = ["gazette", "herald", "mail"]
    return {
        "claimtrack": 1,
        "events": [{"id": "flood", "title": "The flood"}],
        "groups": [{"id": f"village-{at}", "name": f"Village {at}"} for at in range(6)],
        "sources": [{"id": name, "name": name.title()} for name in names],
        "documents": [{"id": name, "source": name} for name in names],
        "claims": [
            {"event": "flood", "metric": "killed", "group": f"village-{at}", "document": name}
            | {"value": 10 * at + number + 5}
            for at in range(6)
            for number, name in enumerate(names)
        ],
    }


def test_what_learns_from_everything_is_asked_for_by_name(cli, empty, write, monkeypatch):
    """Where there is much to learn from, truth discovery says so instead of reading it all."""
    assert cli("import", write("flood.json", villages())).code == 0
    asked = ("flood", "--group", "village-1")
    for most, refused in ((17, "not_named"), (18, None)):
        monkeypatch.setattr(estimating, "LEARNT_FROM", most)
        assert one(cli, *asked)["by"]["truth-discovery"]["refused"] == refused
        named = one(cli, *asked, "--method", "truth-discovery")["by"]["truth-discovery"]
        assert named["refused"] is None
    monkeypatch.setattr(estimating, "LEARNT_FROM", 17)
    assert "name it with --method" in " ".join(cli("estimate", *asked).out.split())


def test_what_a_metric_teaches_is_learned_once(cli, empty, write, monkeypatch):
    """Six questions on one metric, and one fit to all of them."""
    fits = []
    monkeypatch.setattr(truth_discovery, "learn", lambda seen: fits.append(seen) or learn(seen))
    assert cli("import", write("flood.json", villages())).code == 0
    found = cli("estimate", "flood", "--method", "truth-discovery", "--json").json
    assert [asked["estimates"][0]["refused"] for asked in found] == [None] * 6
    assert len(fits) == 1


def test_an_event_of_which_nobody_said_anything_has_no_estimate(cli, empty, write, ferry):
    """Whatever is said of others."""
    case = ferry | {"events": [*ferry["events"], {"id": "storm", "title": "Storm"}]}
    assert cli("import", write("ferry.json", case)).code == 0
    done = cli("estimate", "storm", "--json")
    assert (done.code, done.json) == (0, [])
    assert "nobody answers such a question" in done.err
