"""Find the counts in running text, each with its place.

What is plainly no count of people or things is let pass: years and days of dates, times,
shares, money, ordinals, numbers with a unit of measure, and those who speak ("Two U.S.
officials said", "according to three witnesses").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from claimtrack.domain.lexicon import Lexicon, default_lexicon
from claimtrack.domain.numbers import FRACTION_WORDS, NUMBER_WORDS
from claimtrack.domain.phrases import DASHES, JOIN, Phrase, PhraseReader, as_value, meet
from claimtrack.domain.units import find_unit
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.errors import UnclearRange, UnreadableValue

_WINDOW = 120
_START = re.compile(r"(?<![\w.,:/$€£#'-])[a-z\d<>=≤≥~≈]")
_FIRST = re.compile(r"[a-z]+|\d|.")
_NOUN = re.compile(r" (?P<word>[a-z][\w'-]*)")
_NO_COUNT_BEHIND = re.compile(
    r"[\w%/:]|\.\d|-?[a-z]|,\d| ?(?:percent|per cent|a\.?m|p\.?m|bc|ad)\b"
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_BEFORE_DATE = re.compile(rf"(?:\b{_MONTH} |\b(?:in|since|until|during|by|year) |\d-|\d, )$")
_BEHIND_DATE = re.compile(rf" (?:of )?{_MONTH}(?: |,|$)")
_SAID = r"(?:said|says?|told|tells?|testif(?:y|ied)|wrote|added|insist(?:s|ed)?|acknowledged?)"
_REPORTED = r"(?:report(?:s|ed)?|claim(?:s|ed)?|confirm(?:s|ed)?|estimated?|announced?|stated?)"
_SPEAKERS = (
    r"(?:officials?|sources?|witness(?:es)?|doctors?|reporters?|journalists?|outlets?|agenc(?:y|ies)"
    r"|newspapers?|spokes(?:men|man|people|persons?)|officers?|analysts?|groups?|residents?)"
)
_NO_SPEAKER = (
    r"(?!(?:who|he|she|they|it|we|were|was|are|is|had|have|has|been|be|died|die|dead|deaths|killed"
    r"|wounded|injured|hurt|captured|missing|perished|casualties)\b)"
)
_SPEAKING_BEHIND = re.compile(
    rf" (?:{_NO_SPEAKER}[\w.'-]+ ){{0,10}}?"
    rf"(?:{_NO_SPEAKER}(?!{_SAID}\b)[\w.'-]+ {_SAID}(?! to\b)|{_SPEAKERS} {_REPORTED})\b"
)
_SPEAKING_BEFORE = re.compile(
    r"\b(?:according to|citing|cite[sd]?|quot(?:es?|ed|ing)|told|interview(?:s with|ed))(?: the)? $"
)
_YEAR = range(1000, 2101)
_PRONOUN = {"of", "another", "day", "side", "who", "that", "in", "on", "is", "was", "could"}


def find_counts(sentence: str, lexicon: Lexicon | None = None) -> list[tuple[int, int, Value]]:
    """List the counts that a text tells, as (start, end, value), in order.

    Raises UnclearRange where a range does not tell whether its first number is multiplied.
    """
    lexicon = lexicon or default_lexicon()
    told, places = _plain(sentence)
    reader = PhraseReader(lexicon, Kind.COUNT)
    found: list[tuple[int, int, Value]] = []
    for begin, end, phrase in _phrases(told, reader, lexicon):
        first, last = places[begin], places[end - 1] + 1
        try:
            value = as_value(phrase, sentence[first:last], Kind.COUNT, lexicon)
        except UnreadableValue:
            continue
        found.append((first, last, value))
    return found


def _plain(sentence: str) -> tuple[str, list[int]]:
    """Bring text to lower case with single blanks, and note where each sign stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(sentence.translate(DASHES)):
        small = sign.lower()
        small = " " if small.isspace() else small if len(small) == 1 else sign
        if small == " " and signs and signs[-1] == " ":
            continue
        signs.append(small)
        places.append(place)
    return "".join(signs), places


def _phrases(
    told: str, reader: PhraseReader, lexicon: Lexicon
) -> Iterator[tuple[int, int, Phrase]]:
    openings, at = _openings(lexicon), 0
    for start in _START.finditer(told):
        begin = start.start()
        word = _FIRST.match(told, begin)
        if begin < at or word is None or not (word[0] in openings or word[0].isdigit()):
            continue
        read = _read_at(told, begin, reader, lexicon)
        if read is not None:
            at = read[0]
            yield begin, at, read[1]


@lru_cache(maxsize=8)
def _first_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(found[0] for word in words if (found := _FIRST.match(word)))


def _openings(lexicon: Lexicon) -> frozenset[str]:
    """Gather the words with which a count can begin, so that most words cost nothing."""
    others = ("between", "from", "anywhere", "a", *NUMBER_WORDS, *lexicon.none)
    return _first_words((*lexicon.before, *lexicon.vague, *lexicon.about, *others))


def _read_at(
    told: str, begin: int, reader: PhraseReader, lexicon: Lexicon
) -> tuple[int, Phrase] | None:
    text = told[begin : begin + _WINDOW]
    read = _head(reader, text)
    if read is None:
        return _none_at(text, begin, lexicon)
    phrase, rest = read
    if join := JOIN.match(rest):
        more = _head(reader, rest[join.end() :])
        if more and (both := meet(phrase, more[0])):
            phrase, rest = both, more[1]
    words = text[: len(text) - len(rest)].rstrip(" ")
    end = begin + len(words)
    return (end, phrase) if _is_count(told, begin, end, phrase) else None


def _head(reader: PhraseReader, text: str) -> tuple[Phrase, str] | None:
    try:
        return reader.read_head(text)
    except UnclearRange:
        raise
    except UnreadableValue:
        return None


def _none_at(text: str, begin: int, lexicon: Lexicon) -> tuple[int, Phrase] | None:
    """Read "none", "nobody", and "no" with a noun behind it."""
    fitting = (w for w in lexicon.none if re.match(rf"{re.escape(w)}\b", text))
    word = max(fitting, key=len, default=None)
    if word is None:
        return None
    noun = _NOUN.match(text, len(word))
    if noun and noun["word"] in lexicon.doubt:
        return None
    if word in ("no", "not one") and noun is None:
        return None
    return begin + len(word), Phrase(Fraction(0), Fraction(0), Hedge.EXACT, "none: 0")


def _is_count(told: str, begin: int, end: int, phrase: Phrase) -> bool:
    """Tell a count from a date, a time, a share, an ordinal or a measure."""
    before, behind = told[max(0, begin - 20) : begin], told[end : end + 20]
    if _NO_COUNT_BEHIND.match(behind):
        return False
    if _SPEAKING_BEFORE.search(before) or _SPEAKING_BEHIND.match(told[end : end + _WINDOW]):
        return False
    noun = _NOUN.match(behind)
    word = noun["word"] if noun else ""
    if word in FRACTION_WORDS:
        return False
    if any(find_unit(kind, word) for kind in (Kind.DURATION, Kind.DISTANCE)):
        return False
    if word in ("months", "years", "month", "year", "years-old"):
        return False
    if told[begin:end] == "one" and (
        word in _PRONOUN or re.search(r"\b(?:no|any|th\w+) $", before)
    ):
        return False
    if not told[begin].isdigit() or phrase.hedge not in (Hedge.EXACT, Hedge.RANGE):
        return True
    if _BEHIND_DATE.match(behind):
        return False
    is_year = phrase.lower is not None and phrase.lower in _YEAR and "," not in told[begin:end]
    in_date = _BEFORE_DATE.search(before)
    return not (in_date and (is_year or re.search(rf"\b{_MONTH} $", before)))
