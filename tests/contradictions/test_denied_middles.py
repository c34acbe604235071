"""Denied middles: a denial that leaves two sides, both shut by several claims together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from claimtrack.contradictions import denied_middles, found_sets
from claimtrack.contradictions.denied_middles import find_with_denied_middles
from claimtrack.contradictions.larger_sets import find_larger_sets
from claimtrack.contradictions.rules import search
from claimtrack.domain.case import Case, Claim
from claimtrack.domain.conflict import Conflict
from contradictions.cases import DAY, METRICS, Said, apart, conflicts, groups, sets

SIDES = groups(contractors="all", syrians="all")


@pytest.fixture
def said() -> Said:
    return Said()


def test_two_claims_that_meet_only_in_the_denied_middle(said: Said) -> None:
    """1 to 5, 4 to 9 and not 4 to 5: any two can hold, all three cannot."""
    made = [said(1, 5), said(4, 9), said(4, 5, denied=True)]
    assert sets(*made) == {("denial", "c0001 c0002 c0003", 1)}


@pytest.mark.parametrize(
    ("one", "other", "denied"),
    [
        ((1, 6), (4, 9), (4, 5)),
        ((1, 5), (3, 9), (4, 5)),
        ((1, 6), (4, 9), (5, 6)),
        ((None, 6), (4, None), (4, 5)),
    ],
)
def test_one_number_left(said: Said, one, other, denied) -> None:
    """Where one number that fits all is not denied they are let pass."""
    assert sets(said(*one), said(*other), said(*denied, denied=True)) == set()


def test_severity(said: Said) -> None:
    """A denied middle is as grave as the nearer way out of it is far, by its upper end."""
    (found,) = conflicts(said(1, 26), said(22, 99), said(20, 30, denied=True))
    assert [claim.id for claim in found.claims] == ["c0001", "c0003", "c0002"]
    assert (found.gap, found.terms) == (3, ())
    assert found.severity == pytest.approx(3 / 30)
    (found,) = conflicts(said(1, 28), said(26, 99), said(20, 30, denied=True))
    assert found.gap == 3


def test_a_pair_is_left_to_the_denial_rule(said: Said) -> None:
    """A claim that lies in the denied middle by itself needs no third."""
    made = [said(4, 4), said(1, 9), said(4, 5, denied=True)]
    assert sets(*made) == {("denial", "c0001 c0003", 1)}


def test_a_denied_middle_beside_a_clash(said: Said) -> None:
    """Claims that clash by themselves need no denial, and no set holds the pair."""
    made = [said(1, 3), said(6, 9), said(4, 5, denied=True)]
    assert sets(*made) == {("disjoint", "c0001 c0002", 3)}


def test_two_denials_one_in_the_other(said: Said) -> None:
    """Two denials that each shut the middle make two sets, not one of four."""
    made = [said(1, 5), said(4, 9), said(4, 5, denied=True), said(3, 6, denied=True)]
    assert {ids for _, ids, _ in sets(*made)} == {"c0001 c0002 c0003", "c0001 c0002 c0004"}


def test_two_denials_that_shut_together(said: Said) -> None:
    """Neither denial shuts 3 to 8 alone; together with one claim they do."""
    made = [said(3, 8), said(3, 5, denied=True), said(6, 8, denied=True)]
    assert sets(*made) == {("denial", "c0001 c0002 c0003", 1)}
    assert sets(*made[:2], said(7, 8, denied=True)) == set()


def test_through_groups(said: Said) -> None:
    """A part shuts the lower side of a denied whole, another claim the upper."""
    made = [
        said(25, None),
        said(None, 28, group="all"),
        said(20, 30, denied=True, group="all"),
    ]
    assert sets(*made, within=SIDES) == {("denial", "c0001 c0002 c0003", 3)}
    assert sets(*made) == set()


def test_through_sums(said: Said) -> None:
    """Killed and wounded together shut the lower side of denied casualties."""
    made = [
        said(12, 12),
        said(13, 13, metric="wounded"),
        said(None, 28, metric="casualties"),
        said(20, 30, denied=True, metric="casualties"),
    ]
    assert sets(*made) == {("denial", "c0001 c0002 c0003 c0004", 3)}


def test_denied_part(said: Said) -> None:
    """Not 20 to 30 killed: over 30 are more than the casualties, under 20 too few."""
    made = [
        said(20, 30, denied=True),
        said(None, 30, metric="casualties"),
        said(20, None, group="wagner"),
    ]
    within = groups(wagner="contractors")
    assert sets(*made, within=within) == {("denial", "c0001 c0002 c0003", 1)}


def test_no_more_claims_than_a_set_may_have(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A denied middle with as many claims as a set may have is found, with one more not."""
    for size, expected in ((found_sets.MAX_MEMBERS - 2, 1), (found_sets.MAX_MEMBERS - 1, 0)):
        names = [f"unit{at}" for at in range(size)]
        within = apart(*names, within=groups(**dict.fromkeys(names, "all")))
        made = [said(20, 20, group=name) for name in names]
        made += [said(None, 20 * size + 4, group="all")]
        made += [said(20 * size - 5, 20 * size + 5, group="all", denied=True)]
        larger = [c for c in conflicts(*made, within=within) if c.rule == "denial"]
        assert len(larger) == expected


def test_other_days(said: Said) -> None:
    """A toll that is denied of one day may be reached on another."""
    made = [said(1, 5, as_of=DAY), said(4, 9, as_of=DAY), said(4, 5, denied=True, as_of=DAY)]
    assert sets(*made) == {("denial", "c0001 c0002 c0003", 1)}
    of_another_day = said(4, 5, denied=True, as_of=DAY + 1)
    assert sets(*made[:2], of_another_day) == set()


def test_denied_days(said: Said) -> None:
    """Days are denied as numbers are."""
    made = [
        said(DAY, DAY + 2, metric="date"),
        said(DAY + 1, DAY + 3, metric="date"),
        said(DAY + 1, DAY + 2, metric="date", denied=True),
    ]
    assert sets(*made) == {("denial", "c0001 c0002 c0003", 1)}


def test_categories_have_no_middle(said: Said) -> None:
    """The denial of one category leaves all others."""
    made = [
        said(metric="weapon", category="tank", denied=True),
        said(metric="weapon", category="drone"),
        said(metric="weapon", category="mortar", denied=True),
    ]
    assert sets(*made) == set()


def test_unknown_beside_a_denied_middle(said: Said) -> None:
    """The unknown shuts neither side."""
    made = [said(1, 5), said(unknown=True), said(4, 5, denied=True)]
    assert sets(*made) == set()


def test_limit_in_the_search_of_sides(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that only the search of both sides meets is told as well."""
    made = [
        said(60, 60, metric="wounded"),
        said(50, 70, denied=True),
        said(100, 100, metric="casualties"),
    ]
    assert search(Case(made, METRICS)).stopped is None
    monkeypatch.setattr(found_sets, "MAX_STEPS", 20)
    plain = search(Case([made[0], made[2]], METRICS))
    assert plain.stopped is None
    assert search(Case(made, METRICS)).stopped is not None


def test_sets_without_a_denied_middle_are_left_to_the_other_search(said: Said) -> None:
    """One denied middle beside a sum that does not add up: it has no part in that set."""
    made = [
        said(60, 60),
        said(60, 60, metric="wounded"),
        said(100, 100, metric="casualties"),
        said(5, 6, metric="captured", denied=True),
    ]
    assert find_with_denied_middles(Case(made, METRICS)) == ([], None)
    assert find_larger_sets(Case(made[:3], METRICS))[0]


def test_a_claim_in_one_denied_middle_beside_another(said: Said) -> None:
    """4 lies in "not 3 to 5" by itself, so no set holds both, whatever another denial shuts."""
    made = [said(4, 4), said(2, 6), said(3, 5, denied=True), said(5, 7, denied=True)]
    assert {ids for _, ids, _ in sets(*made)} == {"c0001 c0003"}


def counted(claims: list[Claim], monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Count the looks that a search takes, and the sets with a denied middle that it finds."""
    begun: list[denied_middles._Joining] = []
    begin = denied_middles._Joining.begin

    def counting(self: denied_middles._Joining, pairs: Iterable[Conflict]) -> None:
        begun.append(self)
        begin(self, pairs)

    monkeypatch.setattr(denied_middles._Joining, "begin", counting)
    found, stopped = find_with_denied_middles(Case(claims, METRICS))
    assert stopped is None
    return begun[0].looks, len(found)


@pytest.mark.parametrize(("beside", "looks"), [(100, 600), (800, 4_100)])
def test_work_grows_with_the_numbers(
    said: Said, monkeypatch: pytest.MonkeyPatch, beside: int, looks: int
) -> None:
    """Numbers that lie beyond a denial take a look at each side of it, and join nothing."""
    made = [said(n, n + 5) for n in range(1000, 1000 + 10 * beside, 10)]
    made += [said(n, n + 4, denied=True) for n in range(100, 105)]
    made += [said(90, 102), said(101, 120)]
    assert counted(made, monkeypatch) == (looks, 2)


def test_work_grows_with_the_numbers_in_the_middle(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number that lies in what is denied takes two looks at each side and joins nothing.

    One more look is at both sides, which shut each other.
    """
    made = [said(n, n) for n in range(100, 200)]
    assert counted([*made, said(90, 210, denied=True)], monkeypatch) == (401, 0)


def test_a_clash_among_what_would_be_joined(said: Said) -> None:
    """Two claims shut either side, and two of the four clash: they need no denial."""
    of_two = replace(METRICS["casualties"], sum_of=("killed", "wounded"))
    made = [
        said(16, None),
        said(9, None, metric="wounded"),
        said(None, 7),
        said(None, 22, metric="wounded"),
        said(20, 30, denied=True, metric="casualties"),
    ]
    assert find_with_denied_middles(Case(made, METRICS | {"casualties": of_two})) == ([], None)


def test_limit_of_looks(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit of the search with denials is told, as are the pairs."""
    made = [said(1, 5), said(4, 9), said(4, 5, denied=True), said(7, 9)]
    assert search(Case(made, METRICS)).stopped is None
    monkeypatch.setattr(denied_middles, "MAX_LOOKS", 3)
    outcome = search(Case(made, METRICS))
    assert outcome.stopped == (
        "not all sets of three claims and more with a denial were searched: the limit of 3 looks"
        " or 2,000 sets was reached"
    )
    assert [conflict.rule for conflict in outcome.conflicts] == ["disjoint"]


def test_as_many_looks_as_the_limit_allows(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that needs the limit to the last look is whole, and one look less is not."""
    case = Case([said(1, 5), said(4, 9), said(4, 5, denied=True)], METRICS)
    looks, found = counted(list(case.claims), monkeypatch)
    assert found == 1
    monkeypatch.setattr(denied_middles, "MAX_LOOKS", looks)
    assert find_with_denied_middles(case)[1] is None
    monkeypatch.setattr(denied_middles, "MAX_LOOKS", looks - 1)
    assert find_with_denied_middles(case)[1] is not None


def test_limit_of_sets(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many sets as the limit allows are found, the next one is not searched."""
    made = [said(1, 5), said(2, 5), said(4, 9), said(4, 10), said(4, 5, denied=True)]
    monkeypatch.setattr(found_sets, "MAX_FOUND", 4)
    found, stopped = find_with_denied_middles(Case(made, METRICS))
    assert (len(found), stopped) == (4, None)
    monkeypatch.setattr(found_sets, "MAX_FOUND", 3)
    assert find_with_denied_middles(Case(made, METRICS))[1] is not None
