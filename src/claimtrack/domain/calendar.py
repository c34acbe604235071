"""Days as whole numbers in the proleptic Gregorian calendar, for any year.

Numbered as `datetime.date.toordinal` does: 0001-01-01 is day 1; the year 0 is 1 BC.
"""

from __future__ import annotations

import re

_ISO = re.compile(r"(-?\d{4}|Y-?\d{5,})-(\d\d)-(\d\d)")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097


def is_leap(year: int) -> bool:
    """Tell whether a year has 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Count the days of a month, 1 to 12."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def to_day(year: int, month: int, day: int) -> int:
    """Number a day."""
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    passed = sum(_LENGTHS[: month - 1]) + (1 if month > 2 and is_leap(year) else 0)
    return before * 365 + leaps + passed + day


def from_day(number: int) -> tuple[int, int, int]:
    """Give year, month and day of a day's number."""
    cycles, rest = divmod(number - 1, _CYCLE_DAYS)
    year = cycles * _CYCLE_YEARS + rest * _CYCLE_YEARS // _CYCLE_DAYS + 1
    while to_day(year + 1, 1, 1) <= number:
        year += 1
    while to_day(year, 1, 1) > number:
        year -= 1
    month = 1
    while month < 12 and to_day(year, month + 1, 1) <= number:
        month += 1
    return year, month, number - to_day(year, month, 1) + 1


def day_to_iso(number: int) -> str:
    """Write a day as ISO 8601 has it; years of more than four digits begin with Y."""
    year, month, day = from_day(number)
    sign, size = ("-", -year) if year < 0 else ("", year)
    text = f"{sign}{size:04d}" if size <= 9999 else f"Y{sign}{size}"
    return f"{text}-{month:02d}-{day:02d}"


def iso_to_day(text: str) -> int:
    """Number the day that `day_to_iso` wrote; ValueError for any other text."""
    found = _ISO.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no ISO day")
    year, month, day = int(found[1].removeprefix("Y")), int(found[2]), int(found[3])
    if not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        raise ValueError(f"{text!r} is no day of the calendar")
    return to_day(year, month, day)
