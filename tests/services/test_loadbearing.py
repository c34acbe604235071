"""What an event's answers rest on: each origin left out in turn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.contradictions.rules import find_conflicts
from claimtrack.contradictions.versions import versions
from claimtrack.domain.case import Case, Claim, Question
from claimtrack.origins.following import Record
from claimtrack.services.loadbearing import run_load_test, weigh
from claimtrack.services.looking import find_claims
from contradictions.cases import METRICS, claim_lists
from origins.reports import Reports


@pytest.fixture
def loads(cli, empty, write, ferry):
    """Weigh the ferry case with some claims more."""

    def weigh(*more):
        data = {**ferry, "claims": [*ferry["claims"], *more]}
        assert cli("import", write("ferry.json", data)).code == 0
        found = run_load_test(str(empty), "ferry-2031")
        return {load.source: load for load in found.loads}

    return weigh


def aboard_question():
    return Question("ferry-2031", "killed", "aboard")


def test_a_range_moves_when_its_widest_claim_goes(loads):
    load = loads()["radio"]
    [aboard] = [moved for moved in load.ranges if moved.question == aboard_question()]
    assert (aboard.before.lower, aboard.before.upper) == (24, None)
    assert (aboard.after.lower, aboard.after.upper) == (24, 99)


def test_what_an_origin_alone_says_leaves_no_answer(loads):
    load = loads()["gazette"]
    [crew] = load.ranges
    assert (crew.question.group, crew.before.lower, crew.after.claims) == ("crew", 3, 0)


def test_a_contradiction_goes_with_a_side_of_it(loads):
    found = loads()
    assert [lost.rule for lost in found["official-1"].contradictions].count("disjoint") == 1
    assert found["gazette"].contradictions == []


def test_what_another_origin_says_too_does_not_move(loads):
    about = {"event": "ferry-2031", "metric": "killed", "group": "aboard", "value": "dozens"}
    load = loads({**about, "document": "radio-0304"})["official-1"]
    assert (load.moved, load.only) == (0, ())
    assert load.unmoved[0] == 3


def test_a_paper_that_has_it_from_the_same_official_holds_nothing(loads):
    about = {"event": "ferry-2031", "metric": "killed", "group": "aboard", "value": "dozens"}
    relay = {**about, "document": "radio-0304", "attributed_to": ["gazette"]}
    load = loads(relay)["official-1"]
    assert (load.reports, len(load.only)) == (2, 1)


def test_a_relay_is_not_what_holds_a_claim(loads):
    """The Gazette passes the official's word on: the claim falls with the official."""
    found = loads()
    assert len(found["official-1"].only) == 1
    assert found["official-1"].only[0] not in found["gazette"].only


def test_moved_and_unmoved_add_up_for_every_origin(demo):
    found = run_load_test(str(demo), "khasham-2018")
    totals = {
        (
            len(load.ranges) + load.unmoved[0],
            len(load.versions) + load.unmoved[1],
            len(load.contradictions) + load.unmoved[2],
        )
        for load in found.loads
    }
    assert len(totals) == 1
    assert len(found.loads) == 8


def test_the_seed_articles_contradictions_rest_on_the_officials_about_100(demo):
    found = {load.source: load for load in run_load_test(str(demo), "khasham-2018").loads}
    about_100 = find_claims(str(demo), ["us-official-about-100-killed"])[0].id
    lost = found["us-official"].contradictions
    assert lost
    assert all(about_100 in one.claims for one in lost)
    assert found["accepted-overview"].moved == 0


def _versions(claims: list[Claim]) -> set[frozenset[str]]:
    conflicts = find_conflicts(Case(claims, METRICS))
    return {frozenset(claim.id for claim in some) for some in versions(claims, conflicts)}


@given(claim_lists("killed", size=6, days=(None, (1, 1), (2, 2))), st.data())
def test_what_is_left_is_what_would_be_found_without_the_origin(claims, data):
    """Versions and contradictions that go are those that a new search does not find."""
    report, said = Reports(), []
    for claim in claims:
        for source in data.draw(st.sets(st.sampled_from("abc"), min_size=1, max_size=2)):
            said.append(replace(report(source), claim=claim.id))
    loads = weigh(Case(claims, METRICS), said, Record.of(said))
    for load in loads:
        by_others = {one.claim for one in said if one.source != load.source}
        left = [claim for claim in claims if claim.id in by_others]
        assert set(load.only) == {claim.id for claim in claims} - by_others
        before, after = _versions(claims), _versions(left)
        gone = {some for some in before if some - by_others and some & by_others not in after}
        assert {frozenset(lost.claims) for lost in load.versions} == gone
        still = {tuple(c.id for c in one.claims) for one in find_conflicts(Case(left, METRICS))}
        every = {tuple(c.id for c in one.claims) for one in find_conflicts(Case(claims, METRICS))}
        assert {lost.claims for lost in load.contradictions} == every - still
