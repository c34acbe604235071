"""Part of: a part said to be larger than its whole."""

from __future__ import annotations

import pytest

from contradictions.cases import DAY, Said, groups, shown

CHAIN = groups(wagner="contractors", contractors="russians", russians="side")
DIAMOND = groups(wagner="contractors syrians", contractors="side", syrians="side")


@pytest.fixture
def said() -> Said:
    return Said()


def test_hit(said: Said) -> None:
    """80 contractors cannot have died where 55 of their side did; the whole stands first."""
    made = [said(80, None), said(55, 55, group="side")]
    assert shown(*made, within=groups(contractors="side")) == [("part_of", "c0002", "c0001", 25)]


@pytest.mark.parametrize("part", [(55, 55), (55, None), (0, 0), (None, 80), (40, 99)])
def test_part_that_may_fit(said: Said, part: tuple[int | None, int | None]) -> None:
    """A part that may be as large as its whole is let pass."""
    made = [said(*part), said(55, 55, group="side")]
    assert shown(*made, within=groups(contractors="side")) == []


def test_one_step_more(said: Said) -> None:
    """One more than the whole is found."""
    made = [said(56, 56), said(50, 55, group="side")]
    assert shown(*made, within=groups(contractors="side")) == [("part_of", "c0002", "c0001", 1)]


def test_whole_larger_than_its_part(said: Said) -> None:
    """A whole larger than its part by any measure is let pass: others may have died too."""
    made = [said(1, 1), said(5000, None, group="side")]
    assert shown(*made, within=groups(contractors="side")) == []


def test_through_three_levels(said: Said) -> None:
    """A part is held against every whole above it, however far, and against no other group."""
    made = [said(80, None, group="wagner"), said(55, 55, group="side")]
    assert shown(*made, within=CHAIN) == [("part_of", "c0002", "c0001", 25)]
    assert shown(*made, said(5, 5, group="civilians"), within=CHAIN)[1:] == []


def test_each_level_on_the_way(said: Said) -> None:
    """Each whole on the way that is too small is a conflict of its own."""
    made = [
        said(80, 80, group="wagner"),
        said(55, 55, group="side"),
        said(None, 60, group="russians"),
    ]
    found = shown(*made, within=CHAIN)
    assert found == [("part_of", "c0002", "c0001", 25), ("part_of", "c0003", "c0001", 20)]


def test_diamond(said: Said) -> None:
    """Two ways up to one whole make one conflict."""
    made = [said(80, None, group="wagner"), said(55, 55, group="side")]
    assert shown(*made, within=DIAMOND) == [("part_of", "c0002", "c0001", 25)]


def test_parts_of_one_whole(said: Said) -> None:
    """Two parts of one whole may differ as they like."""
    made = [said(80, 80, group="contractors"), said(0, 0, group="syrians")]
    assert shown(*made, within=DIAMOND) == []


def test_circle(said: Said) -> None:
    """Groups that are part of each other are held against each other and not themselves."""
    made = [said(80, 80, group="russians"), said(55, 55, group="side")]
    found = shown(*made, within=groups(russians="side", side="russians"))
    assert found == [("part_of", "c0002", "c0001", 25)]


def test_no_group(said: Said) -> None:
    """A question about the event itself is part of no group's."""
    assert shown(said(80, 80, group=None), said(55, 55, group="side"), within=CHAIN) == []
    assert shown(said(80, 80), said(55, 55, group=None), within=CHAIN) == []


@pytest.mark.parametrize(
    ("event", "metric"), [("aleppo", "killed"), ("khasham", "wounded"), ("khasham", "missing")]
)
def test_other_event_or_metric(said: Said, event: str, metric: str) -> None:
    """A part of one event or metric is not held against a whole of another."""
    made = [said(80, 80), said(55, 55, group="side", event=event, metric=metric)]
    assert shown(*made, within=CHAIN) == []


@pytest.mark.parametrize("metric", ["rank", "duration", "distance", "date"])
def test_metrics_of_which_a_part_tells_nothing(said: Said, metric: str) -> None:
    """A part's rank, days or distances say nothing of the whole's."""
    made = [said(80, 80, metric=metric), said(55, 55, metric=metric, group="side")]
    assert shown(*made, within=CHAIN) == []


def test_part_took_part(said: Said) -> None:
    """Where contractors took part, their side did."""
    made = [
        said(1, 1, metric="participation"),
        said(0, 0, metric="participation", group="side"),
    ]
    assert shown(*made, within=CHAIN) == [("part_of", "c0002", "c0001", 1)]


def test_whole_took_part(said: Said) -> None:
    """Their side may have taken part without the contractors."""
    made = [
        said(0, 0, metric="participation"),
        said(1, 1, metric="participation", group="side"),
    ]
    assert shown(*made, within=CHAIN) == []


def test_denied_servicemen_beside_contractors(said: Said) -> None:
    """ "No servicemen took part" leaves "contractors took part" alone: neither holds the other."""
    within = groups(contractors="russians", servicemen="russians")
    made = [
        said(1, 1, metric="participation", group="servicemen", denied=True),
        said(1, 1, metric="participation", group="contractors"),
        said(1, None, group="servicemen", denied=True),
        said(80, None, group="contractors"),
    ]
    assert shown(*made, within=within) == []


def test_denied_whole(said: Said) -> None:
    """ "No Russians were killed" is contradicted by contractors killed."""
    made = [said(80, None), said(1, None, group="russians", denied=True)]
    assert shown(*made, within=CHAIN) == [("part_of", "c0002", "c0001", 80)]


def test_denied_part(said: Said) -> None:
    """To deny that fewer than 10 of a part died is to say 10 at least."""
    made = [said(None, 9, denied=True), said(5, 5, group="russians")]
    assert shown(*made, within=CHAIN) == [("part_of", "c0002", "c0001", 5)]


def test_unknown(said: Said) -> None:
    """An unknown whole or part is let pass."""
    made = [said(80, 80, group="wagner"), said(unknown=True), said(unknown=True, group="side")]
    assert shown(*made, within=CHAIN) == []


@pytest.mark.parametrize(
    ("part_day", "whole_day", "found"),
    [
        (DAY, DAY, True),
        (DAY, DAY + 1, True),
        (DAY, None, True),
        (DAY + 1, DAY, False),
        (None, DAY, False),
    ],
)
def test_days(said: Said, part_day: int | None, whole_day: int | None, found: bool) -> None:
    """A whole of an earlier day may since have grown beyond its part."""
    made = [said(80, 80, as_of=part_day), said(55, 55, group="side", as_of=whole_day)]
    assert bool(shown(*made, within=CHAIN)) is found
