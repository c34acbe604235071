"""The plain rules: envelope, origin-median, conservative, preferred."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.testimony import Standing
from claimtrack.domain.value import Hedge, Kind
from claimtrack.estimates.material import Material, Refusal, sort_answers
from claimtrack.estimates.methods import METHODS, estimate
from claimtrack.estimates.origin_median import median_interval
from estimates.questions import answer, material, value, why


def ends(found):
    return found.lower, found.upper


def test_the_envelope_holds_every_answer():
    """From the lowest lower end to the highest upper end, whoever depends on whom."""
    found = estimate("envelope", material(answer("a", 5, 8), answer("b", 20, 30), dependent=("b",)))
    assert ends(found) == (5, 30)
    assert len(found.voices) == 2


def test_an_open_end_leaves_the_envelope_open():
    """More than 200 allows any number above; up to 200 any below."""
    assert ends(estimate("envelope", material(answer("a", 201), answer("b", 5, 8)))) == (5, None)
    assert ends(estimate("envelope", material(answer("a", None, 200)))) == (None, 200)


def test_what_gives_no_number_is_left_out_with_its_reason():
    """The unknown, a denial, a corrected answer and another day do not enter, and are named."""
    told = [
        answer("a", 5, 8, id_="counts"),
        answer("b", said=value(hedge=Hedge.UNKNOWN), id_="nobody-knows"),
        answer("c", 50, 60, denied=True, id_="denies"),
        answer("d", 70, 80, corrected=True, id_="took-back"),
        answer("e", 90, 95, as_of=(10, 10), id_="on-a-day"),
        answer("f", id_="any"),
    ]
    found = estimate("envelope", material(*told))
    assert ends(found) == (5, 8)
    assert why(found) == {
        "nobody-knows": "unknown",
        "denies": "denial",
        "took-back": "corrected",
        "on-a-day": "other_day",
        "any": "no_end",
    }


def test_what_passes_on_a_corrected_answer_is_left_out():
    """The origin does not say so any more; where it says so again the account counts."""
    old = answer("a", 70, 80, corrected=True, id_="old", claim="c")
    carried = answer("a", 70, 80, source="paper", id_="carried", claim="c")
    new = answer("a", 5, 8, id_="new")
    found = estimate("envelope", material(old, carried, new))
    assert (ends(found), why(found)) == ((5, 8), {"old": "corrected", "carried": "withdrawn"})
    again = answer("a", 70, 80, id_="again", claim="c")
    assert ends(estimate("envelope", material(old, carried, new, again))) == (5, 80)
    other = answer("b", 70, 80, source="paper", claim="c")
    assert ends(estimate("envelope", material(old, other, new))) == (5, 80)


def test_where_all_count_as_of_a_day_the_latest_day_enters():
    """A toll as of an earlier day does not, nor does one that nobody dates make it so."""
    old, new = answer("a", 5, 5, as_of=(10, 10)), answer("b", 9, 9, as_of=(12, 12))
    assert ends(estimate("envelope", material(old, new))) == (9, 9)
    unknown = answer("c", said=value(hedge=Hedge.UNKNOWN))
    assert ends(estimate("envelope", material(old, new, unknown))) == (9, 9)


def test_each_independent_origin_has_one_voice_in_the_median():
    """One that is told four times weighs no more than the others, and a dependent one nothing."""
    told = [answer("a", 100, 100) for _ in range(4)]
    told += [answer("b", 10, 10), answer("c", 20, 20), answer("d", 5, 5, id_="copy")]
    found = estimate("origin-median", material(*told, dependent=("d",)))
    assert (*ends(found), found.middle) == (10, 100, (20, 20))
    assert why(found) == {"copy": "dependent"}
    assert found.left_out[0].others == ("A", "B", "C")


def test_an_origin_says_what_all_its_answers_allow():
    """5 to 10 and 8 to 20 are 8 to 10; where nothing is left, all that holds them."""
    found = estimate("origin-median", material(answer("a", 5, 10), answer("a", 8, 20)))
    assert ends(found) == (8, 10)
    apart = estimate("origin-median", material(answer("a", 5, 6), answer("a", 8, 20)))
    assert ends(apart) == (5, 20)


def test_the_middle_is_open_only_where_half_of_the_origins_are():
    """One open end of three leaves the median closed; one of two opens it."""
    three = [answer("a", 201), answer("b", 10, 20), answer("c", 30, 40)]
    found = estimate("origin-median", material(*three))
    assert (*ends(found), found.middle) == (10, None, (30, 40))
    two = estimate("origin-median", material(*three[:2]))
    assert two.middle == (10, None)
    below = [answer("a", None, 200), answer("b", 10, 20), answer("c", 30, 40)]
    assert estimate("origin-median", material(*below)).middle == (10, 40)


spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: tuple(sorted(pair)))


@given(st.lists(st.tuples(spans, st.floats(0, 1)), min_size=1, max_size=7))
def test_the_median_of_any_chosen_numbers_lies_in_the_middle(told):
    """Whatever number each means within its range, their median is in the interval given."""
    lower, upper = median_interval([span for span, _ in told])
    chosen = [low + part * (high - low) for (low, high), part in told]
    assert lower <= median(chosen) + 1e-9
    assert median(chosen) <= upper + 1e-9


def test_conservative_is_the_lowest_lower_end_anybody_names():
    """At least that many; up to 200 supports no number, and is left out."""
    told = [answer("a", 80, 120), answer("b", 201), answer("c", None, 200, id_="up-to")]
    found = estimate("conservative", material(*told))
    assert ends(found) == (80, None)
    assert why(found) == {"up-to": "no_lower_end"}
    assert estimate("conservative", material(told[2])).refusal is Refusal.NO_ANSWERS
    assert ends(estimate("conservative", material(*told, answer("d", 0, 0)))) == (0, None)


def test_preferred_takes_the_first_source_of_the_order_that_answers():
    """What goes back to it counts before what it tells of others."""
    told = [
        answer("agency", 10, 10, source="paper"),
        answer("paper", 20, 20),
        answer("paper", 22, 25),
        answer("office", 90, 90),
    ]
    found = estimate("preferred", material(*told, prefer=("nobody", "paper", "office")))
    assert ends(found) == (20, 25)
    assert set(why(found).values()) == {"not_preferred"}
    relayed = estimate("preferred", material(told[0], told[3], prefer=("paper", "office")))
    assert ends(relayed) == (10, 10)
    none = estimate("preferred", material(*told, prefer=("nobody",)))
    assert none.refusal is Refusal.NONE_PREFERRED
    assert len(none.left_out) == 4


def test_without_an_order_those_with_a_name_are_preferred():
    """Unnamed origins enter only where there are no others."""
    named, unnamed = answer("a", 5, 6), answer("official", 90, 90, anonymous=True)
    found = estimate("preferred", material(named, unnamed))
    assert ends(found) == (5, 6)
    assert list(why(found).values()) == ["unnamed"]
    assert ends(estimate("preferred", material(unnamed))) == (90, 90)


@pytest.mark.parametrize("method", METHODS)
def test_no_method_makes_a_range_of_nothing(method):
    """A question with no number, and one of yes or no, are declined with a reason."""
    nothing = material(answer("b", said=value(hedge=Hedge.UNKNOWN)))
    assert estimate(method, nothing).refusal is not None
    yes = answer("a", said=value(1, 1, Kind.TRUTH_VALUE))
    assert estimate(method, material(yes, kind=Kind.TRUTH_VALUE)).refusal is Refusal.NO_NUMBERS


def test_dates_have_an_envelope_and_no_cautious_count():
    """The earliest day is not the lowest number that is supported."""
    day = answer("a", said=value(700_000, 700_003, Kind.DATE))
    assert ends(estimate("envelope", material(day, kind=Kind.DATE))) == (700_000, 700_003)
    assert estimate("conservative", material(day, kind=Kind.DATE)).refusal is Refusal.NOT_A_SIZE


bound = st.none() | st.integers(0, 40)
answers = st.lists(
    st.builds(
        lambda origin, a, b: answer(
            origin, *((a, b) if None in (a, b) else (min(a, b), max(a, b)))
        ),
        st.sampled_from("abcde"),
        bound,
        bound,
    ),
    max_size=8,
)


@given(answers)
def test_every_answer_enters_or_is_left_out_once(told):
    """Whatever the rule, inputs and exclusions together are the answers, each once."""
    given_ = material(*told, dependent=("c",), prefer=("a",))
    for method in METHODS:
        found = estimate(method, given_)
        entered = [one.assertion for voice in found.voices for one in voice.answers]
        left = [one.answer.assertion for one in found.left_out]
        assert len(entered) == len(set(entered))
        assert not set(entered) & set(left)
        if found.refusal is None:
            assert sorted([*entered, *left]) == sorted(one.assertion for one in told)


@given(answers)
def test_the_envelope_contains_what_the_other_plain_rules_give(told):
    """No rule that only chooses among answers leaves the range that holds them all."""
    given_ = material(*told)
    outer = estimate("envelope", given_)
    for method in ("origin-median", "preferred"):
        found = estimate(method, given_)
        if found.refusal is None and outer.refusal is None:
            assert outer.lower is None or (found.lower is not None and found.lower >= outer.lower)
            assert outer.upper is None or (found.upper is not None and found.upper <= outer.upper)


def test_sorting_keeps_the_order_and_loses_nothing():
    """Counted and left out together are the answers, in their order."""
    told = [answer("a", 1, 1), answer("b"), answer("c", 2, 2)]
    counted, left = sort_answers(told)
    assert [one.origin for one in counted] == ["a", "c"]
    assert [one.answer.origin for one in left] == ["b"]
    assert isinstance(material(*told), Material)
    assert {o.standing for o in material(*told).origins} == {Standing.CERTAIN}
