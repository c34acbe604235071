"""What an event's answers rest on: each origin left out in turn."""

from __future__ import annotations

import pytest

from claimtrack.domain.case import Question
from claimtrack.services.loadbearing import run_load_test
from claimtrack.services.looking import find_claims


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
