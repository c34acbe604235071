"""The graph of who relies on whom in an event: from those who report to those who know."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from claimtrack.domain.record import ClaimRecord
from claimtrack.report.pictures.columns import columns
from claimtrack.report.pictures.svg import element, group, picture, words
from claimtrack.report.trace_pictures import mermaid_text

WIDE, HIGH, GAP, ROW, EDGE = 230, 44, 170, 62, 20
"""Pixels: a box, the gap between columns, the height of a row, the margin."""
MOST = 60
"""Sources drawn; the rest are counted in a sentence."""
_COLUMNS = 27


@dataclass
class Teller:
    """A source in the graph: how many reports are its own, and how many end with it."""

    name: str
    anonymous: bool
    reports: int = 0
    ends: int = 0
    column: int = 0


@dataclass
class Relays:
    """Sources by id, and from whom each has how many reports, in which modes."""

    tellers: dict[str, Teller] = field(default_factory=dict)
    links: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)


def make_relays(claims: Sequence[ClaimRecord]) -> Relays:
    """Join the chains of all standing reports of these claims."""
    graph = Relays()
    links: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for claim in claims:
        for report in claim.assertions:
            if report.superseded_by is not None:
                continue
            first = _teller(graph, report.source, report.source_name, report.source_anonymous)
            first.reports += 1
            before = report.source
            for link in report.chain:
                _teller(graph, link.source, link.name, link.anonymous)
                if link.source != before:
                    links[before, link.source][link.mode] += 1
                before = link.source
            graph.tellers[before].ends += 1
    graph.links = {pair: dict(modes) for pair, modes in links.items()}
    for id_, column in columns(graph.tellers, graph.links).items():
        graph.tellers[id_].column = column
    return graph


def _teller(graph: Relays, source: str, name: str, anonymous: bool) -> Teller:
    return graph.tellers.setdefault(source, Teller(name, anonymous))


def relays(claims: Sequence[ClaimRecord], *, embedded: bool = False) -> str:
    """Draw the sources of these claims, those who report on the left."""
    graph = make_relays(claims)
    chosen = dict(
        sorted(graph.tellers.items(), key=lambda item: -item[1].reports - item[1].ends)[:MOST]
    )
    places = _places({id_: chosen[id_] for id_ in graph.tellers if id_ in chosen})
    links = {pair: modes for pair, modes in graph.links.items() if set(pair) <= chosen.keys()}
    parts = [part for pair, modes in links.items() for part in _edge(graph, places, pair, modes)]
    parts += [_box(teller, *places[id_]) for id_, teller in chosen.items()]
    wide = max((x for x, _ in places.values()), default=0) + WIDE + EDGE
    high = max((y for _, y in places.values()), default=0) + ROW
    told = _told(graph)
    notes = [] if links else ["Nobody is told to rely on anybody here: each speaks for itself."]
    if len(graph.tellers) > MOST:
        notes.append(f"{len(graph.tellers) - MOST:,} more sources are not drawn.")
    notes.append("Dashed: has no name. An arrow leads to the one whose word it is.")
    lines = [line for note in notes for line in textwrap.wrap(note, max(wide, 480) // 7)]
    for line in lines:
        parts.append(words(EDGE, high + 8, line, "dim small"))
        high += 18
    return picture(max(wide, 480), high + 8, "Who relies on whom", told, parts, embedded=embedded)


def _told(graph: Relays) -> str:
    names = {id_: teller.name for id_, teller in graph.tellers.items()}
    said = [
        f"{names[one]} has {_reports(sum(modes.values()))} from {names[other]}"
        for (one, other), modes in graph.links.items()
    ]
    shown = "; ".join(said[:20]) or "nobody is told to rely on anybody"
    return f"{len(names):,} sources: {shown}."


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count:,} reports"


def _places(tellers: Mapping[str, Teller]) -> dict[str, tuple[int, int]]:
    used: dict[int, int] = defaultdict(int)
    shown = {at: n for n, at in enumerate(sorted({t.column for t in tellers.values()}))}
    places = {}
    for id_, teller in tellers.items():
        column = shown[teller.column]
        places[id_] = (EDGE + column * (WIDE + GAP), EDGE + used[column] * ROW)
        used[column] += 1
    return places


def _box(teller: Teller, x: int, y: int) -> Element:
    own = [f"{_reports(teller.reports)}"] if teller.reports else []
    ends = [f"origin of {teller.ends:,}"] if teller.ends else []
    detail = " · ".join([*own, *ends]) or "passes on"
    style = "box possible" if teller.anonymous else "box"
    return group(
        element(
            "rect", x=x, y=y, width=WIDE, height=HIGH, rx=HIGH // 2 if ends else 4, class_=style
        ),
        words(x + 14, y + 18, teller.name, "head", _COLUMNS),
        words(x + 14, y + 35, detail, "dim small"),
        hover=f"{teller.name}: {detail}" + ("; has no name" if teller.anonymous else ""),
    )


def _edge(
    graph: Relays,
    places: Mapping[str, tuple[int, int]],
    pair: tuple[str, str],
    modes: Mapping[str, int],
) -> Iterator[Element]:
    (x, y), (to_x, to_y) = places[pair[0]], places[pair[1]]
    start, end = (x + WIDE, y + HIGH // 2), (to_x, to_y + HIGH // 2)
    bend = GAP // 3
    curve = (
        f"M{start[0]} {start[1]}C{start[0] + bend} {start[1]} {end[0] - bend} {end[1]}"
        f" {end[0] - 6} {end[1]}"
    )
    one, other = (graph.tellers[id_].name for id_ in pair)
    mode = ", ".join(modes)
    count = sum(modes.values())
    told = f"{one} has {_reports(count)} from {other}: {mode}"
    yield group(
        element("path", d=curve, class_="edge", stroke_width=min(1 + count / 4, 5)),
        element("path", d=f"M{end[0]} {end[1]}l-8 -4v8z", class_="tip"),
        hover=told,
    )
    label = f"{mode} ×{count}" if count > 1 else mode
    yield words(end[0] - 12, end[1] - 6, label, "dim small end halo", 20)


def relays_mermaid(claims: Sequence[ClaimRecord]) -> str:
    """Write the same graph as a Mermaid flowchart."""
    graph = make_relays(claims)
    names = {id_: f"n{at}" for at, id_ in enumerate(graph.tellers)}
    lines = ["flowchart LR", "  accTitle: Who relies on whom"]
    for id_, teller in graph.tellers.items():
        style = ":::unnamed" if teller.anonymous else ""
        lines.append(f'  {names[id_]}["{mermaid_text(teller.name)}"]{style}')
    for (one, other), modes in graph.links.items():
        count = sum(modes.values())
        label = ", ".join(modes) + (f" ×{count}" if count > 1 else "")
        lines.append(f'  {names[one]} -- "{mermaid_text(label)}" --> {names[other]}')
    lines.append("  classDef unnamed stroke-dasharray:6 4")
    return "\n".join(lines) + "\n"
