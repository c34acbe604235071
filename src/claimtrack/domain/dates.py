"""Read EDTF dates (ISO 8601-2, levels 0, 1 and most of 2) as the interval of days they can mean.

An own parser: the library on PyPI loads in the time of a whole command, accepts less of
the standard, and widens uncertain dates by a policy of its own. Here `?`, `~`, `%` and
the significant digits of a year (`1950S2`) are kept in the words and move no bound.
Seasons are those of the northern hemisphere; winter runs from December into February of
the next year, since the standard leaves open which end is meant.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claimtrack.domain.calendar import day_to_iso, days_in_month, iso_to_day, to_day
from claimtrack.errors import UnreadableValue

__all__ = ["day_to_iso", "iso_to_day", "read_date", "read_edtf"]

Span = tuple[int | None, int | None]

LONGEST = 200
"""Characters of a date at most."""

_MOST_YEARS = 10**12
_HINT = "write it as 2018, 2018-02 or 2018-02-08"
_Q = r"[?~%]?"
_DATE = re.compile(
    rf"{_Q}(?P<year>-?[\dX]{{4}}){_Q}(?:-{_Q}(?P<month>[\dX]{{2}}){_Q}(?:-{_Q}(?P<day>[\dX]{{2}}){_Q})?)?"
)
_TIME = re.compile(
    r"(?P<date>-?\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|[+-](\d\d)(?::?(\d\d))?)?"
)
_LONG = re.compile(rf"Y(?P<digits>-?[1-9]\d*)(?:E(?P<power>\d+))?(?:S(?P<sure>\d+))?{_Q}")
_SURE = re.compile(rf"(?P<digits>-?\d{{4}})S(?P<sure>[1-9]\d*){_Q}")
_MONTHS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14),
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
"""First and last month of the codes for seasons, quarters, thirds and halves of a year."""


@lru_cache(maxsize=4096)
def read_edtf(text: str) -> Span:
    """Read an EDTF date; the end that is open or unknown is None.

    Raises UnreadableValue for anything else.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise _unreadable(text[:40] + "…")
    if text[:1] in ("[", "{"):
        return _read_set(text)
    if "/" in text:
        return _read_interval(text)
    return _read_one(text, text)


def read_date(text: str) -> Span:
    """Read a date in EDTF or as people write it in English."""
    try:
        return read_edtf(text)
    except UnreadableValue:
        from claimtrack.domain.english_dates import read_english

        return read_english(text)


def _unreadable(text: str, why: str = "", hint: str = _HINT) -> UnreadableValue:
    return UnreadableValue(f"'{text}' is no date that can be read{why}", hint)


def _read_interval(text: str) -> Span:
    parts = text.split("/")
    if len(parts) != 2 or parts in (["", ""], ["..", ".."], ["", ".."], ["..", ""]):
        raise _unreadable(text)
    first, last = ((None, None) if part in ("", "..") else _read_one(part, text) for part in parts)
    lower, upper = first[0], last[1]
    if lower is not None and upper is not None and lower > upper:
        raise _unreadable(text, ": it ends before it begins", "turn the two ends around")
    return lower, upper


def _read_set(text: str) -> Span:
    closing = {"[": "]", "{": "}"}[text[0]]
    if text[-1] != closing or len(text) < 3:
        raise _unreadable(text)
    lowers: list[int | None] = []
    uppers: list[int | None] = []
    for part in text[1:-1].split(","):
        part = part.strip()
        if ".." in part:
            lower, upper = _read_range(part, text)
        else:
            lower, upper = _read_one(part, text)
        lowers.append(lower)
        uppers.append(upper)
    known_lowers = [day for day in lowers if day is not None]
    known_uppers = [day for day in uppers if day is not None]
    return (
        min(known_lowers) if len(known_lowers) == len(lowers) else None,
        max(known_uppers) if len(known_uppers) == len(uppers) else None,
    )


def _read_range(part: str, text: str) -> Span:
    begin, _, end = part.partition("..")
    if not begin and not end:
        raise _unreadable(text)
    first = _read_one(begin, text) if begin else (None, None)
    last = _read_one(end, text) if end else (None, None)
    if begin and end:
        if begin.count("-") != end.count("-"):
            raise _unreadable(text, ": the ends of a range must be equally exact")
        if (first[0] or 0) > (last[1] or 0):
            raise _unreadable(text, ": it ends before it begins", "turn the two ends around")
    return first[0], last[1]


def _read_one(part: str, text: str) -> tuple[int, int]:
    if found := _TIME.fullmatch(part):
        hour, minute, second = int(found[2]), int(found[3]), int(found[4])
        zone = (int(found[5] or 0), int(found[6] or 0))
        if hour > 23 or minute > 59 or second > 59 or zone[0] > 23 or zone[1] > 59:
            raise _unreadable(text, ": the time of day does not exist")
        part = found["date"]
    if found := _LONG.fullmatch(part):
        return _read_long(found, text)
    if found := _SURE.fullmatch(part):
        return _years(int(found["digits"]), int(found["sure"]), text)
    found = _DATE.fullmatch(part)
    if not found or part.startswith("-0000"):
        raise _unreadable(text)
    return _read_parts(found, text)


def _read_long(found: re.Match[str], text: str) -> tuple[int, int]:
    power = int(found["power"] or 0)
    if power > 12 or len(found["digits"]) > 13:
        raise _unreadable(text, ": the year is beyond a million million")
    year = int(found["digits"]) * 10**power
    if abs(year) <= 9999 and not found["power"]:
        raise _unreadable(text, ": a year of four digits needs no Y")
    return _years(year, int(found["sure"] or 0), text)


def _years(year: int, sure: int, text: str) -> tuple[int, int]:
    """Give a year; how many of its digits are sure is, like `~`, no bound."""
    if abs(year) > _MOST_YEARS or sure > len(str(abs(year))):
        raise _unreadable(text)
    return to_day(year, 1, 1), to_day(year, 12, 31)


def _read_parts(found: re.Match[str], text: str) -> tuple[int, int]:
    year, month, day = found["year"], found["month"], found["day"]
    negative, digits = year.startswith("-"), year.lstrip("-")
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    first_year, last_year = (-high, -low) if negative else (low, high)
    months = _fitting(month, 1, 12) if month else [1, 12]
    if month and month.isdigit() and int(month) in _MONTHS:
        if day:
            raise _unreadable(text, ": a season has no days of the month")
        return _season(first_year, last_year, int(month))
    if not months:
        raise _unreadable(text, f": there is no month {month}")
    if day is None:
        last = days_in_month(last_year, months[-1])
        return to_day(first_year, months[0], 1), to_day(last_year, months[-1], last)
    years = [number for number in range(first_year, last_year + 1) if _fits(digits, abs(number))]
    days = [(month, day) for month in months for day in _fitting(found["day"], 1, 31)]
    first, last_day = _first_day(years, days), _first_day(years[::-1], days[::-1])
    if first is None or last_day is None:
        raise _unreadable(text, f": there is no day {day} in that month")
    return first, last_day


def _season(first_year: int, last_year: int, code: int) -> tuple[int, int]:
    begin, end = _MONTHS[code]
    year, month = last_year + (end - 1) // 12, (end - 1) % 12 + 1
    return to_day(first_year, begin, 1), to_day(year, month, days_in_month(year, month))


def _fits(digits: str, number: int) -> bool:
    """Tell whether a number fits digits of which some are X."""
    return all(d in ("X", n) for d, n in zip(digits, f"{number:0{len(digits)}d}", strict=True))


def _fitting(digits: str, lowest: int, highest: int) -> list[int]:
    """List the numbers that fit digits of which some are X."""
    return [number for number in range(lowest, highest + 1) if _fits(digits, number)]


def _first_day(years: list[int], days: list[tuple[int, int]]) -> int | None:
    """Give the first day that exists, in the order given: not every year has 29 February."""
    for year in years:
        for month, day in days:
            if day <= days_in_month(year, month):
                return to_day(year, month, day)
    return None
