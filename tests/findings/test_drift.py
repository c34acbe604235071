"""Accounts beside what their source says itself."""

from __future__ import annotations

import pytest

from claimtrack.domain.finding import Basis, Change
from claimtrack.findings import drift
from findings.record import SCALE, say


def found(*statements):
    """Give each finding as what changed, the basis, who tells, whose words, and how many."""
    return [
        (
            each.change.value,
            each.basis.value,
            each.told.assertion.source,
            each.own.assertion.id,
            each.compared,
        )
        for each in drift.find(statements, SCALE)
    ]


def test_a_named_statement_told_otherwise():
    """An account that names the statement it relies on is held against that one."""
    own = say("agency", "100", metric="wounded", id="a1")
    other = say("agency", "100", metric="killed", id="a2", of="syrians")
    told = say("blog", "100", via=[("agency", "a1")])
    assert found(own, other, told) == [("metric", "linked", "blog", "a1", 1)]


def test_a_named_statement_told_fairly():
    """A looser number is fair, though others of the same source say otherwise."""
    own, other = say("agency", "103", id="a1"), say("agency", "500", id="a2")
    assert found(own, other, say("blog", "around 100", via=[("agency", "a1")])) == []


def test_a_named_statement_counts_whenever_it_was_published():
    """Who names a statement has read it, whatever the dates say."""
    own = say("agency", "100", id="a1", published="2018-03-01")
    told = say("blog", "300", via=[("agency", "a1")], published="2018-02-01")
    assert found(own, told) == [("number", "linked", "blog", "a1", 1)]


def test_a_named_statement_of_another_event_is_let_pass():
    """What is named may lie outside the event that is looked at."""
    assert found(say("blog", "300", via=[("agency", "elsewhere")])) == []


def test_an_account_of_a_source_that_says_otherwise():
    """Without a link, a source that answers the question otherwise is enough."""
    own = say("agency", "100", id="a1")
    told = say("blog", "300", via=["agency"])
    assert found(own, told) == [("number", "recorded", "blog", "a1", 1)]


def test_one_statement_that_supports_an_account_is_enough():
    """A source that has said both is told fairly with either."""
    low, high = say("agency", "100", id="a1"), say("agency", "300", id="a2")
    assert found(low, high, say("blog", "about 300", via=["agency"])) == []


def test_a_statement_that_entails_an_account_supports_it():
    """So many killed are at least so many casualties of the whole side."""
    low, part = say("agency", "10", of="all", metric="casualties"), say("agency", "100")
    told = say("blog", "at least 100", of="all", metric="casualties", via=["agency"])
    assert found(low, part, told) == []
    assert len(found(low, told)) == 1


@pytest.mark.parametrize(
    ("published", "told", "hits"),
    [
        ("2018-02-13", "2018-02-13", 1),
        ("2018-02-13", "2018-02-14", 1),
        ("2018-02-14", "2018-02-13", 0),
        ("2018-02-14", "2018-02", 1),
        ("2018-02", "2018-01-31", 0),
        ("2018-02", "2018-02-01", 1),
        (None, "2018-02-13", 1),
        ("2018-02-13", None, 1),
        ("../2018-02-13", "2018-01-01", 1),
        ("2018-02-13", "2018-01-01/..", 1),
    ],
)
def test_a_source_is_held_to_what_it_had_said_by_then(published, told, hits):
    """A statement published later cannot have been meant; without a date it may."""
    own = say("agency", "100", published=published)
    account = say("blog", "300", via=["agency"], published=told)
    assert len(found(own, account)) == hits


def test_a_later_statement_neither_supports_nor_counts():
    """What came out later is no support for an earlier account."""
    before, later = say("agency", "100", id="a1"), say("agency", "300", published="2018-02-20")
    told = say("blog", "300", via=["agency"], published="2018-02-14")
    assert found(before, later, told) == [("number", "recorded", "blog", "a1", 1)]


def test_the_same_number_of_another_group():
    """A number of all told as a number of some is drift; which group is named."""
    own, more = say("agency", "about 100", of="all", id="a1"), say("agency", "90", of="syrians")
    told = say("blog", "around 100", via=["agency"])
    assert found(own, more, told) == [("group", "recorded", "blog", "a1", 2)]


def test_another_number_of_another_group_is_let_pass():
    """It may be another statement of the source that nobody recorded."""
    assert found(say("agency", "300", of="all"), say("blog", "100", via=["agency"])) == []


def test_a_group_that_is_not_tied_is_let_pass():
    """As many of one part are no account of as many of another."""
    assert found(say("agency", "100", of="syrians"), say("blog", "100", via=["agency"])) == []


def test_a_whole_told_by_the_number_of_its_part():
    """As many in all as there were of one part is drift; at least as many is not."""
    own = say("agency", "100", id="a1")
    assert found(own, say("blog", "100", of="all", via=["agency"])) == [
        ("group", "recorded", "blog", "a1", 1)
    ]
    assert found(own, say("blog", "at least 100", of="all", via=["agency"])) == []


def test_yes_is_no_number_to_keep():
    """Whether others took part is another question, not the same number of another group."""
    own = say("agency", True, of="russians", metric="participation")
    assert found(own, say("blog", True, metric="participation", via=["agency"])) == []


def test_wounded_turned_into_killed():
    """The same number of a neighbour in the sum is drift."""
    own = say("agency", "100", metric="wounded", id="a1")
    for metric in ("killed", "casualties"):
        told = say("blog", "100", metric=metric, via=["agency"])
        assert found(own, told) == [("metric", "recorded", "blog", "a1", 1)]


def test_a_metric_that_is_no_kin_is_let_pass():
    """As many in rank as were killed is chance."""
    assert found(say("agency", "100", metric="rank"), say("blog", "100", via=["agency"])) == []


def test_another_metric_of_another_group_is_let_pass():
    """Two things that differ are no longer near."""
    own = say("agency", "100", metric="wounded", of="all")
    assert found(own, say("blog", "100", via=["agency"])) == []


def test_the_nearest_statement_is_shown():
    """The same question before another group, and another group before another metric."""
    same = say("agency", "300", id="same")
    group = say("agency", "100", of="all", id="group")
    metric = say("agency", "100", metric="wounded", id="metric")
    told = say("blog", "100", via=["agency"])
    assert found(metric, group, same, told)[0][3] == "same"
    assert found(metric, group, told)[0][3] == "group"
    assert found(metric, told)[0][3] == "metric"


def test_of_equally_near_statements_the_one_with_the_number_is_shown():
    """Hundreds killed and more than 200 killed may both be meant; the words are those of one."""
    vague, same = say("agency", "hundreds", id="a1"), say("agency", "more than 200", id="a2")
    told = say("blog", "more than 200", metric="wounded", via=["agency"])
    assert found(vague, same, told) == [("metric", "recorded", "blog", "a2", 2)]


def test_what_a_source_says_it_does_not_know_is_no_drift():
    """Who could not say may have asked another; nobody can be told wrongly to be unsure."""
    unsure, sure = say("agency", "unknown"), say("agency", "100")
    assert found(unsure, say("blog", "100", via=["agency"])) == []
    assert found(sure, say("blog", "unknown", via=["agency"])) == []


def test_a_source_without_texts_of_its_own_is_let_pass():
    """What it said is known by accounts alone."""
    assert found(say("paper", "100", via=["agency"]), say("blog", "300", via=["agency"])) == []


def test_what_a_source_tells_of_others_counts_as_its_own_text():
    """A paper that quotes an official is told by what the official says there."""
    own = say("paper", "100", via=["official"], id="a1")
    assert found(own, say("blog", "300", via=["paper"])) == [
        ("number", "recorded", "blog", "a1", 1)
    ]
    assert found(own, say("blog", "300", via=["paper", "official"])) == [
        ("number", "recorded", "blog", "a1", 1)
    ]


def test_a_chain_is_followed_to_the_first_who_can_be_asked():
    """Beyond one with texts of its own, the account is that source's."""
    far = say("agency", "100", id="far")
    told = say("blog", "300", via=["paper", "agency"])
    assert found(far, told) == [("number", "recorded", "blog", "far", 1)]
    assert found(far, say("paper", "300", id="near"), told) == []


def test_a_source_that_names_itself_is_let_pass():
    """A document in a chain of its own source is no account of another."""
    assert found(say("agency", "100"), say("agency", "300", via=["agency"])) == []


def test_corrected_statements():
    """A corrected account no longer counts; a corrected statement still excuses its account."""
    own = say("agency", "100", id="a1")
    assert found(own, say("blog", "300", via=["agency"], corrected=True)) == []
    old = say("agency", "300", id="a0", corrected=True)
    assert found(old, own, say("blog", "300", via=["agency"])) == []
    assert found(old, own, say("blog", "500", via=["agency"])) == [
        ("number", "recorded", "blog", "a1", 2)
    ]


def test_a_denial_told_as_an_assertion():
    """Who denied is told to have said so."""
    own = say("army", True, metric="participation", denied=True, id="a1")
    told = say("blog", True, metric="participation", via=["army"])
    assert found(own, told) == [("stance", "recorded", "blog", "a1", 1)]


def test_a_denied_number_of_another_group_is_let_pass():
    """Only what is asserted can be carried to another group."""
    own = say("army", "100", of="all", denied=True)
    assert found(own, say("blog", "100", denied=True, via=["army"])) == []


def test_a_denial_told_of_another_group_is_let_pass():
    """Fewer than 20 in all is not what the denial of 20 of some says, nor the same number."""
    own = say("army", "20 or more", denied=True)
    assert found(own, say("blog", "fewer than 20", of="all", via=["army"])) == []


def test_statements_of_another_kind_support_nothing():
    """That they took part, or what was counted of nobody named, is no number of the dead."""
    own = say("army", "100", id="a1")
    others = [say("army", True, metric="participation"), say("army", "300", of=None)]
    told = say("blog", "300", via=["army"])
    assert found(own, *others, told) == [("number", "recorded", "blog", "a1", 3)]


def test_killed_and_captured_are_kin_by_the_larger_sum():
    """Two metrics that add up to one sum of several are neighbours."""
    own = say("army", "100", metric="captured", id="a1")
    assert found(own, say("blog", "100", via=["army"])) == [("metric", "recorded", "blog", "a1", 1)]


def test_tolls_as_of_other_days_are_let_pass():
    """A toll of one day is no account of another's."""
    own = say("agency", "100", as_of="2018-02-10")
    assert found(own, say("blog", "300", as_of="2018-02-12", via=["agency"])) == []


def test_a_finding_names_the_source_and_keeps_its_id():
    """The id is made of the two statements, whatever else is there."""
    own, told = say("agency", "100", id="a1"), say("blog", "300", via=["agency"], id="b1")
    (first,) = drift.find([own, told], SCALE)
    (again,) = drift.find([told, say("radio", "5"), own], SCALE)
    assert (first.source, first.source_name) == ("agency", "Agency")
    assert first.id == again.id and first.id.startswith("d")
    assert first.statements == (told, own)
    assert (first.change, first.basis) == (Change.NUMBER, Basis.RECORDED)
