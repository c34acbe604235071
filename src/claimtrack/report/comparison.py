"""The comparison of claims as people see it: a strip a claim, then the verdict in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from rich.cells import cell_len
from rich.text import Text

from claimtrack.domain.record import ClaimRecord, ContradictionRecord
from claimtrack.domain.testimony import OriginCount
from claimtrack.domain.value import Kind
from claimtrack.report.contract import claim_json
from claimtrack.report.estimates import answer_told, estimates_json
from claimtrack.report.origins import count_data, count_words
from claimtrack.report.strip import axis, make_scale, strip
from claimtrack.report.visible import middle, one_way, visible
from claimtrack.report.wording import bounds, question

if TYPE_CHECKING:
    from claimtrack.report.estimates import Asked
    from claimtrack.report.strip import Scale

WORST = 3
"""Contradictions told under a picture; the rest are counted."""

_NARROW, _WIDE = 60, 200


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


def draw(panel: Shown, width: int) -> list[Text]:
    """Draw a panel in lines no wider than `width` columns."""
    width = max(_NARROW, min(width, _WIDE)) - 1
    claims = [claim for q in panel.questions for claim in q.claims]
    who_width = min(width * 2 // 5, 1 + max(cell_len(visible(who(c))) for c in claims))
    words_width = min(width // 4, max(cell_len(visible(_told(c))) for c in claims))
    strip_width = width - who_width - words_width - 4
    scale = make_scale(claims, strip_width)
    title = Text(visible(f"{panel.event_title} · {panel.metric_name}"), style="bold")
    lines = [title, Text()]
    if scale is not None:
        lines.append(Text("  " + " " * who_width + axis(scale, claims[0]), style="dim"))
    for compared in panel.questions:
        heading = compared.claims[0].group_name
        if heading:
            lines.append(Text(visible(_capital(heading)), style="italic"))
        for claim in sorted(compared.claims, key=_by_date):
            lines.append(_row(claim, scale, who_width, strip_width, words_width))
    lines.append(Text())
    return lines


def _by_date(claim: ClaimRecord) -> tuple[str, str]:
    return (min((a.published or "~" for a in claim.assertions), default="~"), claim.id)


def _row(
    claim: ClaimRecord, scale: Scale | None, who_width: int, strip_width: int, words_width: int
) -> Text:
    color = "red" if claim.contradicted else "cyan"
    row = Text("  ")
    row.append(_fit(who(claim), who_width - 1) + " ", style="" if claim.stands else "strike")
    if scale is not None:
        row.append(strip(claim, scale), style=color)
        row.append("  ")
    told = _told(claim)
    room = words_width if scale is not None else words_width + strip_width
    row.append(one_way(middle(visible(told), room)), style="" if scale is not None else color)
    return row


def who(claim: ClaimRecord) -> str:
    """Name the first origin and its relay, and count the rest."""
    chains = list(
        dict.fromkeys(" ← ".join((a.origin_name, *a.relay_names[:1])) for a in claim.assertions)
    )
    more = f" +{len(chains) - 1}" if len(chains) > 1 else ""
    return chains[0] + more if chains else "nobody"


def _told(claim: ClaimRecord) -> str:
    return f"denies “{claim.value.text}”" if claim.denied else f"“{claim.value.text}”"


def _fit(text: str, width: int) -> str:
    short = middle(visible(text), width)
    return one_way(short) + " " * (width - cell_len(short))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def verdict(panel: Shown) -> list[Text]:
    """Say in sentences what cannot all be true, the worst first, and what can."""
    found = panel.contradictions
    lines = []
    if found:
        what = "1 contradiction" if len(found) == 1 else f"{len(found):,} contradictions"
        least = " (the worst first)" if len(found) > 1 else ""
        lines.append(Text(f"{what}{least}:", style="bold red"))
        lines += [Text(f"  ✗ {visible(record.explanation)}") for record in found[:WORST]]
        if len(found) > WORST:
            lines.append(Text(f"  and {len(found) - WORST:,} more: claimtrack contradictions"))
    for compared in panel.questions:
        if told := question_verdict(compared):
            lines.append(Text(visible(told)))
    return lines


def question_verdict(compared: Compared) -> str:
    """Say of one question whether its claims can all hold, and if not in how many versions."""
    name = _capital(question(compared.claims[0]))
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
        " and ".join(f"“{by_id[id_].value.text}”" for id_ in ids[:4])
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
