"""A strip says by its signs alone how a number was told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.calendar import iso_to_day
from claimtrack.domain.value import Hedge, Kind
from claimtrack.report.cells import PLAIN_SIGNS, SIGNS
from claimtrack.report.strip import Scale, axis, make_scale, strip
from report.drawn import cases, claim

SCALE = Scale(0, 100, 21, ())
TOLD = {
    "exact": (claim(50, 50), "          ●", "          o"),
    "about": (claim(40, 60, Hedge.APPROXIMATE), "        ╌╌●╌╌", "        --o--"),
    "vague": (claim(40, 60, Hedge.VAGUE), "        ░░░░░", "        :::::"),
    "range": (claim(40, 60, Hedge.RANGE), "        ├───┤", "        [---]"),
    "at least": (claim(80, None, Hedge.ABOVE), " " * 16 + "○━━━▶", " " * 16 + "(===>"),
    "at most": (claim(None, 20, Hedge.BELOW), "◀━━━○", "<===("),
    "any": (claim(None, None, Hedge.ABOVE), "◀" + "━" * 19 + "▶", "<" + "=" * 19 + ">"),
    "none": (claim(0, 0), "✗", "x"),
    "denied": (claim(40, 60, denied=True), "        ✗✗✗✗✗", "        xxxxx"),
    "unknown": (claim(None, None, Hedge.UNKNOWN), "unknown", "unknown"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_each_way_of_telling_has_its_own_picture(kind):
    """In ASCII, without colour, as well as in signs."""
    told, drawn, plain = TOLD[kind]
    assert strip(told, SCALE).rstrip() == drawn
    assert strip(told, SCALE, PLAIN_SIGNS).rstrip() == plain


def test_no_two_ways_of_telling_look_alike():
    for column in (1, 2):
        assert len({row[column] for row in TOLD.values()}) == len(TOLD)
    assert PLAIN_SIGNS.all().isascii()


def test_marks_show_where_nothing_is_drawn_over_them():
    scale = Scale(0, 100, 21, (0, 50, 100))
    assert strip(claim(50, 50), scale) == "┊         ●         ┊"


def test_days_lose_their_year_only_within_one():
    def labels(first, last):
        days = [iso_to_day(first), iso_to_day(last)]
        told = [claim(day, day, kind=Kind.DATE) for day in days]
        return axis(make_scale(told, 60), told[0]).split()

    assert labels("2018-02-07", "2018-02-13")[0] == "02-07"
    assert labels("1861-07-21", "1865-04-09")[0] == "1862-10"


@pytest.mark.parametrize("width", [8, 20, 25, 40, 60, 100])
@pytest.mark.parametrize("high", [2, 3, 7, 14, 45, 99, 4708, 31621])
def test_a_scale_has_two_numbers_at_least(high, width):
    """One mark alone says nothing of size."""
    assert len(make_scale([claim(high, high)], width).marks) >= 2


def test_what_has_no_number_has_no_scale():
    assert make_scale([claim(None, None, Hedge.UNKNOWN)], 40) is None
    assert make_scale([claim(1, 1, kind=Kind.TRUTH_VALUE)], 40) is None
    assert make_scale([claim(1, 1)], 7) is None
    assert make_scale([claim(1, 1)], 8) is not None


@given(cases(), st.integers(8, 400))
def test_every_mark_lies_within_its_scale(told, width):
    """Whatever is told, a strip is as wide as its scale, and shows the claim."""
    scale = make_scale(told, width)
    if scale is None:
        assert all(c.value.lower is None and c.value.upper is None for c in told)
        return
    assert len(axis(scale, told[0])) == width
    ticks = {scale.column(mark) for mark in scale.marks}
    for each in told:
        for signs in (SIGNS, PLAIN_SIGNS):
            row = strip(each, scale, signs)
            assert len(row) == width
            left, right = (
                scale.column(end) if end is not None else other
                for end, other in ((each.value.lower, 0), (each.value.upper, width - 1))
            )
            if not each.value.is_unknown:
                drawn = {at for at, sign in enumerate(row) if sign not in (" ", signs.tick)}
                assert drawn
                assert drawn <= set(range(left, right + 1))
                assert {at for at, sign in enumerate(row) if sign == signs.tick} == ticks - drawn
