"""Read the number that begins a text: digits with separators and multipliers, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_HALF = Fraction(1, 2)
_DIGITS = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<mark>[, '])\d{3}(?:(?P=mark)\d{3})*(?!\d)|\d{1,20})"
    r"(?:\.(?P<part>\d{1,12}))?"
)
_LETTER = re.compile(r" ?(?P<letter>k|m|bn)(?![a-z])")
_PLACE = re.compile(r"(?:-| and )(?:first|second)\b")
_TOKEN = re.compile(r"[ -]?(?P<word>[a-z]+)")
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_SMALL = {word: number for number, word in enumerate(_UNITS.split())}
_TENS = {
    word: number * 10
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_LETTERS = {"k": 10**3, "m": 10**6, "bn": 10**9}
_MULTIPLIERS = {"dozen": 12, "hundred": 100, **_LARGE}
NUMBER_WORDS = frozenset({*_SMALL, *_TENS, *_MULTIPLIERS})
_LOW_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "twelfth")
_ORDINALS = (
    *_LOW_ORDINALS,
    *(f"{word}th" for word, number in _SMALL.items() if number in (10, 11) or number > 12),
    *(f"{word[:-1]}ieth" for word in _TENS),
    *("hundredth", "thousandth", "half", "quarter"),
)
FRACTION_WORDS = frozenset({*_ORDINALS, *(f"{word}s" for word in _ORDINALS), "halves"})
"""Words of places and shares: behind a number they make it another number."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as told: its value, its significant figures, and half its last place.

    `scale` is what the last multiplying word stands for: 1,000 in "two hundred thousand", 1 where
    there is none.
    """

    value: Fraction
    figures: int
    half_place: Fraction
    scale: int = 1
    has_point: bool = False


def read_number(text: str, *, letters: bool = True) -> tuple[Number, str] | None:
    """Read the number at the start of a text in lower case; give it and the rest.

    `letters` tells whether k and m multiply; behind a measure they are units ("8m").
    """
    if found := _DIGITS.match(text):
        return _from_digits(found, text, letters)
    read = _from_words(text)
    return None if read and letters and _PLACE.match(read[1]) else read


def _from_digits(found: re.Match[str], text: str, letters: bool) -> tuple[Number, str]:
    digits, part = re.sub(r"\D", "", found["whole"]), found["part"] or ""
    rest, scale = text[found.end() :], 1
    if letters and (letter := _LETTER.match(rest)):
        scale, rest = _LETTERS[letter["letter"]], rest[letter.end() :]
    word = _TOKEN.match(rest)
    while scale == 1 and word and word["word"] in _MULTIPLIERS:
        scale *= _MULTIPLIERS[word["word"]]
        rest = rest[word.end() :]
        word = _TOKEN.match(rest)
    figures = len((digits + part).strip("0")) or 1
    # Made at once: each step of a fraction takes as long as all the looks above.
    places = 10 ** len(part)
    value = Fraction(int(digits + part) * scale, places)
    half = Fraction(scale, 2 * places) if part else _HALF
    return Number(value, figures, half, scale, bool(part)), rest


def _from_words(text: str) -> tuple[Number, str] | None:
    """Add up number words as long as they make one number ("two hundred and fifty")."""
    total = current = at = 0
    scale = 1
    last = 0
    seen = False
    for word, end in _words(text):
        step = _step(word, current, last, seen)
        if step is None:
            break
        current, last, flushed = step
        if flushed:
            total += current
            current = 0
        at, seen = end, True
        scale = _MULTIPLIERS.get(word, scale)
    if not seen:
        return None
    value = total + current
    figures = len(str(value).rstrip("0")) or 1
    return Number(Fraction(value), figures, Fraction(1, 2), scale), text[at:]


def _words(text: str) -> list[tuple[str, int]]:
    """List the leading number words with their ends; "and" and "a" count with what follows."""
    found: list[tuple[str, int]] = []
    at = 0
    while token := _TOKEN.match(text, at):
        word, end = token["word"], token.end()
        if text[at : at + 1] in ("-", " ") and at == 0:
            break
        following = _TOKEN.match(text, end)
        ahead = following["word"] if following else ""
        if word in ("a", "an") and not found and ahead in _MULTIPLIERS:
            word = "one"
        elif word == "and" and found and found[-1][0] in ("hundred", *_LARGE):
            if ahead not in _SMALL and ahead not in _TENS:
                break
            at = end
            continue
        if word not in NUMBER_WORDS or len(found) > 20:
            break
        found.append((word, end))
        at = end
    return found


def _step(word: str, current: int, last: int, seen: bool) -> tuple[int, int, bool] | None:
    """Take one word: the running number, its last place, and whether it is complete."""
    if word in _SMALL:
        number = _SMALL[word]
        fits = not seen or last in (100, 1000) or (last == 10 and 0 < number < 10)
        return (current + number, 1, False) if fits else None
    if word in _TENS:
        return (current + _TENS[word], 10, False) if not seen or last in (100, 1000) else None
    if word in ("hundred", "dozen"):
        size = 100 if word == "hundred" else 12
        if not seen or last in (100, 1000):
            return None
        return current * size, 100 if size == 100 else 1, False
    if not seen or (last == 1000 and current == 0):
        return None
    return current * _LARGE[word], 1000, True
