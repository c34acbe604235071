"""Read survey phrases that give a total and its sides: "88 total (US 23; CS 65)"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimtrack.domain.lexicon import Lexicon
from claimtrack.domain.phrases import LONGEST
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.errors import UnreadableValue

TOTAL = "total"
_SIDES = re.compile(r"\(([^()]*)\)\s*\.?$")
_LABEL_FIRST = re.compile(r"([A-Z][A-Za-z]{0,2})\b[ :]+(.+)")
_LABEL_LAST = re.compile(r"(.+?)[ ]+([A-Z]{1,3})")
_SHORT_PART = re.compile(r"\d[\d,]* ?[kwm]", re.IGNORECASE)
_PART = re.compile(r"(\d[\d,]*) ?(?:k|w|m|captured|killed|wounded|missing)\b", re.IGNORECASE)


def read_breakdown(text: str, lexicon: Lexicon) -> Mapping[str, Value]:
    """Read the total and each side; a side that cannot be read whole is left out.

    Letters behind the parts of a side are K for killed, W for wounded and M for missing;
    a side told in parts is their sum. A lone "37K" may be either that or a multiple, and
    is left out; so is a side of which only a part is told ("800 captured"). "None" and
    "Unknown" alone tell only the total; a total of none leaves none for any side. Of a
    text longer than a phrase can be nothing is read.
    """
    found: dict[str, Value] = {}
    if len(text) > LONGEST:
        return found
    sides = _SIDES.search(text)
    head = text[: sides.start()] if sides else text
    total = _figure(re.sub(r"\btotal\b", "", head, flags=re.IGNORECASE).strip(), lexicon)
    if total is not None:
        found[TOTAL] = total
    for side in sides[1].split(";") if sides else ():
        told = side.strip()
        label = _LABEL_FIRST.fullmatch(told)
        if label and label[2].strip():
            name, figure = label[1], label[2]
        elif label := _LABEL_LAST.fullmatch(told):
            name, figure = label[2], label[1]
        else:
            continue
        value = None if _is_only_a_part(figure) else _figure(figure, lexicon)
        if value is not None:
            found[name] = value
    return found


def _is_only_a_part(figure: str) -> bool:
    """Tell whether a figure is of those captured, say, and not of all a side's losses."""
    named = re.search(r"\b(?:captured|killed|wounded|missing|prisoners)\b", figure, re.IGNORECASE)
    alone = not re.search(r"[/;]|, (?=\D)", figure)
    return alone and bool(named or _SHORT_PART.fullmatch(figure.strip()))


def _figure(text: str, lexicon: Lexicon) -> Value | None:
    """Read one figure: a count, or parts that are added up."""
    pieces = re.split(r"[/;]|, (?=\D)", text)
    if len(pieces) > 1:
        numbers = [n for piece in pieces for n in _PART.findall(piece)]
        total = sum(int(number.replace(",", "")) for number in numbers)
        if numbers:
            rule = "parts of a side: their sum"
            return Value(Kind.COUNT, total, total, text, Hedge.EXACT, rule, lexicon.version)
    try:
        return read_value(text, kind=Kind.COUNT, unit=None, lexicon=lexicon)
    except UnreadableValue:
        return None
