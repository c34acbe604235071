"""Text and signs measured in the cells of a terminal: CJK takes two, combining marks none."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from claimtrack.report.visible import encodable, one_way, visible


@dataclass(frozen=True, slots=True)
class Signs:
    """What pictures are made of. Each is one cell wide but `gap`."""

    dot: str = "●"
    hollow: str = "○"
    cross: str = "✗"
    line: str = "━"
    right: str = "▶"
    left: str = "◀"
    dash: str = "╌"
    shade: str = "░"
    tick: str = "┊"
    span: str = "─"
    span_left: str = "├"
    span_right: str = "┤"
    disputed: str = "‡"
    gap: str = "…"

    def all(self) -> str:
        """Give every sign, to ask whether a terminal can show them."""
        return "".join(getattr(self, name) for name in self.__slots__)


SIGNS = Signs()
PLAIN_SIGNS = Signs(
    dot="o", hollow="(", cross="x", line="=", right=">", left="<", dash="-", shade=":",
    tick=".", span="-", span_left="[", span_right="]", disputed="!",
    gap="...",
)  # fmt: skip
"""The same in ASCII."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a picture is written: its signs, and the encoding that its text has to fit."""

    signs: Signs = SIGNS
    encoding: str = "utf-8"

    def text(self, told: str) -> str:
        """Make text from outside safe, and fit it to the encoding before it is measured."""
        return encodable(visible(told), self.encoding)

    def short(self, told: str, width: int) -> str:
        """Shorten a text in its middle to so many cells, and keep it from turning its row."""
        return one_way(self._short(told, width))

    def _short(self, told: str, width: int) -> str:
        shown = self.text(told)
        if cell_len(shown) <= width:
            return shown
        gap = self.signs.gap
        if width <= len(gap):
            return gap[: max(width, 0)]
        head = _head(shown, (width - len(gap) + 1) // 2)
        return head + gap + _tail(shown, width - len(gap) - cell_len(head))

    def fit(self, told: str, width: int) -> str:
        """Shorten or fill a text to just so many cells."""
        shown = self.short(told, width)
        return shown + " " * (width - cell_len(shown))


def _head(text: str, width: int) -> str:
    end = min(len(text), width)
    while end < len(text) and cell_len(text[: end + 1]) <= width and end < 4 * width:
        end += 1
    while cell_len(text[:end]) > width:
        end -= 1
    return text[:end]


def _tail(text: str, width: int) -> str:
    start = max(0, len(text) - width)
    while start > 0 and cell_len(text[start - 1 :]) <= width and len(text) - start < 4 * width:
        start -= 1
    while cell_len(text[start:]) > width:
        start += 1
    return text[start:]


def fold(text: str, width: int, indent: int = 0) -> list[str]:
    """Break a line at its blanks into lines of so many cells; what is longer breaks anywhere.

    Further lines are set in by `indent` columns, as far as that leaves half of the width.
    """
    text = text.rstrip()
    if cell_len(text) <= width:
        return [text]
    further = " " * min(indent, width // 2)
    lead = " " * min(len(text) - len(text.lstrip()), width // 2)
    lines, line, empty = [], lead, True
    for word in text.split():
        for at, piece in enumerate(_pieces(word, width - max(len(lead), len(further)))):
            blank = "" if empty else " "
            if at == 0 and cell_len(line) + len(blank) + cell_len(piece) <= width:
                line += blank + piece
            else:
                lines.append(line)
                line = further + piece
            empty = False
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    pieces = []
    while cell_len(word) > width:
        piece = _head(word, width) or word[:1]
        pieces.append(piece)
        word = word[len(piece) :]
    return [*pieces, word]
