"""Measure how the time to read a text grows: eight times the text, eight times the time.

python scripts/fuzz.py --only growth
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

import hostile_words
from hostile_words import FAMILIES, grown

JSON_FAMILIES: Mapping[str, tuple[str, str, str]] = {
    "quotes never closed": ('[99999999999999999999, "', '\\"', ""),
    "numbers too large": ("[", "99999999999999999999,", "1]"),
    "keys given twice": ("{", '"a":1,', '"a":1}'),
    "lists in lists": ("", "[", ""),
    "objects in objects": ("", '{"a":', ""),
    "objects side by side": ("[", '{"a":1,"a":2},', "1]"),
    "backslashes": ('["', "\\\\", ""),
    "escapes": ('["', "\\ud800", '"]'),
    "blanks": ("", " ", "["),
    "lines": ("[", "1,\n", "]"),
    "digits": ("[", "1", "]"),
    "fractions": ("[1.", "1", "]"),
    "words": ("[", "NaN,", "1]"),
    "strange entries": ('{"claimtrack":1,"claims":[', "1,", "1]}"),
    "strange keys": ('{"claimtrack":1,"claims":[{', '"x":1,', '"y":1}]}'),
}
"""Beginning, the piece that is repeated, and end, of files that are mostly no JSON."""

FLOOR = 0.05
"""Seconds below which a time says nothing."""

STEP = 8
"""How many times as long the longer of two texts is.

What goes over its text once takes eight times as long, what goes over it again for each
character sixty-four times: far enough apart for a machine that changes its pace meanwhile.
"""


def readers() -> dict[str, Callable[[str], object]]:
    """List what reads words from outside, by name."""
    from claimtrack.domain.breakdown import read_breakdown
    from claimtrack.domain.dates import read_date, read_edtf
    from claimtrack.domain.lexicon import default_lexicon
    from claimtrack.domain.naming import read_statements
    from claimtrack.domain.reading import read_value
    from claimtrack.domain.sentences import find_counts
    from claimtrack.domain.value import Kind

    lexicon = default_lexicon()

    def value(kind: Kind) -> Callable[[str], object]:
        return lambda text: read_value(text, kind=kind, unit=None, lexicon=lexicon)

    def bounds(text: str) -> object:
        return read_value({"min": text}, kind=Kind.DATE, unit=None, lexicon=lexicon)

    def statements(text: str) -> object:
        groups = {"one": text, "two": f"({text}) {text}"}
        return read_statements(
            "200 men were killed", lexicon, metrics={"killed": text, "dead": "dead"}, groups=groups
        )

    return {
        **{f"a value: {kind.value}": value(kind) for kind in Kind},
        "a date": read_date,
        "a date in EDTF": read_edtf,
        "bounds": bounds,
        "a survey's breakdown": lambda text: read_breakdown(text, lexicon),
        "the counts of an article": lambda text: find_counts(text, lexicon),
        "names of groups and metrics": statements,
    }


def read_file(text: str) -> object:
    """Read a text as an import file, with the places of all that is wrong."""
    from claimtrack.ingest.reader import read_document

    return [str(problem) for problem in read_document("f", text.encode()).problems.listed()]


def seconds(read: Callable[[str], object], text: str) -> float:
    """Measure the work of reading a text, which may well be refused, without collecting garbage."""
    from claimtrack.errors import ClaimtrackError

    collects = gc.isenabled()
    gc.disable()
    begun = time.process_time()
    try:
        with suppress(ClaimtrackError):
            read(text)
        return time.process_time() - begun
    finally:
        if collects:
            gc.enable()


def measure(lengths: tuple[int, ...]) -> Iterator[tuple[str, str, list[float]]]:
    """Measure every reader on every family."""
    for name, read in readers().items():
        for family in FAMILIES:
            yield name, family, times(read, [grown(family, length) for length in lengths])
    for family in JSON_FAMILIES:
        yield "an import file", family, times(read_file, [grown_file(family, n) for n in lengths])


def grown_file(family: str, length: int) -> str:
    """Make a file of a family of about so many characters."""
    begin, piece, end = JSON_FAMILIES[family]
    return begin + piece * (length // len(piece)) + end


def times(read: Callable[[str], object], texts: list[str]) -> list[float]:
    """Measure texts of growing length; the best of four where one seems to run away."""
    found = [seconds(read, text) for text in texts]
    for _ in range(3):
        if runs_away(found):
            again = (seconds(read, text) for text in texts)
            found = [min(pair) for pair in zip(found, again, strict=True)]
    return found


def runs_away(found: list[float]) -> bool:
    """Tell whether the last step took more than three times what its length accounts for."""
    return found[-1] > FLOOR and found[-1] > 3 * STEP * max(found[-2], FLOOR / STEP / 4)


def table(lengths: tuple[int, ...] = (1_500, 12_500, 100_000)) -> tuple[str, bool]:
    """Give the slowest family of each reader, and whether all grow as their texts do."""
    slowest: dict[str, tuple[str, list[float]]] = {}
    bad = []
    for name, family, found in measure(lengths):
        if runs_away(found):
            bad.append(f"{name}, {family}: {found}")
        if name not in slowest or found[-1] > slowest[name][1][-1]:
            slowest[name] = (family, found)
    lines = [
        f"growth: {len(hostile_words.FAMILIES)} families of texts, {len(JSON_FAMILIES)} of files"
    ]
    for name, (family, found) in slowest.items():
        told = ", ".join(f"{each:.3f}" for each in found)
        ratio = f"{found[-1] / found[-2]:.1f}" if found[-1] > FLOOR else "-"
        lines.append(f"  {name}: slowest {family}: {told} s; {STEP} times the text {ratio}")
    return "\n".join([*lines, *(f"  FAULT {line}" for line in bad)]) + "\n", not bad
