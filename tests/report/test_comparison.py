"""A comparison fits its terminal, whatever the names, and groups its rows as asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claimtrack.report.cells import PLAIN_SIGNS, Pen, fold
from claimtrack.report.comparison import By, draw, who
from claimtrack.report.formats import claim_rows, claim_table
from claimtrack.report.visible import one_way
from report.drawn import NAMES, Panel, cases, claim, report

PENS = [Pen(), Pen(PLAIN_SIGNS, "ascii")]


@given(cases(), st.integers(40, 400), st.sampled_from(PENS), st.sampled_from(By))
def test_no_line_is_wider_than_asked(told, width, pen, by):
    lines = draw(Panel(told), width, pen, by)
    assert max(cell_len(line.plain) for line in lines) <= width
    for line in lines:
        line.plain.encode(pen.encoding)
        assert "\n" not in line.plain


@given(NAMES, st.integers(0, 60), st.sampled_from(PENS))
def test_a_name_fills_just_its_columns(name, width, pen):
    assert cell_len(pen.fit(name, width)) == width
    if cell_len(pen.text(name)) <= width:
        assert pen.short(name, width) == one_way(pen.text(name))


def test_long_names_lose_their_middle():
    assert Pen().short("The Conservative Treehouse", 11) == "The C…house"
    assert PENS[1].short("The Conservative Treehouse", 11) == "The ...ouse"
    assert Pen().short("新华社通讯员", 7) == "新…讯员"


@given(st.lists(NAMES).map(" ".join), st.integers(10, 120), st.integers(0, 20))
def test_a_folded_sentence_keeps_its_words_and_its_width(text, width, indent):
    shown = Pen().text(text)
    lines = fold(shown, width, indent)
    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(shown.split())


@pytest.mark.parametrize("width", [40, 60, 72, 80, 120, 200, 400])
def test_marks_of_all_rows_stand_below_each_other(width):
    """Also where names are written from right to left or in wide signs."""
    names = ["Reuters", "قُتل أكثر من مئتين", "新华社通讯员", "אל ג'זירה"]
    told = [
        claim(0, 1000, id_=f"c-{n}", reports=[report(name=name)], denied=False)
        for n, name in enumerate(names)
    ]
    told.append(claim(400, 400, id_="c-9", text="字" * 30, reports=[report(name="字" * 30)]))
    lines = [line.plain for line in draw(Panel(told), width)]
    strips = [line for line in lines if "●" in line]
    assert len(strips) == 5
    starts = {cell_len(line[: line.index("╌")]) for line in strips if "╌" in line}
    ticks = [{cell_len(s[:at]) for at, sign in enumerate(s) if sign == "┊"} for s in strips]
    assert len(starts) == 1
    assert starts == {min(ticks[-1])}


def test_ten_reports_of_one_witness_stand_together():
    """Under the origin, with the count; the busiest origin stands first."""
    witness = [
        report(f"r-{n}", f"Paper {n}", f"2018-02-{n + 10}", ("A witness",)) for n in range(10)
    ]
    told = [
        claim(5, 5, id_="c-0", reports=[report("own", "Agency", "2018-02-08"), *witness[:4]]),
        claim(9, 9, id_="c-1", reports=witness[4:]),
    ]
    lines = [line.plain for line in draw(Panel(told), 120, by=By.ORIGIN)]
    heads = [line.strip() for line in lines if "report" in line]
    assert heads == ["A witness (10 reports)", "Agency (1 report)"]
    start = lines.index("  A witness (10 reports)")
    rows = [line.split()[:3] for line in lines[start + 1 : start + 11]]
    assert rows == [["←", "Paper", str(n)] for n in range(10)]
    assert lines[start + 12].split()[:3] == ["its", "own", "word"]


def test_by_source_a_paper_has_all_it_printed():
    """Near miss: the same origin in another paper stands under that paper."""
    told = [
        claim(5, 5, id_="c-0", reports=[report("a", "Post", chain=("A witness",))]),
        claim(7, 7, id_="c-1", reports=[report("b", "Post"), report("c", "Times")]),
    ]
    lines = [line.plain for line in draw(Panel(told), 100, by=By.SOURCE)]
    assert [line.strip() for line in lines if "report" in line] == [
        "Post (2 reports)",
        "Times (1 report)",
    ]


def test_by_date_the_oldest_stands_first_and_a_claim_once():
    told = [
        claim(5, 5, id_="c-0", reports=[report("a", "Late", "2018-03-01")]),
        claim(7, 7, id_="c-1", reports=[report("b", "Early"), report("c", "Other")]),
        claim(8, 8, id_="c-2", reports=[report("d", "Never", None)]),
    ]
    lines = [line.plain for line in draw(Panel(told), 100)]
    names = [line.split()[0] for line in lines if "“" in line]
    assert names == ["Early", "Late", "Never"]
    assert any("Early +1" in line for line in lines)


def test_what_is_contradicted_is_marked_without_colour():
    told = [claim(5, 5, contradicted=True), claim(7, 7, id_="c-1")]
    lines = [line.plain for line in draw(Panel(told), 100)]
    assert [line[0] for line in lines if "“" in line] == ["‡", " "]
    assert "‡ stands in a contradiction" in lines
    plain = [line.plain for line in draw(Panel(told), 100, PENS[1])]
    assert [line[0] for line in plain if '"' in line] == ["!", " "]
    calm = draw(Panel([claim(5, 5)]), 100)
    assert not any("‡" in line.plain for line in calm)


def test_what_was_corrected_says_so_without_a_style():
    """Of two reports of a claim one is left: the claim stands, by source only the old one falls."""
    old, kept = report("a", "Post", superseded_by="z"), report("b", "Times")
    told = [claim(5, 5, reports=[old, kept]), claim(7, 7, id_="c-1", reports=[old])]

    def corrected(by):
        lines = [line.plain for line in draw(Panel(told), 100, by=by)]
        return [line.endswith("corrected") for line in lines if "“" in line]

    assert corrected(By.DATE) == [False, True]
    assert corrected(By.SOURCE) == [True, True, False]


def test_a_claim_is_named_by_those_who_still_say_it():
    """Who corrected it does not head its row, nor does that report's date order it."""
    old = report("a", "Post", "2018-02-01", superseded_by="z")
    kept = report("b", "Times", "2018-02-09", chain=["Post"])
    told = [claim(5, 5, reports=[old, kept]), claim(7, 7, id_="c-2", reports=[report("c", "Sun")])]
    lines = [line.plain.split() for line in draw(Panel(told), 100, by=By.DATE)]
    assert [line[0] for line in lines if "“5" in line or "“7" in line] == ["Sun", "Post"]
    assert who(told[0]) == "Post ← Times"
    assert who(claim(5, 5, reports=[old])) == "Post"
    table = claim_table([*told, claim(5, 5, reports=[old])])
    assert [row[4] for row in table] == ["Post ← Times", "Sun", "Post (corrected)"]
    assert claim_rows(told[:1])[0][10] == "Post (corrected) | Post ← Times"
