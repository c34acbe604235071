"""Sets of three claims and more: what they show, how small they are, and where a search ends."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.contradictions import found_sets
from claimtrack.contradictions.cells import Cells, Grid
from claimtrack.contradictions.found_sets import FoundSets, LimitReached, minimal
from claimtrack.contradictions.rules import search
from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Case, Claim, Groups, Metric, Question
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind
from contradictions.cases import METRICS, Said, apart, conflicts, groups, sets, spans, value

SIDES = groups(contractors="all", syrians="all", wagner="contractors")
APART = apart("contractors", "syrians", within=SIDES)


def count(name: str, *sum_of: str, at_most: str | None = None) -> Metric:
    return Metric(
        name, name, Kind.COUNT, monotone=True, cumulative=True, sum_of=sum_of, at_most=at_most
    )


SUMS = {
    metric.id: metric
    for metric in (
        *map(count, "abcd"),
        count("ab", "a", "b"),
        count("bc", "b", "c"),
        count("ca", "c", "a"),
        count("abc", "a", "b", "c", at_most="room"),
        count("room"),
    )
}


@pytest.fixture
def said() -> Said:
    return Said()


def of(metric: str, lower: int | None, upper: int | None, group: str = "all") -> Claim:
    """Make a claim on one of `SUMS`, named by what it says."""
    of_group = "" if group == "all" else f"{group} "
    told = f"{of_group}{metric} {'' if lower is None else lower}-{'' if upper is None else upper}"
    return Claim(told, Question("day", metric, group), value(Kind.COUNT, lower, upper))


def found(*claims: Claim, within: Groups | None = None) -> list[Conflict]:
    return search(Case(claims, SUMS, within or Groups())).conflicts


def members(*claims: Claim) -> list[set[str]]:
    return [{claim.id for claim in conflict.claims} for conflict in found(*claims)]


def test_sums_that_overlap() -> None:
    """`a + b` is no more than `a` and `b + c` together."""
    made = [of("ab", 5, None), of("a", None, 2), of("bc", None, 2)]
    assert members(*made) == [{claim.id for claim in made}]
    assert members(of("ab", 4, None), *made[1:]) == []
    assert members(*made[:2], of("bc", None, 3)) == []


def test_overlapping_sums_inside_the_sum_of_all() -> None:
    """`a + b` lies in `a + b + c`, though nobody declared it."""
    made = [of("ab", 5, None), of("abc", None, 4)]
    assert [(c.rule, c.gap) for c in found(*made)] == [("sum", 1)]
    assert members(of("ab", 4, None), made[1]) == []


def test_a_sum_and_a_part_outside_it() -> None:
    """`a + b` and `c` share nobody."""
    made = [of("ab", 5, None), of("c", 3, None), of("abc", None, 7)]
    assert [(c.rule, c.gap) for c in found(*made)] == [("sum", 1)]
    assert members(*made[:2], of("abc", None, 8)) == []


def test_overlapping_sums_and_a_limit() -> None:
    """`a + b` never exceeds what limits `a + b + c`, and that is a capacity."""
    assert [(c.rule, c.gap) for c in found(of("ab", 5, None), of("room", None, 4))] == [
        ("capacity", 1)
    ]


def test_sums_that_share_a_part_do_not_add_up() -> None:
    """`a + b` and `b + c` may both be `b`."""
    assert members(of("ab", 5, None), of("bc", 5, None), of("abc", None, 5)) == []


def test_a_claim_that_is_needed_twice() -> None:
    """Three sums of two parts hold each part twice: twice the sum of all limits them."""
    made = [of("ab", 4, None), of("bc", 4, None), of("ca", 4, None), of("abc", None, 5)]
    (conflict,) = found(*made)
    assert (conflict.rule, conflict.gap, conflict.severity) == ("sum", 2, 2 / 12)
    assert {(t.claim, t.is_upper, t.bound, t.times) for t in conflict.terms} == {
        ("ab 4-", False, 4, 1),
        ("bc 4-", False, 4, 1),
        ("ca 4-", False, 4, 1),
        ("abc -5", True, 5, 2),
    }
    assert len(conflict.claims) == 4
    assert members(*made[:3], of("abc", None, 6)) == []


def test_a_limit_that_is_needed_twice_is_a_capacity() -> None:
    """The same by way of a limit bears the name of the limit."""
    made = [of("ab", 4, None), of("bc", 4, None), of("ca", 4, None), of("room", None, 5)]
    assert [(c.rule, c.gap) for c in found(*made)] == [("capacity", 2)]


def test_one_limit_among_sums_is_a_capacity(said: Said) -> None:
    """A force and the losses of another, more than the force of all: named by the limit."""
    made = [
        said(60, 60, metric="force_size", group="west"),
        said(50, 50, metric="casualties", group="east"),
        said(100, 100, metric="force_size", group="all"),
    ]
    assert sets(*made, within=BOTH) == {("capacity", "c0001 c0002 c0003", 10)}
    assert sets(*made[:2], said(110, 110, metric="force_size", group="all"), within=BOTH) == set()


def test_what_does_not_add_up_does_not_hide_what_does(said: Said) -> None:
    """Claims on days and truth before the others are passed over, and the others looked at."""
    made = [
        said(1, 1, metric="participation"),
        said(60, 60),
        said(50, 50, metric="wounded"),
        said(100, 100, metric="casualties"),
    ]
    assert sets(*made) == {("sum", "c0002 c0003 c0004", 10)}


def test_a_pair_makes_the_sets_that_hold_it_needless(said: Said) -> None:
    """Of a pair and a set of three that holds it only the pair is minimal."""
    one, two, three = said(1, 1), said(2, 2), said(3, 3)
    pair, larger = Conflict("sum", (one, two)), Conflict("sum", (one, two, three))
    assert minimal([larger, pair]) == [pair]


def test_as_many_claims_as_a_set_may_have() -> None:
    """A whole and its disjoint groups are found up to the size of a set, and not beyond it."""
    most = found_sets.MAX_MEMBERS - 1
    for size, expected in ((most, 1), (most + 1, 0)):
        names = [f"unit{at}" for at in range(size)]
        within = apart(*names, within=groups(**dict.fromkeys(names, "all")))
        made = [of("a", 20, 20, group=name) for name in names]
        assert len(found(*made, of("a", None, 20 * size - 1), within=within)) == expected


def test_terms_and_severity(said: Said) -> None:
    """The sum that shows a conflict, its gap, and the gap by what the parts make at least."""
    made = [said(80, None), said(90, 110, group="syrians"), said(90, 110, group="all")]
    (conflict,) = conflicts(*made, within=APART)
    assert conflict.gap == 60
    assert conflict.severity == pytest.approx(60 / 170)
    told = [(t.claim, t.is_upper, t.bound, t.times) for t in conflict.terms]
    assert told == [
        ("c0003", True, 110, 1),
        ("c0002", False, 90, 1),
        ("c0001", False, 80, 1),
    ]


def test_severity_of_a_total_that_is_too_large(said: Said) -> None:
    """Where the parts are too few the gap stands to the total."""
    made = [said(100, None, metric="casualties")]
    made += [said(None, 10, metric=m) for m in ("killed", "wounded", "captured", "missing")]
    (conflict,) = conflicts(*made)
    assert conflict.severity == pytest.approx(60 / 100)


def test_nothing_where_all_is_nought(said: Said) -> None:
    """A total of none beside parts of none is no conflict, nor are parts of none a sum."""
    made = [said(0, 0), said(0, 0, metric="wounded"), said(0, 0, metric="casualties")]
    assert sets(*made) == set()


def test_one_against_nought_is_a_pair(said: Said) -> None:
    """One killed beside no casualties is told by the pair alone."""
    made = [said(1, 1), said(1, 1, metric="wounded"), said(0, 0, metric="casualties")]
    assert sets(*made) == {("sum", "c0001 c0003", 1), ("sum", "c0002 c0003", 1)}


def test_a_set_that_holds_a_pair_is_left_out(said: Said) -> None:
    """Where two of three clash by themselves the third adds nothing."""
    made = [said(120, 120), said(60, 60, metric="wounded"), said(100, 100, metric="casualties")]
    assert sets(*made) == {("sum", "c0001 c0003", 20)}


def test_a_set_that_holds_a_smaller_set_is_left_out(said: Said) -> None:
    """Where three of four cannot hold, the fourth adds nothing."""
    made = [
        said(60, 60),
        said(60, 60, metric="wounded"),
        said(60, 60, metric="captured"),
        said(100, 100, metric="casualties"),
    ]
    assert {ids for _, ids, _ in sets(*made)} == {
        "c0001 c0002 c0004",
        "c0001 c0003 c0004",
        "c0002 c0003 c0004",
    }


def test_two_claims_on_one_number_do_not_add_up(said: Said) -> None:
    """Two who tell of 60 killed tell of the same."""
    made = [said(60, 60), said(60, 70), said(100, 100, metric="casualties")]
    assert sets(*made) == set()


def test_dates_and_truths_do_not_add_up(said: Said) -> None:
    """Days and truth values of disjoint groups are no numbers that add up."""
    made = [
        said(1, 1, metric="participation"),
        said(1, 1, metric="participation", group="syrians"),
        said(1, 1, metric="participation", group="all"),
    ]
    assert sets(*made, within=APART) == set()


def many(said: Said, times: int) -> list[Claim]:
    """Make sets of three by the square of `times`, and two pairs."""
    made = [said(60 + at, None) for at in range(times)]
    made += [said(60 + at, None, metric="wounded") for at in range(times)]
    return [
        *made,
        said(None, 119, metric="casualties"),
        said(7, 7, metric="distance"),
        said(9, 9, metric="distance"),
        said(500, None, metric="captured"),
    ]


def covered(said: Said) -> list[Claim]:
    return [
        said(100, 100, metric="casualties"),
        *(said(None, 10, metric=m) for m in ("killed", "wounded", "captured", "missing")),
        said(7, 7, metric="distance"),
        said(9, 9, metric="distance"),
    ]


SENTENCE = (
    "not all sets of three claims and more were searched: the limit of {:,} steps or {:,} sets"
    " was reached"
)


def rules_and_sizes(outcome_of: list[Claim]) -> list[tuple[str, int]]:
    outcome = search(Case(outcome_of, METRICS))
    return sorted((c.rule, len(c.claims)) for c in outcome.conflicts)


def test_no_limit_no_sentence(said: Said) -> None:
    """A search that went to its end says nothing."""
    outcome = search(Case(many(said, 5), METRICS))
    assert outcome.stopped is None
    assert sum(len(c.claims) == 3 for c in outcome.conflicts) == 25


@pytest.mark.parametrize("make", [lambda said: many(said, 5), covered], ids=["packed", "covered"])
def test_limit_of_steps(said: Said, make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that runs out of steps says so and gives all pairs."""
    claims = make(said)
    pairs = [row for row in rules_and_sizes(claims) if row[1] == 2]
    monkeypatch.setattr(found_sets, "MAX_STEPS", 0)
    outcome = search(Case(claims, METRICS))
    assert outcome.stopped == SENTENCE.format(0, found_sets.MAX_FOUND)
    assert rules_and_sizes(claims) == pairs
    assert pairs


def test_what_was_found_before_the_limit_stands(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sets found before the limit of sets was reached are kept."""
    claims = many(said, 5)
    monkeypatch.setattr(found_sets, "MAX_FOUND", 7)
    outcome = search(Case(claims, METRICS))
    assert outcome.stopped == SENTENCE.format(found_sets.MAX_STEPS, 7)
    larger = [c for c in outcome.conflicts if len(c.claims) > 2]
    assert len(larger) == 7
    assert ("disjoint", 2) in rules_and_sizes(claims)


def test_limits_as_they_are(said: Said) -> None:
    """More sets than the limit allows are cut off there, and that is told."""
    outcome = search(Case(many(said, 50), METRICS))
    assert outcome.stopped == SENTENCE.format(found_sets.MAX_STEPS, 2000)
    assert sum(len(c.claims) == 3 for c in outcome.conflicts) == 2000


@st.composite
def events(draw: st.DrawFn) -> list[Claim]:
    made = []
    for at in range(draw(st.integers(3, 9))):
        lower, upper = draw(spans(0, 9))
        metric = draw(st.sampled_from(sorted(SUMS)))
        group = draw(st.sampled_from(["all", "east", "west"]))
        question = Question("day", metric, group)
        made.append(Claim(f"c{at}", question, value(Kind.COUNT, lower, upper)))
    return made


BOTH = apart("east", "west", within=groups(east="all", west="all"))


@settings(max_examples=150, deadline=None)
@given(events())
def test_sets_are_minimal_and_their_sums_right(claims: list[Claim]) -> None:
    """No set holds another, and each sum is made of its claims' own ends and comes out."""
    listed = found(*claims, within=BOTH)
    for one, other in combinations([{c.id for c in conflict.claims} for conflict in listed], 2):
        assert not one <= other
        assert not other <= one
    for conflict in listed:
        assert bool(conflict.terms) is (len(conflict.claims) > 2)
        if conflict.terms:
            check_sum(conflict)
    severities = [conflict.severity for conflict in listed]
    assert all(0 < severity <= 1 for severity in severities)


def check_sum(conflict: Conflict) -> None:
    by_id = {claim.id: claim for claim in conflict.claims}
    assert {term.claim for term in conflict.terms} == by_id.keys()
    for term in conflict.terms:
        span = allowed(by_id[term.claim])
        assert span is not None
        assert term.bound == span[1 if term.is_upper else 0]
        assert term.times > 0
    lows = sum(t.bound * t.times for t in conflict.terms if not t.is_upper)
    highs = sum(t.bound * t.times for t in conflict.terms if t.is_upper)
    assert conflict.gap == lows - highs > 0
    assert conflict.severity == pytest.approx(conflict.gap / lows)


def test_steps_up_to_the_limit(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many steps as the limit allows pass, the next one does not."""
    monkeypatch.setattr(found_sets, "MAX_STEPS", 3)
    found = FoundSets(Cells.of(Case([said(1, 1)], METRICS)))
    for _ in range(3):
        found.step()
    with pytest.raises(LimitReached):
        found.step()


def test_the_first_of_equal_sets_is_kept(said: Said) -> None:
    """A set found twice is one, by the rule that found it first."""
    made = (said(1, 1), said(2, 2), said(3, 3))
    first, second = Conflict("sum", made), Conflict("capacity", made)
    assert minimal([first, second]) == [first]


def test_one_large_part_does_not_make_room_for_more_claims() -> None:
    """A whole and five parts are six claims, whatever their sizes."""
    names = [f"unit{at}" for at in range(5)]
    within = apart(*names, within=groups(**dict.fromkeys(names, "all")))
    made = [
        of("a", size, size, group=name) for name, size in zip(names, [60, *[10] * 4], strict=True)
    ]
    assert found(*made, of("a", None, 99), within=within) == []
    assert len(found(*made[:4], of("a", None, 89), within=within)) == 1


def test_two_limits_that_disjoint_groups_exceed_together() -> None:
    """Six and six of either kind, apart, are more than six of the one and five of the other."""
    within = apart("east", "west", within=groups(east="all", west="all"))
    low = [of("ab", 6, None, group=group) for group in ("east", "west")]
    high = [of("a", None, 6), of("b", None, 5)]
    assert [c.gap for c in found(*low, *high, within=within)] == [1]
    assert found(*low, of("a", None, 7), of("b", None, 5), within=within) == []


def uncovered(lowers: list[Claim], uppers: list[Claim], within: Groups) -> bool:
    case = Case([*lowers, *uppers], SUMS, within)
    grid = Grid(Cells.of(case))
    place = {question: at for at, (question, _) in enumerate(grid.cells)}
    sides = ([place[claim.question] for claim in side] for side in (lowers, uppers))
    return grid.uncovered(*sides) is not None


def test_whoever_may_be_in_two_groups_is_counted_twice() -> None:
    """East and west share nobody, but a medic may be of the east: three lower ends, one cover."""
    within = apart("east", "west", within=groups(east="all", west="all", medics="all"))
    made = [of("a", 4, None, group=group) for group in ("east", "west", "medics")]
    whole = [of("a", None, 11)]
    assert uncovered(made, whole, within)
    assert not uncovered(made[:2], whole, within)
