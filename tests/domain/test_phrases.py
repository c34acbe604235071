"""The hedge grammar by example: each row of the lexicon with its near misses."""

from __future__ import annotations

import time

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
        ("fewer than 0", "holds a number"),
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
def test_long_garbage_is_refused_at_once(piece: str) -> None:
    """The time does not explode with the length: phrases have a limit, and below it few ways."""
    begin = time.perf_counter()
    for length in (LONGEST, 100_000):
        with pytest.raises(UnreadableValue):
            read((piece * 100_000)[:length])
    assert time.perf_counter() - begin < 1
