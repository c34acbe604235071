"""The lexicon: its words and a user's own over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.domain.lexicon import Lexicon, Reading, default_lexicon, load_lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Kind, Value
from claimtrack.errors import ClaimtrackError


def read(text: str, lexicon: Lexicon) -> Value:
    return read_value(text, kind=Kind.COUNT, unit=None, lexicon=lexicon)


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_longest_word_first() -> None:
    """The longest hedge that ends at a word's end is found."""
    lexicon = default_lexicon()
    assert lexicon.find_before("less than or equal to 5") == (
        "less than or equal to",
        Reading.AT_MOST,
    )
    assert lexicon.find_before("overall 5") is None
    assert lexicon.find_after("or so") == ("or so", Reading.ABOUT)
    assert lexicon.find_after("or something") is None


@pytest.mark.parametrize("text", sorted(default_lexicon().before))
def test_every_hedge_before_reads(text: str) -> None:
    """Every hedge of the package reads before a number, and the rule names it if it binds."""
    value = read(f"{text} 100", default_lexicon())
    reading = default_lexicon().before[text]
    if reading not in (Reading.EXACT, Reading.ABOUT):
        assert value.rule.startswith(f"{text} n: ")
    assert value.lexicon == "en-2"


@pytest.mark.parametrize("text", sorted(default_lexicon().after))
def test_every_hedge_after_reads(text: str) -> None:
    """Every hedge of the package reads behind a number; "or equal" needs another one."""
    if default_lexicon().after[text] is Reading.OR_EQUAL:
        text = f"{text} "
        assert read(f"more than 100 {text}", default_lexicon()).lower == 100
        return
    assert read(f"100 {text}", default_lexicon()).text == f"100 {text}"


@pytest.mark.parametrize(
    ("own", "text", "lower", "upper"),
    [
        ("[policy]\nabout_one_figure = 50", "about 100", 50, 150),
        ("[policy]\nalmost = 50", "almost 100", 50, 99),
        ("[vague]\nscores = [60, 99]", "scores", 60, 99),
        ("[vague]\noodles = [100, 999]", "oodles", 100, 999),
        ('[about]\n"a century" = 100', "a century", 80, 120),
        ('[before]\nalmost = ["about"]', "about 100", 90, 99),
        ('[words]\nnone = ["zilch"]', "zilch", 0, 0),
    ],
)
def test_own_words(tmp_path: Path, own: str, text: str, lower: int, upper: int) -> None:
    """A user's lexicon changes what the same words mean, and the value keeps its version."""
    lexicon = load_lexicon(write(tmp_path, f'version = "mine-1"\n{own}'))
    value = read(text, lexicon)
    assert (value.lower, value.upper, value.lexicon) == (lower, upper, "mine-1")
    assert read("more than 200", lexicon).lower == 201


def test_a_word_taken_out(tmp_path: Path) -> None:
    """A vague word set to false is read no longer."""
    path = write(tmp_path, 'version = "mine-1"\n[vague]\nscores = false')
    with pytest.raises(ClaimtrackError, match="no count"):
        read("scores", load_lexicon(path))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version = ", "cannot read the lexicon"),
        ("", "it needs a version"),
        ("version = 1", "it needs a version"),
        ('version = "en-2"\n[policy]\nalmost = 5', "the package's own"),
        ('version = "m"\n[policy]\nalmost = 100', "whole number of percent"),
        ('version = "m"\n[policy]\nalmost = true', "whole number of percent"),
        ('version = "m"\n[policy]\nstrange = 1', "there is no 'strange'"),
        ('version = "m"\n[strange]\na = 1', "there is no table"),
        ('version = "m"\nbefore = 1', "must be a table"),
        ('version = "m"\n[before]\nabout = "around"', "must be a list"),
        ('version = "m"\n[before]\nabout = [1]', "is no word"),
        ('version = "m"\n[before]\nabout = ["x"]\nmore = ["x"]', "two readings"),
        ('version = "m"\n[vague]\nscores = [199, 40]', "lower and an upper bound"),
        ('version = "m"\n[vague]\nscores = [40]', "lower and an upper bound"),
        ('version = "m"\n[vague]\nscores = [-1, 40]', "whole number"),
        ('version = "m"\n[about]\ntons = "many"', "whole number"),
        ('version = "m"\n[about]\ntons = 9223372036854775808', "whole number"),
    ],
)
def test_a_lexicon_not_in_order(tmp_path: Path, text: str, told: str) -> None:
    """What is wrong with a lexicon file is said in a sentence with the file's name and a hint."""
    with pytest.raises(ClaimtrackError, match=told) as failure:
        load_lexicon(write(tmp_path, text))
    assert "mine.toml" in failure.value.problem
    assert failure.value.hint


def test_no_lexicon_there(tmp_path: Path) -> None:
    """A lexicon that is absent, or is no text, is an error in a sentence."""
    with pytest.raises(ClaimtrackError, match="cannot read the lexicon"):
        load_lexicon(tmp_path / "absent.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ClaimtrackError, match="cannot read the lexicon"):
        load_lexicon(tmp_path / "binary.toml")
