"""Rows keep their columns on every screen, below each other and within its width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claimtrack.domain.record import ContradictionRecord
from claimtrack.report.cells import PLAIN_SIGNS, Pen
from claimtrack.report.comparison import draw as compare
from claimtrack.report.timeline import arrange, draw, notes
from report.drawn import Panel, cases, claim, report

PENS = [Pen(), Pen(PLAIN_SIGNS, "ascii")]


def clash(*claims):
    return ContradictionRecord("k", "battle", "sum", 0.5, claims)


@given(cases(), st.integers(40, 400), st.sampled_from(PENS))
def test_no_line_of_a_timeline_is_wider_than_asked(told, width, pen):
    for line in draw(arrange(told, [clash(*told)]), width, pen):
        assert cell_len(line.plain) <= width
        line.plain.encode(pen.encoding)


@pytest.mark.parametrize("width", [40, 59, 60, 80, 120, 400])
def test_a_timeline_in_ascii_has_the_rows_of_one_in_signs(width):
    """Nothing is measured in signs and then written longer."""
    told = [claim(0, 1000, id_="c-0", contradicted=True), claim(40, None, id_="c-1")]
    courses = arrange(told, [clash(*told)])
    rich, plain = (
        [[at for at, sign in enumerate(line.plain) if sign == pen.signs.tick] for line in lines]
        for pen in PENS
        for lines in [draw(courses, width, pen)]
    )
    assert any(rich)
    # The words behind the strip may hold a full stop where they are shortened.
    assert [row[: len(one)] for row, one in zip(plain, rich, strict=True)] == rich


def test_a_narrow_screen_puts_the_strip_below_the_name():
    """From 60 columns all stands in one line; below, the name keeps room."""

    def rows(width):
        told = [claim(5, 5, reports=[report(name="Agency")])]
        return [line.plain for line in compare(Panel(told), width)]

    wide = [line for line in rows(60) if "Agency" in line]
    narrow = [line for line in rows(59) if "Agency" in line]
    assert "●" in wide[0]
    assert "●" not in narrow[0]
    assert any("●" in line for line in rows(59))


def test_a_long_date_sets_the_strip_below_too():
    """A span of days takes the room of the strip on a screen that shows plain days beside it."""

    def drawn(day):
        courses = arrange([claim(5, 5, reports=[report("r", "Agency", day)])], [])
        return [line.plain for line in draw(courses, 60) if "Agency" in line.plain]

    assert "●" in drawn("2018-02-08")[0]
    assert "●" not in drawn("2018-02-07/2018-03-03")[0]


def test_a_day_is_told_once_and_undated_reports_last():
    told = [
        claim(5, 5, id_="c-0", reports=[report("a"), report("b"), report("z", published=None)]),
        claim(6, 6, id_="c-1", reports=[report("c", published="2018-02-09")]),
    ]
    lines = [line.plain for line in draw(arrange(told, []), 80)]
    days = [line[2:12].strip() for line in lines if "“" in line]
    assert days == ["2018-02-08", "", "2018-02-09", "undated"]


def test_claims_that_only_contradict_together_are_told_together():
    """Two by their words, further ones counted; one alone by its words."""
    told = [
        claim(n, n, id_=f"c-{n}", text=str(n), reports=[report(f"r-{n}", published=f"201{n}")])
        for n in range(1, 6)
    ]

    def last_note(*members):
        (course,) = arrange(told, [clash(*members)])
        return notes(course.sayings[-1])

    assert last_note(told[0], told[4]) == ["contradicts “1”"]
    assert last_note(told[0], told[1], told[4]) == ["contradicts “1” with “2”"]
    assert last_note(*told) == ["contradicts “1” with “2” and 2 more"]


def test_groups_of_a_metric_share_a_scale_and_metrics_do_not():
    told = [
        claim(50, 50, id_="c-0", group="crew"),
        claim(100, 100, id_="c-1", group="everyone"),
        claim(9000, 9000, id_="c-2", metric="wounded"),
    ]
    lines = [line.plain for line in draw(arrange(told, []), 80)]
    scales = [line for line in lines if line.split()[:1] == ["0"]]
    assert scales[0] == scales[1]
    assert scales[2] != scales[0]
    marks = [line.index("●") for line in lines if "●" in line]
    assert marks[0] < marks[1]
