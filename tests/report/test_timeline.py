"""The course of what was said: its order, what arises when, and rows that fit."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.report import comparison
from claimtrack.report.pictures.timeline import timeline
from claimtrack.report.timeline import arrange, draw, heights, notes, timeline_json


def said(name, published, *, text="words", superseded_by=None, source="wire"):
    return Assertion(
        id=name,
        document=f"d-{name}",
        title=None,
        published=published,
        url=None,
        source=source,
        source_name=source,
        source_anonymous=False,
        chain=(),
        quote=None,
        text=text,
        hedge="exact",
        rule="n",
        lexicon="en-2",
        superseded_by=superseded_by,
    )


def claim(
    lower, upper, *assertions, stance="affirms", hedge=Hedge.EXACT, text=None, metric="killed"
):
    words = text or f"{lower}-{upper}"
    return ClaimRecord(
        id=f"c-{metric}-{lower}-{upper}-{stance}",
        event="e",
        event_title="The ferry",
        metric=metric,
        metric_name=metric,
        unit=None,
        group=None,
        group_name=None,
        stance=stance,
        as_of=None,
        value=Value(Kind.COUNT, lower, upper, words, hedge, "n"),
        contradicted=False,
        assertions=assertions,
    )


def clash(*claims):
    return ContradictionRecord("k", "e", "disjoint", 0.5, claims)


def ids(course):
    return [saying.assertion.id for saying in course.sayings]


def test_in_the_order_of_publication():
    """By the first day a date can mean; undated reports last, those of one day by id."""
    late = claim(1, 1, said("b", "2031-03-05"), said("a", "2031-03-05"), said("z", None))
    early = claim(2, 2, said("m", "2031-03"), said("y", "2031"))
    (course,) = arrange([late, early], [])
    assert ids(course) == ["y", "m", "a", "b", "z"]


def test_a_contradiction_arises_with_its_last_claim():
    """It is told once, on the day when the last of its claims is first told."""
    first = claim(10, 10, said("a", "2031-03-01"), said("c", "2031-03-09"))
    second = claim(90, 90, said("b", "2031-03-04"), said("d", "2031-03-08"))
    (course,) = arrange([first, second], [clash(first, second)])
    told = {saying.assertion.id: notes(saying) for saying in course.sayings}
    assert told == {"a": [], "b": ["contradicts “10-10”"], "d": [], "c": []}


def test_a_contradiction_with_what_is_not_shown_is_not_told():
    """One of its claims was filtered out: nothing is said of it."""
    first, second = claim(10, 10, said("a", "2031")), claim(90, 90, said("b", "2031"))
    (course,) = arrange([first], [clash(first, second)])
    assert notes(course.sayings[0]) == []


def test_many_contradictions_are_counted():
    others = [claim(n, n, said(f"a{n}", "2030")) for n in range(1, 6)]
    last = claim(99, 99, said("z", "2031"))
    (course,) = arrange([*others, last], [clash(one, last) for one in others])
    assert notes(course.sayings[-1]) == ["contradicts “1-1”, “2-2”, “3-3” and 2 more"]


def test_a_correction_is_told_on_both_sides():
    """The new one says what it takes back, the old one by whom it was taken back."""
    old = claim(200, 200, said("old", "2031-03-01", text="200", superseded_by="new"))
    new = claim(60, 60, said("new", "2031-03-06", text="60"))
    (course,) = arrange([old, new], [])
    assert [notes(s) for s in course.sayings] == [["corrected later by new"], ["corrects “200”"]]


def test_heights_need_three_days():
    """Two days are no course; a denial and an undated number give no height."""
    days = [claim(n, n, said(f"a{n}", f"2031-03-0{n}")) for n in (1, 2, 8)]
    (two,) = arrange(days[:2], [])
    (three,) = arrange(days, [])
    assert heights(two) == ""
    assert heights(three).startswith("▁▂█ ")
    denied = replace(days[2], stance="denies")
    (course,) = arrange([*days[:2], denied], [])
    assert heights(course) == ""
    undated = claim(9, 9, said("u", None))
    (course,) = arrange([*days[:2], undated], [])
    assert heights(course) == ""


def test_the_highest_of_a_day_counts():
    days = [
        claim(4, 4, said("a", "2031-03-01")),
        claim(8, 8, said("b", "2031-03-01")),
        claim(1, 1, said("c", "2031-03-02")),
        claim(0, 9, said("d", "2031-03-03"), hedge=Hedge.RANGE),
    ]
    (course,) = arrange(days, [])
    assert heights(course).startswith("█▁▁ ")
    assert "up to 8" in heights(course)


def test_as_data():
    first, second = claim(10, 10, said("a", "2031")), claim(90, None, said("b", "2032"))
    (course,) = timeline_json(arrange([first, second], [clash(first, second)]))
    assert [(s["published"], s["bounds"], s["contradicts"]) for s in course["said"]] == [
        ("2031", "10", []),
        ("2032", "90 or more", ["“10-10”"]),
    ]


@st.composite
def claims(draw):
    made = []
    for at in range(draw(st.integers(1, 6))):
        ends = sorted(draw(st.tuples(*[st.integers(0, 10 ** draw(st.integers(0, 9)))] * 2)))
        lower, upper = draw(st.sampled_from([(ends[0], ends[1]), (ends[0], None), (None, ends[1])]))
        name = draw(st.text(min_size=1, max_size=60))
        day = draw(
            st.sampled_from([None, "2031", "2031-03", "2031-03-05", "1863-07-01/1863-07-03"])
        )
        made.append(
            replace(
                claim(
                    lower,
                    upper,
                    said(f"a{at}", day, source=name, text=draw(st.text(max_size=80))),
                    stance=draw(st.sampled_from(["affirms", "denies"])),
                    hedge=draw(st.sampled_from([h for h in Hedge if h is not Hedge.UNKNOWN])),
                    text=draw(st.text(max_size=80)),
                ),
                id=f"c{at}",
                group=(group := draw(st.sampled_from([None, "crew"]))),
                group_name=group and draw(st.text(min_size=1, max_size=120)),
            )
        )
    return made


class Question:
    def __init__(self, claims):
        self.claims = claims


class Panel:
    event_title = "The ferry"
    metric_name = "killed"
    contradictions = ()

    def __init__(self, claims):
        self.questions = [Question(claims)]


@settings(max_examples=150, deadline=None)
@given(claims(), st.integers(60, 300))
def test_no_row_is_wider_than_the_screen(made, width):
    """Whatever is said by whomever; on screens narrower than 60 columns lines break."""
    rows = [*draw(arrange(made, [clash(*made)]), width), *comparison.draw(Panel(made), width)]
    titles = {"The ferry · killed"}
    for row in rows:
        if row.style != "bold" and row.style != "italic" and row.plain not in titles:
            assert cell_len(row.plain) <= width, row.plain


@settings(max_examples=100, deadline=None)
@given(claims())
def test_the_picture_is_sound_and_within_its_frame(made):
    """All marks lie inside, and nothing is an element but what we draw."""
    root = ElementTree.fromstring(timeline("The ferry", arrange(made, [clash(*made)])))
    width, height = float(root.get("width")), float(root.get("height"))
    for mark in root.iter():
        for key, most in (("cx", width), ("x", width), ("cy", height), ("y", height)):
            if mark.get(key) is not None:
                assert 0 <= float(mark.get(key)) <= most


def test_the_picture_draws_days_to_scale():
    """Twice the time is twice the way, but for what stands on one day."""
    made = [
        claim(n, n, said(f"a{n}", f"2031-03-{d}")) for n, d in ((1, "01"), (2, "11"), (3, "21"))
    ]
    root = ElementTree.fromstring(timeline("The ferry", arrange(made, [])))
    dots = [float(mark.get("cx")) for mark in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert abs((dots[1] - dots[0]) - (dots[2] - dots[1])) < 1


def test_what_cannot_be_drawn_is_counted():
    """One number of a metric is no course, nor is one without a date."""
    alone = claim(5, 5, said("a", "2031"))
    undated = claim(5, 5, said("b", None), metric="wounded")
    shown = timeline("The ferry", arrange([alone, undated], []))
    assert "2 metrics of which fewer than two numbers are dated: not drawn." in shown
