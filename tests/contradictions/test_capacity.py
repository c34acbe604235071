"""Capacity: more of something than there can be."""

from __future__ import annotations

import pytest

from contradictions.cases import DAY, Said, apart, groups, sets, shown

SIDES = groups(contractors="all", syrians="all")


@pytest.fixture
def said() -> Said:
    return Said()


def test_more_killed_than_there_were(said: Said) -> None:
    """300 killed of a force of 250 are a pair; the force stands first."""
    made = [said(300, None), said(250, 250, metric="force_size")]
    assert shown(*made) == [("capacity", "c0002", "c0001", 50)]


@pytest.mark.parametrize("killed", [(250, 250), (0, 0), (250, None), (None, 999)])
def test_losses_up_to_the_size(said: Said, killed: tuple[int | None, int | None]) -> None:
    """All of a force may be killed."""
    assert shown(said(*killed), said(250, 250, metric="force_size")) == []


@pytest.mark.parametrize("metric", ["killed", "wounded", "captured", "missing", "casualties"])
def test_each_kind_of_loss(said: Said, metric: str) -> None:
    """No kind of loss exceeds the size, nor do all of them."""
    made = [said(251, 251, metric=metric), said(0, 250, metric="force_size")]
    assert shown(*made) == [("capacity", "c0002", "c0001", 1)]


def test_a_larger_force(said: Said) -> None:
    """A force is often larger than its losses."""
    assert shown(said(3, 3), said(5000, None, metric="force_size")) == []


@pytest.mark.parametrize(("size", "gap"), [(253, 143), (395, 1), (396, None)])
def test_killed_and_wounded_of_a_force(said: Said, size: int, gap: int | None) -> None:
    """196 killed and 200 wounded are more than 395, and just 396."""
    made = [
        said(196, 196),
        said(200, 200, metric="wounded"),
        said(size, size, metric="force_size"),
    ]
    expected = [("capacity", "c0003", "c0002", "c0001", gap)] if gap else []
    assert shown(*made) == expected


def test_losses_of_disjoint_groups(said: Said) -> None:
    """Killed of two groups that share nobody exceed the force of both together."""
    made = [
        said(150, 150),
        said(150, 150, group="syrians"),
        said(250, 250, group="all", metric="force_size"),
    ]
    within = apart("contractors", "syrians", within=SIDES)
    assert sets(*made, within=within) == {("capacity", "c0001 c0002 c0003", 50)}
    assert sets(*made, within=SIDES) == set()


def test_a_part_against_the_force_of_the_whole(said: Said) -> None:
    """A part's losses are held against the force of the whole."""
    made = [said(300, 300), said(250, 250, group="all", metric="force_size")]
    assert shown(*made, within=SIDES) == [("capacity", "c0002", "c0001", 50)]


@pytest.mark.parametrize("group", ["contractors", "syrians", None])
def test_the_whole_against_the_force_of_another(said: Said, group: str | None) -> None:
    """The losses of all are not held against one part's force."""
    made = [said(300, 300, group="all"), said(250, 250, group=group, metric="force_size")]
    assert shown(*made, within=SIDES) == []


@pytest.mark.parametrize(
    ("loss_day", "force_day", "found"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY, None, True),
        (DAY, DAY + 1, False),
        (DAY + 1, DAY, False),
        (None, DAY, False),
    ],
)
def test_force_of_another_day(
    said: Said, loss_day: int | None, force_day: int | None, found: bool
) -> None:
    """A force shrinks and is reinforced: its size as of another day passes."""
    made = [said(300, 300, as_of=loss_day), said(250, 250, metric="force_size", as_of=force_day)]
    assert bool(shown(*made)) is found


@pytest.mark.parametrize(("force_day", "found"), [(DAY, True), (DAY + 1, False), (None, True)])
def test_added_losses_and_a_force_of_a_day(said: Said, force_day: int | None, found: bool) -> None:
    """Losses that exceed the size only together are held by the same days."""
    made = [
        said(196, 196, as_of=DAY),
        said(200, 200, metric="wounded", as_of=DAY),
        said(253, 253, metric="force_size", as_of=force_day),
    ]
    assert bool(shown(*made)) is found


def test_missing_of_a_day_against_the_force_in_all(said: Said) -> None:
    """The missing of a day are held against the force of that day alone."""
    made = [
        said(300, 300, metric="missing", as_of=DAY),
        said(250, 250, metric="force_size"),
        said(250, 250, metric="force_size", as_of=DAY),
    ]
    assert shown(*made) == [("capacity", "c0003", "c0001", 50)]


def test_a_capacity_of_their_own(said: Said) -> None:
    """A user's own capacity is held like the built-in one."""
    made = [said(120, 120, metric="evacuated"), said(100, 100, metric="seats")]
    assert shown(*made) == [("capacity", "c0002", "c0001", 20)]
    assert shown(made[0], said(120, 120, metric="seats")) == []


def test_a_length_within_a_length(said: Said) -> None:
    """A march that may take at most the daylight is held against it."""
    made = [said(7200, 7200, metric="approach"), said(3600, 3600, metric="daylight")]
    assert shown(*made) == [("capacity", "c0002", "c0001", 3600)]


def test_two_lengths_each_within_a_length(said: Said) -> None:
    """Two lengths that are each at most a third are together at most nothing told."""
    made = [
        said(7200, 7200, metric="approach"),
        said(7200, 7200, metric="assault"),
        said(7200, 7200, metric="daylight"),
    ]
    assert sets(*made) == set()


def test_a_sum_of_lengths_that_are_each_within_a_length(said: Said) -> None:
    """That each of two lengths fits says nothing of both in a row."""
    made = [said(14_400, 14_400, metric="fight"), said(7200, 7200, metric="daylight")]
    assert sets(*made) == set()


def test_force_of_the_whole_and_of_its_part(said: Said) -> None:
    """A casualty outside the part leaves no room for it: the part is all of the force.

    Of at most 2, at least 2 are of the part; the one casualty is none of the part's.
    """
    made = [
        said(None, 2, metric="force_size", group="all"),
        said(2, None, metric="force_size"),
        said(1, 1, metric="casualties", group="all"),
        said(0, 0, metric="casualties"),
    ]
    assert sets(*made, within=SIDES) == {("capacity", "c0001 c0002 c0003 c0004", 1)}
    for fewer in range(4):
        rest = [claim for at, claim in enumerate(made) if at != fewer]
        assert sets(*rest, within=SIDES) == set()


def test_unknown_force(said: Said) -> None:
    """An unknown force limits nothing."""
    assert shown(said(300, 300), said(unknown=True, metric="force_size")) == []
