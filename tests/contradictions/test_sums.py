"""Sum: what adds up to more, or to less, than the total."""

from __future__ import annotations

import pytest

from claimtrack.domain.case import Groups
from contradictions.cases import DAY, Said, apart, groups, sets, shown

SIDES = groups(contractors="all", syrians="all", wagner="contractors", tiger="syrians")
APART = apart("contractors", "syrians", within=SIDES)


@pytest.fixture
def said() -> Said:
    return Said()


def test_more_killed_than_casualties(said: Said) -> None:
    """A part larger than its total is a pair; the total stands first."""
    made = [said(300, None), said(250, 250, metric="casualties")]
    assert shown(*made) == [("sum", "c0002", "c0001", 50)]


@pytest.mark.parametrize("killed", [(250, 250), (0, 0), (None, 999), (250, None), (40, 999)])
def test_part_that_fits_its_total(said: Said, killed: tuple[int | None, int | None]) -> None:
    """A part that may be no more than the total is let pass."""
    assert shown(said(*killed), said(250, 250, metric="casualties")) == []


def test_one_more_than_the_total(said: Said) -> None:
    """One more than the total is found."""
    assert shown(said(251, 251), said(0, 250, metric="casualties")) == [
        ("sum", "c0002", "c0001", 1)
    ]


@pytest.mark.parametrize("part", ["killed", "wounded", "captured", "missing"])
def test_total_larger_than_the_part_told(said: Said, part: str) -> None:
    """A part that nobody reports is unknown, not zero."""
    assert shown(said(1, 1, metric=part), said(5000, None, metric="casualties")) == []


def test_killed_of_a_part_against_casualties_of_the_whole(said: Said) -> None:
    """What is killed of a part is a casualty of every whole above it."""
    made = [said(300, 300, group="wagner"), said(250, 250, group="all", metric="casualties")]
    assert shown(*made, within=SIDES) == [("sum", "c0002", "c0001", 50)]


def test_killed_of_the_whole_against_casualties_of_a_part(said: Said) -> None:
    """The whole may have lost more than the casualties of one of its parts."""
    made = [said(300, 300, group="all"), said(250, 250, group="wagner", metric="casualties")]
    assert shown(*made, within=SIDES) == []


@pytest.mark.parametrize("group", ["syrians", "civilians", None])
def test_casualties_of_others(said: Said, group: str | None) -> None:
    """Casualties of another group bind nothing, nor do those of nobody named."""
    made = [said(300, 300), said(250, 250, group=group, metric="casualties")]
    assert shown(*made, within=APART) == []


def test_event_without_groups(said: Said) -> None:
    """Numbers of the event itself add up as those of a group do."""
    made = [
        said(60, 60, group=None),
        said(60, 60, group=None, metric="wounded"),
        said(100, 100, group=None, metric="casualties"),
    ]
    assert sets(*made) == {("sum", "c0001 c0002 c0003", 20)}
    assert sets(*made[:2], said(100, 100, metric="casualties")) == set()


def test_contractors_and_syrians_against_all(said: Said) -> None:
    """At least 80 contractors and about 100 Syrian soldiers are more than about 100 in all."""
    made = [said(80, None), said(90, 110, group="syrians"), said(90, 110, group="all")]
    assert shown(*made, within=APART) == [("sum", "c0003", "c0002", "c0001", 60)]


def test_groups_that_may_share_members(said: Said) -> None:
    """Without `disjoint_with` some of the contractors may be Syrian soldiers."""
    made = [said(80, None), said(90, 110, group="syrians"), said(90, 110, group="all")]
    assert shown(*made, within=SIDES) == []


def test_disjoint_through_their_wholes(said: Said) -> None:
    """Parts of disjoint groups are disjoint, at any depth."""
    made = [
        said(60, 60, group="wagner"),
        said(60, 60, group="tiger"),
        said(100, 100, group="all"),
    ]
    assert sets(*made, within=APART) == {("sum", "c0001 c0002 c0003", 20)}


def test_disjoint_groups_without_a_common_whole(said: Said) -> None:
    """Groups that share nobody but are part of nothing together add up to nothing told."""
    within = apart("contractors", "syrians", within=groups(contractors="all"))
    made = [said(80, None), said(90, 110, group="syrians"), said(90, 110, group="all")]
    assert shown(*made, within=within) == []


@pytest.mark.parametrize(("total", "found"), [(180, False), (179, True)])
def test_border_of_disjoint_groups(said: Said, total: int, found: bool) -> None:
    """Parts that make up the whole exactly are let pass, one more is found."""
    made = [said(80, 80), said(100, 100, group="syrians"), said(0, total, group="all")]
    assert bool(shown(*made, within=APART)) is found


def test_three_disjoint_groups(said: Said) -> None:
    """Three groups of which any two fit are found with all their four claims."""
    names = ("army", "police", "guards")
    within = apart(*names, within=groups(army="all", police="all", guards="all"))
    made = [said(40, 40, group=name) for name in names]
    found = sets(*made, said(100, 100, group="all"), within=within)
    assert found == {("sum", "c0001 c0002 c0003 c0004", 20)}


def test_killed_of_one_and_wounded_of_another_group(said: Said) -> None:
    """Parts of a sum share nobody, whatever the groups: they add up in casualties of all."""
    made = [
        said(60, 60),
        said(60, 60, group="syrians", metric="wounded"),
        said(100, 100, group="all", metric="casualties"),
    ]
    assert sets(*made, within=SIDES) == {("sum", "c0001 c0002 c0003", 20)}


def test_killed_and_wounded_of_no_total(said: Said) -> None:
    """Killed and wounded never bind each other."""
    assert shown(said(60, 60), said(5, 5, metric="wounded"), said(9, 9, metric="missing")) == []


def parts(said: Said, *most: int | None, group: str = "contractors") -> list:
    names = ("killed", "wounded", "captured", "missing")
    told = zip(names, most, strict=True)
    return [said(None, n, metric=m, group=group) for m, n in told if n is not None]


def test_all_parts_told_and_too_few(said: Said) -> None:
    """100 casualties cannot be where at most 10, 20, 5 and 5 were each of the parts."""
    made = [said(100, 100, metric="casualties"), *parts(said, 10, 20, 5, 5)]
    assert sets(*made) == {("sum", "c0001 c0002 c0003 c0004 c0005", 60)}


@pytest.mark.parametrize("untold", range(4))
def test_one_part_not_told(said: Said, untold: int) -> None:
    """Where one part is not told, it may make up the rest."""
    most: list[int | None] = [10, 20, 5, 5]
    most[untold] = None
    assert sets(said(100, 100, metric="casualties"), *parts(said, *most)) == set()


@pytest.mark.parametrize(("missing", "found"), [(30, False), (29, True)])
def test_what_the_other_parts_leave_over(said: Said, missing: int, found: bool) -> None:
    """Of 100 casualties at most 70 are told for: 30 missing make it up, 29 do not."""
    made = [said(100, None, metric="casualties"), *parts(said, 30, 30, 10, missing)]
    assert bool(sets(*made)) is found


def test_a_part_that_is_too_few_alone(said: Said) -> None:
    """None of the parts is at odds with casualties it is only a part of."""
    assert sets(said(100, 100, metric="casualties"), *parts(said, 0, None, None, None)) == set()


def test_casualties_of_a_part_against_parts_of_the_whole(said: Said) -> None:
    """Casualties of the contractors are among the killed, wounded … of all."""
    made = [said(100, 100, metric="casualties"), *parts(said, 10, 20, 5, 5, group="all")]
    assert sets(*made, within=SIDES) == {("sum", "c0001 c0002 c0003 c0004 c0005", 60)}


def test_casualties_of_the_whole_against_parts_of_a_part(said: Said) -> None:
    """Casualties of all may be others than the contractors."""
    made = [said(100, 100, group="all", metric="casualties"), *parts(said, 10, 20, 5, 5)]
    assert sets(*made, within=SIDES) == set()


def test_part_of_a_sum_beside_another_part(said: Said) -> None:
    """Wounded of a part and killed of the whole in a covered total of the part."""
    made = [
        said(100, 100, metric="casualties", group="wagner"),
        said(None, 10, group="all"),
        said(None, 20, metric="wounded", group="contractors"),
        said(None, 5, metric="captured", group="wagner"),
        said(None, 5, metric="missing", group="all"),
    ]
    assert sets(*made, within=SIDES) == {("sum", "c0001 c0002 c0003 c0004 c0005", 60)}


def test_a_sum_of_their_own(said: Said) -> None:
    """A user's own sum is held like the built-in one."""
    made = [
        said(5, 5, metric="tanks_lost"),
        said(5, 5, metric="trucks_lost"),
        said(8, 8, metric="vehicles_lost"),
    ]
    assert sets(*made) == {("sum", "c0001 c0002 c0003", 2)}
    more = said(12, 12, metric="vehicles_lost")
    assert sets(*made[:2], more) == {("sum", "c0001 c0002 c0004", 2)}
    assert sets(*made[:2], said(10, 10, metric="vehicles_lost")) == set()


def test_measures_add_up(said: Said) -> None:
    """Two lengths of time that make up a third are held against it."""
    made = [
        said(7200, 7200, metric="approach"),
        said(7200, 7200, metric="assault"),
        said(10_800, 10_800, metric="fight"),
    ]
    assert sets(*made) == {("sum", "c0001 c0002 c0003", 3600)}
    assert sets(*made[:2], said(14_400, 14_400, metric="fight")) == set()


def test_measures_of_other_groups_do_not_add_up(said: Said) -> None:
    """Two groups may march at the same time: what each took is in no sum of the whole."""
    made = [
        said(7200, 7200, metric="fight"),
        said(7200, 7200, metric="fight", group="syrians"),
        said(10_800, 10_800, metric="fight", group="all"),
    ]
    assert sets(*made, within=APART) == set()


@pytest.mark.parametrize(
    ("parts_day", "total_day", "found"),
    [
        (DAY, DAY, True),
        (DAY, DAY + 1, True),
        (DAY, None, True),
        (None, None, True),
        (DAY + 1, DAY, False),
        (None, DAY, False),
    ],
)
def test_totals_of_other_days(
    said: Said, parts_day: int | None, total_day: int | None, found: bool
) -> None:
    """A total of a later day, or in all, holds the parts of an earlier one; never the reverse."""
    made = [
        said(60, 60, as_of=parts_day),
        said(60, 60, metric="wounded", as_of=parts_day),
        said(100, 100, metric="casualties", as_of=total_day),
    ]
    assert bool(sets(*made)) is found


def test_parts_of_different_days(said: Said) -> None:
    """Parts of two earlier days are both in the total of a third."""
    made = [
        said(60, 60, as_of=DAY),
        said(60, 60, metric="wounded", as_of=DAY + 1),
        said(100, 100, metric="casualties", as_of=DAY + 2),
    ]
    assert sets(*made) == {("sum", "c0001 c0002 c0003", 20)}


@pytest.mark.parametrize("total_day", [DAY + 1, None])
def test_missing_of_another_day(said: Said, total_day: int | None) -> None:
    """The missing of one day may have been found by the next."""
    made = [
        said(60, 60, as_of=DAY),
        said(60, 60, metric="missing", as_of=DAY),
        said(100, 100, metric="casualties", as_of=total_day),
    ]
    assert sets(*made) == set()
    same_day = said(100, 100, metric="casualties", as_of=DAY)
    assert sets(*made[:2], same_day) == {("sum", "c0001 c0002 c0004", 20)}


def test_missing_of_a_later_day_cover_nothing_earlier(said: Said) -> None:
    """How few were missing later says nothing of how many were missing at first."""
    made = [
        said(100, 100, metric="casualties", as_of=DAY),
        said(None, 10, as_of=DAY + 1),
        said(None, 20, metric="wounded", as_of=DAY + 1),
        said(None, 5, metric="captured", as_of=DAY + 1),
        said(None, 5, metric="missing", as_of=DAY + 1),
    ]
    assert sets(*made) == set()
    names = ("killed", "wounded", "captured", "missing")
    same_day = [said(None, 10, metric=name, as_of=DAY) for name in names]
    assert sets(made[0], *same_day) == {("sum", "c0001 c0006 c0007 c0008 c0009", 60)}


def test_casualties_fall_where_the_missing_are_found(said: Said) -> None:
    """100 casualties of whom 80 are missing may be 20 when the missing are found."""
    made = [
        said(100, 100, metric="casualties", as_of=DAY),
        said(20, 20, metric="casualties", as_of=DAY + 1),
        said(20, 20, metric="casualties"),
        said(None, 0),
        said(None, 0, metric="missing"),
    ]
    assert sets(*made) == set()


def test_unknown_part(said: Said) -> None:
    """An unknown part or total adds nothing and limits nothing."""
    made = [
        said(60, 60),
        said(unknown=True, metric="wounded"),
        said(unknown=True, metric="casualties"),
        said(100, 100, metric="casualties"),
    ]
    assert sets(*made) == set()


def test_denied_part(said: Said) -> None:
    """To deny that fewer than 61 were wounded is to say 61 at least."""
    made = [
        said(60, 60),
        said(None, 60, metric="wounded", denied=True),
        said(100, 100, metric="casualties"),
    ]
    assert sets(*made) == {("sum", "c0001 c0002 c0003", 21)}


def test_denied_total(said: Said) -> None:
    """To deny more than 100 casualties is to say 100 at most."""
    made = [
        said(60, 60),
        said(60, 60, metric="wounded"),
        said(101, None, metric="casualties", denied=True),
    ]
    assert sets(*made) == {("sum", "c0001 c0002 c0003", 20)}


def test_each_of_several_claims_counts(said: Said) -> None:
    """Every claim on a part that exceeds the total together with another makes a set."""
    made = [
        said(60, 60),
        said(50, 55),
        said(60, 60, metric="wounded"),
        said(100, 100, metric="casualties"),
        said(0, 0, group="nobody"),
    ]
    assert {found for found in sets(*made, within=Groups()) if found[0] == "sum"} == {
        ("sum", "c0001 c0003 c0004", 20),
        ("sum", "c0002 c0003 c0004", 10),
    }


def test_missing_of_a_day_hide_nothing(said: Said) -> None:
    """Parts too few for their total are found whoever was missing at first."""
    made = [said(100, 100, metric="casualties"), *parts(said, 10, 20, 5, 5)]
    made.append(said(80, 80, metric="missing", as_of=DAY))
    assert sets(*made) == {("sum", "c0001 c0002 c0003 c0004 c0005", 60)}
