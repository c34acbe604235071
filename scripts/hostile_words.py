"""Words that ought to be trouble: phrases, dates and sentences of the grammar's own pieces.

`FAMILIES` are pieces which, repeated, make a pattern or a loop go over the same text again
and again if anything does.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

KINDS = ("count", "count", "date", "duration", "distance", "truth_value", "category")

NUMBERS = (
    "0", "1", "3", "200", "1,500", "1 500", "1.5", "2'000", "12k", "3m", "2bn", "a", "an", "one",
    "two", "twenty", "hundred", "thousand", "million", "dozen", "dozens", "scores", "hundreds",
    "half", "a quarter", "third", "½", "²", "٣", "１２", "Ⅻ", "1e5", "-5", "+5", "0.5", "007",
    "99999999999999999999", "9223372036854775807", "9223372036854775808", "twenty-one",
)  # fmt: skip
HEDGES = (
    "about", "around", "more than", "at least", "fewer than", "up to", "at most", "almost",
    "nearly",
    "over", "under", "between", "from", "anywhere between", "not", "no", "none", "nobody",
    "unknown",
    "or more", "or so", "or fewer", "some", "several", "a few", "many", "exactly", "only", "the",
    "a total of", "reportedly", "approximately", "no more than", "no fewer than", "as many as",
    "<", ">", "≥", "≤", "~", "≈", "=", "%", "±",
)  # fmt: skip
JOINS = (
    " ", " ", " ", " ", "  ", "-", " - ", "–", " to ", " and ", " or ", ", ", ",", ".", " but ",
    "/",
    "(", ")", " of ", "\t", "\n", "\u00a0", "\u200b", "'", "’", "", "", ";", ":", "\u2009", "—",
)  # fmt: skip
UNITS = (
    "people", "dead", "killed", "hours", "minutes", "h", "km", "miles", "feet", "nautical miles",
    "m", "days", "seconds", "weeks", "years", "months", "percent", "a week", "an hour and a half",
)  # fmt: skip
DATE_WORDS = (
    "January", "february", "Feb.", "sept", "May", "monday", "Tues.", "the night of", "on", "early",
    "mid", "late", "spring", "winter", "autumn", "before", "after", "by", "until", "since",
    "between",
    "not before", "no later than", "and", "to", "of", "in", "during", "the", "BC", "AD", "circa",
    "c.",
    "1st", "2nd", "31", "30", "29", "0", "00", "7", "2018", "1900", "0000", "-0001", "9999",
    "10000",
    "18", "2018-02-08", "2018-02", "2018-13", "2018-02-30", "201X", "20XX", "XXXX", "2018-XX",
    "2018-02-XX", "2018-21", "2018-41", "2018?", "2018~", "2018%", "?2018", "Y12345", "Y-170000002",
    "Y1E12", "Y1E13", "Y3E3S2", "1950S2", "/", "..", "[", "]", "{", "}", ",", "T12:00:00Z",
    "T25:00:00",
    "+01:00", "2018-02-08T12:30:00", "'s", "1990s", "8/2/2018", "2/8/18", "32/13/2018", "٢٠١٨",
)  # fmt: skip
SENTENCE_WORDS = (
    "Russians", "were", "killed", "officials", "said", "told", "sources", "According to", "citing",
    "in", "since", "U.S.", "who", "that", "one of", "another", "(", ")", "and", "$", "€", "%", "bc",
    "at 5:30", "a.m.", "wounded", "missing", "the", "not", "denied", "soldiers", "men", "“", "”",
)  # fmt: skip

ODD = (
    "\0", "a\0b", "\x1b[31mred\x1b[0m", "\x1b]0;owned\x07", "\x1b[2J\x1b[H", "\x9b31m", "\x7f",
    "\x85", "a\u202eb", "\u2066x", "\u200f", "\u061c", "\ud800", "\udfff", "\udc80x", "x\ud83d",
    "\ufeff", "\u200b", "\u2028", "\ufffe", "\U0010ffff", "\U000e0041", "e" + "\u0301" * 300,
    "قُتل أكثر من 200", "字字字", "👩‍👩‍👧", "İ", "ß", "ﬁ", "Ⅷ", "½", "'; DROP TABLE claims;--",
    '" OR 1=1 --', "%", "_", "\\", "%_\\", "*", "?", "NULL", "null", "None", "true", "[]",
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{0.__class__}", "%s%n",
    "${7*7}", "<script>alert(1)</script>", "]]>", "<!--", "javascript:alert(1)", "data:text/html,x",
    "file:///dev/null", "vbscript:x", "http://[::1", "http://\0", "//x", "https://a@b:c",
    "\\\\x\\y", "a/b",
    "../x", "-", "--db", "-h", " ", "\t", "\n", "\r\n", "a\nb\tc", "\u3000", "",
    "a" * 201, "x" * 5000, "ab " * 2000,
)  # fmt: skip


def odd_text(choose: random.Random) -> str:
    """Draw text that has broken programs; one in a few hundred is a million signs long."""
    if choose.random() < 0.002:
        return choose.choice(["x", "1,", "about ", "\u202e", "é", '"\\']) * 500_000
    text = choose.choice(ODD)
    if choose.random() < 0.3:
        text += choose.choice(ODD)[:300]
    return text if choose.random() < 0.7 else f"{text} {title(choose)}"


def title(choose: random.Random) -> str:
    """Draw a harmless name."""
    return " ".join(choose.choices(SENTENCE_WORDS, k=choose.randint(1, 4)))


def day(choose: random.Random) -> str:
    """Draw a valid day."""
    return f"20{choose.randint(10, 40)}-{choose.randint(1, 12):02}-{choose.randint(1, 28):02}"


def value(choose: random.Random, kind: str) -> Any:
    """Draw a value that is mostly valid for a kind."""
    number = choose.choice([0, 1, 2, 3, 5, 12, 100, 200, 250, 1500, 40_000])
    if kind == "truth_value":
        return choose.choice([True, False, "yes", "no", "unknown"])
    if kind == "category":
        return choose.choice(["A", "b", "B ", "unknown", title(choose)])
    if kind == "date":
        return choose.choice([day(choose), day(choose), {"min": day(choose)}, "8 February 2018"])
    drawn = choose.random()
    if drawn < 0.3:
        return number
    if drawn < 0.5:
        ends = sorted((number, choose.randint(0, 300)))
        return choose.choice([{"min": ends[0], "max": ends[1]}, {"min": number}, {"max": number}])
    if drawn < 0.52:
        return 2**63 - 1 if kind == "count" else 1.5
    told = choose.choice(["about {}", "more than {}", "at least {}", "up to {}", "{}", "{} or so"])
    unit = {"duration": " hours", "distance": " km"}.get(kind, "")
    return told.format(max(number, 1)) + unit


def phrase(choose: random.Random, most: int = 8) -> str:
    """Draw a phrase of the grammar's own words."""
    pools = (NUMBERS, NUMBERS, HEDGES, UNITS)
    pieces = [choose.choice(choose.choice(pools)) for _ in range(choose.randint(1, most))]
    return "".join(piece + choose.choice(JOINS) for piece in pieces).removesuffix(" ")


def date(choose: random.Random, most: int = 6) -> str:
    """Draw a date of the grammar's own words, seldom one that can be read."""
    if choose.random() < 0.3:
        return choose.choice(DATE_WORDS)
    joins = (" ", " ", " ", "", "", "/", "-", ", ", "..", ",")
    pieces = [choose.choice(DATE_WORDS) for _ in range(choose.randint(1, most))]
    return "".join(piece + choose.choice(joins) for piece in pieces).removesuffix(" ")


def sentence(choose: random.Random, most: int = 30) -> str:
    """Draw a sentence of counts, dates, speakers and noise."""
    pools = (NUMBERS, HEDGES, UNITS, SENTENCE_WORDS, SENTENCE_WORDS, DATE_WORDS, ODD[:40])
    pieces = [choose.choice(choose.choice(pools)) for _ in range(choose.randint(1, most))]
    return "".join(piece + choose.choice(JOINS) for piece in pieces)


def long_text(choose: random.Random, length: int) -> str:
    """Repeat a few pieces up to a length, so that patterns meet their like again and again."""
    pools = (NUMBERS, HEDGES, JOINS, UNITS, DATE_WORDS, SENTENCE_WORDS)
    piece = "".join(choose.choice(choose.choice(pools)) for _ in range(choose.randint(1, 4))) or " "
    end = choose.choice(["", "", choose.choice(ODD[:40]), "x", ")", "\n"])
    return (piece * (length // len(piece) + 1))[:length] + end


FAMILIES: Mapping[str, tuple[str, str, str]] = {
    "digits": ("", "1", ""),
    "digits and commas": ("", "1,", ""),
    "thousands": ("1", ",000", ""),
    "thousands, then a letter": ("1", ",000", "x"),
    "blanks": ("3", " ", "x"),
    "odd blanks": ("3", "\u00a0\t", "x"),
    "lines": ("3", "\n", "x"),
    "about": ("", "about ", ""),
    "about, then a number": ("", "about ", "3"),
    "ranges": ("", "200 to ", "300"),
    "ranges with hyphens": ("", "1-", "2"),
    "number words": ("", "a hundred and ", "one"),
    "thousands in words": ("", "thousand ", ""),
    "joined": ("", "more than 3 and ", "less than 5"),
    "commas": ("", ", ", ""),
    "ands": ("", " and ", ""),
    "opened brackets": ("", "(", ""),
    "closed brackets": ("", ")", ""),
    "brackets": ("", "()", ""),
    "brackets and blanks": ("(a)", " ", "x"),
    "hyphens": ("", "-", ""),
    "hyphened words": ("a", "-a", "-hour"),
    "letters": ("", "a", ""),
    "capitals": ("(A", " ", "\nx)"),
    "labels last": ("(x", " ", "y)"),
    "sides": ("88 (", "US 23; ", ")"),
    "parts": ("88 (US 1/", "1", ")"),
    "points": ("", "a.", ""),
    "apostrophes": ("", "n't'", ""),
    "units": ("", "3 hours ", ""),
    "halves": ("3", " and a half", ""),
    "speakers": ("200 ", "officials ", "said"),
    "speakers at length": ("", "3 a b c d e f g h ", "said"),
    "months": ("", "may ", "2018"),
    "weekdays": ("", "mon., ", "2018"),
    "days of months": ("", "8 February ", "2018"),
    "nights": ("", "the night of ", "8 February 2018"),
    "befores": ("", "before ", "2018"),
    "betweens": ("", "between 2018 and ", "2019"),
    "digit and words": ("", "1 a ", "february 18"),
    "slashes": ("2018", "/", "2019"),
    "EDTF sets": ("[", "2018,", "2019]"),
    "EDTF signs": ("", "?~%", "2018"),
    "EDTF years": ("Y", "9", ""),
    "EDTF powers": ("Y1E", "9", "S1"),
    "EDTF unknown digits": ("", "X", ""),
    "EDTF open": ("", "..", "2018"),
    "negative": ("", "-2018", ""),
    "combining marks": ("e", "\u0301", ""),
    "grows when folded": ("", "İß", ""),
    "dotted": ("", "1.", "5"),
    "percent": ("", "5% ", ""),
    "money": ("", "$5 ", ""),
}
"""Beginning, the piece that is repeated, and end."""


def grown(family: str, length: int) -> str:
    """Make a text of a family of so many characters."""
    begin, piece, end = FAMILIES[family]
    return begin + (piece * (length // len(piece) + 1))[: length - len(begin) - len(end)] + end
