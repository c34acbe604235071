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
"""Columns from which name, strip and words stand in one line, after a day too."""
_GUTTER, _INSET, _DATE, _FEW_WORDS = 2, 4, 11, 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to draw: whose name, which words; `lead` (a date) stands before and is kept whole.

    `gone` strikes the name through: its own source corrected it.
    """

    claim: ClaimRecord
    label: str
    words: str
    lead: str = ""
    gone: bool = False


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


def lay_out(entries: Sequence[Entry], width: int, pen: Pen) -> Layout:
    """Share the columns between names, strips and words; `width` is what `usable` gives."""
    claims = [entry.claim for entry in entries]
    lead = max(cell_len(entry.lead) for entry in entries)
    longest = 1 + lead + max(cell_len(pen.text(entry.label)) for entry in entries)
    told = max(cell_len(pen.text(entry.words)) for entry in entries)
    if width < SIDE_BY_SIDE - 1 or width - lead < SIDE_BY_SIDE - 1 - _DATE:
        words = min(told, (width - _GUTTER - lead) // 2)
        room = width - _GUTTER - words - 1
        scale = make_scale(claims, width - _INSET)
        return Layout(room, width - _INSET, words, stacked=True, scale=scale)
    name = min(lead + (width - lead) * 2 // 5, longest)
    words = min(max(width // 4, _FEW_WORDS), told)
    strips = width - name - words - _GUTTER - 2
    return Layout(name, strips, words, stacked=False, scale=make_scale(claims, strips))


def axis_line(layout: Layout, claim: ClaimRecord) -> list[Text]:
    """Write the numbers of the scale; nothing where there is none."""
    if layout.scale is None:
        return []
    line = " " * layout.before + axis(layout.scale, claim)
    return [Text(line.rstrip(), style="dim")]


def claim_lines(entry: Entry, layout: Layout, pen: Pen) -> list[Text]:
    """Draw an entry: in one line, or the strip below where the layout is stacked."""
    color = "red" if entry.claim.contradicted else "cyan"
    row = Text()
    row.append(pen.signs.disputed if entry.claim.contradicted else " ", style="red")
    row.append(f" {entry.lead}", style="dim")
    room = layout.name - 1 - cell_len(entry.lead)
    name = pen.short(entry.label, room)
    row.append(name, style="strike" if entry.gone else "")
    row.append(" " * (room - cell_len(name) + 1))
    drawn = strip(entry.claim, layout.scale, pen.signs) if layout.scale is not None else ""
    if drawn and not layout.stacked:
        row.append(drawn, style=color)
        row.append("  ")
    words = layout.words if layout.scale or layout.stacked else layout.words + layout.strip
    row.append(pen.short(entry.words, words), style="" if drawn else color)
    row.rstrip()
    below = [Text((" " * _INSET + drawn).rstrip(), style=color)] if drawn and layout.stacked else []
    return [row, *below]


def legend(claims: Sequence[ClaimRecord], pen: Pen) -> list[Text]:
    """Explain the sign before rows, where one has it."""
    if not any(claim.contradicted for claim in claims):
        return []
    return [Text(f"{pen.signs.disputed} stands in a contradiction", style="dim"), Text()]
