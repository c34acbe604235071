"""What was said by day of publication: rows in the order in which they became known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from claimtrack.domain.dates import read_edtf
from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord
from claimtrack.domain.value import Kind
from claimtrack.report.cells import Pen, fold
from claimtrack.report.contract import assertion_json
from claimtrack.report.rows import (
    Entry,
    Layout,
    axis_line,
    claim_lines,
    lay_out,
    legend,
    usable,
)
from claimtrack.report.wording import bounds, capital, question, quoted

_BARS = "▁▂▃▄▅▆▇█"
_DATED_FOR_A_LINE = 3
"""Days with a number below which no line of heights is drawn: two points are no course."""


@dataclass(frozen=True, slots=True)
class Saying:
    """An assertion on the day of its publication, and what it brought about.

    `first` is the first day that its date can mean, None where it has none. `against` are the
    words of the claims that contradict it and were known already when it came; `corrects`
    those of the assertion that it takes back.
    """

    claim: ClaimRecord
    assertion: Assertion
    first: int | None
    against: tuple[str, ...] = ()
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One question of an event, with all that was said on it in the order of publication."""

    sayings: Sequence[Saying] = field(default_factory=list)

    @property
    def claims(self) -> list[ClaimRecord]:
        """Give its claims, each once."""
        return list({saying.claim.id: saying.claim for saying in self.sayings}.values())


def arrange(
    claims: Sequence[ClaimRecord], contradictions: Sequence[ContradictionRecord]
) -> list[Course]:
    """Put every assertion of these claims on its day, question by question; undated ones last.

    A contradiction arises on the day on which the last of its claims is first told.
    """
    known = {claim.id: _first_told(claim) for claim in claims}
    arising: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in contradictions:
        if not all(claim.id in known for claim in record.claims):
            continue
        newest = max(record.claims, key=lambda claim: known[claim.id])
        last = known[newest.id][1]
        others = [quoted(c) for c in record.claims if c.id != newest.id]
        arising[newest.id, last].append(_together(others))
    words = {a.id: a.text for claim in claims for a in claim.assertions}
    corrected = {a.superseded_by: a.id for claim in claims for a in claim.assertions}
    courses: dict[tuple[str, str | None], list[Saying]] = defaultdict(list)
    for claim in claims:
        for assertion in claim.assertions:
            old = corrected.get(assertion.id)
            saying = Saying(
                claim,
                assertion,
                _first_day(assertion),
                tuple(dict.fromkeys(arising.get((claim.id, assertion.id), ()))),
                words.get(old) if old else None,
            )
            courses[claim.metric, claim.group].append(saying)
    return [Course(sorted(sayings, key=order)) for sayings in courses.values()]


def _together(told: Sequence[str]) -> str:
    """Name claims that contradict another only together: two by their words, further counted."""
    more = f" and {len(told) - 2:,} more" if len(told) > 2 else ""
    return " with ".join(told[:2]) + more


def _first_told(claim: ClaimRecord) -> tuple[tuple[bool, int, str], str]:
    first = min(claim.assertions, key=lambda a: _when(a))
    return _when(first), first.id


def _when(assertion: Assertion) -> tuple[bool, int, str]:
    day = _first_day(assertion)
    return day is None, day or 0, assertion.id


def order(saying: Saying) -> tuple[bool, int, str]:
    """Order sayings by the first day that their date can mean, undated ones last."""
    return _when(saying.assertion)


def _first_day(assertion: Assertion) -> int | None:
    if not assertion.published:
        return None
    span = read_edtf(assertion.published)
    return span[0] if span[0] is not None else span[1]


def draw(courses: Sequence[Course], width: int, pen: Pen | None = None) -> list[Text]:
    """Draw the courses in lines no wider than `width` columns (of 40 up to 400).

    All courses of a metric have one scale, so that sizes of groups can be compared.
    """
    width, pen = usable(width), pen or Pen()
    together: dict[str, list[Course]] = defaultdict(list)
    for course in courses:
        together[course.claims[0].metric].append(course)
    lines: list[Text] = []
    for members in together.values():
        dates = min(width // 3, max(_longest_date(course) for course in members))
        entries = [_entries(course, dates, pen) for course in members]
        layout = lay_out([entry for each in entries for entry in each], width, pen)
        for course, rows in zip(members, entries, strict=True):
            lines += [*_course(course, rows, layout, width, pen), Text()]
    return lines + legend([claim for course in courses for claim in course.claims], pen)


def _course(
    course: Course, entries: Sequence[Entry], layout: Layout, width: int, pen: Pen
) -> list[Text]:
    first = course.sayings[0].claim
    lines = [Text(pen.short(capital(question(first)), width), style="bold")]
    if height := heights(course):
        lines += [Text(line, style="dim") for line in fold(pen.text(f"  {height}"), width, 4)]
    lines += axis_line(layout, first)
    for saying, entry in zip(course.sayings, entries, strict=True):
        lines += claim_lines(entry, layout, pen)
        before = "  " + " " * cell_len(entry.lead)
        for note in notes(saying):
            told = fold(pen.text(f"{before}↯ {note}"), width, len(before) + 2)
            lines += [Text(line, style="red") for line in told]
    return lines


def _longest_date(course: Course) -> int:
    return max(cell_len(_date(saying)) for saying in course.sayings)


def _entries(course: Course, dates: int, pen: Pen) -> list[Entry]:
    """Name every saying; a day is told once."""
    entries = []
    before = None
    for saying in course.sayings:
        date, report = _date(saying), saying.assertion
        lead = pen.fit("" if date == before else date, dates) + " "
        words = quoted(saying.claim, report.text)
        gone = report.superseded_by is not None
        entries.append(Entry(saying.claim, _who(saying), words, lead, gone))
        before = date
    return entries


def heights(course: Course) -> str:
    """Draw the least that was said by each day as a line of bars, and say what it shows.

    Nothing where fewer than three days have a number, or where it is no number of people or
    things.
    """
    by_day: dict[int, int] = {}
    for saying in course.sayings:
        value, day = saying.claim.value, saying.first
        if value.kind is Kind.COUNT and not saying.claim.denied and day is not None:
            by_day[day] = max(by_day.get(day, 0), value.lower or 0)
    if len(by_day) < _DATED_FOR_A_LINE:
        return ""
    most = max(by_day.values()) or 1
    bars = "".join(_BARS[by_day[day] * (len(_BARS) - 1) // most] for day in sorted(by_day))
    return f"{bars} the highest “at least” by day, up to {most:,}"


def notes(saying: Saying) -> list[str]:
    """Say what an assertion brought about on its day."""
    told = []
    if saying.against:
        more = len(saying.against) - 3
        rest = f" and {more:,} more" if more > 0 else ""
        told.append(f"contradicts {', '.join(saying.against[:3])}{rest}")
    if saying.corrects is not None:
        told.append(f"corrects “{saying.corrects}”")
    if saying.assertion.superseded_by is not None:
        told.append(f"corrected later by {saying.assertion.superseded_by}")
    return told


def _date(saying: Saying) -> str:
    return saying.assertion.published or "undated"


def _who(saying: Saying) -> str:
    return " ← ".join((saying.assertion.origin_name, *saying.assertion.relay_names[:1]))


COLUMNS = ("published", "metric", "group", "origin", "source", "words", "bounds", "brings", "id")


def rows(courses: Sequence[Course]) -> list[tuple[object, ...]]:
    """Give the same as rows, one an assertion."""
    return [
        (
            saying.assertion.published,
            saying.claim.metric,
            saying.claim.group,
            saying.assertion.origin,
            saying.assertion.source,
            saying.assertion.text,
            bounds(saying.claim.value, saying.claim.unit, denied=saying.claim.denied),
            "; ".join(notes(saying)),
            saying.assertion.id,
        )
        for course in courses
        for saying in course.sayings
    ]


def timeline_json(courses: Sequence[Course]) -> list[dict[str, Any]]:
    """Give the courses as the contract has them."""
    return [
        {
            "event": course.claims[0].event,
            "metric": course.claims[0].metric,
            "group": course.claims[0].group,
            "said": [
                {
                    "published": saying.assertion.published,
                    "claim": saying.claim.id,
                    "bounds": bounds(
                        saying.claim.value, saying.claim.unit, denied=saying.claim.denied
                    ),
                    "assertion": assertion_json(saying.assertion),
                    "contradicts": list(saying.against),
                    "corrects": saying.corrects,
                }
                for saying in course.sayings
            ],
        }
        for course in courses
    ]
