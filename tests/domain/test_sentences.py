"""Counts in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.sentences import find_counts


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        (
            "About 100 had been killed and 200 to 300 injured.",
            [("About 100", 80, 120), ("200 to 300", 200, 300)],
        ),
        ("Scores of Russians died.", [("Scores", 40, 199)]),
        (
            "It is more than 100 and fewer than 300.",
            [("more than 100 and fewer than 300", 101, 299)],
        ),
        ("No Russian servicemen were there.", [("No", 0, 0)]),
        ("nobody was hurt", [("nobody", 0, 0)]),
        ("More   than\n200 died", [("More   than\n200", 201, None)]),
        ("in 2018, 500 attacked", [("500", 500, 500)]),
        ("an İstanbul of 5", [("5", 5, 5)]),
    ],
)
def test_counts_with_their_places(
    sentence: str, counts: list[tuple[str, int | None, int | None]]
) -> None:
    """Each count is found with the words that told it."""
    found = [(sentence[a:b], value.lower, value.upper) for a, b, value in find_counts(sentence)]
    assert found == counts
    assert all(value.text == sentence[a:b] for a, b, value in find_counts(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "on February 7, 2018",
        "7-8 February 2018",
        "in the 1860s",
        "20% of them",
        "for three hours, within 8 km, aged 30 years",
        "at 10 pm, at 22:00",
        "$500",
        "the 2nd of two thirds",
        "no one knows, no comment",
        "some of the people, one of whom",
        "",
    ],
)
def test_other_numbers_are_let_pass(sentence: str) -> None:
    """Dates, times, shares, money and measures are no counts."""
    assert find_counts(sentence) == []


@given(st.text(max_size=80))
def test_any_text_gives_ordered_places(text: str) -> None:
    """Any text gives counts in order that do not overlap."""
    places = [0]
    for begin, end, value in find_counts(text):
        assert places[-1] <= begin < end <= len(text)
        assert value.text == text[begin:end]
        places.append(end)
