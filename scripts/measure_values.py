"""Measure the readers of values on other people's data; every deviation is listed by reason.

Run: python scripts/measure_values.py [FOLDER], where FOLDER holds acw/, edtf/ and quantities/.
Without it the folder is CLAIMTRACK_SHARED_DATA, else ../shared/data beside the repository.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from claimtrack.domain.breakdown import TOTAL, read_breakdown
from claimtrack.domain.dates import day_to_iso, read_edtf
from claimtrack.domain.lexicon import default_lexicon
from claimtrack.domain.reading import read_value
from claimtrack.domain.value import Hedge, Kind
from claimtrack.errors import UnreadableValue

LEXICON = default_lexicon()


@dataclass
class Score:
    """How many agree of those measured, what deviates, and what was left out and why."""

    name: str
    aim: float
    right: int = 0
    measured: int = 0
    deviations: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    otherwise: Counter[str] = field(default_factory=Counter)

    def take(self, agrees: bool, told: str) -> None:
        """Count one case."""
        self.measured += 1
        self.right += agrees
        if not agrees:
            self.deviations.append(told)

    @property
    def share(self) -> float:
        """Give the share that agrees, in percent."""
        return 100 * self.right / self.measured

    def __str__(self) -> str:
        lines = [
            f"{self.name}: {self.right} of {self.measured} = {self.share:.1f} % (aim {self.aim} %)"
        ]
        lines += [f"  deviates: {told}" for told in self.deviations]
        lines += [f"  by our convention: {many}, {why}" for why, many in self.otherwise.items()]
        for why, many in Counter(why for _, why in self.left_out).items():
            cases = ", ".join(told for told, reason in self.left_out if reason == why)
            lines.append(f"  left out: {many}, {why}: {cases}")
        return "\n".join(lines)


def data_folder() -> Path:
    """Find the data."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("CLAIMTRACK_SHARED_DATA", beside))


def measure_phrases(data: Path) -> Score:
    """Measure number ranges in English."""
    score = Score("phrases of number ranges", 95)
    path = data / "quantities" / "recognizers-text-number-ranges.json"
    for case in json.loads(path.read_text("utf-8")):
        for result in case["Results"]:
            text, given = result["Text"], result["Resolution"]["value"]
            if reason := _not_ours(text, given):
                score.left_out.append((f"{text!r} {given}", reason))
                continue
            expected = _closed(given, text)
            if given.endswith(")") and expected[1] is not None and expected[1] in _ends(given):
                score.otherwise["ranges 'n to m' hold both ends; there they leave out m"] += 1
            try:
                value = read_value(text, kind=Kind.COUNT, unit=None, lexicon=LEXICON)
                found: object = (value.lower, value.upper)
            except UnreadableValue as error:
                found = str(error)
            score.take(found == expected, f"{text!r}: {found}, not {expected}")
    return score


def _ends(given: str) -> list[int]:
    return [int(end) for end in given[1:-1].split(",") if end]


def _not_ours(text: str, given: str) -> str | None:
    if "." in given:
        return "a fraction, not a whole number"
    if "-" in given or "negative" in text:
        return "a negative number: counts have none"
    if re.search(r"\b\w+(?:th|enth|ieth)\b", text) and "the " in text:
        return "ordinals: places in an order, not a count"
    return None


def _closed(given: str, text: str) -> tuple[int | None, int | None]:
    """Give the interval as inclusive ends; ranges include both ends in our lexicon."""
    low, high = given[1:-1].split(",")
    lower = int(low) + (given[0] == "(") if low else None
    upper = int(high) if high else None
    range_words = not re.search(r"less|below|lower|smaller|fewer|under|<", text)
    if upper is not None and given[-1] == ")" and not range_words:
        upper -= 1
    return lower, upper


def measure_casualties(data: Path) -> Score:
    """Measure each side's figure in the casualty phrases of a survey."""
    score = Score("casualty phrases, each side's figure", 98)
    for case in json.loads((data / "acw" / "casualty-phrases.json").read_text("utf-8")):
        read = read_breakdown(case["text"], LEXICON)
        for key, label in (("us", "US"), ("cs", "CS")):
            value = read.get(label)
            if value is None and TOTAL in read and read[TOTAL].upper == 0:
                value = read[TOTAL]
            lower, upper = (None, None) if value is None else (value.lower, value.upper)
            coded = case[key]
            if coded is None:
                agrees = lower is None and upper is None
            elif value is not None and value.hedge is Hedge.APPROXIMATE:
                agrees = lower is not None and upper is not None and lower <= coded <= upper
                score.otherwise["hedged: the coded number lies within the bounds"] += 1
            else:
                agrees = lower == upper == coded
            score.take(agrees, f"{case['text']!r} {label}: {lower}..{upper}, coded {coded}")
    return score


def measure_edtf(data: Path) -> list[Score]:
    """Measure what is accepted, what is refused, and the days meant."""
    valid, invalid = Score("EDTF accepted", 99), Score("EDTF refused", 97)
    for score, name, want in ((valid, "valid.tsv", True), (invalid, "invalid.tsv", False)):
        for row in _rows(data / "edtf" / name):
            score.take(_reads(row[0]) == want, row[0])
    bounds = Score("EDTF bounds", 97)
    for text, lower, upper, source in _rows(data / "edtf" / "bounds.tsv"):
        if "fuzzy" in source:
            bounds.left_out.append((text, "fuzzy: that package widens ?, ~ and %; ours is strict"))
        elif text.startswith("/") or text.endswith("/"):
            bounds.left_out.append(
                (text, "an unknown end stays missing; there it is ten years off")
            )
        else:
            found = tuple(_iso(day) for day in read_edtf(text))
            expected = (_given(lower), _given(upper))
            bounds.take(found == expected, f"{text}: {found}, not {expected}")
    return [valid, invalid, bounds]


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]


def _reads(text: str) -> bool:
    try:
        read_edtf(text)
    except UnreadableValue:
        return False
    return True


def _iso(day: int | None) -> str | None:
    return None if day is None else day_to_iso(day).removeprefix("Y")


def _given(text: str) -> str | None:
    return None if text in ("inf", "-inf", "") else text


def scores(data: Path) -> list[Score]:
    """Measure everything."""
    return [measure_phrases(data), measure_casualties(data), *measure_edtf(data)]


if __name__ == "__main__":
    for found in scores(data_folder()):
        print(found)
