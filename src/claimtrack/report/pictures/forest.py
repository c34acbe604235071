"""The forest plot: who said what, on one scale, with each hedge drawn as what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from rich.cells import cell_len

from claimtrack.domain.record import ClaimRecord
from claimtrack.domain.testimony import Standing
from claimtrack.domain.units import bound_for_display
from claimtrack.domain.value import Hedge, Kind
from claimtrack.report.pictures.svg import element, group, picture, words
from claimtrack.report.strip import Scale, make_scale
from claimtrack.report.visible import visible
from claimtrack.report.wording import bounds, capital, quoted, said_by

if TYPE_CHECKING:
    from claimtrack.report.comparison import Compared, Shown

WIDE, EDGE, LEFT, RIGHT, TOLD = 1000, 16, 376, 716, 738
"""Pixels: the picture, its margin, both ends of the scale, where the words begin."""
ROW, HEAD = 28, 34
"""Pixels: the height of a claim's row, and of a heading's."""
MOST = 400
"""Claims drawn of one question; the rest are counted in a sentence."""
_MARKS = 60
"""Columns for which round numbers are chosen: as many as read well above the scale."""
_NAME_COLUMNS, _WORD_COLUMNS, _DATE = 38, 34, 66

LEGEND = {
    "exact": "told exactly",
    "about": "about: the dots are how it is read",
    "open": "open end: at least, or at most",
    "vague": "vague word, by convention",
    "range": "range as told",
    "none": "zero, or denied",
}


@dataclass
class _Sheet:
    """What is drawn so far, how far down, and which marks the legend has to explain."""

    parts: list[Element] = field(default_factory=list)
    y: float = 0
    used: set[str] = field(default_factory=set)
    contradicted: bool = False
    derived: bool = False


def forest(panel: Shown, *, embedded: bool = False, most: int = MOST) -> str:
    """Draw the questions of a panel, one event and one metric, on one scale."""
    return forests([panel], embedded=embedded, most=most)


def forests(panels: Sequence[Shown], *, embedded: bool = False, most: int = MOST) -> str:
    """Draw several panels below each other, each on its own scale."""
    sheet = _Sheet(y=EDGE)
    for panel in panels:
        _panel(sheet, panel, most)
    _legend(sheet)
    title = "; ".join(dict.fromkeys(f"{p.event_title}: {p.metric_name}" for p in panels))
    return picture(WIDE, sheet.y, title, _told(panels), sheet.parts, embedded=embedded)


def _told(panels: Sequence[Shown]) -> str:
    """Say in words what the picture shows, for those who do not see it."""
    claims = [c for p in panels for q in p.questions for c in q.claims]
    disputed = sum(claim.contradicted for claim in claims)
    rows = [f"{_who(c)[0]}: {quoted(c)}" for c in claims[:20]]
    more = f"; and {len(claims) - 20:,} more" if len(claims) > 20 else ""
    return (
        f"{len(claims):,} claims, {disputed:,} of them in a contradiction. {'; '.join(rows)}{more}."
    )


def _panel(sheet: _Sheet, panel: Shown, most: int) -> None:
    claims = [claim for question in panel.questions for claim in question.claims]
    sheet.parts.append(
        words(EDGE, sheet.y + 17, f"{panel.event_title}: {panel.metric_name}", "title", 96)
    )
    told = f"{_claims(len(claims))}. No pooled estimate: claims are not samples."
    sheet.parts.append(words(EDGE, sheet.y + 38, told, "dim"))
    sheet.y += 54
    scale = _scale(claims)
    if scale is not None:
        _axis(sheet, scale, claims[0], panel, most)
    for question in panel.questions:
        _question(sheet, question, scale, most)
    sheet.y += 10


def _claims(count: int) -> str:
    return "1 claim" if count == 1 else f"{count:,} claims"


def _scale(claims: Sequence[ClaimRecord]) -> Scale | None:
    scale = make_scale(claims, _MARKS)
    return None if scale is None else replace(scale, width=RIGHT - LEFT)


def _x(scale: Scale, bound: float) -> float:
    return LEFT + scale.column(bound)


def _axis(sheet: _Sheet, scale: Scale, claim: ClaimRecord, panel: Shown, most: int) -> None:
    high = sum(
        (HEAD if q.claims[0].group_name else 0)
        + ROW * min(len(q.claims), most)
        + (ROW if len(q.claims) > most else 0)
        for q in panel.questions
    )
    free = 0.0
    for mark in scale.marks:
        x = _x(scale, mark)
        shown = bound_for_display(claim.value.kind, claim.unit, mark)
        label = f"{shown:,}" if isinstance(shown, (int, float)) else str(shown)
        rule = element("line", x1=x, x2=x, y1=sheet.y + 6, y2=sheet.y + 12 + high, class_="rule")
        sheet.parts.append(rule)
        if x - 4 * len(label) >= free:
            sheet.parts.append(words(x, sheet.y, label, "dim small mid"))
            free = x + 4 * len(label)
    sheet.y += 12


def _question(sheet: _Sheet, question: Compared, scale: Scale | None, most: int) -> None:
    heading = question.claims[0].group_name
    if heading:
        sheet.parts.append(words(EDGE, sheet.y + 22, capital(heading), "head", 48))
        sheet.y += HEAD
    standing = {id_: o.standing for o in question.origins.origins for id_ in o.reports}
    ordered = sorted(question.claims, key=lambda c: (_date(c) or "~", c.id))
    if len(ordered) > most:
        ordered = sorted(ordered, key=lambda c: (not c.contradicted, _date(c) or "~", c.id))[:most]
    for claim in ordered:
        derived = bool(claim.assertions) and all(
            standing.get(a.id) is Standing.DEPENDENT for a in claim.assertions
        )
        _row(sheet, claim, scale, derived)
    if len(question.claims) > most:
        rest = f"and {_claims(len(question.claims) - most)} more, not drawn"
        sheet.parts.append(words(EDGE + 12, sheet.y + 19, rest, "dim"))
        sheet.y += ROW


def _row(sheet: _Sheet, claim: ClaimRecord, scale: Scale | None, derived: bool) -> None:
    y = sheet.y + ROW / 2
    name, via = _who(claim)
    label = words(EDGE + 12, y + 5, _date(claim)[:10], "dim small")
    shown = min(cell_len(visible(name)), 24 if via else _NAME_COLUMNS)
    who = words(EDGE + 12 + _DATE, y + 5, name, "who" if claim.stands else "who gone", shown)
    if via:
        relay = element("tspan", class_="dim small", dx=6)
        relay.text = words(0, 0, f"via {via}", "", 44 - shown * 5 // 4).text
        who.append(relay)
    sign = " ‡" if claim.contradicted else ""
    mark = " ↪" if derived else ""
    sheet.contradicted |= claim.contradicted
    sheet.derived |= derived
    told = words(TOLD, y + 5, quoted(claim), "words", _WORD_COLUMNS)
    told.text = f"{told.text}{mark}{sign}"
    drawn = list(_mark(sheet, claim, scale, y)) if scale is not None else []
    hover = f"{quoted(claim)}: {bounds(claim.value, claim.unit, denied=claim.denied)}"
    hover += f"; {said_by(claim)}"
    if claim.contradicted:
        hover += "; stands in a contradiction"
    if derived:
        hover += "; not independent of others here"
    if not claim.stands:
        hover += "; corrected by its own source"
    row = group(label, who, *drawn, told, hover=hover, class_="told" if derived else "own")
    sheet.parts.append(row)
    sheet.y += ROW


def _date(claim: ClaimRecord) -> str:
    return min((a.published for a in claim.told_by if a.published), default="")


def _who(claim: ClaimRecord) -> tuple[str, str]:
    """Name the first origin with how many others, and the relay."""
    names = list(dict.fromkeys(a.origin_name for a in claim.told_by))
    if not names:
        return "nobody", ""
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    relays = claim.told_by[0].relay_names
    return names[0] + more, relays[0] if relays else ""


def _mark(sheet: _Sheet, claim: ClaimRecord, scale: Scale, y: float) -> Iterator[Element]:
    """Draw the bounds of a claim: see `LEGEND`."""
    value = claim.value
    if value.is_unknown or value.kind is Kind.CATEGORY:
        yield words(LEFT, y + 5, "unknown" if value.is_unknown else "", "dim small")
        return
    left = _x(scale, value.lower) if value.lower is not None else float(LEFT)
    right = _x(scale, value.upper) if value.upper is not None else float(RIGHT)
    kind = _kind(claim)
    sheet.used.add(kind)
    if kind == "none":
        if right - left > 1:
            yield _line(left, right, y, "line dots")
        ends = [x for x, end in ((left, value.lower), (right, value.upper)) if end is not None]
        for x in dict.fromkeys(ends):
            yield _cross(x, y)
    elif kind == "open":
        yield _line(left, right, y, "line")
        if value.upper is None:
            yield _arrow(right, y, 1)
        if value.lower is None:
            yield _arrow(left, y, -1)
        for x in [x for x, end in ((left, value.lower), (right, value.upper)) if end is not None]:
            yield element("circle", cx=x, cy=y, r=5, class_="ring")
    elif kind == "vague":
        yield from _hatched(left, right, y)
    elif kind == "range":
        yield _line(left, right, y, "line")
        for x in (left, right):
            yield element("path", d=f"M{x:.1f} {y - 6:.1f}v12", class_="line")
    else:
        if kind == "about":
            yield _line(left, right, y, "line dots")
        yield element("circle", cx=(left + right) / 2, cy=y, r=5, class_="dot")


def _kind(claim: ClaimRecord) -> str:
    """Choose the mark of a claim, a key of `LEGEND`."""
    value = claim.value
    if claim.denied or (value.upper == 0 and value.kind is Kind.COUNT):
        return "none"
    if value.lower is None or value.upper is None:
        return "open"
    if value.lower == value.upper:
        return "exact"
    if value.hedge is Hedge.VAGUE:
        return "vague"
    return "range" if value.hedge is Hedge.RANGE else "about"


def _line(left: float, right: float, y: float, class_: str) -> Element:
    return element("path", d=f"M{left:.1f} {y:.1f}H{right:.1f}", class_=class_)


def _cross(x: float, y: float) -> Element:
    d = f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10"
    return element("path", d=d, class_="line")


def _arrow(x: float, y: float, way: int) -> Element:
    d = f"M{x:.1f} {y - 5:.1f}l{8 * way} 5l{-8 * way} 5z"
    return element("path", d=d, class_="dot")


def _hatched(left: float, right: float, y: float) -> Iterator[Element]:
    """Hatch a box by lines of our own: patterns need ids, which a page would have to keep apart."""
    right = max(right, left + 6)
    strokes = []
    x = left
    while x < right:
        run = min(12.0, right - x)
        strokes.append(f"M{x:.1f} {y + 6:.1f}l{run:.1f} {-run:.1f}")
        x += 6
    yield element("path", d="".join(strokes), class_="line", stroke_opacity="0.55")
    box = element("rect", x=left, y=y - 6, width=right - left, height=12, class_="line dots")
    yield box


def _legend(sheet: _Sheet) -> None:
    """Explain the marks that were used, and no others."""
    sheet.y += 18
    rows = [(key, told) for key, told in LEGEND.items() if key in sheet.used]
    signs = [("‡", "stands in a contradiction")] if sheet.contradicted else []
    signs += [("↪", "not independent of others here")] if sheet.derived else []
    for at, (key, told) in enumerate([*rows, *signs]):
        x, y = EDGE + (at % 3) * 320, sheet.y + (at // 3) * 24
        if key in LEGEND:
            sheet.parts.append(group(*_sample(key, x, y), class_="own"))
        else:
            sheet.parts.append(words(x + 8, y + 5, key))
        sheet.parts.append(words(x + 46, y + 5, told, "dim small"))
    sheet.y += 24 * ((len(rows) + len(signs) + 2) // 3) + 6


def _sample(key: str, x: float, y: float) -> Iterator[Element]:
    left, right, centre = x, x + 32, x + 16
    if key == "none":
        yield _cross(centre, y)
    elif key == "open":
        yield _line(left, right, y, "line")
        yield _arrow(right, y, 1)
        yield element("circle", cx=left + 5, cy=y, r=5, class_="ring")
    elif key == "vague":
        yield from _hatched(left, right, y)
    elif key == "range":
        yield _line(left, right, y, "line")
        for end in (left, right):
            yield element("path", d=f"M{end:.1f} {y - 6:.1f}v12", class_="line")
    else:
        if key == "about":
            yield _line(left, right, y, "line dots")
        yield element("circle", cx=centre, cy=y, r=5, class_="dot")
