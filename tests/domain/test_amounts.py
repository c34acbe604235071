"""Properties of amounts: numbers in words, and how far hedges and units widen them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.lexicon import Reading, default_lexicon, load_lexicon
from claimtrack.domain.numbers import read_number
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Kind, Value
from claimtrack.errors import ClaimtrackError

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
LARGE = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def spell(number: int) -> str:
    for size, name in LARGE:
        if number >= size:
            rest = number % size
            behind = "" if not rest else f" and {spell(rest)}" if rest < 100 else f" {spell(rest)}"
            return f"{spell(number // size)} {name}{behind}"
    if number < 20:
        return ONES.split()[number]
    tens = TENS.split()[number // 10 - 2]
    return f"{tens}-{spell(number % 10)}" if number % 10 else tens


def read(raw: object, kind: Kind = Kind.COUNT, unit: str | None = None) -> Value:
    return read_value(raw, kind=kind, unit=unit, lexicon=default_lexicon())


@given(st.integers(0, 10**12 - 1))
def test_any_number_in_words(number: int) -> None:
    """A number written out is read back."""
    found = read_number(spell(number))
    assert found is not None
    assert (found[0].value, found[1]) == (number, "")


@given(st.integers(1, 10**15))
def test_about_rounds_outwards(number: int) -> None:
    """About n takes its share on either side, and less than one more."""
    value = read(f"about {number}")
    share = 20 if len(str(number).strip("0")) == 1 else 10
    assert value.lower is not None and value.upper is not None
    assert value.lower * 100 <= number * (100 - share) < (value.lower + 1) * 100
    assert (value.upper - 1) * 100 < number * (100 + share) <= value.upper * 100


@given(st.integers(1, 10**6), st.sampled_from(["km", "m", "miles", "feet", "inches", "yards"]))
def test_about_is_never_narrower_than_the_unit(number: int, unit: str) -> None:
    """A hedged measure holds the unhedged one."""
    bare = read(f"{number} {unit}", Kind.DISTANCE)
    about = read(f"about {number} {unit}", Kind.DISTANCE)
    assert about.lower is not None and bare.lower is not None
    assert about.upper is not None and bare.upper is not None
    assert about.lower <= bare.lower < bare.upper <= about.upper


def test_a_word_moves_to_another_reading(tmp_path: Path) -> None:
    """A word listed anew under another reading in a user's lexicon leaves its old one."""
    path = tmp_path / "mine.toml"
    path.write_text('version = "mine"\n[before]\nat_least = ["over", "at least"]\n')
    mine = load_lexicon(path)
    assert mine.before["over"] is Reading.AT_LEAST
    value = read_value("over 200", kind=Kind.COUNT, unit=None, lexicon=mine)
    assert (value.lower, value.upper, value.lexicon) == (200, None, "mine")


def test_other_words_need_another_version(tmp_path: Path) -> None:
    """The package's version on other words is refused: nobody could tell the readings apart."""
    path = tmp_path / "mine.toml"
    version = default_lexicon().version
    path.write_text(f'version = "{version}"\n[vague]\nscores = [20, 99]\n')
    with pytest.raises(ClaimtrackError, match="the package's own"):
        load_lexicon(path)
