"""No words from outside make a reader go over the same text again and again."""

from __future__ import annotations

import pytest

LENGTHS = (6_250, 50_000)
SHORTER = (1_000, 8_000)
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
def test_the_time_grows_as_the_words_do(name):
    """Eight times a nasty text takes nowhere near 64 times as long, of every family."""
    growth = _growth()
    read = growth.readers()[name]
    lengths = SHORTER if name == "the counts of an article" else LENGTHS
    for family in growth.FAMILIES:
        texts = [growth.grown(family, length) for length in lengths]
        found = growth.times(read, texts)
        assert not growth.runs_away(found), (family, found)


def test_the_time_grows_as_the_file_does():
    """A file that is no JSON is refused in time, with the places of its faults."""
    growth = _growth()
    for family in growth.JSON_FAMILIES:
        texts = [growth.grown_file(family, length) for length in LENGTHS]
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
    texts = [growth.grown("letters", length) for length in (3_000, 24_000)]
    found = growth.times(pattern.match, texts)
    assert growth.runs_away(found), found
