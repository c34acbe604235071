"""The lexicon: which words hedge a number, and how. A versioned data file, replaceable."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from claimtrack.errors import ClaimtrackError


class Reading(StrEnum):
    """What a hedge does to the number it stands with."""

    EXACT = "exact"
    ABOUT = "about"
    MORE = "more"
    AT_LEAST = "at_least"
    FEWER = "fewer"
    AT_MOST = "at_most"
    ALMOST = "almost"


@dataclass(frozen=True)
class Lexicon:
    """Words and their readings; percentages are whole numbers of percent."""

    version: str
    before: Mapping[str, Reading]
    after: Mapping[str, Reading]
    vague: Mapping[str, tuple[int | None, int | None]]
    about: Mapping[str, int]
    none: frozenset[str]
    unknown: frozenset[str]
    about_one_figure: int = 20
    about_more_figures: int = 10
    almost: int = 10

    def find_before(self, text: str) -> tuple[str, Reading] | None:
        """Find the longest hedge that begins a text and ends at a word's end."""
        return _longest(self.before, text)

    def find_after(self, text: str) -> tuple[str, Reading] | None:
        """Find the longest hedge that begins what follows a number."""
        return _longest(self.after, text)


def _longest(words: Mapping[str, Reading], text: str) -> tuple[str, Reading] | None:
    best: tuple[str, Reading] | None = None
    for word, reading in words.items():
        if text.startswith(word) and (best is None or len(word) > len(best[0])):
            rest = text[len(word) :]
            if not rest or not (word[-1].isalpha() and rest[0].isalnum()):
                best = (word, reading)
    return best


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """Load the lexicon of the package."""
    return load_lexicon(Path(__file__).with_name("lexicon.toml"))


def load_lexicon(path: Path) -> Lexicon:
    """Load a lexicon file; what is wrong with it is said in a sentence."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        hint = "start from a copy of the package's own lexicon.toml"
        raise ClaimtrackError(f"cannot read the lexicon {path}: {error}", hint) from error
    try:
        return _build(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        hint = "compare it with the package's own lexicon.toml"
        raise ClaimtrackError(f"the lexicon {path} is not in order: {error}", hint) from error


def _build(data: Mapping[str, Any]) -> Lexicon:
    policy = data.get("policy", {})
    for name, percent in policy.items():
        if type(percent) is not int or not 0 <= percent < 100:
            raise ValueError(f"policy.{name} must be a whole number of percent")
    return Lexicon(
        version=str(data["version"]),
        before=_hedges(data["before"]),
        after=_hedges(data["after"]),
        vague={word.casefold(): _bounds(word, ends) for word, ends in data["vague"].items()},
        about={word.casefold(): _whole(word, n) for word, n in data["about"].items()},
        none=frozenset(word.casefold() for word in data["words"]["none"]),
        unknown=frozenset(word.casefold() for word in data["words"]["unknown"]),
        **policy,
    )


def _hedges(lists: Mapping[str, list[str]]) -> dict[str, Reading]:
    return {word.casefold(): Reading(name) for name, words in lists.items() for word in words}


def _whole(word: str, number: object) -> int:
    if type(number) is not int or number < 0:
        raise ValueError(f"'{word}' must stand for a whole number")
    return number


def _bounds(word: str, ends: object) -> tuple[int | None, int | None]:
    if isinstance(ends, list) and len(ends) == 2:
        lower, upper = (_whole(word, end) for end in ends)
        if lower <= upper:
            return lower, upper
    raise ValueError(f"'{word}' must have a lower and an upper bound in this order")
