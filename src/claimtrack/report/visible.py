"""Make text from outside safe to look at: what would act on a terminal is shown instead."""

from __future__ import annotations

import unicodedata

_PICTURES = 0x2400
_DELETE = 0x7F

_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "…": "...", "·": "|", "≥": ">=",
        "≤": "<=", "←": "<-", "→": "->", "●": "o", "○": "(", "✗": "x", "━": "=", "▶": ">",
        "◀": "<", "╌": "-", "░": ":", "┊": ".", "─": "-", "├": "[", "┤": "]", "█": "#",
        "±": "+/-", "×": "x", "│": "|", "↯": "!", "▁": "_", "▂": "_", "▃": ".", "▄": "-", "▅": "-",
        "▆": "=", "▇": "=", "\u200e": "",
    }
)  # fmt: skip
"""What stands in for our own signs where the terminal's encoding lacks them."""


def visible(text: str) -> str:
    """Show control characters, direction overrides and invisible signs instead of sending them."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_show(sign) for sign in text)


def _show(sign: str) -> str:
    code = ord(sign)
    if code < 0x20:
        return chr(_PICTURES + code)
    if code == _DELETE:
        return "\u2421"
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return f"<U+{code:04X}>"
    return sign


def one_way(shown: str) -> str:
    """Keep text that runs from right to left from reordering the row it stands in.

    It is put between marks of the row's own direction (U+200E), which have no width.
    """
    if any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in shown):
        return f"\u200e{shown}\u200e"
    return shown


def encodable(text: str, encoding: str) -> str:
    """Fit text to an encoding: our own signs become plain ones, what is left is escaped."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "backslashreplace").decode(encoding)
    return text


def middle(text: str, width: int) -> str:
    """Shorten a long name in its middle to so many columns."""
    from rich.cells import cell_len, chop_cells

    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    head = chop_cells(text, (width - 1 + 1) // 2)[0]
    tail_width = width - 1 - cell_len(head)
    tail = ""
    for sign in reversed(text):
        if cell_len(sign + tail) > tail_width:
            break
        tail = sign + tail
    return f"{head}…{tail}"
