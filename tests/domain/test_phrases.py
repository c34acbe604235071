"""Words of a count: what each hedge does to its bounds, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Hedge, Kind, Value
from claimtrack.errors import UnreadableValue


def read(text: str) -> Value:
    return read_value(text, kind=Kind.COUNT, unit=None, lexicon=default_lexicon())


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
    assert (value.text, value.lexicon) == (text, "en-1")


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
