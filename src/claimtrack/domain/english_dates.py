"""Read dates as people write them in English; a year is always wanted, nothing is invented."""

from __future__ import annotations

import re

from claimtrack.domain.calendar import days_in_month, from_day, to_day
from claimtrack.errors import UnreadableValue

Span = tuple[int | None, int | None]

LONGEST = 200
"""Characters of a date at most."""

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {name: at for at, name in enumerate(_MONTH_NAMES, 1)}
_MONTHS |= {name[:3]: at for name, at in list(_MONTHS.items())} | {"sept": 9}
_M = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_M2 = _M.replace("<month>", "<month2>")
_D, _D2 = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
_Y = r"(?P<year>\d{4})"
_TO = r" ?(?:-|to|and|or|into|/|through|until) ?"
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = {"early": (1, 10), "mid": (11, 20), "the middle of": (11, 20), "late": (21, 31)}
_PARTS |= {"the beginning of": (1, 10), "the end of": (21, 31)}
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day,? "
    r"|\b(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\.?,? "
)
_NIGHT = re.compile(
    r"^(?:the )?(?:night|evening|morning|afternoon|early hours|day)s? (?!before |after )"
    r"(?:of |between )?"
    r"|^on |^overnight (?:on |of )?"
)

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_M} {_D},? {_Y}",
        rf"{_D} (?:of )?{_M},? {_Y}",
        rf"{_M} {_D}{_TO}{_D2},? {_Y}",
        rf"{_D}{_TO}{_D2} (?:of )?{_M},? {_Y}",
        rf"{_M} {_D}{_TO}{_M2} {_D2},? {_Y}",
        rf"{_D} {_M}{_TO}{_D2} {_M2},? {_Y}",
        rf"{_M},? {_Y}",
        rf"{_M}{_TO}{_M2},? {_Y}",
        rf"{_Y}-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?",
        _Y,
    )
)
_YEARS = re.compile(r"(?P<first>\d{4}) ?- ?(?P<last>\d{4})")
_PART_FORM = re.compile(rf"(?P<part>{'|'.join(_PARTS)})[- ]{_M},? (?:of )?{_Y}")
_YEAR_PART = re.compile(rf"(?P<part>early|mid|late)[- ]{_Y}")
_SEASON_FORM = re.compile(rf"(?:the )?(?P<season>{'|'.join(_SEASONS)}),? (?:of )?{_Y}")
_DECADE = re.compile(r"(?:the )?(?P<year>\d{3}0)'?s")
_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})")
_OPEN = re.compile(
    r"(?P<word>before|after|by|until|since|from|not before|not after|no later than"
    r"|no earlier than) (?P<rest>.+)"
)
_BETWEEN = re.compile(r"(?:between|from) (?P<one>.+?) (?:and|to|until) (?P<other>.+)")


def read_english(text: str) -> Span:
    """Read a date in English; UnreadableValue tells what is missing or ambiguous."""
    told = " ".join(text.casefold().replace("–", "-").replace("—", "-").replace(".", ". ").split())
    told = re.sub(r"(?<=[a-z])\. ?,?", " ", told)
    told = " ".join(told.split()).strip(" .,")
    weekdays = _WEEKDAY.findall(told)
    told = " ".join(_WEEKDAY.sub("", told).split())
    bare = _NIGHT.sub("", told.removeprefix("on "))
    bare = re.sub(r"^(?:in|during|as of|dated) ", "", bare)
    _refuse_numbers_only(_shown(text), bare)
    span = _read(bare) if len(bare) <= LONGEST else None
    if span is None:
        raise _unreadable(text, bare)
    if len(weekdays) == 1 and span[0] is not None and span[0] == span[1]:
        _check_weekday(text, weekdays[0], span[0])
    if span[0] is not None and span[0] == span[1] and "night" in told[: -len(bare)]:
        # A night goes on into the next day.
        return span[0], span[0] + 1
    return span


def _check_weekday(text: str, told: str, day: int) -> None:
    name = _WEEKDAYS[(day - 1) % 7]
    if not name.casefold().startswith(told[:3]):
        year, month, of_month = from_day(day)
        raise UnreadableValue(
            f"'{_shown(text)}' names another day of the week: {year}-{month:02}-{of_month:02} was"
            f" a {name} by our calendar",
            "correct one of them, or leave the day of the week to the quote",
        )


def _refuse_numbers_only(text: str, told: str) -> None:
    found = _SLASHES.fullmatch(told.replace(" ", ""))
    if not found:
        return
    first, second, year = found.groups()
    if len(year) != 4:
        raise UnreadableValue(f"'{text}' gives the year in two digits", "write all four")
    ways = {
        f"{year}-{month:0>2}-{day:0>2}"
        for day, month in ((first, second), (second, first))
        if 1 <= int(month) <= 12 and 1 <= int(day) <= days_in_month(int(year), int(month))
    }
    if not ways:
        raise UnreadableValue(f"'{text}' is no day of the calendar", "look it up in the source")
    if len(ways) == 1:
        raise UnreadableValue(
            f"'{text}' has its day and month in an order that differs by country",
            f"write {ways.pop()}",
        )
    raise UnreadableValue(
        f"'{text}' can be read as day {first} of month {second} or day {second} of month {first}",
        f"write {' or '.join(sorted(ways, reverse=True))}",
    )


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _unreadable(text: str, told: str) -> UnreadableValue:
    shown = _shown(text)
    named = re.search(rf"\b(?:{'|'.join(_MONTHS)})\b", told)
    if re.search(r"\bwinter,? (?:of )?\d{4}$", told):
        return UnreadableValue(
            f"'{shown}' may be the winter that ended in that year or the one that began in it",
            "write its months, as in 'December 2018 to February 2019'",
        )
    if re.search(r"\b(?:bce?|ad|ce)\b", told):
        return UnreadableValue(
            f"'{shown}' has its year by an era", "write it as EDTF: 44 BC is -0043, AD 79 is 0079"
        )
    if re.search(r"\b(?:about|around|circa|ca|c)\b", told):
        return UnreadableValue(
            f"'{shown}' is about a date, and nobody can tell by how much",
            "give the first and last day meant, as in '5-9 February 2018', or EDTF: 1860~",
        )
    if named and re.search(r"\d\D+\d{2}$", told) and not re.search(r"\d{4}", told):
        return UnreadableValue(f"'{shown}' gives the year in two digits", "write all four")
    if named and not re.search(r"\d{4}", told):
        return UnreadableValue(f"'{shown}' has no year", "add it: Feb. 7, 2018")
    return UnreadableValue(
        f"'{shown}' is no date that can be read",
        "write it as 2018-02-08, 8 February 2018, 7-8 February 2018 or early February 2018",
    )


def _read(told: str) -> Span | None:
    return _read_plain(told) or _read_compound(told)


def _read_plain(told: str) -> Span | None:
    """Read a date without words of before and after; the ends of a span are such dates."""
    for form in _FORMS:
        if found := form.fullmatch(told):
            return _span(found.groupdict())
    if found := _PART_FORM.fullmatch(told):
        first, last = _PARTS[found["part"]]
        year, month = int(found["year"]), _MONTHS[found["month"]]
        return to_day(year, month, first), to_day(
            year, month, min(last, days_in_month(year, month))
        )
    if found := _YEAR_PART.fullmatch(told):
        begin, end = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[found["part"]]
        year = int(found["year"])
        return to_day(year, begin, 1), to_day(year, end, days_in_month(year, end))
    if found := _SEASON_FORM.fullmatch(told):
        begin, end = _SEASONS[found["season"]]
        year = int(found["year"])
        last_year, last = year + (end - 1) // 12, (end - 1) % 12 + 1
        return to_day(year, begin, 1), to_day(last_year, last, days_in_month(last_year, last))
    if found := _DECADE.fullmatch(told):
        year = int(found["year"])
        return to_day(year, 1, 1), to_day(year + 9, 12, 31)
    if (found := _YEARS.fullmatch(told)) and int(found["first"]) <= int(found["last"]):
        return to_day(int(found["first"]), 1, 1), to_day(int(found["last"]), 12, 31)
    return None


def _read_compound(told: str) -> Span | None:
    if found := _BETWEEN.fullmatch(told):
        one, other = found["one"], found["other"]
        return _join(one, other) or _read_plain(f"{one} to {other}")
    if found := _OPEN.fullmatch(told):
        inner = _read(found["rest"])
        if inner is None or inner[0] is None or inner[1] is None:
            return None
        return {
            "before": (None, inner[0] - 1),
            "after": (inner[1] + 1, None),
            "by": (None, inner[1]),
            "until": (None, inner[1]),
            "not after": (None, inner[1]),
            "no later than": (None, inner[1]),
        }.get(found["word"], (inner[0], None))
    for word in (" to ", " - ", " until "):
        one, found_word, other = told.partition(word)
        if found_word and (span := _join(one, other)):
            return span
    return None


def _join(one: str, other: str) -> Span | None:
    last = _read_plain(other)
    if last is None or last[1] is None:
        return None
    first = (
        _read_plain(one)
        or _read_plain(f"{one}, {from_day(last[1])[0]}")
        or _read_plain(f"{one} {other.split(' ', 1)[-1]}")
    )
    if first is None or first[0] is None or first[0] > last[1]:
        return None
    return first[0], last[1]


def _span(found: dict[str, str | None]) -> Span | None:
    year = int(found["year"] or 0)
    name = found.get("month")
    month = None if not name else int(name) if name.isdigit() else _MONTHS[name]
    month2 = _MONTHS[other] if (other := found.get("month2")) else month
    if month is None or month2 is None:
        return to_day(year, 1, 1), to_day(year, 12, 31)
    first_day = int(found.get("day") or 1)
    given = found.get("day2") or found.get("day")
    last_day = int(given) if given else days_in_month(year, month2)
    for at, day in ((month, first_day), (month2, last_day)):
        if not 1 <= day <= days_in_month(year, at):
            return None
    first, last = to_day(year, month, first_day), to_day(year, month2, last_day)
    return (first, last) if first <= last else None
