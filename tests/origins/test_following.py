"""A chain is followed to whoever is said to know it first-hand."""

from __future__ import annotations

import pytest

from claimtrack.domain.testimony import Because
from claimtrack.origins.counting import count_origins
from claimtrack.origins.following import Record, origin_of
from claimtrack.origins.ways import way_of
from origins.reports import Reports, step


@pytest.fixture
def report():
    return Reports()


def end(one, *others):
    return origin_of(one, Record.of((one, *others)))


def test_without_a_chain_the_origin_is_the_documents_source(report):
    assert end(report("gazette")).key == "gazette"


def test_the_last_link_is_the_origin(report):
    assert end(report("blog", "bloomberg", "two?")).key == "two?"


def test_a_named_report_goes_on_at_any_depth(report):
    first = report("radio", "witness")
    second = report("wire", step("radio", upstream=first.id))
    third = report("blog", step("wire", upstream=second.id))
    found = end(third, second, first)
    assert found.key == "witness"
    assert found.route == (third.id, second.id, first.id)


def test_a_report_that_is_not_there_ends_at_its_source(report):
    assert end(report("blog", step("wire", upstream="absent"))).key == "wire"


def test_a_source_that_has_the_very_claim_from_another_is_followed(report):
    wire = report("wire", "chief")
    paper = report("gazette", "wire")
    assert end(paper, wire).key == "chief"
    count = count_origins([paper, wire], dependences=Record({}).dependences)
    assert (count.least, count.most) == (1, 1)


@pytest.mark.parametrize("change", ["other claim", "own words too", "corrected"])
def test_a_source_that_may_know_it_itself_is_not_followed_further(report, change):
    wire = report(
        "wire",
        "chief",
        claim="other" if change == "other claim" else "claim",
        corrected=change == "corrected",
    )
    own = [report("wire", document="second-doc")] if change == "own words too" else []
    assert end(report("gazette", "wire"), wire, *own).key == "wire"


def test_a_circle_has_no_origin_and_is_one(report):
    one = report("a", step("b", upstream="a2"))
    two = report("b", step("a", upstream="a1"))
    into = report("c", step("a", upstream="a1"))
    found = [end(first, *others) for first, *others in ((one, two), (two, one), (into, one, two))]
    assert {(e.key, e.name) for e in found} == {(None, "a1 → a2")}
    count = count_origins([one, two, into], Record({}).dependences)
    assert (count.least, count.most) == (1, 1)
    assert [reason.because for reason in count.origins[0].reasons] == [Because.CIRCLE]


def test_an_end_that_its_own_chain_contradicts_is_doubtful(report):
    """The link's report has it from the chief, the account from the mayor."""
    wire = report("wire", "chief", claim="other")
    paper = report("gazette", step("wire", upstream=wire.id), "mayor")
    assert [doubt.because for doubt in end(paper, wire).doubts] == [Because.CONTRADICTED]
    agrees = report("gazette", step("wire", upstream=wire.id), "chief")
    assert end(agrees, wire).doubts == ()


@pytest.mark.parametrize("named", [True, False])
def test_words_that_their_origin_corrected_make_it_doubtful(report, named):
    """Whether the link names the very report or only the source that gave it."""
    wire = report("wire", corrected=True)
    paper = report("gazette", step("wire", upstream=wire.id if named else None))
    (doubt,) = end(paper, wire).doubts
    assert (doubt.because, doubt.others) == (Because.WITHDRAWN, ("Wire",))
    count = count_origins([paper, report("witness")], Record({}).dependences, known=[wire])
    assert (count.least, count.most) == (1, 2)


def test_words_corrected_on_the_way_make_their_origin_doubtful(report):
    wire = report("wire", "chief", corrected=True)
    (doubt,) = end(report("gazette", step("wire", upstream=wire.id)), wire).doubts
    assert (doubt.because, doubt.others) == (Because.WITHDRAWN, ("Wire",))


@pytest.mark.parametrize("stands", ["says so again", "another claim", "its own account"])
def test_what_its_origin_still_says_is_not_doubtful(report, stands):
    """A correction of the quote alone, of another claim, or of the relaying paper's own."""
    wire = report("wire", corrected=True, claim="other" if stands == "another claim" else "claim")
    others = [report("wire", document="second-doc")] if stands == "says so again" else []
    paper = report("gazette", "wire")
    if stands == "its own account":
        wire, others = report("wire"), [report("gazette", "wire", corrected=True)]
    assert end(paper, wire, *others).doubts == ()


def test_a_way_joins_a_link_with_the_report_it_leads_to(report):
    wire = report("wire", "chief")
    paper = report("gazette", step("wire", "syndicates", wire.id))
    stops = way_of(paper, Record.of([paper, wire]))
    assert [(s.source, s.mode, s.report, s.origin) for s in stops] == [
        ("gazette", None, paper.id, None),
        ("wire", "syndicates", wire.id, None),
        ("chief", "quotes", None, "chief"),
    ]


def test_a_chain_of_thousands_is_followed(report):
    first = report("s0")
    chain = [first]
    for at in range(1, 3000):
        chain.append(report(f"s{at}", step(f"s{at - 1}", upstream=chain[-1].id)))
    assert end(chain[-1], *chain).key == "s0"
