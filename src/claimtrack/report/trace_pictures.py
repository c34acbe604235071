"""A trace as a graph, in Mermaid and in SVG; every text from outside is escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from claimtrack.domain.testimony import Standing, Stop
from claimtrack.report.origins import count_words, why
from claimtrack.report.pictures.columns import columns
from claimtrack.report.trace import Trace, days, mode_words, origin_numbers, title
from claimtrack.report.visible import middle, visible


@dataclass
class Node:
    """A report or a source in the picture."""

    name: str
    detail: str
    column: int = 0
    standing: Standing | None = None
    number: int | None = None


@dataclass
class Graph:
    """Nodes by key, and edges with how the one has it from the other."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str], str] = field(default_factory=dict)


def make_graph(trace: Trace) -> Graph:
    """Join the ways where they meet: in one report, or in one source."""
    graph = Graph()
    numbers = origin_numbers(trace.count)
    standings = {origin.source: origin.standing for origin in trace.count.origins}
    for way in trace.ways:
        before: str | None = None
        for stop in way:
            key = f"report {stop.report}" if stop.report else f"source {stop.source}"
            node = graph.nodes.setdefault(key, Node(stop.name, _detail(stop)))
            if stop.origin is not None:
                node.standing = standings.get(stop.origin)
                node.number = numbers.get(stop.origin)
            if before is not None and before != key:
                graph.edges[before, key] = mode_words(stop)
            before = key
    for key, column in columns(graph.nodes, graph.edges).items():
        graph.nodes[key].column = column
    return graph


def _detail(stop: Stop) -> str:
    if stop.report is None:
        return "unnamed" if stop.anonymous else ""
    when = days(stop.published)
    return f"{when} · {stop.report}" if when else stop.report


_MERMAID = re.compile(r"[^\w .,:/()·–—’“”…\-]", re.ASCII)
_SHAPES = {Standing.CERTAIN: "certain", Standing.POSSIBLE: "possible", Standing.DEPENDENT: "less"}


def mermaid(trace: Trace) -> str:
    """Draw the trace as a Mermaid flowchart, to paste where Markdown is read."""
    graph = make_graph(trace)
    names = {key: f"n{at}" for at, key in enumerate(graph.nodes)}
    lines = ["flowchart LR", f"  accTitle: {mermaid_text(title(trace), bare=True)}"]
    lines.append(f"  accDescr: {mermaid_text(count_words(trace.count), bare=True)}")
    for key, node in graph.nodes.items():
        label = mermaid_text(_label(node)) + (
            f"<br/>{mermaid_text(node.detail)}" if node.detail else ""
        )
        brackets = ("([", "])") if node.standing else ("[", "]")
        shape = f":::{_SHAPES[node.standing]}" if node.standing else ""
        lines.append(f'  {names[key]}{brackets[0]}"{label}"{brackets[1]}{shape}')
    for (one, other), mode in graph.edges.items():
        lines.append(f'  {names[one]} -- "{mermaid_text(mode)}" --> {names[other]}')
    lines.append("  classDef certain stroke-width:3px")
    lines.append("  classDef possible stroke-dasharray:6 4")
    lines.append("  classDef less stroke-dasharray:1 4")
    return "\n".join(lines) + "\n"


def _label(node: Node) -> str:
    return node.name if node.number is None else f"{node.name} ({node.number})"


def mermaid_text(text: str, *, bare: bool = False) -> str:
    """Write text so that Mermaid takes none of it for its own signs.

    A label takes any sign by its number (`#35;`). Titles know no such escapes: there the
    signs that Mermaid acts on become blanks.
    """
    shown = visible(text)
    if bare:
        return " ".join(re.sub(r"[#;{}%<>\"\[\]\\]", " ", shown).split())
    return _MERMAID.sub(_by_number, shown)


def _by_number(found: re.Match[str]) -> str:
    sign = found[0]
    return sign if sign.isalpha() else f"#{ord(sign)};"


WIDE, HIGH, GAP, ROW, EDGE = 240, 46, 110, 66, 24
"""Pixels: a box, the gap between columns, the height of a row, the margin."""
_SIGNS = 27
"""Columns of text that fit a box; what is longer is shortened and stands whole in its title."""

_STYLE = """\
.ct-trace text{font:13px system-ui,sans-serif;fill:#1b1f24}
.ct-trace .d,.ct-trace .m{font-size:11px;fill:#57606a}.ct-trace .m{text-anchor:middle}
.ct-trace rect{fill:#f6f8fa;stroke:#57606a}.ct-trace .certain{stroke-width:3}
.ct-trace .possible{stroke-dasharray:6 4}.ct-trace .less{stroke-dasharray:1 4}
.ct-trace path{fill:none;stroke:#57606a}.ct-trace .head{fill:#57606a;stroke:none}
.ct-trace .back{fill:#fff;stroke:none}
@media(prefers-color-scheme:dark){.ct-trace text{fill:#e6edf3}
.ct-trace .d,.ct-trace .m{fill:#9da7b3}.ct-trace rect{fill:#161b22;stroke:#9da7b3}
.ct-trace path{stroke:#9da7b3}.ct-trace .head{fill:#9da7b3}.ct-trace .back{fill:#0d1117}}
"""
"""Every rule names the picture's own class: in a page it touches nothing else."""


def svg(trace: Trace) -> str:
    """Draw the trace as a self-contained SVG: reports on the left, origins to the right."""
    graph = make_graph(trace)
    places = _places(graph)
    columns = max(node.column for node in graph.nodes.values()) + 1 if graph.nodes else 1
    rows = max((y for _, y in places.values()), default=EDGE) + ROW
    wide = max(2 * EDGE + columns * WIDE + (columns - 1) * GAP, 480)
    notes = [f"[{at}] {o.name}: {why(o)}" for at, o in enumerate(trace.count.origins, 1)]
    notes = [line for note in notes for line in _folded(note, wide // 7)]
    high = rows + 20 * (len(notes) + 2)
    told = " ".join([count_words(trace.count) + ".", *notes])
    own = trace.claim.id
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}"'
        f' height="{high}" role="img" aria-labelledby="t-{own} d-{own}" class="ct-trace">',
        f'<title id="t-{own}">{_xml(title(trace))}</title>',
        f'<desc id="d-{own}">{_xml(told)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="back" width="{wide}" height="{high}"/>',
    ]
    parts += [_edge(graph, places, edge) for edge in graph.edges]
    parts += [_box(node, *places[key]) for key, node in graph.nodes.items()]
    for at, line in enumerate([count_words(trace.count), *notes]):
        style = "" if at == 0 else ' class="d"'
        parts.append(f'<text x="{EDGE}" y="{rows + 20 * (at + 1)}"{style}>{_xml(line)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _places(graph: Graph) -> dict[str, tuple[int, int]]:
    used: dict[int, int] = {}
    places = {}
    for key, node in graph.nodes.items():
        row = used.get(node.column, 0)
        used[node.column] = row + 1
        places[key] = (EDGE + node.column * (WIDE + GAP), EDGE + row * ROW)
    return places


def _box(node: Node, x: int, y: int) -> str:
    shape = f' class="{_SHAPES[node.standing]}"' if node.standing else ""
    name = f'<text x="{x + 10}" y="{y + (19 if node.detail else 27)}">{_short(_label(node))}</text>'
    detail = f'<text class="d" x="{x + 10}" y="{y + 36}">{_short(node.detail)}</text>'
    full = f"<title>{_xml(' · '.join(filter(None, (_label(node), node.detail))))}</title>"
    radius = HIGH // 2 if node.standing else 4
    box = f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="{radius}"{shape}/>'
    return f"<g>{full}{box}{name}{detail if node.detail else ''}</g>"


def _edge(graph: Graph, places: dict[str, tuple[int, int]], edge: tuple[str, str]) -> str:
    (x, y), (to_x, to_y) = places[edge[0]], places[edge[1]]
    start, end = (x + WIDE, y + HIGH // 2), (to_x, to_y + HIGH // 2)
    bend = GAP // 2
    curve = (
        f"M{start[0]} {start[1]}C{start[0] + bend} {start[1]} {end[0] - bend} {end[1]}"
        f" {end[0] - 6} {end[1]}"
    )
    head = f"M{end[0]} {end[1]}l-8 -4v8z"
    at = (end[0] - bend - 4, (start[1] + 3 * end[1]) // 4 - 5)
    mode = f'<text class="m" x="{at[0]}" y="{at[1]}">{_xml(graph.edges[edge])}</text>'
    return f'<path d="{curve}"/><path class="head" d="{head}"/>{mode}'


def _short(text: str) -> str:
    return escape(middle(visible(text), _SIGNS))


def _folded(text: str, columns: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, columns, subsequent_indent="    ") or [""]


def _xml(text: str) -> str:
    """Escape for XML, which also has no place for control characters."""
    return escape(visible(text))
