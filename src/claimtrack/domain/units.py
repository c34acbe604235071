"""Units of measure: how many base units each holds, and bounds as people want to see them.

Durations are kept in seconds and distances in millimetres (see `domain.value`). A metric
names the unit in which its bounds are shown; words may use any unit of the same kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from claimtrack.domain.calendar import day_to_iso
from claimtrack.domain.value import Kind

_Sizes = Mapping[str, tuple[int | Fraction, str]]

_DURATIONS: _Sizes = {
    "seconds": (1, "second s sec secs"),
    "minutes": (60, "minute min mins"),
    "hours": (3_600, "hour h hr hrs"),
    "days": (86_400, "day d"),
    "weeks": (604_800, "week wk wks"),
}
_DISTANCES: _Sizes = {
    "mm": (1, "millimeter millimeters millimetre millimetres"),
    "cm": (10, "centimeter centimeters centimetre centimetres"),
    "m": (1_000, "meter meters metre metres"),
    "km": (1_000_000, "kilometer kilometers kilometre kilometres kms"),
    "inches": (Fraction("25.4"), "inch"),
    "feet": (Fraction("304.8"), "foot ft"),
    "yards": (Fraction("914.4"), "yard yd yds"),
    "miles": (1_609_344, "mile mi"),
    "nautical miles": (1_852_000, "nmi nm"),
}
"""International units: 1 inch is 25.4 mm, 1 foot 0.3048 m, 1 mile 1,609.344 m, 1 nautical mile
1,852 m."""

_SIZES: Mapping[Kind, _Sizes] = {Kind.DURATION: _DURATIONS, Kind.DISTANCE: _DISTANCES}
_STANDARD = {Kind.DURATION: "hours", Kind.DISTANCE: "km"}
_DIGITS = 3


def known_units(kind: Kind) -> tuple[str, ...]:
    """List the units in which a kind can be told."""
    return tuple(_SIZES.get(kind, ()))


def find_unit(kind: Kind, word: str) -> str | None:
    """Give the name of the unit that a word means, if it means one."""
    told = word.casefold().rstrip(".")
    for name, (_, others) in _SIZES.get(kind, {}).items():
        if told == name or told in others.split():
            return name
    return "nautical miles" if kind is Kind.DISTANCE and told == "nautical mile" else None


def unit_size(kind: Kind, unit: str | None) -> Fraction:
    """Give how many base units a unit holds; 1 where the kind is not measured.

    A unit nobody knows counts as the standard one (hours, km).
    """
    sizes = _SIZES.get(kind)
    if sizes is None:
        return Fraction(1)
    name = find_unit(kind, unit) if unit else None
    return Fraction(sizes[name or _STANDARD[kind]][0])


def bound_for_display(kind: Kind, unit: str | None, bound: int | None) -> int | float | str | None:
    """Give a bound as people read it: a count, an ISO day, or a number in the metric's unit.

    Truth values and categories have no bounds to show; a missing bound stays missing.
    """
    if bound is None or kind in (Kind.TRUTH_VALUE, Kind.CATEGORY):
        return None
    if kind is Kind.DATE:
        return day_to_iso(bound)
    if kind is Kind.COUNT:
        return bound
    shown = Fraction(bound) / unit_size(kind, unit)
    if shown.denominator == 1:
        return int(shown)
    # Below 1 count digits from the first that says something: a millimetre is not 0 km.
    return round(float(shown), _DIGITS) if shown >= 1 else float(f"{float(shown):.{_DIGITS}g}")
