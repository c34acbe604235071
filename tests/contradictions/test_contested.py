"""What the ends of undated assertions show is what the rules find pair by pair."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.contradictions.cells import bind_each_other
from claimtrack.contradictions.contested import apart_from_any, contest
from claimtrack.contradictions.numbers import Numbers
from claimtrack.contradictions.rules import search, search_beside, search_told
from claimtrack.contradictions.versions import versions
from claimtrack.domain.case import Case, Claim, Groups
from claimtrack.domain.conflict import claims_named, name_of, pair_name, raise_severity
from claimtrack.domain.contest import Span
from claimtrack.domain.value import Kind
from contradictions.cases import METRICS, Said, claim_lists, groups


def spans(claims: list[Claim]) -> list[Span]:
    return [
        Span(at, claim.id, claim.value.lower, claim.value.upper)
        for at, claim in enumerate(claims)
        if not claim.value.is_unknown
    ]


@given(
    st.sampled_from(["killed", "date", "duration", "participation"]).flatmap(
        lambda metric: st.tuples(
            st.just(METRICS[metric].kind),
            claim_lists(metric, size=9, days=(None,), denials=False),
            st.lists(st.integers(1, 4), min_size=9, max_size=9),
        )
    )
)
def test_a_contest_sums_up_what_the_rules_find(
    drawn: tuple[Kind, list[Claim], list[int]],
) -> None:
    """Pairs, versions, the first of the list and who stands in any, by brute force."""
    kind, claims, counts = drawn
    some = spans(claims)
    several = {span.row: counts[span.row] for span in some if counts[span.row] > 1}
    found = search(Case(claims, METRICS)).conflicts
    summed = contest(some, kind, several)
    if not found:
        assert summed is None
        assert apart_from_any(some) == ()
        return
    assert summed is not None
    of = {claim.id: counts[at] for at, claim in enumerate(claims)}
    listed = []
    for one in found:
        below, above = (claim.id for claim in one.claims)
        severity = raise_severity(one.severity, min(of[below], of[above]))
        assert name_of(one.rule, one.claims) == pair_name(below, above)
        listed.append((-severity, -(one.gap or 0), pair_name(below, above)))
    first = -summed.severity, -summed.gap, pair_name(*summed.gravest)
    assert first == min(listed)
    assert (summed.pairs, summed.versions) == (len(found), len(versions(claims, ())))
    inside = {claim.id for one in found for claim in one.claims}
    assert {span.id for span in apart_from_any(some)} == inside
    assert inside == {
        span.id
        for span in some
        if (span.upper is not None and span.upper < summed.highest_lower)
        or (span.lower is not None and span.lower > summed.lowest_upper)
    }


@pytest.mark.parametrize(
    ("ends", "pairs"),
    [
        ([(5, 5), (6, 6)], 1),
        ([(5, 6), (6, 7)], 0),
        ([(None, 5), (6, None)], 1),
        ([(None, None), (None, 5), (5, None)], 0),
        ([(1, 1), (1, 1), (3, 3)], 2),
        ([(1, 1), (2, 2), (9, None), (8, None)], 5),
    ],
)
def test_what_touches_is_not_contested(ends: list[tuple[int | None, int | None]], pairs: int):
    """A hit, the near miss beside it, and open ends, which reach everything on their side."""
    some = [Span(at, f"c{at:012}", *span) for at, span in enumerate(ends)]
    found = contest(some, Kind.COUNT, {})
    assert (found.pairs if found else 0) == pairs


def test_two_are_enough_and_of_equals_the_first_by_id_is_told() -> None:
    """The second ends where the first does, and the fourth begins where the third does."""
    ends = [(None, 5), (4, 5), (9, 9), (9, None)]
    some = [Span(at, f"c{'cabd'[at]:>12}", *span) for at, span in enumerate(ends)]
    assert apart_from_any(some[1:3]) == some[1:3]
    assert apart_from_any(some[:2]) == ()
    found = contest(some, Kind.COUNT, {})
    assert found is not None
    assert found.gravest == (some[1].id, some[2].id)


def test_a_pair_with_more_origins_may_come_first() -> None:
    """The widest pair has one origin a side; a narrower one of many is listed before it."""
    ends = [(10, 10), (12, 12), (98, 98), (100, 100)]
    some = [Span(at, f"c{at:012}", *span) for at, span in enumerate(ends)]
    alone, told_often = contest(some, Kind.COUNT, {}), contest(some, Kind.COUNT, {1: 2, 2: 2})
    assert alone is not None
    assert told_often is not None
    assert alone.gravest == (some[0].id, some[3].id)
    assert told_often.gravest == (some[1].id, some[2].id)
    for only_one_side in ({1: 3}, {0: 3}, {3: 3}):
        assert contest(some, Kind.COUNT, only_one_side) == alone
    unequal = contest(some, Kind.COUNT, {1: 4, 2: 2})
    assert unequal == told_often


@given(st.text("abc234", min_size=12, max_size=12), st.text("abc234", min_size=12, max_size=12))
def test_the_name_of_a_pair_tells_its_claims(below: str, above: str) -> None:
    """From the whole name or its beginning, of which any sign tells of one of the two."""
    name = pair_name("c" + below, "c" + above)
    assert claims_named(name) == ("c" + below, "c" + above)
    assert claims_named(name[:4]) == ("c" + below[:2], "c" + above[:1])
    assert len(name) == 25


SIDES = groups(soldiers="side", contractors="side")
METRICS_APART = ("killed", "wounded", "captured", "casualties", "force_size", "participation")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(METRICS_APART),
            st.sampled_from(["soldiers", "contractors", "side", "z"]),
        ),
        min_size=1,
        max_size=4,
        unique=True,
    ),
    st.data(),
)
def test_where_no_number_binds_another_nothing_is_found_across(
    numbers: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Then all that is found are pairs of undated assertions on one question."""
    said = Said()
    claims = [
        said(*sorted(data.draw(st.tuples(st.integers(0, 1), st.integers(0, 1)))), metric=m, group=g)
        if m == "participation"
        else said(n, n, metric=m, group=g)
        for m, g in numbers
        for n in data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=3))
    ]
    case = Case(claims, METRICS, SIDES)
    if not bind_each_other(Numbers.of(case), frozenset(numbers)):
        assert search_beside(case).conflicts == []
        one_question = [
            c for c in search(case).conflicts if len({x.question for x in c.claims}) > 1
        ]
        assert one_question == []


@pytest.mark.parametrize(
    ("numbers", "bound"),
    [
        ([("killed", "z"), ("wounded", "z")], False),
        ([("killed", "z"), ("casualties", "z")], True),
        ([("killed", "z"), ("killed", "side")], False),
        ([("killed", "soldiers"), ("killed", "side")], True),
        ([("killed", "z"), ("force_size", "z")], True),
        ([("participation", "soldiers"), ("participation", "side")], True),
        ([("date", None), ("duration", None)], False),
    ],
)
def test_which_numbers_bind_each_other(
    numbers: list[tuple[str, str | None]], *, bound: bool
) -> None:
    case = Case((), METRICS, SIDES)
    assert bind_each_other(Numbers.of(case), frozenset(numbers)) is bound


@given(claim_lists("killed", size=8))
def test_what_is_told_is_all_there_is(claims: list[Claim]) -> None:
    """The pairs that are not kept are added when told: nothing doubled, nothing lost."""
    case = Case(claims, METRICS, Groups())
    told = [name_of(one.rule, one.claims) for one in search_told(case).conflicts]
    every = [name_of(one.rule, one.claims) for one in search(case).conflicts]
    assert sorted(told) == sorted(every)
    assert len(set(told)) == len(told)
    assert all(a != b for a, b in combinations(sorted(told), 2))
