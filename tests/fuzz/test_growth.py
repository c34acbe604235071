"""No words from outside make a reader go over the same text again and again."""

from __future__ import annotations

import pytest

LENGTHS = (4_000, 8_000)
"""For the counts of an article, the slowest reader; a quadratic one shows at any length."""


def _growth():
    import hostile_growth

    return hostile_growth


READERS = (
    "a value: count", "a value: date", "a value: duration", "a value: distance",
    "a value: truth_value", "a value: category", "a date", "a date in EDTF", "bounds",
    "a survey's breakdown", "the counts of an article", "names of groups and metrics",
)  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_twice_the_words_take_twice_the_time(name):
    """Of every family of nasty texts, twice the length takes far less than four times as long."""
    growth = _growth()
    read = growth.readers()[name]
    lengths = LENGTHS if name == "the counts of an article" else (25_000, 50_000)
    for family in growth.FAMILIES:
        texts = [growth.grown(family, length) for length in lengths]
        found = growth.times(read, texts)
        assert not growth.runs_away(found), (family, found)


def test_twice_the_file_takes_twice_the_time():
    """A file that is no JSON is refused in time, with the places of its faults."""
    growth = _growth()
    for family in growth.JSON_FAMILIES:
        texts = [growth.grown_file(family, length) for length in (25_000, 50_000)]
        found = growth.times(growth.read_file, texts)
        assert not growth.runs_away(found), (family, found)


def test_all_readers_are_measured():
    """The list above is that of the script."""
    assert set(_growth().readers()) == set(READERS)


def test_a_pattern_that_runs_away_is_seen():
    """A pattern with two ways to read each letter is found out."""
    import re

    growth = _growth()
    pattern = re.compile(r"(.+?)a*b")
    texts = [growth.grown("letters", length) for length in (12_000, 24_000)]
    found = growth.times(pattern.match, texts)
    assert growth.runs_away(found), found
