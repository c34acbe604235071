"""The timeline: what was said by day of publication, the days to scale, a panel a metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from claimtrack.domain.units import bound_for_display
from claimtrack.domain.value import Hedge, Kind
from claimtrack.report.pictures.svg import element, group, picture, words
from claimtrack.report.strip import Scale, make_scale
from claimtrack.report.timeline import Course, Saying, notes, order
from claimtrack.report.wording import bounds, capital, quoted

WIDE, EDGE, LEFT, HIGH, ROW, STEP = 1000, 16, 90, 190, 18, 18
"""Pixels: the picture, its margin, the left end of the days, the height of a panel and of a line
of the list below it, and how far apart sayings of one day stand."""
MOST = 60
"""Sayings drawn of a question; the rest are counted in a sentence."""
_COLUMNS = 66
_MARKS = 40


def timeline(
    title: str, courses: Sequence[Course], *, embedded: bool = False, most: int = MOST
) -> str:
    """Draw a panel a metric, where it has two dated numbers or more; the rest are counted."""
    joined = _by_metric([course for course in courses if _scale(course) is not None])
    drawn = [course for course in joined if len(_dated(course)) > 1]
    parts: list[Element] = [words(EDGE, EDGE + 17, f"{title}: what was said when", "title", 96)]
    y = 60.0
    first = min((s.first for c in drawn for s in _dated(c) if s.first is not None), default=0)
    last = max((s.first for c in drawn for s in _dated(c) if s.first is not None), default=0)
    for course in drawn:
        y = _panel(parts, course, y, first, last, most)
    metrics = {claim.metric for course in courses for claim in course.claims}
    if left_out := len(metrics) - len(drawn):
        what = "1 metric" if left_out == 1 else f"{left_out:,} metrics"
        told = f"{what} of which fewer than two numbers are dated: not drawn."
        parts.append(words(EDGE, y + 8, told, "dim small"))
        y += 24
    said = [f"{s.assertion.published}: {_row(s)}" for c in drawn for s in _dated(c)[:6]]
    return picture(
        WIDE,
        y,
        f"{title}: what was said when",
        "; ".join(said[:24]) or "nothing with a number and a date",
        parts,
        embedded=embedded,
    )


def _by_metric(courses: Sequence[Course]) -> list[Course]:
    """Join the questions on one metric, so that all groups stand on one scale."""
    together: dict[str, list[Saying]] = {}
    for course in courses:
        together.setdefault(course.claims[0].metric, []).extend(course.sayings)
    return [Course(sorted(sayings, key=order)) for sayings in together.values()]


def _dated(course: Course) -> list[Saying]:
    return [s for s in course.sayings if s.first is not None and not s.claim.value.is_unknown]


def _scale(course: Course) -> Scale | None:
    scale = make_scale(course.claims, _MARKS)
    return None if scale is None else replace(scale, width=HIGH)


def _panel(
    parts: list[Element], course: Course, y: float, first: int, last: int, most: int
) -> float:
    scale = _scale(course)
    assert scale is not None
    claim = course.claims[0]
    parts.append(words(EDGE, y, capital(claim.metric_name), "head", 90))
    top, bottom = y + 38, y + 38 + HIGH
    for mark in scale.marks:
        at = bottom - scale.column(mark)
        shown = bound_for_display(claim.value.kind, claim.unit, mark)
        label = f"{shown:,}" if isinstance(shown, (int, float)) else str(shown)
        rule = element("line", x1=LEFT, x2=WIDE - EDGE, y1=at, y2=at, class_="rule")
        parts += [rule, words(LEFT - 8, at + 4, label, "dim small end")]
    sayings = _dated(course)
    places = _places(sayings[:most], first, last)
    free = 0.0
    for saying, x, is_new_day in places:
        label = saying.assertion.published or ""
        if is_new_day and x - 4 >= free:
            parts.append(words(x - 4, bottom + 18, label[:10], "dim small"))
            free = x + 76
    for number, (saying, x, _) in enumerate(places, 1):
        marks = list(_mark(saying, scale, x, top, bottom))
        above = words(x, top - 12, str(number), "dim small mid")
        parts.append(group(*marks, above, hover=_row(saying), class_="own"))
    y = bottom + 44
    for number, (saying, _, _) in enumerate(places, 1):
        row = f"{number}  {(saying.assertion.published or '')[:10]}  {_row(saying)}"
        parts.append(words(LEFT, y, row, "small", 150))
        y += ROW
    if len(sayings) > most:
        parts.append(words(LEFT, y, f"and {len(sayings) - most:,} more, not drawn", "dim small"))
        y += ROW
    return y + 24


def _places(sayings: Sequence[Saying], first: int, last: int) -> list[tuple[Saying, float, bool]]:
    """Give each saying its place: its day to scale, those of one day beside each other."""
    days = len({saying.first for saying in sayings})
    step = max(STEP, min(48, (WIDE - EDGE - LEFT) // (len(sayings) + 1))) if days == 1 else STEP
    room = WIDE - EDGE - LEFT - 30 - STEP * min(len(sayings), 12)
    found: list[tuple[Saying, float, bool]] = []
    before, x = None, 0.0
    for saying in sayings:
        assert saying.first is not None
        share = (saying.first - first) / ((last - first) or 1) if days > 1 else 0
        is_new_day = saying.first != before
        least = LEFT + 16 + share * room
        x = max(least, x + step) if found else least
        found.append((saying, min(x, WIDE - EDGE - 8), is_new_day))
        before = saying.first
    return found


def _row(saying: Saying) -> str:
    value = saying.claim.value
    told = quoted(saying.claim, saying.assertion.text)
    limits = bounds(value, saying.claim.unit, denied=saying.claim.denied)
    who = " via ".join((saying.assertion.origin_name, *saying.assertion.relay_names[:1]))
    of = f", {saying.claim.group_name}" if saying.claim.group_name else ""
    row = f"{who}: {told}{of} ({limits})"
    brought = "; ".join(notes(saying))
    return f"{row} ↯ {brought}" if brought else row


def _mark(saying: Saying, scale: Scale, x: float, top: float, bottom: float) -> Iterator[Element]:
    """Draw the bounds of a saying upright, with the marks of the forest plot."""
    value = saying.claim.value
    low = bottom - scale.column(value.lower) if value.lower is not None else bottom
    high = bottom - scale.column(value.upper) if value.upper is not None else top
    if saying.claim.denied or (value.upper == 0 and value.kind is Kind.COUNT):
        if low - high > 1:
            yield _line(x, low, high, "line dots")
        ends = [y for y, end in ((low, value.lower), (high, value.upper)) if end is not None]
        for y in dict.fromkeys(ends):
            yield element("path", d=f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10", class_="line")
    elif value.lower is None or value.upper is None:
        yield _line(x, low, high, "line")
        if value.upper is None:
            yield element("path", d=f"M{x - 5:.1f} {high:.1f}l5 -8l5 8z", class_="dot")
            yield element("circle", cx=x, cy=low, r=5, class_="ring")
        if value.lower is None:
            yield element("path", d=f"M{x - 5:.1f} {low:.1f}l5 8l5 -8z", class_="dot")
            yield element("circle", cx=x, cy=high, r=5, class_="ring")
    elif value.lower == value.upper:
        yield element("circle", cx=x, cy=low, r=5, class_="dot")
    elif value.hedge is Hedge.VAGUE:
        box = {"x": x - 6, "y": high, "width": 12, "height": max(low - high, 3.0)}
        yield element("rect", class_="line dots", **{k: f"{v:.1f}" for k, v in box.items()})
        strokes, y = [], low
        while y > high:
            strokes.append(f"M{x - 6:.1f} {y:.1f}l{12:.1f} {-min(12.0, y - high):.1f}")
            y -= 6
        yield element("path", d="".join(strokes), class_="line", stroke_opacity="0.55")
    elif value.hedge is Hedge.RANGE:
        yield _line(x, low, high, "line")
        for y in (low, high):
            yield element("path", d=f"M{x - 6:.1f} {y:.1f}h12", class_="line")
    else:
        yield _line(x, low, high, "line dots")
        yield element("circle", cx=x, cy=(low + high) / 2, r=5, class_="dot")


def _line(x: float, low: float, high: float, class_: str) -> Element:
    return element("path", d=f"M{x:.1f} {low:.1f}V{high:.1f}", class_=class_)
