"""The number that begins a text, in digits or words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.numbers import read_number


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("0", 0, ""),
        ("100 dead", 100, " dead"),
        ("1,200", 1200, ""),
        ("1 234 567", 1_234_567, ""),
        ("1'200", 1200, ""),
        ("1.5k", 1500, ""),
        ("3m", 3_000_000, ""),
        ("2bn", 2 * 10**9, ""),
        ("1.5 million", 1_500_000, ""),
        ("2 hundred", 200, ""),
        ("3 dozen", 36, ""),
        ("two hundred", 200, ""),
        ("two hundred and fifty", 250, ""),
        ("twenty-five", 25, ""),
        ("fifteen hundred", 1500, ""),
        ("a hundred", 100, ""),
        ("one million two hundred thousand and one", 1_200_001, ""),
        ("two dozen", 24, ""),
        ("two and three", 2, " and three"),
        ("five men", 5, " men"),
        ("zero", 0, ""),
        ("5 men", 5, " men"),
        ("5 km", 5, " km"),
    ],
)
def test_numbers(text: str, value: int, rest: str) -> None:
    """Digits, separators, multipliers and words give the number and what stands behind it."""
    read = read_number(text)
    assert read is not None
    assert (read[0].value, read[1]) == (value, rest)


def test_letters_may_be_units() -> None:
    """Behind a measure m is a unit and multiplies nothing."""
    read = read_number("8m", letters=False)
    assert read is not None
    assert (read[0].value, read[1]) == (8, "m")


@pytest.mark.parametrize(
    "text", ["", "dead", "-5", "hundred", "²", "½", "and five", "zeroes", "a man", ".5", "one-way"]
)
def test_no_number(text: str) -> None:
    """A text that begins with no number gives none."""
    read = read_number(text)
    if text == "one-way":
        assert read is not None
        assert read[1] == "-way"
        return
    assert read is None


@pytest.mark.parametrize(
    ("text", "figures", "half"),
    [
        ("100", 1, Fraction(1, 2)),
        ("250", 2, Fraction(1, 2)),
        ("8.5", 2, Fraction(1, 20)),
        ("seventy", 1, Fraction(1, 2)),
        ("two hundred and fifty", 2, Fraction(1, 2)),
        ("1.5k", 2, Fraction(50)),
    ],
)
def test_how_exact_a_number_is(text: str, figures: int, half: Fraction) -> None:
    """The significant figures and half of the last place are those of the words."""
    read = read_number(text)
    assert read is not None
    assert (read[0].figures, read[0].half_place) == (figures, half)


@given(st.integers(0, 10**19))
def test_digits_come_back(number: int) -> None:
    """Every whole number is read alike with and without separators of thousands."""
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", " ")):
        read = read_number(text)
        assert read is not None
        assert (read[0].value, read[1]) == (number, "")
