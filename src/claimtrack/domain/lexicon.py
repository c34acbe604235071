"""The lexicon: which words hedge a number, and how. A versioned data file, replaceable."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from claimtrack.domain.value import INT64_MAX
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
    OR_EQUAL = "or_equal"


@dataclass(frozen=True)
class Lexicon:
    """Words and their readings; percentages are whole numbers of percent."""

    version: str
    before: Mapping[str, Reading]
    after: Mapping[str, Reading]
    vague: Mapping[str, tuple[int, int]]
    about: Mapping[str, int]
    none: frozenset[str]
    unknown: frozenset[str]
    doubt: frozenset[str]
    about_one_figure: int = 20
    about_more_figures: int = 10
    almost: int = 10

    @cached_property
    def hedging(self) -> tuple[str, ...]:
        """List every word that moves a bound or is a value: none may be left unread."""
        return (*self.before, *self.after, *self.vague, *self.about)

    @cached_property
    def _by_letter(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return {
            "before": _under_letters(self.before),
            "after": _under_letters(self.after),
            "vague": _under_letters(self.vague),
            "about": _under_letters(self.about),
        }

    def find_before(self, text: str) -> tuple[str, Reading] | None:
        """Find the longest hedge that begins a text and ends at a word's end."""
        return self._hedge("before", self.before, text)

    def find_after(self, text: str) -> tuple[str, Reading] | None:
        """Find the longest hedge that begins what follows a number."""
        return self._hedge("after", self.after, text)

    def _hedge(
        self, name: str, hedges: Mapping[str, Reading], text: str
    ) -> tuple[str, Reading] | None:
        for word in self._by_letter[name].get(text[:1], ()):
            if begins(text, word) or (text.startswith(word) and not word[-1].isalpha()):
                return word, hedges[word]
        return None

    def find_amount(self, name: str, text: str) -> str | None:
        """Find the longest word of the table `vague` or `about` that begins a text."""
        among = self._by_letter[name].get(text[:1], ())
        return next((word for word in among if begins(text, word)), None)


def begins(text: str, word: str) -> bool:
    """Tell whether a text begins with a word and not with a longer one."""
    return text.startswith(word) and not text[len(word) : len(word) + 1].isalnum()


def _under_letters(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Put words under their first letter, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return found


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """Load the lexicon of the package."""
    return _build(_default_data())


@lru_cache(maxsize=1)
def _default_data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text("utf-8"))


_BEGIN = "start from a copy of the package's own lexicon.toml"


def load_lexicon(path: Path) -> Lexicon:
    """Load a lexicon file laid over the package's own.

    Raises ClaimtrackError with what is wrong: words without a reading, bounds upside
    down, or the package's own version on other contents, under which nobody could tell
    later by which words a value was read.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ClaimtrackError(f"cannot read the lexicon {path}: {reason}", _BEGIN) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ClaimtrackError(f"cannot read the lexicon {path}: {error}", _BEGIN) from error
    try:
        lexicon = _build(_laid_over(_default_data(), data))
        default = default_lexicon()
        if lexicon.version == default.version and lexicon != default:
            raise ValueError(f"version '{default.version}' is the package's own: give it another")
    except (TypeError, ValueError) as error:
        hint = "compare it with the package's own lexicon.toml"
        raise ClaimtrackError(f"the lexicon {path} is not in order: {error}", hint) from error
    return lexicon


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Put a user's tables over ours, entry by entry; a word has its last reading only."""
    if not isinstance(above.get("version"), str) or not above["version"].strip():
        raise ValueError('it needs a version, as in version = "mine-1"')
    merged: dict[str, Any] = {"version": above["version"].strip()}
    for name in above.keys() - below.keys():
        raise ValueError(f"there is no table [{name}]")
    for name, table in below.items():
        if name == "version":
            continue
        own = above.get(name, {})
        if not isinstance(own, dict):
            raise ValueError(f"[{name}] must be a table")
        if name not in ("vague", "about"):
            for entry in own.keys() - table.keys():
                raise ValueError(f"there is no '{entry}' in [{name}]")
        if name in ("words", "policy") and (
            gone := [e for e, told in own.items() if told is False]
        ):
            raise ValueError(f"'{gone[0]}' in [{name}] cannot be left out")
        taken = {word for words in own.values() if isinstance(words, list) for word in words}
        merged[name] = {
            entry: [word for word in content if word not in taken]
            if name in ("before", "after") and entry not in own
            else content
            for entry, content in {**table, **own}.items()
            if content is not False
        }
    return merged


def _build(data: Mapping[str, Any]) -> Lexicon:
    policy = data["policy"]
    for name, percent in policy.items():
        if type(percent) is not int or not 0 <= percent < 100:
            raise ValueError(f"policy.{name} must be a whole number of percent")
    words = {name: frozenset(_words(name, told)) for name, told in data["words"].items()}
    return Lexicon(
        version=data["version"],
        before=_hedges(data["before"]),
        after=_hedges(data["after"]),
        vague={_word(word): _bounds(word, ends) for word, ends in data["vague"].items()},
        about={_word(word): _whole(word, n) for word, n in data["about"].items()},
        none=words["none"],
        unknown=words["unknown"],
        doubt=words["doubt"],
        **policy,
    )


def _hedges(lists: Mapping[str, object]) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    for name, words in lists.items():
        for word in _words(name, words):
            if readings.setdefault(word, Reading(name)) is not Reading(name):
                raise ValueError(f"'{word}' has two readings, {readings[word]} and {name}")
    return readings


def _words(name: str, words: object) -> list[str]:
    if not isinstance(words, list):
        raise ValueError(f"{name} must be a list of words")
    return [_word(word) for word in words]


def _word(word: object) -> str:
    if not isinstance(word, str) or not word.strip():
        raise ValueError(f"{word!r} is no word")
    return " ".join(word.casefold().split())


def _whole(word: str, number: object) -> int:
    if type(number) is not int or not 0 <= number <= INT64_MAX:
        raise ValueError(f"'{word}' must stand for a whole number")
    return number


def _bounds(word: str, ends: object) -> tuple[int, int]:
    if isinstance(ends, list) and len(ends) == 2:
        lower, upper = (_whole(word, end) for end in ends)
        if lower <= upper:
            return lower, upper
    raise ValueError(f"'{word}' must have a lower and an upper bound in this order")
