"""Counts of origins out of a real database: small cases, the seed article, real numbers."""

from __future__ import annotations

import pytest

from claimtrack.report.origins import count_words
from claimtrack.services.tracing import find_record_errors, make_counter, origin_counts, trace
from claimtrack.store.engine import reading
from claimtrack.store.records import Filter


def toll(document, *chain, **more):
    said = {"event": "fire", "metric": "killed", "group": "people", "value": 12}
    return {**said, "document": document, "attributed_to": list(chain), **more}


@pytest.fixture
def fire(cli, empty, write):
    """Import claims on one fire, told by three papers and an agency."""
    papers = ("gazette", "herald", "mail", "agency")
    persons = [
        {"id": "witness", "name": "Anna Ozola", "kind": "witness"},
        {"id": "official", "name": "an official", "kind": "official", "anonymous": True},
    ]
    base = {
        "claimtrack": 1,
        "events": [{"id": "fire", "title": "Fire"}],
        "groups": [{"id": "people", "name": "people"}],
        "sources": [*({"id": p, "name": p.title(), "kind": "news"} for p in papers), *persons],
        "documents": [{"id": f"{p}-1", "source": p, "published": "2031-03-03"} for p in papers],
    }

    def load(*claims, documents=(), sources=()):
        data = {**base, "claims": list(claims)}
        data["documents"] = [*base["documents"], *documents]
        data["sources"] = [*base["sources"], *sources]
        done = cli("import", write("fire.json", data))
        assert done.code == 0, done.err
        return str(empty)

    return load


def counted(where):
    with reading(where) as connection:
        [[claim, count]] = [
            [id_, found]
            for id_ in make_counter(connection).loaded.by_claim
            for found in [origin_counts(connection, [id_])[id_]]
        ]
    assert trace(where, claim).count == count
    return count_words(count)


AGENCY = [toll(f"{paper}-1", "agency") for paper in ("gazette", "herald", "mail")]


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([], "3 reports, 1 independent origin"),
        ([toll("agency-1", id="wire")], "4 reports, 1 independent origin"),
        ([toll("mail-1", "witness")], "4 reports, 2 independent origins"),
        ([toll("mail-1", "official")], "4 reports, 1–2 independent origins"),
    ],
)
def test_an_agency_report_in_three_papers(fire, claims, words):
    assert counted(fire(*AGENCY, *claims)) == words


def test_a_corrected_report_counts_no_more(fire):
    first = toll("gazette-1", "witness", id="first")
    later = toll("gazette-1", "agency", id="later", supersedes="first")
    assert counted(fire(first, later)) == "1 report, 1 independent origin"


def test_a_chain_leads_through_a_corrected_report_and_one_on_another_claim(fire):
    wire = toll("agency-1", "witness", id="wire", value=20)
    mended = toll("agency-1", id="mended", value=21, supersedes="wire")
    relay = toll("gazette-1", {"source": "agency", "claim": "wire"}, id="relay")
    found = trace(fire(wire, mended, relay), "relay")
    assert [origin.source for origin in found.count.origins] == ["witness"]


def test_a_chain_goes_on_through_the_reports_of_the_other_claim_that_it_leads_to(fire):
    """Whether or not these were asked for: a claim counts alone as it does with its event."""
    heard = toll("agency-1", "witness", id="heard", value=20)
    wire = toll("herald-1", "agency", id="wire", value=20)
    relay = toll("gazette-1", {"source": "herald", "claim": "wire"}, id="relay")
    where = fire(heard, wire, relay)
    found = trace(where, "relay")
    assert [origin.source for origin in found.count.origins] == ["witness"]
    with reading(where) as connection:
        whole = make_counter(connection, events=["fire"])
    assert whole.count([found.claim.id]) == found.count


def test_what_is_stated_of_documents_and_sources_is_loaded(fire):
    blog = {"id": "blog", "name": "Blog", "kind": "blog", "draws_on": ["agency-1"]}
    page = {"id": "blog-1", "source": "blog"}
    where = fire(toll("blog-1"), toll("agency-1"), documents=[page], sources=[blog])
    assert counted(where) == "2 reports, 1 independent origin"


def test_a_chain_that_cites_a_later_document_is_listed(fire):
    late = {"id": "agency-9", "source": "agency", "published": "2031-03-09"}
    wire = toll("agency-9", id="wire")
    relay = toll("gazette-1", {"source": "agency", "claim": "wire"}, id="relay")
    where = fire(wire, relay, documents=[late])
    assert [error.place for error in find_record_errors(where, Filter())] == ["relay"]
    assert find_record_errors(where, Filter(events=("fire",))) != []
    assert [error.place for error in trace(where, "relay").errors] == ["relay"]


SEED = {
    "treehouse-around-200-killed": ("1 report, 1 independent origin", ["treehouse"]),
    "some-reports-as-high-as-200-killed": ("1 report, 1 independent origin", ["some-reports"]),
    "bloomberg-paraphrased-100-killed": ("1 report, 1 independent origin", ["bloomberg"]),
    "two-russians-more-than-200-killed": ("1 report, 1 independent origin", ["two-russians"]),
    # The blog quotes the press release and says the same itself: its word may rest on that.
    "treehouse-pro-regime-attacked": (
        "3 reports, 1–2 independent origins",
        ["centcom", "treehouse"],
    ),
    # The release told by the blog is the release.
    "centcom-unprovoked": ("2 reports, 1 independent origin", ["centcom"]),
    # A name, the blog itself, and an overview without one.
    "overview-us-took-part": (
        "3 reports, 1–3 independent origins",
        ["bloomberg", "treehouse", "accepted-overview"],
    ),
}


@pytest.mark.parametrize("claim", SEED)
def test_the_seed_article_is_counted_as_a_careful_reader_would(demo, claim):
    found = trace(str(demo), claim)
    words, origins = SEED[claim]
    assert count_words(found.count) == words
    assert [origin.source for origin in found.count.origins] == origins


def test_all_that_the_seed_article_says_of_russian_contractors_killed(demo):
    """An overview, some reports, and Bloomberg, in one article: one name among three."""
    names = (
        "overview-scores-killed",
        "some-reports-as-high-as-200-killed",
        "bloomberg-paraphrased-100-killed",
    )
    claims = [trace(str(demo), name).claim.id for name in names]
    with reading(str(demo)) as connection:
        count = make_counter(connection, claims).count(claims)
    assert count_words(count) == "3 reports, 1–3 independent origins"


def test_the_seed_article_has_no_error_of_the_record(demo):
    assert find_record_errors(str(demo), Filter()) == []
