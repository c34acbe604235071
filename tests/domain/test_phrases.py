"""The hedge grammar by example: each row of the lexicon with its near misses."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.lexicon import Reading, default_lexicon
from claimtrack.domain.phrases import LONGEST
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.errors import UnreadableValue

LEXICON = default_lexicon()


def read(text: str, kind: Kind = Kind.COUNT, unit: str | None = None) -> Value:
    return read_value(text, kind=kind, unit=unit, lexicon=LEXICON)


@pytest.mark.parametrize(
    ("text", "lower", "upper", "hedge"),
    [
        ("200", 200, 200, Hedge.EXACT),
        ("exactly 200", 200, 200, Hedge.EXACT),
        ("a total of 200", 200, 200, Hedge.EXACT),
        ("the 200", 200, 200, Hedge.EXACT),
        ("about 200", 160, 240, Hedge.APPROXIMATE),
        ("around 250", 225, 275, Hedge.APPROXIMATE),
        ("an estimated 1,234", 1110, 1358, Hedge.APPROXIMATE),
        ("~7", 5, 9, Hedge.APPROXIMATE),
        ("200 or so", 160, 240, Hedge.APPROXIMATE),
        ("more than 200 contract soldiers", 201, None, Hedge.ABOVE),
        ("200-plus", 201, None, Hedge.ABOVE),
        ("200+", 201, None, Hedge.ABOVE),
        (">200", 201, None, Hedge.ABOVE),
        ("at least 200", 200, None, Hedge.ABOVE),
        ("≥ 200", 200, None, Hedge.ABOVE),
        ("200 or more", 200, None, Hedge.ABOVE),
        ("fewer than 200", None, 199, Hedge.BELOW),
        ("as high as 200", None, 200, Hedge.BELOW),
        ("no more than 200", None, 200, Hedge.BELOW),
        ("equal to 200 or less", None, 200, Hedge.BELOW),
        ("less than 200 or equal to", None, 200, Hedge.BELOW),
        ("almost 200", 180, 199, Hedge.APPROXIMATE),
        ("just under 15", 13, 14, Hedge.APPROXIMATE),
        ("200 to 300", 200, 300, Hedge.RANGE),
        ("200 to 3 thousand", 200, 3_000, Hedge.RANGE),
        ("five to two hundred", 5, 200, Hedge.RANGE),
        ("a dozen to twenty", 12, 20, Hedge.RANGE),
        ("one to a hundred", 1, 100, Hedge.RANGE),
        ("a hundred to two hundred", 100, 200, Hedge.RANGE),
        ("millions", 2_000_000, 9_999_999, Hedge.VAGUE),
        ("tens of millions", 20_000_000, 99_999_999, Hedge.VAGUE),
        ("100 first responders", 100, 100, Hedge.EXACT),
        ("100 or thereabouts", 80, 120, Hedge.APPROXIMATE),
        ("(300 – 500)", 300, 500, Hedge.RANGE),
        ("between 20 and 30", 20, 30, Hedge.RANGE),
        ("five or six", 5, 6, Hedge.RANGE),
        ("about 200 to 250", 160, 275, Hedge.RANGE),
        ("more than 100 and fewer than 300", 101, 299, Hedge.RANGE),
        ("at most 100, at least 20", 20, 100, Hedge.RANGE),
        ("up to a dozen", None, 12, Hedge.BELOW),
        ("at least scores", 40, None, Hedge.ABOVE),
        ("up to about 200", None, 240, Hedge.BELOW),
        ("a couple hundred", 160, 240, Hedge.APPROXIMATE),
        ("hundreds wounded", 200, 999, Hedge.VAGUE),
        ("no Russian servicemen", 0, 0, Hedge.EXACT),
        ("none known", 0, 0, Hedge.EXACT),
        ("nobody was hurt", 0, 0, Hedge.EXACT),
        ("unable to say how many were Russians", None, None, Hedge.UNKNOWN),
        ("nobody knows", None, None, Hedge.UNKNOWN),
    ],
)
def test_counts(text: str, lower: int | None, upper: int | None, hedge: Hedge) -> None:
    """Each way of hedging gives its bounds, and the words are kept."""
    value = read(text)
    assert (value.lower, value.upper, value.hedge) == (lower, upper, hedge)
    assert value.text == text
    assert value.rule
    assert value.lexicon == LEXICON.version


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("about 100, with 200 to 300 injured", "more than one figure"),
        ("100 and 200", "more than one figure"),
        ("200 of 300", "more than one figure"),
        ("200 (100 Russian)", "more than one figure"),
        ("200, possibly more", "says more than can be read"),
        ("200 each", "says more than can be read"),
        ("200 to", "says more than can be read"),
        ("perhaps 200", "says more than can be read"),
        ("20s", "says more than can be read"),
        ("200 a day", "says more than can be read"),
        ("more than at least 5", "says more than can be read"),
        ("two thirds", "share"),
        ("half a million", "share"),
        ("1/2", "share"),
        ("30%", "share"),
        ("-5", "negative"),
        ("minus five", "negative"),
        ("300 to 200", "begins at 300"),
        ("20 to 30 thousand", "not clear"),
        ("150-200 thousand", "not clear"),
        ("100 to 200k", "not clear"),
        ("two to three dozen", "not clear"),
        ("three hundred to four hundred thousand", "not clear"),
        ("fewer than 0", "holds a number"),
        ("tens of billions", "no count"),
        ("scores of millions", "no count"),
        ("5 trillion", "says more than can be read"),
        ("3 lakh", "says more than can be read"),
        ("no further deaths", "no count"),
        ("no new casualties", "no count"),
        ("no consensus", "no count"),
        ("12 additional deaths", "says more than can be read"),
        ("twenty-first", "no count"),
        ("the twenty-second victim", "no count"),
        ("one hundred and first", "no count"),
        ("100 and counting", "says more than can be read"),
        ("100-something", "says more than can be read"),
        ("200 to be confirmed", "says more than can be read"),
        ("1.5", "no fraction|plain digits|decimal point"),
        ("1.000", "decimal point"),
        ("99999999999999999999", "64 bits"),
        ("no comment", "no count"),
        ("no idea", "no count"),
        ("no more", "no count"),
        ("no one knows but two", "figure|number"),
        ("many", "no count"),
        ("about", "no count"),
        ("between 5", "holds a number"),
    ],
)
def test_left_over_words_are_refused(text: str, why: str) -> None:
    """A figure, hedge or doubt that would be left over is an error with a reason, never dropped."""
    with pytest.raises(UnreadableValue, match=why) as caught:
        read(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("three hours", 9_000, 12_600),
        ("approximately three hours", 8_640, 12_960),
        ("90 minutes", 5_370, 5_430),
        ("an hour and a half", 4_500, 6_300),
        ("3 hours 20 minutes", 11_970, 12_030),
        ("90 minutes to 2 hours", 5_370, 9_000),
        ("a three-hour battle", 9_000, 12_600),
        ("more than 3 hours", 10_800, None),
        ("less than 3 hours", None, 10_800),
        ("3", 9_000, 12_600),
    ],
)
def test_durations(text: str, lower: int, upper: int | None) -> None:
    """A duration has the rounding of its unit, in seconds; a bare number is in the metric's."""
    value = read(text, Kind.DURATION, "hours")
    assert (value.lower, value.upper) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("8 km", 7_500_000, 8_500_000),
        ("eight kilometers", 7_500_000, 8_500_000),
        ("3.5 km", 3_450_000, 3_550_000),
        ("about 8 km", 6_400_000, 9_600_000),
        ("8m", 7_500, 8_500),
        ("100 feet", 30_327, 30_633),
        ("hundreds of meters", 199_500, 999_500),
    ],
)
def test_distances(text: str, lower: int, upper: int) -> None:
    """A distance is in millimetres, rounded outwards; behind a number "m" is metres."""
    value = read(text, Kind.DISTANCE, "km")
    assert (value.lower, value.upper) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("two months", Kind.DURATION, "no fixed length"),
        ("3 km", Kind.DURATION, "no duration"),
        ("5m", Kind.DURATION, "no duration"),
        ("8 km/h", Kind.DISTANCE, "no distance"),
        ("8 miles an hour", Kind.DISTANCE, "no distance"),
        ("8 square km", Kind.DISTANCE, "no distance"),
        ("half a mile to a mile", Kind.DISTANCE, "no distance"),
        ("5 km to a mile", Kind.DISTANCE, "no distance"),
        ("-3 hours", Kind.DURATION, "negative"),
    ],
)
def test_other_measures_are_refused(text: str, kind: Kind, why: str) -> None:
    """What is no length of time or way, or has no fixed one, is refused."""
    with pytest.raises(UnreadableValue, match=why):
        read(text, kind)


@pytest.mark.parametrize("word", sorted(LEXICON.before))
@given(number=st.integers(2, 10**9))
def test_every_hedge_before_a_number(word: str, number: int) -> None:
    """A hedge holds the number told unless it steps beyond it."""
    value = read(f"{word} {number}")
    lower = 0 if value.lower is None else value.lower
    upper = 10**10 if value.upper is None else value.upper
    beyond = LEXICON.before[word] in (Reading.MORE, Reading.FEWER, Reading.ALMOST)
    assert (lower <= number <= upper) is not beyond


@pytest.mark.parametrize("word", sorted(LEXICON.vague))
def test_every_vague_word(word: str) -> None:
    """A vague word has the bounds of its row, with a noun behind it too; another word not."""
    value = read(f"{word} soldiers")
    assert (value.lower, value.upper) == LEXICON.vague[word]
    with pytest.raises(UnreadableValue):
        read(f"{word.split()[-1]}x")


@given(st.text(max_size=60), st.sampled_from(list(Kind)))
def test_any_text_is_read_or_refused(text: str, kind: Kind) -> None:
    """Any text gives a value or a sentence, no other error."""
    try:
        value = read(text, kind)
    except UnreadableValue as error:
        assert error.problem
    else:
        assert value.text == text


WORDS = (
    "about more than at least fewer to and between 5 20 300 1,200 two hundred dozen dozens no none"
    " or - , ( ) hours km a half unknown plus + > % ½ ٣ m k thousand"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(list(Kind)))
def test_any_row_of_words_is_read_or_refused(words: list[str], kind: Kind) -> None:
    """Words of the grammar in any order give a value or a sentence, no other error."""
    try:
        read(" ".join(words), kind)
    except UnreadableValue as error:
        assert error.problem


@pytest.mark.parametrize("piece", ["x", "1", "1,", "more than ", "(", "a ", "five ", "5 and "])
def test_long_garbage_is_refused_with_little_work(piece: str) -> None:
    """The work grows as the words do, up to the longest phrase; a longer one is not looked at."""
    work = [calls((piece * 100_000)[:length]) for length in LENGTHS]
    assert work[1] <= 3 * work[0] and work[2] < 100


LENGTHS = (LONGEST // 2, LONGEST, 100_000)


def calls(words: str) -> int:
    """Count the calls until words are refused, after a first time for what is set up once."""
    found = 0

    def count(*_: object) -> None:
        nonlocal found
        found += 1

    for _ in range(2):
        found = 0
        with pytest.raises(UnreadableValue):
            sys.setprofile(count)
            try:
                read(words)
            finally:
                sys.setprofile(None)
    return found


def bounds(text: str) -> tuple[int | None, int | None]:
    value = read(text)
    return value.lower, value.upper


@pytest.mark.parametrize(
    ("text", "lower", "upper", "hedge", "rule"),
    [
        ("100", 100, 100, "exact", "a bare number: n"),
        ("exactly 100", 100, 100, "exact", "a bare number: n"),
        ("about 100", 80, 120, "approximate", "about n: n ± 20 %"),
        ("around 250", 225, 275, "approximate", "about n: n ± 10 %"),
        ("some 5", 4, 6, "approximate", "about n: n ± 20 %"),
        ("approximately 1,234", 1110, 1358, "approximate", "about n: n ± 10 %, rounded outwards"),
        ("roughly 7", 5, 9, "approximate", "about n"),
        ("an estimated 40", 32, 48, "approximate", "about n"),
        ("~40", 32, 48, "approximate", "about n"),
        ("more than 200", 201, None, "above", "more than n: n + 1 or more"),
        ("over 200", 201, None, "above", "over n: n + 1 or more"),
        ("in excess of 200", 201, None, "above", "in excess of n: n + 1 or more"),
        ("upwards of 200", 201, None, "above", "upwards of n: n + 1 or more"),
        ("200-plus", 201, None, "above", "n plus: n + 1 or more"),
        ("200+", 201, None, "above", "n +: n + 1 or more"),
        ("at least 80", 80, None, "above", "at least n: n or more"),
        ("no fewer than 80", 80, None, "above", "no fewer than n: n or more"),
        ("80 or more", 80, None, "above", "n or more: n or more"),
        ("fewer than 5", None, 4, "below", "fewer than n: n - 1 at most"),
        ("under 5", None, 4, "below", "under n: n - 1 at most"),
        ("below 5", None, 4, "below", "below n: n - 1 at most"),
        ("up to 5", None, 5, "below", "up to n: n at most"),
        ("as many as 5", None, 5, "below", "as many as n: n at most"),
        ("as high as 5", None, 5, "below", "as high as n: n at most"),
        ("at most 5", None, 5, "below", "at most n: n at most"),
        ("no more than 5", None, 5, "below", "no more than n: n at most"),
        ("almost 100", 90, 99, "approximate", "almost n: from 10 % below n to n - 1"),
        ("nearly 200", 180, 199, "approximate", "nearly n: from 10 %"),
        ("just under 50", 45, 49, "approximate", "just under n: from 10 %"),
        ("100 to 200", 100, 200, "range", "n to m: from n to m"),
        ("between 100 and 200", 100, 200, "range", "n to m"),
        ("100–200", 100, 200, "range", "n to m"),
        ("100-200", 100, 200, "range", "n to m"),
        ("from 100 to 200", 100, 200, "range", "n to m"),
        ("a dozen", 12, 12, "exact", "a dozen: 12"),
        ("dozens", 24, 99, "vague", "dozens: 24 to 99"),
        ("several dozen", 24, 99, "vague", "several dozen: 24 to 99"),
        ("scores", 40, 199, "vague", "scores: 40 to 199"),
        ("hundreds", 200, 999, "vague", "hundreds: 200 to 999"),
        ("several hundred", 200, 999, "vague", "several hundred: 200 to 999"),
        ("thousands", 2000, 9999, "vague", "thousands: 2000 to 9999"),
        ("a couple hundred", 160, 240, "approximate", "a couple hundred: about n: n ± 20 %"),
        ("a handful", 2, 9, "vague", "a handful: 2 to 9"),
        ("several", 3, 9, "vague", "several: 3 to 9"),
        ("a few", 2, 9, "vague", "a few: 2 to 9"),
        ("two hundred", 200, 200, "exact", "a bare number: n"),
        ("1,200", 1200, 1200, "exact", "a bare number: n"),
        ("1.5k", 1500, 1500, "exact", "a bare number: n"),
        ("3m", 3_000_000, 3_000_000, "exact", "a bare number: n"),
        ("none", 0, 0, "exact", "none: 0"),
        ("unknown", None, None, "unknown", "unknown: the answer is not known"),
        ("unable to say", None, None, "unknown", "unable to say: the answer is not known"),
    ],
)
def test_the_lexicon_row_by_row(
    text: str, lower: int | None, upper: int | None, hedge: str, rule: str
) -> None:
    """Each row of the lexicon gives its bounds, its hedge, and the rule that told, by name."""
    value = read(text)
    assert (value.lower, value.upper, value.hedge) == (lower, upper, Hedge(hedge))
    assert value.rule.startswith(rule)
    assert (value.text, value.lexicon) == (text, "en-2")


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("MORE THAN 200", 201, None),
        ("  more   than\t200. ", 201, None),
        ("(100)", 100, 100),
        ("about 100 fighters", 80, 120),
        ("100 (dead)", 100, 100),
        ("scores of fighters", 40, 199),
        ("a total of 88 men", 88, 88),
        ("no soldiers", 0, 0),
        ("more than a dozen", 13, None),
        ("more than about 100", 81, None),
        ("about 100 to 200", 80, 240),
        ("more than 100 and fewer than 300", 101, 299),
        ("at least 100 but fewer than 300", 100, 299),
        ("fewer than 300, more than 100", 101, 299),
        ("less than 5000 or equal", None, 5000),
        ("more than 5000 or equal", 5000, None),
        ("1k-2k", 1000, 2000),
    ],
)
def test_words_around(text: str, lower: int | None, upper: int | None) -> None:
    """Case, blanks, brackets and a noun behind do no harm; joined bounds meet."""
    assert bounds(text) == (lower, upper)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("about 100, with 200 to 300 injured", "more than one figure"),
        ("200 to 300 injured, 5 killed", "more than one figure"),
        ("at least 100 and more than 50", "more than one figure"),
        ("at least 100, fewer than 50", "more than one figure"),
        ("5 of 10", "more than one figure"),
        ("twenty five six", "more than one figure"),
        ("100 killed, dozens wounded", "says more than can be read"),
        ("100 dead and more wounded", "says more than can be read"),
        ("100 perhaps", "says more than can be read"),
        ("5000 or equal", "says more than can be read"),
        ("more than less than 5", "says more than can be read"),
        ("fewer than 0", "says more than can be read"),
        ("12,00", "says more than can be read"),
        ("overall 5", "says more than can be read"),
        ("200 to 100", "begins at 200 and ends at 100"),
        ("1-2k", "not clear whether"),
        ("1.5", "decimal point"),
        ("-5", "is negative"),
        ("minus 5", "is negative"),
        ("5%", "a share or a place"),
        ("½", "a share or a place"),
        ("a third", "a share or a place"),
        ("hundred", "no count"),
        ("more than", "no count"),
        ("no more than", "no count"),
        ("²", "no count"),
        ("no information", "no count"),
        ("10000000000000000000", "beyond 64 bits"),
        ("9223372036854775808", "beyond 64 bits"),
        ("more than 9223372036854775807", "beyond 64 bits"),
        ("x" * 100_000, "too long"),
        ("1" * 100_000, "too long"),
        ("about " * 20_000 + "5", "too long"),
        ("100 and " * 15_000, "too long"),
        ("", "empty"),
        (" \n", "empty"),
    ],
)
def test_refused(text: str, told: str) -> None:
    """What cannot be read whole is refused in a short sentence with a hint."""
    with pytest.raises(UnreadableValue, match=told) as refusal:
        read(text)
    assert refusal.value.hint
    assert len(refusal.value.problem) < 200


@given(st.integers(0, 10**15))
def test_about(number: int) -> None:
    """About n holds n and reaches the stated percentage either way, rounded outwards."""
    lower, upper = bounds(f"about {number}")
    percent = 20 if len(str(number).rstrip("0")) <= 1 else 10
    assert lower is not None
    assert upper is not None
    assert lower <= number <= upper
    assert lower == number * (100 - percent) // 100
    assert upper == -(-number * (100 + percent) // 100)


@given(st.integers(0, 10**15))
def test_more_and_at_most_part_the_numbers(number: int) -> None:
    """More than n and at most n share no number and leave none out; so fewer and at least."""
    assert bounds(f"more than {number}")[0] == number + 1
    assert bounds(f"at most {number}") == (None, number)
    assert bounds(f"at least {number + 1}")[0] == number + 1
    assert bounds(f"fewer than {number + 1}")[1] == number


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_ranges(one: int, other: int) -> None:
    """A range has the ends told, and is refused where it ends before it begins."""
    for text in (f"{one} to {other}", f"between {one} and {other}", f"{one:,}–{other:,}"):
        if one <= other:
            assert bounds(text) == (one, other)
        else:
            with pytest.raises(UnreadableValue, match="begins at"):
                read(text)
