"""Rows of a picture in a terminal: who, the strip, the words; narrow screens take two lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from claimtrack.domain.record import ClaimRecord
from claimtrack.report.cells import Pen
from claimtrack.report.strip import Scale, axis, make_scale, strip

NARROWEST, WIDEST = 40, 400
"""Columns that pictures are drawn for; a terminal may have more or fewer."""
SIDE_BY_SIDE = 60
"""Columns from which name, strip and words stand in one line."""
_GUTTER, _INSET = 2, 4


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a picture: the name, the strip and the words; `stacked` puts the strip below."""

    name: int
    strip: int
    words: int
    stacked: bool
    scale: Scale | None

    @property
    def before(self) -> int:
        """Give the columns left of the strip."""
        return _INSET if self.stacked else _GUTTER + self.name


def usable(width: int) -> int:
    """Give the columns to draw in: the last stays free, as some terminals wrap after it."""
    return max(NARROWEST, min(width, WIDEST)) - 1


def lay_out(
    claims: Sequence[ClaimRecord], labels: Sequence[str], width: int, pen: Pen, *, lead: int = 0
) -> Layout:
    """Share the columns between names, strips and words.

    `lead` columns of each label (a date) are kept whole, `width` is what `usable` gives.
    """
    longest = 1 + max(cell_len(pen.text(label)) for label in labels)
    told = max(cell_len(pen.text(told_words(claim))) for claim in claims)
    if width < SIDE_BY_SIDE - 1 + lead // 2:
        words = min(told, (width - _GUTTER - lead) // 2)
        room = width - _GUTTER - words - 1
        scale = make_scale(claims, width - _INSET)
        return Layout(room, width - _INSET, words, stacked=True, scale=scale)
    name = min(max(width * 2 // 5, lead + width // 4), longest)
    words = min(width // 4, told)
    strips = width - name - words - _GUTTER - 2
    return Layout(name, strips, words, stacked=False, scale=make_scale(claims, strips))


def told_words(claim: ClaimRecord) -> str:
    """Quote the words of a claim, a denial as one."""
    return f"denies “{claim.value.text}”" if claim.denied else f"“{claim.value.text}”"


def axis_line(layout: Layout, claim: ClaimRecord) -> list[Text]:
    """Write the numbers of the scale; nothing where there is none."""
    if layout.scale is None:
        return []
    line = " " * layout.before + axis(layout.scale, claim)
    return [Text(line.rstrip(), style="dim")]


def claim_lines(
    claim: ClaimRecord, label: str, layout: Layout, pen: Pen, *, gone: bool = False
) -> list[Text]:
    """Draw a claim; `gone` strikes through the name of one that its own source corrected."""
    color = "red" if claim.contradicted else "cyan"
    row = Text(pen.signs.disputed if claim.contradicted else " ", style="red")
    row.append(" ")
    name = pen.fit(label, layout.name - 1)
    row.append(name.rstrip(), style="strike" if gone else "")
    row.append(" " * (cell_len(name) - cell_len(name.rstrip()) + 1), style="")
    drawn = strip(claim, layout.scale, pen.signs) if layout.scale is not None else ""
    room = layout.words if layout.scale or layout.stacked else layout.words + layout.strip
    if drawn and not layout.stacked:
        row.append(drawn, style=color)
        row.append("  ")
    row.append(pen.short(told_words(claim), room), style="" if drawn else color)
    row.rstrip()
    below = [Text(" " * _INSET + drawn, style=color)] if drawn and layout.stacked else []
    return [row, *below]
