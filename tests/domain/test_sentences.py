"""Counts in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.domain.sentences import find_counts
from claimtrack.errors import UnclearRange


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


@pytest.mark.parametrize(
    "sentence", ["Two or three dozen fled", "5 died; 100 to 200 thousand fled"]
)
def test_a_range_that_is_not_clear_is_no_other_count(sentence: str) -> None:
    """Its end is not read as a number of its own."""
    with pytest.raises(UnclearRange):
        find_counts(sentence)


@given(st.text(max_size=80))
def test_any_text_gives_ordered_places(text: str) -> None:
    """Any text gives counts in order that do not overlap."""
    places = [0]
    try:
        found = find_counts(text)
    except UnclearRange:
        return
    for begin, end, value in found:
        assert places[-1] <= begin < end <= len(text)
        assert value.text == text[begin:end]
        places.append(end)


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Two U.S. officials said more than 200 Russians were killed.", ["more than 200"]),
        ("100 were killed, according to two officials.", ["100"]),
        ("Three witnesses reported 20 dead.", ["20"]),
        (
            "200 died, one American official and three Russians familiar with the matter said",
            ["200"],
        ),
        ("He told two reporters that 5 died", ["5"]),
        ("Two of the Russians said that 200 died", ["200"]),
    ],
)
def test_those_who_speak_are_not_counted(sentence: str, counts: list[str]) -> None:
    """Who says it is no part of what is said."""
    assert [value.text for _, _, value in find_counts(sentence)] == counts


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("200 Russians were killed, officials said.", ["200"]),
        ("200 Russians are said to have died", ["200"]),
        ("200 Russians said to have died", ["200"]),
        ("200 deaths reported", ["200"]),
        ("100 dead, 200 wounded, the ministry said", ["100", "200"]),
        ("100 people died officials said", ["100"]),
        ("two officials were killed", ["two"]),
    ],
)
def test_those_spoken_of_are_counted(sentence: str, counts: list[str]) -> None:
    """A verb of speech nearby does not make speakers of them."""
    assert [value.text for _, _, value in find_counts(sentence)] == counts
