"""What of an account is fair, and what it made another thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.finding import Change
from claimtrack.findings.fairness import change
from findings.record import SCALE, say


def changed(own, told, **both):
    """Compare words with words, on one question unless a side says otherwise."""
    sides = [said if isinstance(said, dict) else {"value": said} for said in (own, told)]
    statements = [say(who, **(both | side)) for who, side in zip("ab", sides, strict=True)]
    return change(*statements, SCALE)


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("about 100", "more than 200"),
        ("about 100", "more than 100"),
        ("up to 200", "200"),
        ("at least 200", "200"),
        ("more than 200", "more than 300"),
        ("up to 200", "up to 150"),
        ("up to 100", "at least 50"),
        ("103", "100"),
        ("200 to 300", "about 300"),
        ("80 to 120", "100 to 150"),
        ("about 100", "about 120"),
        ("about 100", "about 111"),
        ("more than 200", "200"),
        ("fewer than 200", "200"),
        ("more than 200", "more than 202"),
        ("at least 50", "up to 100"),
        ("dozens", "several hundred"),
    ],
)
def test_another_number(own, told):
    """Numbers that cannot both hold, a bound that is turned or moved, a rounding untold."""
    assert changed(own, told) is Change.NUMBER


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("103", "around 100"),
        ("103", "103"),
        ("103", "more than 100"),
        ("250", "at least 200"),
        ("57", "dozens"),
        ("more than 200", "at least 200"),
        ("at least 200", "more than 200"),
        ("fewer than 200", "up to 200"),
        ("up to 200", "fewer than 200"),
        ("more than 200", "more than 201"),
        ("about 100", "some 100"),
        ("about 100", "about 110"),
        ("about 100", "nearly 100"),
        ("nearly 100", "about 100"),
        ("80 to 120", "about 100"),
        ("200 to 300", "hundreds"),
        ("more than 200", "more than 100"),
        ("unknown", "unknown"),
        (0, "none"),
    ],
)
def test_a_fair_account(own, told):
    """What the source's words entail, and the same amount in other words, is let pass."""
    assert changed(own, told) is None


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("about 100", "100"),
        ("about 100", "95"),
        ("dozens", "about 60"),
        ("dozens", "40 to 50"),
        ("200 to 300", "250"),
        ("unknown", "100"),
    ],
)
def test_a_hedge_lost(own, told):
    """A bare number for a hedged one, a number for vague words or for none."""
    assert changed(own, told) is Change.HEDGE


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("200", "up to 200"),
        ("103", "more than 10"),
        ("250", "at least 199"),
        ("about 100", "up to 200"),
        ("100", "unknown"),
    ],
)
def test_a_hedge_added(own, told):
    """The floor taken away, or left far behind."""
    assert changed(own, told) is Change.HEDGE


def test_a_bound_that_was_open_may_stay_open():
    """No floor is lost where the source gave none, and none is far from an open end."""
    assert changed("up to 200", "up to 300") is None
    assert changed("more than 200", "at least 20") is None


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"value": True, "denied": True}, {"value": True}),
        ({"value": True}, {"value": True, "denied": True}),
        ({"value": True}, {"value": False}),
    ],
)
def test_a_denial_turned_round(own, told):
    """What is denied is asserted, or the reverse, or yes becomes no."""
    assert changed(own, told, metric="participation") is Change.STANCE


def test_denials_of_numbers():
    """A denial told as what it leaves is fair; told as an assertion of a number it is not."""
    denied = {"value": "20 or more", "denied": True}
    assert changed(denied, "fewer than 20") is None
    assert changed(denied, denied) is None
    assert changed(denied, "about 25") is Change.STANCE
    assert changed(denied, "10") is Change.STANCE
    assert changed(denied, "up to 30") is None
    assert changed("fewer than 20", denied) is None
    assert changed("25", denied) is Change.STANCE


def test_denials_that_deny_more():
    """A denial of more than was denied is another number; of less, it is entailed."""
    less, more = ({"value": f"{n} or more", "denied": True} for n in (20, 10))
    assert changed(less, more) is Change.NUMBER
    assert changed(more, less) is None


def test_a_denial_of_false_is_an_assertion():
    """To deny "no" is to say "yes": nothing is turned round."""
    assert changed({"value": False, "denied": True}, True, metric="participation") is None


@pytest.mark.parametrize(
    ("own", "told", "what"),
    [
        ("killed", "wounded", "100"),
        ("killed", "casualties", "100"),
        ("casualties", "killed", "100"),
        ("casualties", "killed", "at least 100"),
        ("killed", "casualties", "up to 100"),
        ("wounded", "killed", "more than 100"),
    ],
)
def test_another_metric(own, told, what):
    """Killed told as wounded, or as all casualties, and the reverse."""
    sides = ({"value": what, "metric": own}, {"value": what, "metric": told})
    assert changed(*sides) is Change.METRIC


def test_a_sum_is_at_least_its_part():
    """A floor of a part is one of the sum; a ceiling of the sum is one of every part."""
    killed, casualties = {"metric": "killed"}, {"metric": "casualties"}
    assert changed(killed | {"value": "100"}, casualties | {"value": "at least 100"}) is None
    assert changed(killed | {"value": "100"}, casualties | {"value": "at least 101"}) is not None
    assert changed(casualties | {"value": "100"}, killed | {"value": "up to 100"}) is None
    assert changed(casualties | {"value": "100"}, killed | {"value": "up to 99"}) is not None
    assert changed(killed | {"value": 100}, {"metric": "losses", "value": "at least 100"}) is None


def test_a_number_is_no_account_of_a_yes():
    """Where one counts and the other answers yes or no, there is nothing to compare."""
    assert changed("100", {"value": True, "metric": "participation"}) is None


@pytest.mark.parametrize(
    ("own", "told", "what"),
    [
        ("russians", "contractors", "100"),
        ("contractors", "russians", "100"),
        ("contractors", "syrians", "100"),
        ("russians", "contractors", "at least 100"),
        ("contractors", "russians", "up to 100"),
        ("syrians", "contractors", "at least 100"),
    ],
)
def test_another_group(own, told, what):
    """The whole told as a part, a part as the whole, one part as another."""
    assert changed({"value": what, "of": own}, {"value": what, "of": told}) is Change.GROUP


def test_a_whole_is_at_least_its_part():
    """At least so many of a part are at least so many in all, through any depth."""
    part = {"of": "contractors"}
    for whole in ("russians", "all"):
        assert changed(part | {"value": "100"}, {"of": whole, "value": "at least 100"}) is None
        assert changed({"of": whole, "value": "100"}, part | {"value": "up to 100"}) is None
        assert changed({"of": whole, "value": "none"}, part | {"value": "none"}) is None
    larger = {"of": "all", "metric": "casualties", "value": "at least 100"}
    assert changed(part | {"value": "100"}, larger) is None


def test_parts_tell_nothing_where_the_metric_says_so():
    """The lowest rank of a part is no floor for the whole."""
    sides = ({"value": "5", "of": "contractors"}, {"value": "at least 5", "of": "russians"})
    assert changed(*sides, metric="rank") is Change.GROUP


def test_one_metric_that_grows_with_the_group_is_enough():
    """Those killed of a part are among the losses of the whole; of ranks and captives who knows."""
    whole = {"of": "russians", "metric": "losses", "value": "at least 100"}
    assert changed({"value": "100", "metric": "killed"}, whole) is None
    assert changed({"value": "100", "metric": "captured"}, whole) is Change.METRIC
    part = {"value": "up to 100", "metric": "killed"}
    assert changed(whole | {"value": "100"}, part) is None


def test_the_denial_of_a_middle_tells_nothing_of_others():
    """Not 20 to 30 of one group leaves every number of another open."""
    middle = {"value": "20 to 30", "denied": True, "of": "russians"}
    assert changed(middle, "at least 50") is Change.GROUP
    assert changed("50", middle | {"of": "all"}) is Change.GROUP


def test_an_answer_about_another_group():
    """What the whole used is not what a part used."""
    sides = ({"value": "drone", "of": "russians"}, {"value": "drone"})
    assert changed(*sides, metric="weapon") is Change.GROUP


def test_a_part_that_took_part():
    """Where contractors took part, Russians did; where Russians did not, contractors did not."""
    part, whole = {"of": "contractors"}, {"of": "russians"}
    both = {"metric": "participation"}
    assert changed(part | {"value": True}, whole | {"value": True}, **both) is None
    assert changed(whole | {"value": True}, part | {"value": True}, **both) is Change.GROUP
    assert changed(whole | {"value": False}, part | {"value": False}, **both) is None
    assert changed(part | {"value": False}, whole | {"value": False}, **both) is Change.GROUP
    no = {"value": True, "denied": True}
    assert changed(whole | no, part | no, **both) is None


def test_another_answer():
    """Categories differ by more than the case of their letters, or not at all."""
    assert changed("drone", "tank", metric="weapon") is Change.ANSWER
    assert changed("drone", "Drone ", metric="weapon") is None


@pytest.mark.parametrize(
    ("own", "told", "expected"),
    [
        ("2018-02-07", "2018-02", None),
        ("2018-02-07", "2018-02-08", Change.NUMBER),
        ("2018-02", "2018-02-07", Change.HEDGE),
        ("2018-02-07/2018-02-10", "2018-02-09/2018-02-12", Change.NUMBER),
        ("2018-02-07", "2018-02-01/..", None),
        ("2018-02-07", "../2018-02-07", Change.HEDGE),
    ],
)
def test_dates(own, told, expected):
    """A wider date is fair; a day for a month says more; other days are another date."""
    assert changed(own, told, metric="date", of=None) is expected


def test_measures():
    """A measure may be told hedged, not the reverse."""
    sure, hedged = "3 hours", "about 3 hours"
    assert changed(sure, hedged, metric="duration") is None
    assert changed("about 10 hours", "10 hours", metric="duration") is Change.HEDGE
    assert changed(sure, "5 hours", metric="duration") is Change.NUMBER
    assert changed("at least 3 hours", "more than 4 hours", metric="duration") is Change.NUMBER


def test_what_cannot_be_compared_is_let_pass():
    """Other events, tolls as of different days, a group beside the event itself."""
    assert changed("100", {"value": "300", "event": "another"}) is None
    later = {"value": "300", "as_of": "2018-02-20"}
    assert changed({"value": "100", "as_of": "2018-02-10"}, later) is None
    assert changed(later, {"value": "100", "as_of": "2018-02-20"}) is Change.NUMBER
    assert changed({"value": "100", "of": None}, "200") is None
    assert changed("100", {"value": "200", "of": None}) is None


def test_an_unknown_of_another_question_is_let_pass():
    """Not to know of one group is no statement about another."""
    assert changed({"value": "unknown", "of": "russians"}, "100") is None


@given(st.integers(0, 9999), st.integers(1, 9999))
def test_entailed_bounds_near_the_number_are_fair(number, below):
    """A floor below a number is fair until more than a fifth of it is given up."""
    floor = max(0, number - below)
    expected = None if 5 * (number - floor) <= number else Change.HEDGE
    told = {"value": {"min": floor}}
    assert changed({"value": number}, told) is expected


@given(st.integers(1, 500), st.integers(1, 500))
def test_a_number_is_fair_to_itself_alone(one, other):
    """Bare numbers are told as they are, or they are others."""
    assert changed(one, other) is (None if one == other else Change.NUMBER)
