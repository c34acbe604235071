"""The hedge grammar: from the words of a count or a measured quantity to its bounds.

A phrase is read whole or not at all: a number or hedge left over is an error, never
dropped. No library keeps the direction of a bound, so the grammar is ours; what the
words mean stands in the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from claimtrack.domain.amounts import Amount, AmountReader
from claimtrack.domain.lexicon import Lexicon, Reading, begins
from claimtrack.domain.misreadings import explain
from claimtrack.domain.numbers import FRACTION_WORDS, NUMBER_WORDS
from claimtrack.domain.value import INT64_MAX, Hedge, Kind, Value
from claimtrack.errors import UnreadableValue

LONGEST = 300
"""Characters of a phrase at most."""

JOIN = re.compile(r",? (?:and|but) |, ")
_BLANKS = re.compile(r"\s+")
DASHES = str.maketrans({"–": "-", "—": "-", "‒": "-", "−": "-", "’": "'"})
_LEAD = re.compile(
    r"(?:the|a total of|total of|an? (?=[a-z\d]+-(?:second|minute|hour|day|week|k?m|mile|foot)))"
    r" ?(?=.)"
)
_BETWEEN = re.compile(r"(?:anywhere )?(?:between|from) ")
_WORD = re.compile(r"[\w']+")
_RATE = re.compile(r"\ban? (?:second|minute|hour|day|week|month|year)\b")
_SIGNS = frozenset("<>=~≈≤≥%/$€£")
_GOES_ON = {"to", "or", "through"}
_DANGLING = {"to", "and", "or", "than", "of", "between", "from", "through", "but", "equal"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says: ends in base units, how it is hedged, and the rule that told."""

    lower: Fraction | None
    upper: Fraction | None
    hedge: Hedge
    rule: str


class PhraseReader:
    """Read phrases of one kind by one lexicon."""

    def __init__(self, lexicon: Lexicon, kind: Kind, unit: str | None = None) -> None:
        self._lexicon = lexicon
        self._amounts = AmountReader(lexicon, kind, unit)
        self._counts = kind is Kind.COUNT

    def read_whole(self, text: str) -> Phrase | None:
        """Read a whole phrase, joined ones ("more than 100 and fewer than 300") too."""
        if phrase := self._only(text):
            return phrase
        for join in JOIN.finditer(text):
            left, right = self._only(text[: join.start()]), self._only(text[join.end() :])
            if left and right and (both := meet(left, right)):
                return both
        return None

    def _only(self, text: str) -> Phrase | None:
        read = self.read_head(text)
        return read[0] if read and self.is_harmless(read[1]) else None

    def read_head(self, text: str) -> tuple[Phrase, str] | None:
        """Read the phrase that begins a text; give it and what is behind it."""
        text = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
        between = _BETWEEN.match(text)
        text = text[between.end() :] if between else text
        hedges: list[tuple[str, Reading]] = []
        while len(hedges) < 4 and (found := self._lexicon.find_before(text)):
            hedges.append(found)
            text = text[len(found[0]) :].lstrip()
        read = self._amounts.read_range(text, between=bool(between))
        if read is None and not between:
            read = self._amounts.read_single(text)
        if read is None:
            return None
        amount, rest = read
        tail = rest.lstrip(" -")
        while len(hedges) < 4 and (after := self._lexicon.find_after(tail)):
            hedges.append((f"n {after[0]}", after[1]))
            rest = tail[len(after[0]) :]
            tail = rest.lstrip()
        phrase = self._hedged(amount, hedges)
        return (phrase, rest) if phrase else None

    def is_harmless(self, rest: str, *, doubt_is_said: bool = False) -> bool:
        """Tell whether what follows is a mere noun: no number, no hedge, nothing vague.

        Words of doubt are let pass where the words before say as much already.
        """
        if any(sign.isnumeric() or sign in _SIGNS for sign in rest):
            return False
        words = _WORD.findall(rest)
        if not words:
            return rest.strip(" .)") == ""
        if rest[0].isalnum() or words[-1] in _DANGLING or words[0] in _GOES_ON:
            return False
        if _RATE.search(rest):
            return False
        # "one" may be a pronoun, "no" and "some" are hedges all the same.
        figures = (set(words) - {"one"}) & (NUMBER_WORDS | FRACTION_WORDS)
        if figures or (not doubt_is_said and self._lexicon.doubt & set(words)):
            return False
        padded = f" {' '.join(words)} "
        return not any(f" {word} " in padded for word in self._lexicon.hedging)

    def _hedged(self, amount: Amount, hedges: list[tuple[str, Reading]]) -> Phrase | None:
        readings = [reading for _, reading in hedges]
        or_equal = Reading.OR_EQUAL in readings
        bound = [pair for pair in hedges if pair[1] not in _NO_BOUND]
        if len(bound) > 1 or len(hedges) > 3 or (or_equal and not bound):
            return None
        low, high, rule, hedge = amount.low, amount.high, amount.rule, amount.hedge
        about = Reading.ABOUT in readings
        if about and amount.number is not None:
            low, high, rule = self._amounts.about(amount.number, amount.size)
            hedge = Hedge.APPROXIMATE
        elif about and amount.ends:
            low, high = (
                self._amounts.about(*amount.ends[0])[0],
                self._amounts.about(*amount.ends[1])[1],
            )
            rule = "about n to m: from about n to about m"
        if not bound:
            return Phrase(low, high, hedge, rule)
        if amount.number is not None and not about:
            low = high = amount.number.value * amount.size
        word, reading = bound[0]
        if or_equal:
            reading = _WITH_EQUAL.get(reading, reading)
        told = word if word.startswith("n ") else f"{word} n"
        if reading is Reading.ALMOST:
            return self._almost(told, amount)
        return self._bounded(reading, told + (" or equal" if or_equal else ""), low, high)

    def _bounded(self, reading: Reading, word: str, low: Fraction, high: Fraction) -> Phrase | None:
        """Open one end; only whole numbers step beyond the number told."""
        step = Fraction(self._counts)
        if reading is Reading.MORE:
            said = "n + 1 or more" if self._counts else "n or more"
            return Phrase(low + step, None, Hedge.ABOVE, f"{word}: {said}")
        if reading is Reading.AT_LEAST:
            return Phrase(low, None, Hedge.ABOVE, f"{word}: n or more")
        if reading is Reading.FEWER:
            said = "n - 1 at most" if self._counts else "n at most"
            below = high - step
            return None if below < 0 else Phrase(None, below, Hedge.BELOW, f"{word}: {said}")
        return Phrase(None, high, Hedge.BELOW, f"{word}: n at most")

    def _almost(self, word: str, amount: Amount) -> Phrase | None:
        if amount.number is None:
            return None
        percent, step = self._lexicon.almost, Fraction(self._counts)
        number = amount.number.value * amount.size
        under = number * Fraction(100 - percent, 100)
        under = Fraction(under.__floor__()) if self._counts else under
        if number - step < under:
            return None
        said = f"{word}: from {percent} % below n to {'n - 1' if self._counts else 'n'}"
        return Phrase(under, number - step, Hedge.APPROXIMATE, said)


_NO_BOUND = (Reading.EXACT, Reading.ABOUT, Reading.OR_EQUAL)
_WITH_EQUAL = {Reading.MORE: Reading.AT_LEAST, Reading.FEWER: Reading.AT_MOST}


def meet(left: Phrase, right: Phrase) -> Phrase | None:
    """Join a lower and an upper bound; two of the same side do not make one value."""
    if {left.hedge, right.hedge} != {Hedge.ABOVE, Hedge.BELOW}:
        return None
    low, high = (left, right) if left.hedge is Hedge.ABOVE else (right, left)
    if low.lower is None or high.upper is None or low.lower > high.upper:
        return None
    return Phrase(low.lower, high.upper, Hedge.RANGE, f"{low.rule}; {high.rule}")


def plain(text: str) -> str:
    """Bring words to the form in which they are read: lower case, single blanks and dashes."""
    told = _BLANKS.sub(" ", text.translate(DASHES)).strip().casefold()
    if told.startswith("(") and told.endswith(")"):
        told = told[1:-1].strip()
    return told.rstrip(".,;!").strip()


def read_phrase(text: str, kind: Kind, unit: str | None, lexicon: Lexicon) -> Phrase:
    """Read a count or a measured quantity; UnreadableValue where it cannot be read whole."""
    if len(text) > LONGEST:
        raise UnreadableValue(
            f"'{text[:59]}…' is too long for a value", "give only the words of the number"
        )
    told = plain(text)
    reader = PhraseReader(lexicon, kind, unit)
    if found := _leading(lexicon.unknown, told, reader, doubt_is_said=True):
        return Phrase(None, None, Hedge.UNKNOWN, f"{found}: the answer is not known")
    if phrase := reader.read_whole(told):
        return phrase
    if kind is Kind.COUNT and _leading(lexicon.none, told, reader):
        return Phrase(Fraction(0), Fraction(0), Hedge.EXACT, "none: 0")
    raise explain(text, told, kind)


def _leading(
    words: frozenset[str], told: str, reader: PhraseReader, *, doubt_is_said: bool = False
) -> str | None:
    """Find the word that says it all: behind it there is nothing but a noun."""
    if not told.startswith(tuple(words)):
        return None
    found = max((word for word in words if begins(told, word)), key=len, default=None)
    if found is None or told == found:
        return found
    rest = told[len(found) :]
    return found if reader.is_harmless(rest, doubt_is_said=doubt_is_said) else None


def as_value(phrase: Phrase, text: str, kind: Kind, lexicon: Lexicon) -> Value:
    """Make a value of what was read, in whole base units, rounded outwards."""
    for end in (phrase.lower, phrase.upper):
        if kind is Kind.COUNT and end is not None and end.denominator != 1:
            raise UnreadableValue(f"'{text}' is no whole number", "a count has no fraction")
    lower = None if phrase.lower is None else phrase.lower.__floor__()
    upper = None if phrase.upper is None else phrase.upper.__ceil__()
    check_size(lower, upper)
    return Value(kind, lower, upper, text, phrase.hedge, phrase.rule, lexicon.version)


def check_size(*ends: int | None) -> None:
    """Refuse numbers that no database column holds."""
    if any(end is not None and abs(end) > INT64_MAX for end in ends):
        raise UnreadableValue("the number is beyond 64 bits", "give a smaller number")
