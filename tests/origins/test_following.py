"""A chain is followed to whoever is said to know it first-hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claimtrack.domain.testimony import Because
from claimtrack.origins.counting import count_origins
from claimtrack.origins.following import Record, origin_of
from claimtrack.origins.ways import way_of
from origins.reports import Reports, draws, node, step


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


def test_what_is_corrected_is_not_doubted_for_its_own_correction(report):
    """Nobody but itself has taken it back, and it counts no more anyway."""
    assert end(report("wire", corrected=True)).doubts == ()


@pytest.mark.parametrize(("taken_back", "doubted"), [("last", True), ("middle", False)])
def test_a_named_origin_took_back_what_the_last_report_has_from_it(report, taken_back, doubted):
    radio = report("radio", "chief", claim="last")
    wire = report("wire", step("radio", upstream=radio.id), claim="middle")
    paper = report("gazette", step("wire", upstream=wire.id))
    chief = report("chief", claim=taken_back, corrected=True)
    found = end(paper, wire, radio, chief)
    assert found.key == "chief"
    assert [doubt.others for doubt in found.doubts] == ([("Chief",)] if doubted else [])


def test_a_link_to_the_report_of_another_is_doubtful(report):
    """The last link names the chief and leads to a report of the wire, who has it from nobody."""
    wire = report("wire")
    wrong = report("gazette", step("chief", upstream=wire.id))
    (doubt,) = end(wrong, wire).doubts
    assert (doubt.because, doubt.others) == (Because.CONTRADICTED, ("Chief",))
    passed_on = report("wire", "chief")
    assert end(report("gazette", step("chief", upstream=passed_on.id)), passed_on).doubts == ()


def test_a_source_that_has_it_from_one_by_two_ways_is_followed(report):
    ways = report("wire", "mayor", "chief"), report("wire", "bishop", "chief")
    assert end(report("gazette", "wire"), *ways).key == "chief"


def test_a_source_is_not_followed_back_to_where_the_chain_began(report):
    """The wire's own account stands on the gazette, which names the wire: the wire is the end."""
    first, again = report("wire", "gazette"), report("wire", "gazette")
    assert end(first, again, report("gazette", "wire")).key == "wire"


def test_of_several_reports_the_first_that_was_published_is_followed(report):
    later, first = report("wire", "chief", day=5), report("wire", "chief", day=4)
    first = replace(first, published=(4, 9))
    undated = report("wire", "chief")
    paper = report("gazette", "wire")
    assert end(paper, later, first, undated).route == (paper.id, first.id)


def test_own_words_rest_on_what_their_document_draws_on(report):
    known = draws(("wire-doc", "agency"), ("gazette", "stringer"))
    wire = report("wire")
    paper = report("gazette", step("wire", upstream=wire.id))
    found = origin_of(paper, Record.of((paper, wire), known))
    assert found.basis == {node("agency")}
    assert found.passage == {node("stringer")}
    assert origin_of(wire, Record.of([wire], known)).passage == frozenset()


def test_an_own_observation_rests_on_nothing(report):
    """What the observer's document draws on lies only on the way."""
    known = draws(("wire-doc", "agency"))
    wire = report("wire", step("wire", "own"))
    found = origin_of(wire, Record.of([wire], known))
    assert found.first_hand is Because.OWN_OBSERVATION
    assert (found.basis, found.passage) == (frozenset(), {node("agency")})


@pytest.mark.parametrize(
    ("mode", "first_hand"), [("own", Because.OWN_OBSERVATION), ("quotes", Because.NAMED)]
)
def test_a_named_origin_saw_it_itself_where_the_link_says_so(report, mode, first_hand):
    assert end(report("gazette", step("chief", mode))).first_hand is first_hand


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
