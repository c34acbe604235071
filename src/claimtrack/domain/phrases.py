"""The hedge grammar: from the words of a count or a measured quantity to its bounds.

A phrase is read whole or not at all: a number or hedge left over is an error, never
dropped. No library keeps the direction of a bound, so the grammar is ours; what the
words mean stands in the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from claimtrack.domain.lexicon import Lexicon, Reading
from claimtrack.domain.numbers import NUMBER_WORDS, Number, read_number
from claimtrack.domain.units import find_unit, unit_size
from claimtrack.domain.value import Hedge, Kind
from claimtrack.errors import UnreadableValue

LONGEST = 300
"""Characters of a phrase at most."""

Ends = tuple[Fraction | None, Fraction | None]

_BLANKS = re.compile(r"\s+")
_DASHES = str.maketrans({"–": "-", "—": "-", "‒": "-", "−": "-", "’": "'"})
_CONNECTOR = re.compile(r" ?(?:-|~|to|through|and|or) ?(?=[^ ])")
_LEAD = re.compile(r"(?:the|a total of|total of|an? additional) (?=.)")
_JOIN = re.compile(r",? (?:and|but) |, ")
_WORD = re.compile(r"[\w']+")
_HINT = "write a number, or words such as 'more than 200', 'about 100', '200 to 300', 'scores'"
_AMOUNT_OF_ONE = re.compile(r"an? (?=[a-z])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says: ends in base units, how it is hedged, and the rule that told."""

    lower: Fraction | None
    upper: Fraction | None
    hedge: Hedge
    rule: str


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number or vague word with its own ends, before a hedge moves them."""

    low: Fraction
    high: Fraction
    number: Number | None
    hedge: Hedge
    rule: str
    size: Fraction = Fraction(1)


class _Reader:
    """Read phrases of one kind by one lexicon."""

    def __init__(self, lexicon: Lexicon, kind: Kind, unit: str | None) -> None:
        self._lexicon = lexicon
        self._kind = kind
        self._unit = unit

    def whole(self, text: str) -> Phrase | None:
        """Read a whole phrase, joined ones ("more than 100 and fewer than 300") too."""
        if phrase := self._single(text):
            return phrase
        for join in _JOIN.finditer(text):
            left, right = self._single(text[: join.start()]), self._single(text[join.end() :])
            if left and right and (both := _meet(left, right)):
                return both
        return None

    def _single(self, text: str) -> Phrase | None:
        text = _LEAD.sub("", text, count=1)
        between = re.match(r"(?:between|from|anywhere from|anywhere between) ", text)
        if between:
            text = text[between.end() :]
        hedges: list[tuple[str, Reading]] = []
        while found := self._lexicon.find_before(text):
            hedges.append(found)
            text = text[len(found[0]) :].lstrip()
        if len(hedges) > 3:
            return None
        found_range = self._range(text, needed=bool(between))
        if found_range is not None:
            amount, rest = found_range
        else:
            single = None if between else self._amount(text)
            if single is None:
                return None
            amount, rest = single
        rest = rest.lstrip(" -")
        while after := self._lexicon.find_after(rest):
            hedges.append((f"n {after[0]}", after[1]))
            rest = rest[len(after[0]) :].lstrip(" ")
        if not self._is_harmless(rest):
            return None
        return self._hedged(amount, hedges)

    def _range(self, text: str, *, needed: bool) -> tuple[_Amount, str] | None:
        first = read_number(text)
        if first is None:
            return None
        connector = _CONNECTOR.match(first[1])
        joined = connector[0].strip() if connector else ""
        if connector is None or (joined == "and" and not needed):
            unit_between = self._unit_of(first[1])
            if unit_between is None:
                return None
            connector = _CONNECTOR.match(unit_between[1])
            if connector is None:
                return None
            first = (first[0], unit_between[1])
        second = read_number(first[1][connector.end() :])
        if second is None:
            return None
        size, rest = self._sized(second[1])
        if size is None:
            return None
        one, other = first[0], second[0]
        if one.value < 100 <= other.value and other.multiplied and not one.multiplied:
            raise UnreadableValue(
                "it is not clear whether the first number is to be multiplied too",
                "write both ends in full, as in '200 to 300'",
            )
        if one.value > other.value:
            raise UnreadableValue(
                f"the range begins at {one.value} and ends at {other.value}",
                "write the smaller number first",
            )
        rule = "n to m: from n to m"
        low, high = self._rounded(one, size)[0], self._rounded(other, size)[1]
        if self._kind is not Kind.COUNT:
            rule += ", with the rounding of the unit"
        return _Amount(low, high, None, Hedge.RANGE, rule, size), rest

    def _amount(self, text: str) -> tuple[_Amount, str] | None:
        for words, is_about in ((self._lexicon.about, True), (self._lexicon.vague, False)):
            found = max((w for w in words if _begins(text, w)), key=len, default=None)
            if found is None:
                continue
            size, rest = self._sized(text[len(found) :])
            if size is None:
                return None
            if is_about:
                number = _number(self._lexicon.about[found])
                low, high, rule = self._about(number, size)
                rule = f"{found}: {rule}"
                return _Amount(low, high, None, Hedge.APPROXIMATE, rule, size), rest
            return self._vague(found, size), rest
        number_read = read_number(text)
        if number_read is None and self._kind is not Kind.COUNT:
            one = _AMOUNT_OF_ONE.match(text)
            number_read = (_number(1), text[one.end() - 1 :]) if one else None
        if number_read is None:
            return None
        size, rest = self._sized(number_read[1])
        if size is None:
            return None
        low, high = self._rounded(number_read[0], size)
        rule = "a bare number: n" if self._kind is Kind.COUNT else "n with the rounding of its unit"
        return _Amount(low, high, number_read[0], Hedge.EXACT, rule, size), rest

    def _vague(self, word: str, size: Fraction) -> _Amount:
        lower, upper = self._lexicon.vague[word]
        assert lower is not None and upper is not None
        low, high = self._rounded(_number(lower), size)[0], self._rounded(_number(upper), size)[1]
        point = lower == upper
        rule = f"{word}: {lower}" if point else f"{word}: {lower} to {upper}"
        number = _number(lower) if point else None
        hedge = Hedge.EXACT if point else Hedge.VAGUE
        return _Amount(low, high, number, hedge, rule, size)

    def _sized(self, rest: str) -> tuple[Fraction | None, str]:
        """Read the unit behind a number; counts have none, measures may leave it out."""
        if self._kind is Kind.COUNT:
            return Fraction(1), rest
        found = self._unit_of(rest)
        if found is None:
            blank = not rest.strip() or self._lexicon.find_after(rest.strip()) is not None
            return (unit_size(self._kind, self._unit) if blank else None), rest
        return unit_size(self._kind, found[0]), found[1]

    def _unit_of(self, rest: str) -> tuple[str, str] | None:
        if self._kind is Kind.COUNT:
            return None
        words = re.match(r"[ -]?(nautical miles?|[a-z]+\.?)", rest)
        unit = find_unit(self._kind, words[1]) if words else None
        return (unit, rest[words.end() :]) if words and unit else None

    def _rounded(self, number: Number, size: Fraction) -> tuple[Fraction, Fraction]:
        if self._kind is Kind.COUNT:
            return number.value, number.value
        low = max(Fraction(0), number.value - number.half_place)
        return low * size, (number.value + number.half_place) * size

    def _about(self, number: Number, size: Fraction) -> tuple[Fraction, Fraction, str]:
        one = number.figures == 1
        percent = self._lexicon.about_one_figure if one else self._lexicon.about_more_figures
        off = number.value * Fraction(percent, 100)
        low, high = (number.value - off) * size, (number.value + off) * size
        if self._kind is Kind.COUNT:
            return (
                Fraction(low.__floor__()),
                Fraction(high.__ceil__()),
                (f"about n: n ± {percent} %, rounded outwards"),
            )
        near = self._rounded(number, size)
        rule = f"about n: n ± {percent} %, or the rounding of the unit if wider"
        return min(low, near[0]), max(high, near[1]), rule

    def _hedged(self, amount: _Amount, hedges: list[tuple[str, Reading]]) -> Phrase | None:
        readings = [reading for _, reading in hedges if reading is not Reading.EXACT]
        bound = [reading for reading in readings if reading is not Reading.ABOUT]
        if len(bound) > 1:
            return None
        rule = amount.rule
        low, high = amount.low, amount.high
        about = Reading.ABOUT in readings
        if about and amount.number is not None:
            low, high, rule = self._about(amount.number, amount.size)
        elif about and amount.hedge is Hedge.RANGE:
            low, high, rule = self._about_range(low, high)
        if not bound:
            hedge = Hedge.APPROXIMATE if about and amount.number is not None else amount.hedge
            return Phrase(low, high, hedge, rule)
        word = next(word for word, reading in hedges if reading is bound[0])
        if amount.number is not None and not about:
            low = high = amount.number.value * amount.size
        return self._bounded(bound[0], word, low, high, amount)

    def _about_range(self, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction, str]:
        """Widen a range said about: each end as that number said about."""
        ends = [Number(end, len(str(end).rstrip("0")) or 1, Fraction(1, 2)) for end in (low, high)]
        lower, upper = self._about(ends[0], Fraction(1)), self._about(ends[1], Fraction(1))
        return lower[0], upper[1], "about n to m: from about n to about m"

    def _bounded(
        self, reading: Reading, word: str, low: Fraction, high: Fraction, amount: _Amount
    ) -> Phrase | None:
        counted = self._kind is Kind.COUNT
        step = Fraction(counted)
        word = word if word.startswith("n ") else f"{word} n"
        if reading is Reading.MORE:
            return Phrase(
                low + step,
                None,
                Hedge.ABOVE,
                f"{word}: n + 1 or more" if counted else f"{word}: n or more",
            )
        if reading is Reading.AT_LEAST:
            return Phrase(low, None, Hedge.ABOVE, f"{word}: n or more")
        if reading is Reading.FEWER:
            if high - step < 0:
                return None
            return Phrase(
                None,
                high - step,
                Hedge.BELOW,
                f"{word}: n - 1 at most" if counted else f"{word}: n at most",
            )
        if reading is Reading.AT_MOST:
            return Phrase(None, high, Hedge.BELOW, f"{word}: n at most")
        if amount.number is None:
            return None
        percent = self._lexicon.almost
        number = amount.number.value * amount.size
        under = number * Fraction(100 - percent, 100)
        if self._kind is Kind.COUNT:
            under = Fraction(under.__floor__())
        if number - step < under:
            return None
        rule = f"{word}: from {percent} % below n to n - 1"
        return Phrase(under, number - step, Hedge.APPROXIMATE, rule)

    def _is_harmless(self, rest: str) -> bool:
        """Tell whether what follows is a mere noun: no number, no hedge, nothing vague."""
        if any(sign.isdigit() or sign in "<>=~≈≤≥%½¼¾/" for sign in rest):
            return False
        words = _WORD.findall(rest)
        if rest and not words:
            return rest.strip(" .)") == ""
        # "one" may be a pronoun, "no" and "some" are hedges all the same.
        spoken = set(words) - {"one"}
        if spoken & (NUMBER_WORDS | {"half", "quarter", "percent", "per", "not", "nor", "th"}):
            return False
        padded = f" {' '.join(words)} "
        hedging = (*self._lexicon.before, *self._lexicon.after, *self._lexicon.vague)
        return not any(f" {word} " in padded for word in hedging)


def _begins(text: str, word: str) -> bool:
    return text.startswith(word) and not text[len(word) : len(word) + 1].isalnum()


def _number(value: int) -> Number:
    return Number(Fraction(value), len(str(value).rstrip("0")) or 1, Fraction(1, 2))


def _meet(left: Phrase, right: Phrase) -> Phrase | None:
    """Join a lower and an upper bound; two of the same side do not make one value."""
    if {left.hedge, right.hedge} != {Hedge.ABOVE, Hedge.BELOW}:
        return None
    low, high = (left, right) if left.hedge is Hedge.ABOVE else (right, left)
    assert low.lower is not None and high.upper is not None
    if low.lower > high.upper:
        return None
    return Phrase(low.lower, high.upper, Hedge.RANGE, f"{low.rule}; {high.rule}")


def plain(text: str) -> str:
    """Bring words to the form in which they are read: lower case, single blanks and dashes."""
    told = _BLANKS.sub(" ", text.translate(_DASHES)).strip().casefold()
    if told.startswith("(") and told.endswith(")"):
        told = told[1:-1].strip()
    return told.rstrip(".,;!").strip()


def read_phrase(text: str, kind: Kind, unit: str | None, lexicon: Lexicon) -> Phrase:
    """Read a count or a measured quantity; UnreadableValue where it cannot be read whole."""
    shown = text if len(text) <= 60 else text[:59] + "…"
    if len(text) > LONGEST:
        raise UnreadableValue(f"'{shown}' is too long for a value", "give the words of the number")
    told = plain(text)
    if told in lexicon.unknown:
        return Phrase(None, None, Hedge.UNKNOWN, f"{told}: the answer is not known")
    phrase = _Reader(lexicon, kind, unit).whole(told)
    if phrase is not None:
        return phrase
    if _says_none(told, kind, lexicon):
        return Phrase(Fraction(0), Fraction(0), Hedge.EXACT, "none: 0")
    what = "no quantity" if kind is not Kind.COUNT else "no count"
    raise UnreadableValue(f"'{shown}' is {what} that can be read whole", _HINT)


def _says_none(told: str, kind: Kind, lexicon: Lexicon) -> bool:
    if kind is not Kind.COUNT:
        return False
    if told in lexicon.none:
        return True
    found = max((word for word in lexicon.none if _begins(told, word)), key=len, default=None)
    if found is None:
        return False
    return _Reader(lexicon, kind, None)._is_harmless(told[len(found) :])
