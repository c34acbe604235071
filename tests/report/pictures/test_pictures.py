"""The pictures: each hedge its own mark, and nothing from outside but text."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree

import pytest

from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord, Link
from claimtrack.domain.testimony import Origin, OriginCount, Standing
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.report.agreement import Cell, make_matrix
from claimtrack.report.pictures.agreement import agreement
from claimtrack.report.pictures.forest import LEGEND, forest, forests
from claimtrack.report.pictures.relays import make_relays, relays, relays_mermaid

HOSTILE = [
    "</svg><script>alert(1)</script>",
    "]]><!--",
    '" onload="alert(1)',
    "\x1b[31m\x00",
    "\u202etxt.exe",
    "&lt;b&gt;",
    "\ud800",
    "{{7*7}}",
]
SVG = "{http://www.w3.org/2000/svg}"


def said(
    name, source="wire", origin=None, published="2018-02-09", superseded_by=None, mode="quotes"
):
    chain = (Link(origin, origin, mode, False, None),) if origin else ()
    return Assertion(
        id=name,
        document="d",
        title="T",
        published=published,
        url=None,
        source=source,
        source_name=source,
        source_anonymous=False,
        chain=chain,
        quote=None,
        text="words",
        hedge="exact",
        rule="n",
        lexicon="en-2",
        superseded_by=superseded_by,
    )


def claim(
    lower,
    upper,
    hedge=Hedge.EXACT,
    text="words",
    kind=Kind.COUNT,
    stance="affirms",
    contradicted=False,
    assertions=None,
    metric="killed",
    group="crew",
):
    made = f"c-{metric}-{group}-{lower}-{upper}-{text}-{stance}"
    return ClaimRecord(
        id=made,
        event="e",
        event_title="The ferry",
        metric=metric,
        metric_name=metric,
        unit=None,
        group=group,
        group_name=group,
        stance=stance,
        as_of=None,
        value=Value(kind, lower, upper, text, hedge, "n"),
        contradicted=contradicted,
        assertions=tuple(assertions or [said(f"a-{made}")]),
    )


@dataclass
class Question:
    claims: list
    versions: list = field(default_factory=list)
    contradictions: list = field(default_factory=list)
    origins: OriginCount = field(default_factory=lambda: OriginCount(0, 0, 0, ()))
    version_origins: list = field(default_factory=list)
    estimated: None = None


@dataclass
class Panel:
    questions: list
    event_title: str = "The ferry"
    metric_name: str = "killed"
    contradictions: list = field(default_factory=list)


def draw(*claims, **panel):
    return ElementTree.fromstring(forest(Panel([Question(list(claims))], **panel)))


def rows(root):
    return [g for g in root.iter(f"{SVG}g") if g.find(f"{SVG}title") is not None]


def legend(root):
    texts = {"".join(t.itertext()).strip("\u2068\u2069") for t in root.iter(f"{SVG}text")}
    return {key for key, told in LEGEND.items() if told in texts}


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        ({"lower": 5, "upper": 5}, "exact"),
        ({"lower": 4, "upper": 6, "hedge": Hedge.APPROXIMATE}, "about"),
        ({"lower": 4, "upper": 6, "hedge": Hedge.RANGE}, "range"),
        ({"lower": 20, "upper": 99, "hedge": Hedge.VAGUE}, "vague"),
        ({"lower": 200, "upper": None, "hedge": Hedge.ABOVE}, "open"),
        ({"lower": None, "upper": 200, "hedge": Hedge.BELOW}, "open"),
        ({"lower": 0, "upper": 0}, "none"),
        ({"lower": 5, "upper": 5, "stance": "denies"}, "none"),
        ({"lower": 5, "upper": None, "stance": "denies"}, "none"),
    ],
)
def test_each_hedge_has_its_mark(value, mark):
    """One mark, explained by the legend, which explains no other."""
    assert legend(draw(claim(**value))) == {mark}


def test_nearly_zero_is_no_cross():
    """Only nobody is drawn as a cross, not few."""
    assert legend(draw(claim(0, 1, Hedge.RANGE))) == {"range"}


def test_open_ends_point_their_way():
    """The ring stands at the end that was told, the arrow at the one that was not."""
    picture = draw(claim(200, None, Hedge.ABOVE), claim(None, 300, Hedge.BELOW))
    assert len(rows(picture)) == 2
    for row in rows(picture):
        ring = float(row.find(f"{SVG}circle").get("cx"))
        arrow = next(p for p in row.iter(f"{SVG}path") if p.get("d").endswith("z"))
        tip = float(arrow.get("d")[1:].split()[0])
        told = "".join(row.find(f"{SVG}title").itertext())
        assert (tip > ring) is ("or more" in told)


def test_a_contradiction_is_told_by_a_sign():
    """Not by colour: the sign stands behind the words and in the legend; without one neither."""
    with_one = forest(Panel([Question([claim(1, 1, contradicted=True), claim(9, 9)])]))
    assert with_one.count("‡") == 2
    assert "‡" not in forest(Panel([Question([claim(1, 1), claim(9, 9)])]))


def test_what_is_not_independent_is_told_by_a_sign():
    """Only where each report of the claim goes back to an origin that depends on another."""
    own, copied = claim(1, 1), claim(2, 2)
    origins = tuple(
        Origin(name, name, standing, (record.assertions[0].id,), ())
        for name, standing, record in (
            ("a", Standing.CERTAIN, own),
            ("b", Standing.DEPENDENT, copied),
        )
    )
    question = Question([own, copied], origins=OriginCount(2, 1, 1, origins))
    shown = forest(Panel([question]))
    assert shown.count("↪") == 2
    assert "↪" not in forest(Panel([Question([own, copied])]))


def test_no_scale_for_what_is_no_number():
    """Categories and yes or no are rows of words."""
    root = draw(claim(1, 1, kind=Kind.TRUTH_VALUE, text="true"))
    assert legend(root) == set()
    assert "“true”" in "".join(root.itertext())


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_outside_stays_text(hostile):
    """No element, no attribute and no control character comes from a name or a quote."""
    record = claim(
        5,
        5,
        text=hostile,
        assertions=[said("a", source=hostile, origin=hostile, published=hostile)],
    )
    panel = Panel([Question([record])], event_title=hostile, metric_name=hostile)
    plain = ElementTree.fromstring(
        forest(Panel([Question([claim(5, 5, assertions=[said("a", origin="o")])])]))
    )
    shape = sorted(e.tag for e in plain.iter())
    for made in (forest(panel), relays([record]), agreement(make_matrix([record, record], []))):
        root = ElementTree.fromstring(made)
        assert not {e.tag for e in root.iter()} - {
            SVG + n for n in "svg title desc style rect g text tspan path circle line".split()
        }
        assert not [k for e in root.iter() for k in e.attrib if k.startswith("on")]
        assert not [s for s in made if s < " " and s != "\n"]
        assert "\u202e" not in made
    assert sorted(e.tag for e in ElementTree.fromstring(forest(panel)).iter()) == shape


def test_no_more_rows_than_asked_for_and_the_rest_counted():
    root = ElementTree.fromstring(
        forest(Panel([Question([claim(n, n) for n in range(1, 31)])]), most=10)
    )
    assert len(rows(root)) == 10
    assert "and 20 claims more, not drawn" in "".join(root.itertext())


def test_embedded_pictures_bring_no_style_and_no_equal_ids():
    """Two panels in one page: ids apart, nothing inherited, no style attribute anywhere."""
    one = forest(Panel([Question([claim(1, 1)])]), embedded=True)
    other = forest(Panel([Question([claim(2, 2)])]), embedded=True)
    ids = [
        e.get("id")
        for made in (one, other)
        for e in ElementTree.fromstring(made).iter()
        if e.get("id")
    ]
    assert len(ids) == len(set(ids)) == 4
    assert "<style" not in one
    assert "style=" not in one


def test_several_panels_have_a_scale_each():
    """A panel of thousands does not press one of tens to its edge."""
    small, large = Panel([Question([claim(10, 10)])]), Panel([Question([claim(10_000, 10_000)])])
    shown = forests([small, large])
    dots = [float(c.get("cx")) for c in ElementTree.fromstring(shown).iter(f"{SVG}circle")]
    assert dots[0] == dots[1] > 500


def contradiction(*claims):
    return ContradictionRecord("k", "e", "disjoint", 0.5, tuple(claims))


def test_matrix_counts_questions_by_origin():
    """Two share a question where both answer; they are against each other by pairs only."""
    a1 = claim(1, 1, assertions=[said("a1", origin="ana")])
    b1 = claim(
        9, 9, assertions=[said("b1", origin="ben"), said("b1x", source="blog", origin="ben")]
    )
    a2 = claim(3, 3, metric="wounded", assertions=[said("a2", origin="ana")])
    b2 = claim(3, 4, metric="wounded", assertions=[said("b2", origin="ben")])
    c3 = claim(7, 7, metric="missing", assertions=[said("c3", origin="cem")])
    matrix = make_matrix([a1, b1, a2, b2, c3], [contradiction(a1, b1), contradiction(a2, b2, c3)])
    assert matrix.cells == {("ana", "ben"): Cell(2, 1)}
    assert [name for name, _ in matrix.origins] == ["ana", "ben"]


def test_matrix_leaves_out_the_corrected_and_the_unknown():
    kept = claim(1, 1, assertions=[said("a", origin="ana")])
    gone = claim(9, 9, assertions=[said("b", origin="ben", superseded_by="x")])
    unknown = claim(None, None, Hedge.UNKNOWN, assertions=[said("c", origin="cem")])
    assert make_matrix([kept, gone, unknown], [contradiction(kept, gone)]).cells == {}


def test_agreement_tells_the_sentence_under_the_pointer():
    a = claim(1, 1, assertions=[said("a", origin="ana")])
    b = claim(9, 9, assertions=[said("b", origin="ben")])
    shown = agreement(make_matrix([a, b], [contradiction(a, b)]))
    assert "ana and ben contradict each other in 1 of 1 question" in shown
    assert "share 1 question and contradict each other in none" in agreement(
        make_matrix([a, b], [])
    )


def test_relays_lead_from_report_to_origin():
    record = claim(
        1, 1, assertions=[said("a", source="blog", origin="ana"), said("b", source="ana")]
    )
    graph = make_relays([record])
    assert graph.links == {("blog", "ana"): {"quotes": 1}}
    assert (graph.tellers["ana"].ends, graph.tellers["ana"].reports) == (2, 1)
    assert graph.tellers["blog"].column < graph.tellers["ana"].column
    assert 'n0["blog"]' in relays_mermaid([record])
    assert "blog has 1 report from ana: quotes" in relays([record])


def test_relays_in_a_circle_end():
    """Each relies on the other: drawn once each, and it ends."""
    graph = make_relays(
        [
            claim(1, 1, assertions=[said("a", source="ana", origin="ben")]),
            claim(2, 2, assertions=[said("b", source="ben", origin="ana")]),
        ]
    )
    assert len(graph.tellers) == len(graph.links) == 2


def test_more_sources_than_can_be_drawn_are_counted():
    record = claim(1, 1, assertions=[said(f"a{n}", source=f"s{n:03}") for n in range(70)])
    root = ElementTree.fromstring(relays([record]))
    assert len(list(root.iter(f"{SVG}rect"))) == 61
    assert "10 more sources are not drawn." in "".join(root.itertext())
