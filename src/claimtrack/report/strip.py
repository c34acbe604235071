"""Draw claims as strips on a scale of characters, by interval and hedge.

A filled dot is a number told exactly or about; a dashed line its reading; a hollow dot
with an arrow an open end; a shade a vague word; a cross a zero or a denial; `├──┤` a range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from claimtrack.domain.record import ClaimRecord
from claimtrack.domain.units import bound_for_display
from claimtrack.domain.value import Hedge, Kind
from claimtrack.report.cells import SIGNS, Signs

_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a number stands among so many columns, and which numbers are marked."""

    low: float
    high: float
    width: int
    marks: tuple[int, ...]

    def column(self, bound: float) -> int:
        """Give the column of a number, the ends of the scale at most."""
        share = (bound - self.low) / ((self.high - self.low) or 1)
        return max(0, min(self.width - 1, round(share * (self.width - 1))))


def make_scale(claims: Sequence[ClaimRecord], width: int) -> Scale | None:
    """Choose a scale that shows every bound of these claims; None where nothing has one.

    Numbers begin at 0 so that sizes can be compared; dates where they begin.
    """
    ends = [e for c in claims for e in (c.value.lower, c.value.upper) if e is not None]
    kinds = {c.value.kind for c in claims}
    if not ends or kinds & {Kind.TRUTH_VALUE, Kind.CATEGORY} or width < 8:
        return None
    low = min(ends) if kinds == {Kind.DATE} else min(0, *ends)
    high = max(ends)
    if any(c.value.upper is None and not c.value.is_unknown for c in claims) or high == low:
        high += max(1, (high - low) // 4)
    unit = _display_unit(claims[0])
    most = max(2, width // 9)
    marks = _marks(low, high, _step((high - low) / unit, most) * unit)
    if len(marks) < 2:
        marks = _marks(low, high, _step((high - low) / unit, 2 * most) * unit)
    return Scale(low, high, width, marks)


def _marks(low: int, high: int, step: int) -> tuple[int, ...]:
    return tuple(range(-(-low // step) * step, high + 1, step))


def _display_unit(claim: ClaimRecord) -> int:
    """Find how many base units make one of the unit shown."""
    if claim.value.kind in (Kind.DURATION, Kind.DISTANCE):
        for power in range(12):
            base: int = 10**power
            shown = bound_for_display(claim.value.kind, claim.unit, base)
            if isinstance(shown, (int, float)) and shown >= 1:
                return max(1, round(base / shown))
    return 1


def _step(span: float, most: int) -> int:
    """Choose a round step that gives no more than so many marks."""
    rough = max(1.0, span / most)
    power: int = 10 ** int(log10(rough))
    return next((factor * power for factor in _STEPS if factor * power >= rough), 10 * power)


def axis(scale: Scale, claim: ClaimRecord) -> str:
    """Write the numbers above the scale, each centred on its mark where there is room."""
    row = [" "] * scale.width
    free = 0
    for mark in scale.marks:
        label = _label(scale, claim, mark)
        at = max(free, min(scale.column(mark) - len(label) // 2, scale.width - len(label)))
        if at + len(label) > scale.width:
            continue
        row[at : at + len(label)] = label
        free = at + len(label) + 1
    return "".join(row)


_YEAR = 366


def _label(scale: Scale, claim: ClaimRecord, mark: int) -> str:
    """Write a number of the scale; a day without its year, on a scale of years without its day."""
    shown = bound_for_display(claim.value.kind, claim.unit, mark)
    if isinstance(shown, (int, float)):
        return f"{shown:,}"
    year, month, day = str(shown).rsplit("-", 2)
    return f"{year}-{month}" if scale.high - scale.low > _YEAR else f"{month}-{day}"


def strip(claim: ClaimRecord, scale: Scale, signs: Signs = SIGNS) -> str:
    """Draw one claim on the scale."""
    row = [" "] * scale.width
    for mark in scale.marks:
        row[scale.column(mark)] = signs.tick
    value = claim.value
    if value.is_unknown:
        row[: len("unknown")] = "unknown"
        return "".join(row)
    last = scale.width - 1
    left = scale.column(value.lower) if value.lower is not None else 0
    right = scale.column(value.upper) if value.upper is not None else last
    if claim.denied:
        row[left : right + 1] = signs.cross * (right - left + 1)
    elif value.lower is None or value.upper is None:
        row[left : right + 1] = signs.line * (right - left + 1)
        row[left] = signs.left if value.lower is None else signs.hollow
        row[right] = signs.right if value.upper is None else signs.hollow
    else:
        _closed(row, claim, left, right, signs)
    return "".join(row)


def _closed(row: list[str], claim: ClaimRecord, left: int, right: int, signs: Signs) -> None:
    value = claim.value
    if value.upper == 0 and value.kind is Kind.COUNT:
        row[left] = signs.cross
    elif value.lower == value.upper:
        row[left] = signs.dot
    elif value.hedge is Hedge.VAGUE:
        row[left : right + 1] = signs.shade * (right - left + 1)
    elif value.hedge is Hedge.RANGE and right > left:
        row[left : right + 1] = signs.span * (right - left + 1)
        row[left], row[right] = signs.span_left, signs.span_right
    else:
        row[left : right + 1] = signs.dash * (right - left + 1)
        row[(left + right) // 2] = signs.dot
