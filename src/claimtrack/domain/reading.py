"""Read a value as the import gives it: a number, words, bounds, a category or a truth value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from claimtrack.domain.dates import read_date
from claimtrack.domain.lexicon import Lexicon
from claimtrack.domain.phrases import as_value, check_size, plain, read_phrase
from claimtrack.domain.units import find_unit, known_units, unit_size
from claimtrack.domain.value import INT64_MAX, Hedge, Kind, Value
from claimtrack.errors import UnreadableValue

_BOUNDS = ("min", "max", "best", "text")
_TRUE, _FALSE = {"true", "yes"}, {"false", "no"}


def read_value(raw: object, *, kind: Kind, unit: str | None, lexicon: Lexicon) -> Value:
    """Read a value of a kind; bare measures are in `unit`, the metric's.

    Raises UnreadableValue with what would be right.
    """
    if kind in (Kind.DURATION, Kind.DISTANCE) and unit and not find_unit(kind, unit):
        units = ", ".join(known_units(kind))
        raise UnreadableValue(
            f"the metric's unit '{unit[:60]}' is no unit of {kind.value}",
            f"give the metric one of: {units}",
        )
    if isinstance(raw, Mapping):
        return _read_bounds(raw, kind, unit, lexicon)
    if isinstance(raw, bool):
        if kind is not Kind.TRUTH_VALUE:
            raise UnreadableValue(f"{_json(raw)} is no {_name(kind)}", _hint(kind))
        return Value(kind, int(raw), int(raw), _json(raw), Hedge.EXACT, "a truth value")
    if isinstance(raw, int | float):
        return _read_number(raw, kind, unit)
    if not isinstance(raw, str) or not raw.strip():
        raise UnreadableValue("the value is empty", _hint(kind))
    if plain(raw) in lexicon.unknown:
        rule = f"{plain(raw)}: the answer is not known"
        return Value(kind, None, None, raw, Hedge.UNKNOWN, rule, lexicon.version)
    return _read_words(raw, kind, unit, lexicon)


def _read_words(raw: str, kind: Kind, unit: str | None, lexicon: Lexicon) -> Value:
    if kind is Kind.CATEGORY:
        return Value(kind, None, None, raw, Hedge.EXACT, "a category", category=raw.strip())
    if kind is Kind.TRUTH_VALUE:
        told = plain(raw)
        if told not in _TRUE | _FALSE:
            raise UnreadableValue(f"'{raw[:60]}' is neither true nor false", _hint(kind))
        truth = int(told in _TRUE)
        return Value(kind, truth, truth, raw, Hedge.EXACT, "a truth value")
    if kind is Kind.DATE:
        lower, upper = read_date(raw)
        hedge = Hedge.EXACT if lower == upper else Hedge.RANGE
        hedge = Hedge.BELOW if lower is None else Hedge.ABOVE if upper is None else hedge
        return Value(kind, lower, upper, raw, hedge, "a date: the first to the last day meant")
    phrase = read_phrase(raw, kind, unit, lexicon)
    return as_value(phrase, raw, kind, lexicon)


def _read_number(raw: int | float, kind: Kind, unit: str | None) -> Value:
    if kind in (Kind.DATE, Kind.TRUTH_VALUE, Kind.CATEGORY):
        raise UnreadableValue(f"a number is no {_name(kind)}", _hint(kind))
    number = _exact(raw, kind)
    if kind is Kind.COUNT:
        lower = upper = int(number)
        check_size(lower)
        return Value(kind, lower, upper, str(lower), Hedge.EXACT, "a bare number: n")
    places = -int(Decimal(str(raw)).as_tuple().exponent) if raw % 1 else 0
    half, size = Fraction(1, 2 * 10**places), unit_size(kind, unit)
    low, high = max(Fraction(0), number - half) * size, (number + half) * size
    ends = low.__floor__(), high.__ceil__()
    check_size(*ends)
    return Value(kind, *ends, str(raw), Hedge.EXACT, "n with the rounding of its unit")


def _exact(raw: int | float, kind: Kind) -> Fraction:
    if not abs(raw) <= INT64_MAX:  # NaN too: it is not less than anything
        raise UnreadableValue("the number is beyond 64 bits", "give a smaller number")
    number = Fraction(str(raw)) if isinstance(raw, float) else Fraction(raw)
    if number < 0:
        raise UnreadableValue(f"{raw} is negative", f"a {_name(kind)} is 0 or more")
    if kind is Kind.COUNT and number.denominator != 1:
        raise UnreadableValue(f"{raw} is no whole number", "a count has no fraction")
    return number


def _read_bounds(raw: Mapping[str, Any], kind: Kind, unit: str | None, lexicon: Lexicon) -> Value:
    if kind in (Kind.TRUTH_VALUE, Kind.CATEGORY):
        raise UnreadableValue(f"a {_name(kind)} has no bounds", _hint(kind))
    if strange := [str(key) for key in raw if key not in _BOUNDS]:
        raise UnreadableValue(
            f"bounds have no '{strange[0][:60]}'", "they have min, max, best and text"
        )
    if not isinstance(raw.get("text"), str | None):
        raise UnreadableValue("the text of bounds must be words", 'write "text": "200 to 300"')
    lower, _ = _bound(raw.get("min"), kind, unit)
    _, upper = _bound(raw.get("max"), kind, unit)
    best, last = _bound(raw.get("best"), kind, unit)
    if lower is None and upper is None:
        lower, upper = best, last
    if lower is None and upper is None:
        raise UnreadableValue("the bounds are empty", "give min, max or both, or 'unknown'")
    if lower is not None and upper is not None and lower > upper:
        low, high = str(raw["min"])[:60], str(raw["max"])[:60]
        raise UnreadableValue(f"min {low} is above max {high}", "exchange min and max")
    if best is not None and not (
        (lower is None or lower <= best) and (upper is None or best <= upper)
    ):
        raise UnreadableValue(
            f"best {str(raw['best'])[:60]} is outside min and max", "correct one of them"
        )
    check_size(lower, upper, best)
    text = raw.get("text") or _compose(raw)
    hedge = _bounds_hedge(lower, upper)
    return Value(kind, lower, upper, text, hedge, "bounds as given", best=best)


def _bounds_hedge(lower: int | None, upper: int | None) -> Hedge:
    if lower is None:
        return Hedge.BELOW
    if upper is None:
        return Hedge.ABOVE
    return Hedge.EXACT if lower == upper else Hedge.RANGE


def _compose(raw: Mapping[str, Any]) -> str:
    low, high = raw.get("min"), raw.get("max")
    if low is None and high is None:
        return str(raw.get("best"))
    if low is None:
        return f"at most {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _bound(raw: object, kind: Kind, unit: str | None) -> tuple[int | None, int | None]:
    """Read one end: a number in the metric's unit, or a date."""
    if raw is None:
        return None, None
    if kind is Kind.DATE:
        if not isinstance(raw, str):
            raise UnreadableValue(f"{raw} is no date", _hint(kind))
        return read_date(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise UnreadableValue(f"the bound '{str(raw)[:60]}' is no number", "write a number")
    number = _exact(raw, kind) * unit_size(kind, unit)
    return number.__floor__(), number.__ceil__()


def _json(raw: bool) -> str:
    return "true" if raw else "false"


def _name(kind: Kind) -> str:
    return kind.value.replace("_", " ")


def _hint(kind: Kind) -> str:
    return {
        Kind.COUNT: "write a number, or words such as 'more than 200'",
        Kind.DATE: "write a date, such as 2018-02-08 or 8 February 2018",
        Kind.DURATION: "write a duration, such as 'about three hours'",
        Kind.DISTANCE: "write a distance, such as '8 km'",
        Kind.TRUTH_VALUE: "write true or false",
        Kind.CATEGORY: "write the category in words",
    }[kind]
