"""The main road: from the seed article to what of it cannot all be true."""

from __future__ import annotations

import json

import pytest

CLAIM_KEYS = {"id", "event", "metric", "group", "stance", "value", "contradicted", "assertions"}
VALUE_KEYS = {"text", "lower", "upper", "unit"}
ASSERTION_KEYS = {"id", "document", "source", "origin", "chain", "quote", "published"}


@pytest.fixture
def claims(cli, demo):
    """Give the seed's claims by the id of an assertion."""
    found = cli("list-claims", "--json").json
    return {assertion["id"]: claim for claim in found for assertion in claim["assertions"]}


@pytest.fixture
def found(cli, demo):
    """Give the seed's contradictions."""
    return cli("contradictions", "--json").json


def pair(contradiction):
    return {a["id"] for claim in contradiction["claims"] for a in claim["assertions"]}


@pytest.mark.sqlite_only(reason="looks at the files in the folder")
def test_demo_makes_a_database_and_names_the_next_command(cli, folder):
    """In an empty folder `demo` makes the database and says what to type next."""
    done = cli("demo")
    assert done.code == 0
    assert done.out == ""
    assert "next: claimtrack compare casualties" in done.err
    assert [path.name for path in folder.iterdir()] == ["claimtrack.db"]


def test_demo_twice_changes_nothing(cli, demo, everything):
    """A second `demo` says that everything is there already."""
    before = everything(demo)
    done = cli("demo")
    assert done.code == 0
    assert "nothing changed" in done.err
    assert everything(demo) == before


def test_claims_have_the_documented_keys(claims):
    """`list-claims --json` gives every key of the contract, with its type."""
    for claim in claims.values():
        assert claim.keys() >= CLAIM_KEYS
        assert claim["value"].keys() >= VALUE_KEYS
        assert claim["stance"] in ("asserts", "denies")
        assert isinstance(claim["contradicted"], bool)
        for assertion in claim["assertions"]:
            assert assertion.keys() >= ASSERTION_KEYS
            assert isinstance(assertion["chain"], list)
            far_end = (assertion["chain"] or [assertion["source"]])[-1]
            assert assertion["origin"] == far_end


def test_every_claim_of_the_seed_is_listed(claims, cli, demo):
    """Each claim of the seed file comes back under the id it has there, with its quote."""
    from claimtrack.services.starting import seed_file

    told = json.loads(seed_file().read_text(encoding="utf-8"))["claims"]
    assert {entry["id"] for entry in told} == claims.keys()
    for entry in told:
        stated = claims[entry["id"]]["assertions"]
        assert entry["quote"] in [a["quote"] for a in stated if a["id"] == entry["id"]]


def test_a_missing_bound_is_null(claims):
    """ "More than 200" is 201 with no upper end, "as high as 200" has no lower end."""
    more = claims["two-russians-more-than-200-killed"]["value"]
    assert (more["text"], more["lower"], more["upper"]) == ("more than 200", 201, None)
    high = claims["some-reports-as-high-as-200-killed"]["value"]
    assert (high["lower"], high["upper"]) == (None, 200)


def test_dates_are_iso_days(claims):
    """Bounds of a date are days in ISO 8601, and a date has no group."""
    date = claims["centcom-date"]
    assert (date["value"]["lower"], date["value"]["upper"]) == ("2018-02-07", "2018-02-07")
    assert date["group"] is None


def test_the_chain_runs_from_the_document_outwards(claims):
    """The article says that Bloomberg says that the official says: in this order."""
    (stated,) = claims["us-official-about-100-killed"]["assertions"]
    assert stated["source"] == "treehouse"
    assert stated["chain"] == ["bloomberg", "us-official"]
    assert stated["origin"] == "us-official"


def test_a_relay_joins_the_claim_it_relays(claims):
    """One proposition is one claim, whoever states it."""
    relayed = claims["treehouse-relays-centcom-date"]
    assert relayed["id"] == claims["centcom-date"]["id"]
    assert len(relayed["assertions"]) >= 2


@pytest.mark.parametrize(
    "larger", ["two-russians-more-than-200-killed", "treehouse-around-200-killed"]
)
def test_a_part_larger_than_the_whole_is_found(found, larger):
    """200 of a part against about 100 in all is found through the groups."""
    hits = [c for c in found if pair(c) >= {larger, "us-official-about-100-killed"}]
    assert [c["rule"] for c in hits] == ["part_of"]
    for text in ("about 100", "200"):
        assert text in hits[0]["explanation"]


def test_contradictions_come_worst_first(found):
    """Each has id, rule, severity, status, sentence and claims; the worst stands first."""
    severities = [c["severity"] for c in found]
    assert severities == sorted(severities, reverse=True)
    assert all(0 <= severity <= 1 for severity in severities)
    for c in found:
        assert c.keys() >= {
            "id", "rule", "severity", "status", "explanation", "claims",
        }  # fmt: skip
        assert c["status"] == "open"
        assert c["explanation"].endswith(".")
        assert all(claim.keys() >= CLAIM_KEYS for claim in c["claims"])


@pytest.mark.parametrize(
    "quiet",
    ["russia-denies-troops", "us-official-russians-unknown", "overview-scores-killed"],
)
def test_what_contradicts_nothing(claims, found, quiet):
    """A denial about troops, the unknown and a vague word are in no contradiction."""
    assert not claims[quiet]["contradicted"]
    assert not any(quiet in pair(c) for c in found)


def test_scores_and_as_high_as_200_agree(claims, found, cli, demo):
    """They answer the same question, overlap, and stand in one version."""
    scores = claims["overview-scores-killed"]
    high = claims["some-reports-as-high-as-200-killed"]
    assert [scores[k] for k in ("event", "metric", "group")] == [
        high[k] for k in ("event", "metric", "group")
    ]
    compared = cli("compare", "killed", "--json").json
    (question,) = [q for q in compared if scores["id"] in {c["id"] for c in q["claims"]}]
    assert any({scores["id"], high["id"]} <= set(ids) for ids in question["versions"])
    told = cli("explain", "overview-scores-killed", "some-reports-as-high-as-200-killed")
    assert "No contradiction" in told.out


def test_contradicted_marks_exactly_the_members(claims, found):
    """`contradicted` is true of the claims in a contradiction and of no other."""
    members = {claim["id"] for c in found for claim in c["claims"]}
    assert members == {claim["id"] for claim in claims.values() if claim["contradicted"]}


def test_compare_says_the_verdict(cli, demo):
    """`compare casualties` draws each claim and says in a sentence what cannot be."""
    done = cli("compare", "casualties")
    assert done.code == 0
    for words in ("“more than 200”", "“about 100”", "contradictions", "Battle of Khasham"):
        assert words in done.out
    assert max(map(len, done.out.splitlines())) <= 100
    assert "next: claimtrack explain" in done.err


def test_compare_covers_the_family(cli, demo):
    """Casualties are the killed, the wounded and the rest; one metric is only itself."""
    data = cli("compare", "casualties", "--json").json
    assert {"killed", "wounded"} <= {q["metric"] for q in data}
    for q in data:
        assert q.keys() >= {"event", "metric", "group", "claims", "versions", "verdict"}
        assert {c["id"] for c in q["claims"]} >= {id_ for ids in q["versions"] for id_ in ids}
    assert {q["metric"] for q in cli("compare", "killed", "--json").json} == {"killed"}


def test_explain_gives_the_road_from_quote_to_bounds(cli, demo):
    """A claim is explained by its quote, words, bounds and chain."""
    done = cli("explain", "two-russians-more-than-200-killed")
    for told in ("More than 200 contract soldiers", "201 or more", "Bloomberg", "2018-03-03"):
        assert told in done.out


def test_explain_names_the_dimension_that_differs(cli, demo):
    """The denial about troops is no answer on contractors: another group."""
    done = cli("explain", "russia-denies-troops", "bloomberg-paraphrased-contractors-took-part")
    assert done.code == 0
    assert "No contradiction" in done.out
    assert "ontractors" in done.out.splitlines()[-1]


@pytest.mark.parametrize(
    "command", ["list-sources", "list-events", "list-documents", "list-claims"]
)
@pytest.mark.parametrize("form", ["tsv", "csv", "json", "jsonl", "md", "table"])
def test_every_list_in_every_format(cli, demo, command, form):
    """Each list can be had in each format."""
    done = cli(command, "--format", form)
    assert done.code == 0
    assert len(done.out.splitlines()) > 1 or form == "jsonl"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--metric", "date"), {"date"}),
        (("--contradicted",), {"killed"}),
        (("--search", "injured"), {"wounded"}),
        (("--origin", "russian-government"), {"participation"}),
    ],
)
def test_filters(cli, demo, options, expected):
    """A filter leaves only what passes it."""
    assert {c["metric"] for c in cli("list-claims", "--json", *options).json} == expected


def test_dates_of_publication_filter(cli, demo):
    """`--until` the day of the release leaves what was published by then."""
    found = cli("list-claims", "--json", "--until", "2018-02-08").json
    assert {a["document"] for c in found for a in c["assertions"]} >= {"centcom-20180208-01"}
    assert found
    assert all(any(a["published"] <= "2018-02-08" for a in c["assertions"]) for c in found)


@pytest.mark.sqlite_only(reason="the case is the one found in the folder")
def test_status_counts(cli, demo, ask):
    """`status` says which database, why, and what is in it."""
    told = cli("status", "--json").json
    assert told["counts"]["assertions"] == ask(demo, "SELECT count(*) FROM assertions")[0][0]
    assert "in this folder" in told["why"]
    assert cli("status").code == 0
