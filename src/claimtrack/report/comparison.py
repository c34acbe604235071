"""The comparison of claims as people see it: a strip a claim, then the verdict in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from rich.text import Text

from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord
from claimtrack.domain.testimony import OriginCount
from claimtrack.domain.value import Kind
from claimtrack.report.cells import Pen
from claimtrack.report.contract import claim_json
from claimtrack.report.estimates import answer_told, estimates_json
from claimtrack.report.origins import count_data, count_words
from claimtrack.report.rows import (
    Entry,
    axis_line,
    claim_lines,
    lay_out,
    legend,
    usable,
)
from claimtrack.report.visible import visible
from claimtrack.report.wording import bounds, capital, explain, question, quoted

if TYPE_CHECKING:
    from claimtrack.report.estimates import Asked

WORST = 3
"""Contradictions told under a picture; the rest are counted."""


class By(StrEnum):
    """How the rows of a comparison are put together."""

    DATE = "date"
    SOURCE = "source"
    ORIGIN = "origin"


class Compared(Protocol):
    """A question with its claims, as the comparing service gives it."""

    @property
    def claims(self) -> Sequence[ClaimRecord]:
        """Give the claims."""

    @property
    def versions(self) -> Sequence[Sequence[str]]:
        """Give the sets of claims that can all be true, by id."""

    @property
    def contradictions(self) -> Sequence[ContradictionRecord]:
        """Give the contradictions a claim of it stands in."""

    @property
    def origins(self) -> OriginCount:
        """Count the origins of its claims."""

    @property
    def version_origins(self) -> Sequence[OriginCount]:
        """Count the origins of each version."""

    @property
    def estimated(self) -> Asked | None:
        """Give its estimate by one method, if there is one."""


class Shown(Protocol):
    """The questions on one metric of one event."""

    @property
    def event_title(self) -> str:
        """Name the event."""

    @property
    def metric_name(self) -> str:
        """Name the metric."""

    @property
    def questions(self) -> Sequence[Compared]:
        """Give the questions."""

    @property
    def contradictions(self) -> Sequence[ContradictionRecord]:
        """Give the contradictions among them, worst first."""


def draw(panel: Shown, width: int, pen: Pen | None = None, by: By = By.DATE) -> list[Text]:
    """Draw a panel in lines no wider than `width` columns (of 40 up to 400).

    By date a row is a claim, oldest first. By source and by origin a row is a report, under
    the name of whoever published it or is said to know it, with how many there are.
    """
    width, pen = usable(width), pen or Pen()
    claims = [claim for question in panel.questions for claim in question.claims]
    sections = [list(_rows(question.claims, by)) for question in panel.questions]
    layout = lay_out(
        [row for rows in sections for row in rows if not isinstance(row, str)], width, pen
    )
    title = pen.short(f"{panel.event_title} · {panel.metric_name}", width)
    lines = [Text(title, style="bold"), Text(), *axis_line(layout, claims[0])]
    for rows, compared in zip(sections, panel.questions, strict=True):
        if heading := compared.claims[0].group_name:
            lines.append(Text(pen.short(capital(heading), width), style="italic"))
        for row in rows:
            if isinstance(row, str):
                lines.append(Text(pen.short(row, width)))
            else:
                lines += claim_lines(row, layout, pen)
    return [*lines, Text(), *legend(claims, pen)]


def _rows(claims: Sequence[ClaimRecord], by: By) -> Iterator[str | Entry]:
    """Give the rows of a question; a text alone is a heading."""
    if by is By.DATE:
        for claim in sorted(claims, key=_by_date):
            yield _entry(claim, who(claim), quoted(claim), gone=not claim.stands)
        return
    key = _source if by is By.SOURCE else _origin
    reports = [(report, claim) for claim in claims for report in claim.assertions]
    reports.sort(key=lambda pair: (pair[0].published or "~", pair[0].id))
    together: dict[str, list[tuple[Assertion, ClaimRecord]]] = {}
    for report, claim in reports:
        together.setdefault(key(report)[0], []).append((report, claim))
    for members in sorted(together.values(), key=lambda found: -len(found)):
        count = "1 report" if len(members) == 1 else f"{len(members):,} reports"
        yield f"  {key(members[0][0])[1]} ({count})"
        for report, claim in members:
            words, gone = quoted(claim, report.text), report.superseded_by is not None
            yield _entry(claim, _other(report, by), words, lead="  ", gone=gone)


def _entry(claim: ClaimRecord, label: str, words: str, *, lead: str = "", gone: bool) -> Entry:
    """Make a row; what was corrected says so in words too, which need no style."""
    return Entry(claim, label, f"{words}, corrected" if gone else words, lead, gone)


def _source(report: Assertion) -> tuple[str, str]:
    return report.source, report.source_name


def _origin(report: Assertion) -> tuple[str, str]:
    return report.origin, report.origin_name


def _other(report: Assertion, by: By) -> str:
    """Name who else stands in the chain, beside the one that heads the row."""
    if not report.relay_names:
        return "its own word"
    if by is By.ORIGIN:
        return "← " + " ← ".join(report.relay_names)
    return " ← ".join((report.origin_name, *report.relay_names[:-1]))


def _by_date(claim: ClaimRecord) -> tuple[str, str]:
    return (min((a.published or "~" for a in claim.told_by), default="~"), claim.id)


def who(claim: ClaimRecord) -> str:
    """Name the first origin and its relay, and count the rest."""
    chains = list(
        dict.fromkeys(" ← ".join((a.origin_name, *a.relay_names[:1])) for a in claim.told_by)
    )
    more = f" +{len(chains) - 1}" if len(chains) > 1 else ""
    return chains[0] + more if chains else "nobody"


def verdict(panel: Shown, hint: Callable[[str], str] = str) -> list[Text]:
    """Say in sentences what cannot all be true, the worst first, and what can.

    `hint` completes the command that tells the rest, as by the database that this call had.
    """
    found = panel.contradictions
    lines = []
    if found:
        what = "1 contradiction" if len(found) == 1 else f"{len(found):,} contradictions"
        least = " (the worst first)" if len(found) > 1 else ""
        lines.append(Text(f"{what}{least}:", style="bold red"))
        lines += [Text(f"  ✗ {visible(explain(record))}") for record in found[:WORST]]
        if len(found) > WORST:
            lines.append(Text(f"  and {len(found) - WORST:,} more: {hint(_all_of(panel))}"))
    for compared in panel.questions:
        if told := question_verdict(compared):
            lines.append(Text(visible(told)))
    return lines


def _all_of(panel: Shown) -> str:
    """Name the command that lists the contradictions of a panel."""
    first = panel.questions[0].claims[0]
    return f"`claimtrack contradictions --event {first.event} --metric {first.metric}`"


def question_verdict(compared: Compared) -> str:
    """Say of one question whether its claims can all hold, and if not in how many versions."""
    name = capital(question(compared.claims[0]))
    telling = [c for c in compared.claims if not c.value.is_unknown and c.stands]
    if not telling:
        return f"{name}: nobody gives an answer."
    origins = count_words(compared.origins)
    if len(telling) == 1:
        return f"{name}: one claim ({origins})."
    by_id = {claim.id: claim for claim in compared.claims}
    if len(compared.versions) == 1:
        meet = _common(telling)
        told = f"{name}: all {len(telling)} claims can hold together{meet}; {origins}."
        return told + _estimate(compared)
    shown = [
        " and ".join(quoted(by_id[id_]) for id_ in ids[:4])
        + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")
        + f" ({count_words(count)})"
        for ids, count in zip(compared.versions[:3], compared.version_origins, strict=False)
    ]
    rest = "" if len(compared.versions) <= 3 else f" against {len(compared.versions) - 3} more"
    told = f"{name}: {len(compared.versions)} versions, {' against '.join(shown)}{rest}."
    return told + _estimate(compared)


def _estimate(compared: Compared) -> str:
    """Give the estimate with the name of its method; nothing where there is none."""
    asked = compared.estimated
    made = [e for e in asked.estimates if e.refusal is None] if asked else []
    if asked is None or not made:
        return ""
    return f" Estimate by {made[0].method}: {answer_told(made[0], asked.names)}."


def _common(claims: Sequence[ClaimRecord]) -> str:
    """Name what plain numbers have in common."""
    if any(c.denied or c.as_of or c.value.kind not in _NUMBERS for c in claims):
        return ""
    lowers = [c.value.lower for c in claims if c.value.lower is not None]
    uppers = [c.value.upper for c in claims if c.value.upper is not None]
    lower, upper = max(lowers, default=None), min(uppers, default=None)
    first = claims[0].value
    shared = type(first)(first.kind, lower, upper, "", first.hedge, "")
    return f" ({bounds(shared, claims[0].unit)})"


_NUMBERS = (Kind.COUNT, Kind.DURATION, Kind.DISTANCE, Kind.DATE)


def question_json(compared: Compared) -> dict[str, Any]:
    """Give a question with claims, versions and verdict as the contract has it."""
    first = compared.claims[0]
    return {
        "event": first.event,
        "metric": first.metric,
        "group": first.group,
        "claims": [claim_json(claim) for claim in compared.claims],
        "origins": count_data(compared.origins),
        "versions": [list(ids) for ids in compared.versions],
        "version_origins": [count_data(count) for count in compared.version_origins],
        "estimate": estimates_json(compared.estimated) if compared.estimated else None,
        "contradictions": [record.id for record in compared.contradictions],
        "verdict": question_verdict(compared),
    }


def blank() -> Text:
    """Give an empty line."""
    return Text()


def short_name(claim: ClaimRecord) -> str:
    """Name a claim as people type it: by an assertion's own id, else by the claim's."""
    return claim.assertions[0].id if claim.assertions else claim.id
