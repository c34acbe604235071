"""Read an amount: a number, a vague word or a range, with its unit and the rounding of it.

An amount is what a hedge moves; the hedges themselves are in `phrases`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from claimtrack.domain.lexicon import Lexicon
from claimtrack.domain.numbers import Number, read_number
from claimtrack.domain.units import find_unit, unit_size
from claimtrack.domain.value import Hedge, Kind
from claimtrack.errors import UnclearRange, UnreadableValue

_CONNECTOR = re.compile(r" ?(?P<word>-|~|to|through|and|or) ?(?=[^ ])")
_UNIT = re.compile(r"[ -]?(?:of )?(nautical miles?|[a-z]+\.?)")
_HALF_OF = re.compile(r"half an? (?=[a-z])")
_AND_A_HALF = re.compile(r" and a half\b| ?½")
_ONE_OF = re.compile(r"an? (?=[a-z])")
_AND_MORE = re.compile(r"(?:,? and|,)? (?=[a-z0-9])")
_BARE = "a bare number: n"
_ROUNDED = "n with the rounding of its unit"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or vague word with its own ends in base units, before a hedge moves them."""

    low: Fraction
    high: Fraction
    number: Number | None
    hedge: Hedge
    rule: str
    size: Fraction = Fraction(1)
    ends: tuple[tuple[Number, Fraction], ...] = ()


Read = tuple[Amount, str]
"""An amount and the words behind it."""


def whole_number(value: int) -> Number:
    """Make a whole number as if it had been told in digits."""
    figures = len(str(value).rstrip("0")) or 1
    return Number(Fraction(value), figures, Fraction(1, 2))


class AmountReader:
    """Read amounts of one kind by one lexicon; bare measures are in the metric's unit."""

    def __init__(self, lexicon: Lexicon, kind: Kind, unit: str | None) -> None:
        self._lexicon = lexicon
        self._unit = unit
        self._kind = kind
        self.counts = kind is Kind.COUNT

    def read_range(self, text: str, *, between: bool) -> Read | None:
        """Read "n to m"; "n and m" only behind "between". Both ends belong to it."""
        first = self._number(text)
        if first is None:
            return None
        unit = self._unit_of(first[1])
        behind = unit[1] if unit else first[1]
        connector = _CONNECTOR.match(behind)
        if connector is None or (connector["word"] == "and" and not between):
            return None
        second = self._number(behind[connector.end() :])
        if second is None:
            return None
        size, rest = self._sized(second[1])
        if size is None:
            return None
        own = unit_size(self._kind, unit[0]) if unit else size
        _check_order(first[0], second[0], own, size)
        rule = "n to m: from n to m" + ("" if self.counts else ", with the rounding of the unit")
        low, high = self._rounded(first[0], own)[0], self._rounded(second[0], size)[1]
        ends = ((first[0], own), (second[0], size))
        return Amount(low, high, None, Hedge.RANGE, rule, size, ends), rest

    def read_single(self, text: str) -> Read | None:
        """Read a vague word or one number with its unit."""
        for name in ("about", "vague"):
            found = self._lexicon.find_amount(name, text)
            if found is not None:
                return self._vague(found, text[len(found) :], is_about=name == "about")
        read = self._number(text) or self._one_of(text)
        if read is None:
            return None
        size, rest = self._sized(read[1])
        if size is None:
            return None
        number = read[0]
        if not self.counts:
            number, size, rest = self._with_smaller_parts(number, size, rest)
        low, high = self._rounded(number, size)
        rule = _BARE if self.counts else _ROUNDED
        return Amount(low, high, number, Hedge.EXACT, rule, size), rest

    def about(self, number: Number, size: Fraction) -> tuple[Fraction, Fraction, str]:
        """Widen a number said about, by the percentages of the lexicon."""
        one = number.figures == 1
        percent = self._lexicon.about_one_figure if one else self._lexicon.about_more_figures
        off = number.value * Fraction(percent, 100)
        low, high = (number.value - off) * size, (number.value + off) * size
        if self.counts:
            rule = f"about n: n ± {percent} %, rounded outwards"
            return Fraction(low.__floor__()), Fraction(high.__ceil__()), rule
        near = self._rounded(number, size)
        rule = f"about n: n ± {percent} %, or the rounding of the unit if wider"
        return min(low, near[0]), max(high, near[1]), rule

    def _vague(self, word: str, behind: str, *, is_about: bool) -> Read | None:
        size, rest = self._sized(behind)
        if size is None:
            return None
        if is_about:
            low, high, rule = self.about(whole_number(self._lexicon.about[word]), size)
            return Amount(low, high, None, Hedge.APPROXIMATE, f"{word}: {rule}", size), rest
        lower, upper = self._lexicon.vague[word]
        low = self._rounded(whole_number(lower), size)[0]
        high = self._rounded(whole_number(upper), size)[1]
        if lower == upper:
            number = whole_number(lower)
            return Amount(low, high, number, Hedge.EXACT, f"{word}: {lower}", size), rest
        return Amount(low, high, None, Hedge.VAGUE, f"{word}: {lower} to {upper}", size), rest

    def _number(self, text: str) -> tuple[Number, str] | None:
        read = read_number(text, letters=self.counts)
        if read is None:
            return None
        number, rest = read
        if self.counts:
            if number.has_point and number.scale == 1:
                raise UnreadableValue(
                    "the number has a decimal point, and a count has no fraction",
                    "write it in plain digits, thousands with commas: 1500 or 1,500",
                )
            return read
        if half := _AND_A_HALF.match(rest):
            return _add_half(number), rest[half.end() :]
        return read

    def _one_of(self, text: str) -> tuple[Number, str] | None:
        """Read "an hour" and "half an hour": measures only."""
        if self.counts:
            return None
        if half := _HALF_OF.match(text):
            return Number(Fraction(1, 2), 1, Fraction(1, 4)), text[half.end() - 1 :]
        if one := _ONE_OF.match(text):
            rest = text[one.end() - 1 :]
            unit = self._unit_of(rest)
            if unit and (half := _AND_A_HALF.match(unit[1])):
                # "an hour and a half": put the unit back behind the number.
                taken = rest[: len(rest) - len(unit[1])]
                return _add_half(whole_number(1)), taken + unit[1][half.end() :]
            return whole_number(1), rest
        return None

    def _with_smaller_parts(
        self, number: Number, size: Fraction, rest: str
    ) -> tuple[Number, Fraction, str]:
        """Add what is told in a smaller unit: "3 hours 20 minutes" has the minute's rounding."""
        while joint := _AND_MORE.match(rest):
            more = self._number(rest[joint.end() :])
            unit = self._unit_of(more[1]) if more else None
            smaller = unit_size(self._kind, unit[0]) if unit else size
            if more is None or unit is None or smaller >= size:
                break
            value = number.value * size / smaller + more[0].value
            number = replace(more[0], value=value, figures=2)
            size, rest = smaller, unit[1]
        return number, size, rest

    def _sized(self, rest: str) -> tuple[Fraction | None, str]:
        """Read the unit behind a number; counts have none, measures may leave it out."""
        if self.counts:
            return Fraction(1), rest
        if found := self._unit_of(rest):
            return unit_size(self._kind, found[0]), found[1]
        behind = rest.strip()
        blank = not behind or self._lexicon.find_after(behind) is not None
        return (unit_size(self._kind, self._unit) if blank else None), rest

    def _unit_of(self, rest: str) -> tuple[str, str] | None:
        words = None if self.counts else _UNIT.match(rest)
        unit = find_unit(self._kind, words[1]) if words else None
        return (unit, rest[words.end() :]) if words and unit else None

    def _rounded(self, number: Number, size: Fraction) -> tuple[Fraction, Fraction]:
        if self.counts:
            return number.value, number.value
        low = max(Fraction(0), number.value - number.half_place)
        return low * size, (number.value + number.half_place) * size


def _add_half(number: Number) -> Number:
    """Add a half; what is told in halves is rounded to the quarter on either side."""
    return replace(
        number, value=number.value + Fraction(1, 2), figures=2, half_place=Fraction(1, 4)
    )


def _check_order(one: Number, other: Number, own: Fraction, size: Fraction) -> None:
    if one.scale < other.scale and one.value * other.scale < other.value:
        raise UnclearRange(
            "it is not clear whether the first number is to be multiplied too",
            "write both ends in full, as in '200 to 300'",
        )
    if one.value * own > other.value * size:
        raise UnreadableValue(
            f"the range begins at {_told(one.value)} and ends at {_told(other.value)}",
            "write the smaller number first",
        )


def _told(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else str(float(value))
