"""Where something is wrong, what is wrong, and what would be right."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

PathParts = tuple[str | int, ...]

LISTED = 200
"""Problems shown of one call; more of them help nobody, and their number is told."""

REMEMBERED = 100_000
"""Ids of wrong entries remembered, so that what names them is not told as well."""

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One error in a file.

    `line` and `column` count from 1 and may be unknown; `path` leads to the value
    (`claims[2].value`) and is empty where the whole file or line is meant. `hint`
    says what would be right. `entry` is the id of the entry that is wrong, if it gives
    one, and `missing` the id it names in vain: what names a wrong entry is not wrong as well.
    """

    file: str
    line: int | None
    path: str
    message: str
    hint: str = ""
    column: int | None = None
    entry: str | None = None
    missing: str | None = None

    @property
    def place(self) -> str:
        """Give the file with the line and column as far as they are known."""
        known = [str(part) for part in (self.line, self.column) if part is not None]
        return ":".join([self.file, *known]) if self.line is not None else self.file

    def __str__(self) -> str:
        """Write the place, the path and what is wrong in one line."""
        return ": ".join(part for part in (self.place, self.path, self.message) if part)


@dataclass(slots=True)
class Problems:
    """Keep the first problems and count the others, so that a bad file cannot fill memory.

    What names an entry that was found wrong before is left out: mending that one mends both.
    `wrong` holds the ids of such entries, and lists that are told together share it.
    """

    limit: int = LISTED
    kept: list[Problem] = field(default_factory=list)
    count: int = 0
    wrong: set[str] = field(default_factory=set)

    def add(self, problem: Problem) -> None:
        """Take one more problem."""
        follows = problem.missing in self.wrong
        if problem.entry is not None and len(self.wrong) < REMEMBERED:
            self.wrong.add(problem.entry)
        if follows:
            return
        self.count += 1
        if len(self.kept) < self.limit:
            self.kept.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take several more problems."""
        for problem in problems:
            self.add(problem)

    def join(self, others: Problems) -> None:
        """Take what was told in another list, after what is told here."""
        self.count += others.count
        self.kept += others.kept[: self.limit - len(self.kept)]

    @property
    def unlisted(self) -> int:
        """Tell how many problems were counted but not kept."""
        return self.count - len(self.kept)

    def listed(self) -> tuple[Problem, ...]:
        """Give the problems kept, with a last one that tells how many more there are."""
        if not self.unlisted:
            return tuple(self.kept)
        last = self.kept[-1].file if self.kept else ""
        more = Problem(last, None, "", f"and {self.unlisted:,} more", "mend these and import again")
        return (*self.kept, more)


def shown(text: str) -> str:
    """Quote text from a file so that it is safe and short in a sentence or on a terminal."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    safe = "".join(
        char if char.isprintable() else json.dumps(char, ensure_ascii=True)[1:-1] for char in cut
    )
    return f"'{safe}'"


def written(parts: PathParts) -> str:
    """Write a path as people do: `claims[2].value`; odd keys stand in brackets."""
    text = ""
    for part in parts:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _WORD.fullmatch(part) and len(part) <= _LONGEST:
            text += f".{part}" if text else part
        else:
            text += f"[{shown(part)}]"
    return text


def one_of(words: Iterable[str]) -> str:
    """List words with an 'or' before the last."""
    *first, last = list(words)
    return f"{', '.join(first)} or {last}" if first else last


def meant(word: str, choices: Iterable[str]) -> str | None:
    """Find the choice that was probably meant, if one is near."""
    near = difflib.get_close_matches(word[:_LONGEST].lower(), list(choices), n=1)
    return near[0] if near else None


def advice(word: str, choices: Iterable[str]) -> str:
    """Suggest the choice that was probably meant, or list them all."""
    choices = list(choices)
    near = meant(word, choices)
    return f"did you mean '{near}'?" if near else f"use {one_of(choices)}"
