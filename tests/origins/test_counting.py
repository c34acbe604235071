"""Ten papers carrying one agency report are one witness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.testimony import Because, Dependences, OriginCount, Standing
from claimtrack.origins import counting
from claimtrack.origins.counting import count_origins
from claimtrack.origins.following import Record
from claimtrack.report.origins import count_words
from origins.reports import Reports, draws, step

NOTHING = Dependences()


@pytest.fixture
def report():
    return Reports()


def told(reports, dependences=NOTHING, **more):
    count = count_origins(reports, dependences, **more)
    assert count.exact
    return count.reports, count.least, count.most


def standing(count: OriginCount):
    return {origin.source: origin.standing for origin in count.origins}


def because(count: OriginCount, source):
    [origin] = [origin for origin in count.origins if origin.source == source]
    return {reason.because: reason.others for reason in origin.reasons}


def three_papers(report):
    return [report("gazette", "agency"), report("herald", "agency"), report("mail", "agency")]


def test_three_papers_carrying_one_agency_report_are_one(report):
    assert told(three_papers(report)) == (3, 1, 1)


def test_a_paper_that_adds_its_own_witness_makes_two(report):
    assert told([*three_papers(report), report("mail", "witness")]) == (4, 2, 2)


def test_an_unnamed_official_makes_one_to_two(report):
    count = count_origins([*three_papers(report), report("mail", "official?")], NOTHING)
    assert (count.least, count.most) == (1, 2)
    assert standing(count) == {"agency": Standing.CERTAIN, "official?": Standing.POSSIBLE}
    assert Because.UNNAMED in because(count, "official?")


def test_two_unnamed_officials_raise_only_the_most(report):
    assert told([report("gazette", "one?"), report("herald", "other?")]) == (2, 1, 2)
    assert told([report("gazette", "one?"), report("herald", "one?")]) == (2, 1, 1)


def test_one_unnamed_origin_is_still_one(report):
    assert told([report("gazette", "some?")]) == (1, 1, 1)


def test_nothing_counts_nothing(report):
    assert told([]) == (0, 0, 0)
    assert told([report("gazette", corrected=True)]) == (0, 0, 0)


def test_a_person_quoted_by_two_outlets_is_one_origin(report):
    assert told([report("gazette", "chief"), report("radio", "chief")]) == (2, 1, 1)
    assert told([report("gazette", "chief"), report("radio", "mayor")]) == (2, 2, 2)


def test_two_documents_of_one_source_are_one_origin(report):
    first, second = report("gazette", document="one-doc"), report("gazette", document="two-doc")
    assert told([first, second]) == (2, 1, 1)


def test_own_words_beside_relayed_ones_are_doubtful_until_said_to_be_seen(report):
    """A blog that quotes a ministry and says the same itself may rest on the ministry."""
    relay = report("blog", "ministry")
    count = count_origins([relay, report("blog")], NOTHING)
    assert (count.least, count.most) == (1, 2)
    assert because(count, "blog") == {Because.RELAYS_OTHERS: ("Ministry",)}
    saw = report("blog", step("blog", "own"))
    assert told([relay, saw]) == (2, 2, 2)
    assert told([report("ministry"), report("blog")]) == (2, 2, 2)


def test_an_inferred_source_raises_only_the_most(report):
    inferred = report("herald", step("mayor", "unattributed"))
    assert told([report("gazette", "chief"), inferred]) == (2, 1, 2)


def test_a_mode_that_nobody_stated_takes_nothing_from_a_name(report):
    stated = report("herald", step("mayor", "unknown"))
    assert told([report("gazette", "chief"), stated]) == (2, 2, 2)


@pytest.mark.parametrize(
    "pairs",
    [
        [("blog-doc", "wire-doc")],
        [("blog-doc", "wire")],
        [("blog", "wire")],
        [("blog", "wire-doc")],
        [("blog", "book"), ("book", "wire")],
        [("blog-doc", "book-doc"), ("book", "wire")],
    ],
)
def test_who_draws_on_another_is_no_second_origin(report, pairs):
    """Of a document or of a source, directly or by way of others."""
    reports = [report("blog"), report("wire")]
    assert told(reports) == (2, 2, 2)
    count = count_origins(reports, draws(*pairs))
    assert (count.least, count.most) == (1, 1)
    assert because(count, "blog")[Because.DRAWS_ON] == ("Wire",)


def test_the_far_end_of_a_chain_may_draw_on_another(report):
    reports = [report("gazette", "compiler"), report("wire")]
    assert told(reports, draws(("compiler", "wire"))) == (2, 1, 1)
    assert told(reports, draws(("gazette", "elsewhere"))) == (2, 2, 2)


def test_two_that_draw_on_one_and_the_same_are_one(report):
    reports = [report("blog"), report("digest")]
    assert told(reports, draws(("blog", "wire"), ("digest", "wire"))) == (2, 1, 1)


def test_two_that_draw_on_partly_the_same_may_be_two(report):
    reports = [report("blog"), report("digest")]
    partly = draws(("blog", "wire"), ("digest", "wire"), ("blog", "atlas"), ("digest", "roll"))
    assert told(reports, partly) == (2, 1, 2)


def test_a_witness_quoted_by_what_draws_on_the_other_may_be_a_second(report):
    reports = [report("wire"), report("blog", "witness")]
    assert told(reports, draws(("blog-doc", "wire-doc"))) == (2, 1, 2)
    elsewhere = [*reports, report("radio", "witness")]
    assert told(elsewhere, draws(("blog-doc", "wire-doc"))) == (3, 2, 2)


def test_those_who_draw_on_each_other_are_one(report):
    assert told([report("a"), report("b")], draws(("a", "b"), ("b", "a"))) == (2, 1, 1)


def test_a_circle_of_dependence_does_not_take_a_source_for_its_own_basis(report):
    circle = draws(("a", "b"), ("b", "a"))
    assert told([report("a"), report("a", "witness")], circle) == (2, 1, 2)


def test_suspected_pairs_are_dependent_only_where_asked(report):
    reports = [report("a"), report("b"), report("c")]
    assert told(reports) == (3, 3, 3)
    pair = frozenset({frozenset({"a", "b"})})
    count = count_origins(reports, NOTHING, also_dependent=pair)
    assert (count.least, count.most) == (2, 2)
    assert because(count, "b")[Because.SUSPECTED] == ("A",)


def test_a_middle_that_draws_on_both_ends_leaves_the_ends(report):
    """The largest set is counted, not whoever comes first."""
    reports = [report("middle"), report("left"), report("right")]
    assert told(reports, draws(("middle", "left"), ("middle", "right"))) == (3, 2, 2)


def test_a_crowd_too_large_to_compare_gives_a_bound_that_holds(report, monkeypatch):
    monkeypatch.setattr(counting, "COMPARED", 3)
    reports = [report(name) for name in "abcde"]
    count = count_origins(reports, draws(("a", "b"), ("c", "b")))
    assert not count.exact
    assert count.least <= 3 <= count.most
    assert "bound" in count_words(count)


SOURCES = st.sampled_from(["a", "b", "c", "d?", "e?"])


@st.composite
def cases(draw):
    report = Reports()
    reports = [
        report(draw(st.sampled_from("abc")), *draw(st.lists(SOURCES, max_size=2, unique=True)))
        for _ in range(draw(st.integers(0, 6)))
    ]
    ids = st.sampled_from(["a", "b", "c", "a-doc", "b-doc", "c-doc", "z"])
    pairs = draw(st.lists(st.tuples(ids, ids).filter(lambda p: p[0] != p[1]), max_size=4))
    return report, reports, draws(*pairs)


@given(cases())
def test_the_range_is_in_order_and_never_above_origins_or_reports(case):
    _, reports, dependences = case
    count = count_origins(reports, dependences)
    assert count.least <= count.most <= len(count.origins) <= count.reports
    assert (count.least > 0) is bool(reports)
    certain = sum(origin.standing is Standing.CERTAIN for origin in count.origins)
    assert count.least == max(certain, min(1, len(reports)))


@given(cases(), st.randoms())
def test_the_order_of_reports_does_not_matter(case, random):
    _, reports, dependences = case
    shuffled = list(reports)
    random.shuffle(shuffled)
    assert count_origins(shuffled, dependences) == count_origins(reports, dependences)


@given(cases(), st.data())
def test_repeating_a_report_never_raises_the_count(case, data):
    """Counting reports rewards repetition; counting origins must not."""
    report, reports, dependences = case
    if not reports:
        return
    before = count_origins(reports, dependences)
    first = data.draw(st.sampled_from(reports))
    relay = report("repeater", step(first.source, "cites", first.id))
    after = count_origins([*reports, relay], dependences)
    assert after.least <= before.least
    assert after.most <= before.most
    assert after.reports == before.reports + 1


@given(cases(), st.sets(st.frozensets(st.sampled_from("abc"), min_size=2, max_size=2)))
def test_treating_pairs_as_dependent_never_raises_the_count(case, pairs):
    _, reports, dependences = case
    before = count_origins(reports, dependences)
    after = count_origins(reports, dependences, also_dependent=frozenset(pairs))
    assert after.least <= before.least
    assert after.most <= before.most


@given(cases(), st.sets(st.frozensets(st.sampled_from("abc"), min_size=2, max_size=2)))
def test_no_tie_is_missed_by_comparing_only_those_with_something_in_common(case, pairs):
    """Ties are those of comparing all with all, in the same order."""
    _, reports, dependences = case
    voices = counting._voices(reports, Record.of(reports, dependences))
    all_with_all = {
        (one, other): tie
        for one in range(len(voices))
        for other in range(one)
        if (tie := counting._tie(voices[one], voices[other], frozenset(pairs)))
    }
    found = counting._ties(voices, frozenset(pairs))
    assert list(found.items()) == list(all_with_all.items())
