"""Say why words could not be read, so that a newcomer knows what to write instead."""

from __future__ import annotations

import re

from claimtrack.domain.numbers import FRACTION_WORDS, read_number
from claimtrack.domain.units import known_units
from claimtrack.domain.value import Kind
from claimtrack.errors import UnreadableValue

_COUNT_HINT = (
    "write a number, or words such as 'more than 200', 'about 100', '200 to 300', 'scores'"
)
_STARTS = re.compile(r"(?<![\w.,])(?=\w)")
_NO_LENGTH = re.compile(r"\b(?:months?|years?|decades?)\b")


def explain(text: str, told: str, kind: Kind) -> UnreadableValue:
    """Make the error for words in which no value of a kind could be read."""
    shown = f"'{text if len(text) <= 60 else text[:59] + '…'}'"
    if re.match(r"(?:-|minus |negative )\s?[\w.]", told):
        return UnreadableValue(f"{shown} is negative", f"a {kind.value} is 0 or more")
    if kind is Kind.DURATION and _NO_LENGTH.search(told):
        return UnreadableValue(
            f"{shown} has no fixed length, as months and years differ",
            "give it in days or weeks, or give the dates",
        )
    if kind is not Kind.COUNT:
        units = ", ".join(known_units(kind))
        example = "about three hours" if kind is Kind.DURATION else "about 8 km"
        return UnreadableValue(
            f"{shown} is no {kind.value} that can be read whole",
            f"write it as '{example}', in one of: {units}",
        )
    if set(re.findall(r"\w+", told)) & FRACTION_WORDS or re.search(r"[%½¼¾]|\d/\d", told):
        return UnreadableValue(
            f"{shown} is a share or a place, not a count", "give the number itself"
        )
    if _figures(told) > 1:
        return UnreadableValue(
            f"{shown} holds more than one figure, and they do not make one value",
            "make a claim of each, or write one range: '200 to 300'",
        )
    if _figures(told) == 1:
        return UnreadableValue(
            f"{shown} holds a number, but says more than can be read",
            "keep to the number and its hedge, such as 'more than 200', and leave the rest"
            " to the quote",
        )
    return UnreadableValue(f"{shown} is no count that can be read whole", _COUNT_HINT)


def _figures(told: str) -> int:
    """Count the numbers that stand in words or digits."""
    figures = end = 0
    for start in _STARTS.finditer(told):
        if start.start() < end:
            continue
        if read := read_number(told[start.start() :]):
            figures += 1
            end = len(told) - len(read[1])
    return figures
