"""Survey phrases: a total and its sides."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimtrack.domain.breakdown import read_breakdown
from claimtrack.domain.lexicon import default_lexicon

LEXICON = default_lexicon()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("88 total (US 23; CS 65)", {"total": (88, 88), "US": (23, 23), "CS": (65, 65)}),
        (
            "1,200 total (US 700; CS 500)",
            {"total": (1200, 1200), "US": (700, 700), "CS": (500,) * 2},
        ),
        ("88 total", {"total": (88, 88)}),
        ("88 (23 US; 65 CS)", {"total": (88, 88), "US": (23, 23), "CS": (65, 65)}),
        (
            "Total unknown (US 23; CS unknown)",
            {"total": (None,) * 2, "US": (23, 23), "CS": (None,) * 2},
        ),
        ("None", {"total": (0, 0)}),
        ("Unknown", {"total": (None, None)}),
        ("88 total (US 23; CS a lot)", {"total": (88, 88), "US": (23, 23)}),
        ("(US 23; 65)", {"US": (23, 23)}),
        ("about 100 total (US more than 80)", {"total": (80, 120), "US": (81, None)}),
        ("27 total (US 10k/12w/5m)", {"total": (27, 27), "US": (27, 27)}),
        ("", {}),
        ("()", {}),
    ],
)
def test_phrases(text: str, read: dict[str, tuple[int | None, int | None]]) -> None:
    """The total and each side are read; parts of a side add up; what cannot be read is left out."""
    found = read_breakdown(text, LEXICON)
    assert {name: (value.lower, value.upper) for name, value in found.items()} == read


@example(";,k")
@given(st.text(alphabet="USC 0123456789(),;:/kwm²٣total", max_size=60))
def test_any_text_is_read_or_left_out(text: str) -> None:
    """Any text gives the sides that can be read, and no error."""
    assert all(value.text for value in read_breakdown(text, LEXICON).values())


@pytest.mark.parametrize(
    "text",
    [
        "88 (US 1/" + "1" * 100_000 + ")",
        "(A" + " " * 100_000 + "\nx)",
        "(x" + " " * 100_000 + "y)",
        "88" + " " * 300,
    ],
)
def test_of_a_text_too_long_nothing_is_read(text: str) -> None:
    """Beyond the length of a phrase; each of these once took minutes."""
    assert read_breakdown(text, LEXICON) == {}


def test_a_text_of_the_greatest_length_is_read() -> None:
    assert set(read_breakdown("88 total (US 23)".ljust(300), LEXICON)) == {"total", "US"}
