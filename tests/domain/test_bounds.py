"""What a claim leaves possible, and how far two claims lie apart given their days."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.domain.bounds import (
    allowed,
    gap,
    holds_every_answer,
    upper_holds_for,
    upper_reaches_back,
)
from claimtrack.domain.case import Claim, Days
from contradictions.cases import DAY, METRICS, Said, claim_lists

Span = tuple[int | None, int | None]
KILLED, MISSING = METRICS["killed"], METRICS["missing"]


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.mark.parametrize("span", [(5, 9), (5, None), (None, 9), (0, 0), (None, None)])
def test_affirmed(said: Said, span: Span) -> None:
    """An affirmed claim leaves what it says, a missing end still missing."""
    assert allowed(said(*span)) == span


@pytest.mark.parametrize(
    ("metric", "denied", "left"),
    [
        ("killed", (20, None), (None, 19)),
        ("killed", (1, None), (None, 0)),
        ("killed", (None, 20), (21, None)),
        ("killed", (0, 20), (21, None)),
        ("killed", (0, 0), (1, None)),
        ("killed", (1, 20), None),
        ("killed", (20, 30), None),
        ("killed", (None, None), None),
        ("distance", (0, 20), (21, None)),
        ("duration", (0, 20), (21, None)),
        ("distance", (1, 20), None),
        ("duration", (1, 20), None),
        ("participation", (1, 1), (None, 0)),
        ("participation", (0, 0), (1, None)),
        ("date", (DAY, None), (None, DAY - 1)),
        ("date", (None, DAY), (DAY + 1, None)),
        ("date", (0, 20), None),
        ("date", (-5, 20), None),
    ],
)
def test_denied(said: Said, metric: str, denied: Span, left: Span | None) -> None:
    """A denial leaves the other side, where there is only one."""
    assert allowed(said(*denied, metric=metric, denied=True)) == left


@pytest.mark.parametrize("denied", [False, True])
def test_no_interval(said: Said, denied: bool) -> None:
    """The unknown and categories leave no interval."""
    assert allowed(said(unknown=True, denied=denied)) is None
    assert allowed(said(metric="weapon", category="tank", denied=denied)) is None


@pytest.mark.parametrize(
    ("metric", "span", "expected"),
    [
        ("killed", (None, None), True),
        ("killed", (0, None), True),
        ("killed", (1, None), False),
        ("killed", (None, 5), False),
        ("participation", (0, 1), True),
        ("participation", (0, 0), False),
        ("participation", (1, 1), False),
        ("date", (None, None), True),
        ("date", (0, None), False),
    ],
)
def test_every_answer(said: Said, metric: str, span: Span, expected: bool) -> None:
    """Zero or more people, or yes or no, leaves out nothing; a date or a number does."""
    assert holds_every_answer(said(*span, metric=metric).value) is expected


def test_not_every_answer(said: Said) -> None:
    """An unknown value and one of several answers say nothing of all answers."""
    assert holds_every_answer(said(unknown=True).value) is False
    assert holds_every_answer(said(metric="weapon", category="tank").value) is False


@pytest.mark.parametrize(
    ("below", "above", "expected"),
    [
        ((80, 80), (81, None), 1),
        ((80, 80), (80, None), None),
        ((80, 80), (79, None), None),
        ((90, 110), (201, 300), 91),
        ((None, 4), (9, None), 5),
        ((80, None), (81, 81), None),
        ((80, 80), (None, 81), None),
    ],
)
def test_gap(said: Said, below: Span, above: Span, expected: int | None) -> None:
    """The gap is how far the second begins beyond the end of the first."""
    assert gap(said(*below), said(*above), KILLED) == expected


def test_gap_is_one_way(said: Said) -> None:
    """A claim below another is not also above it."""
    assert gap(said(9, 9), said(5, 5), KILLED) is None


def test_gap_of_no_interval(said: Said) -> None:
    """Where either leaves no interval there is no gap."""
    assert gap(said(unknown=True), said(5, 5), KILLED) is None
    assert gap(said(5, 5), said(unknown=True), KILLED) is None
    assert gap(said(20, 30, denied=True), said(50, 50), KILLED) is None


@pytest.mark.parametrize(
    ("below", "above", "cumulative", "other"),
    [
        (None, None, True, True),
        ((DAY, DAY), (DAY, DAY), True, True),
        ((DAY, DAY + 3), (DAY, DAY + 3), True, True),
        ((DAY + 1, DAY + 1), (DAY, DAY), True, False),
        ((DAY, DAY), (DAY + 1, DAY + 1), False, False),
        (None, (DAY, DAY), True, False),
        ((DAY, DAY), None, False, False),
        ((DAY + 3, DAY + 5), (DAY, DAY + 3), True, False),
        ((DAY + 3, DAY + 5), (DAY, DAY + 4), False, False),
        ((DAY + 3, None), (None, DAY + 3), True, False),
        ((None, DAY + 9), (DAY, DAY), False, False),
        ((DAY + 9, DAY + 9), (DAY, None), False, False),
    ],
)
def test_upper_end_and_days(
    said: Said, below: Days | None, above: Days | None, cumulative: bool, other: bool
) -> None:
    """A toll's upper end binds what is surely no later; a number that may fall, its own day."""
    low, high = said(5, 5, as_of=below), said(9, 9, as_of=above)
    assert upper_holds_for(low, high, KILLED) is cumulative
    assert upper_holds_for(low, high, MISSING) is other
    assert gap(low, high, KILLED) == (4 if cumulative else None)


@pytest.mark.parametrize(
    ("day", "earlier", "total", "limit", "falling"),
    [
        (None, None, True, True, True),
        ((DAY, DAY), (DAY, DAY), True, True, True),
        (None, (DAY, DAY), True, True, False),
        ((DAY, DAY), None, False, False, False),
        ((DAY + 1, DAY + 1), (DAY, DAY), True, False, False),
        ((DAY, DAY), (DAY + 1, DAY + 1), False, False, False),
    ],
)
def test_days_of_two_metrics(
    day: Days | None, earlier: Days | None, total: bool, limit: bool, falling: bool
) -> None:
    """Killed of a day are among later casualties; the force of a later day may be smaller.

    The missing of a day are held against that day alone, and so are casualties with them.
    """
    casualties = METRICS["casualties"]
    assert upper_reaches_back(day, earlier, casualties, KILLED) is total
    assert upper_reaches_back(day, earlier, METRICS["force_size"], KILLED) is limit
    assert upper_reaches_back(day, earlier, casualties, MISSING) is falling
    assert upper_reaches_back(day, earlier, MISSING, casualties) is falling
    assert upper_reaches_back(day, earlier, casualties, casualties) is falling


def test_gap_of_two_metrics(said: Said) -> None:
    """The metric of each claim decides whether its number may fall."""
    of_day = said(9, 9, as_of=DAY)
    assert gap(said(5, 5), of_day, METRICS["force_size"], KILLED) == 4
    assert gap(said(5, 5), of_day, KILLED, MISSING) is None
    assert gap(said(5, 5, as_of=DAY + 1), of_day, METRICS["force_size"], KILLED) is None
    assert upper_holds_for(said(5, 5), of_day, METRICS["force_size"], KILLED)
    assert not upper_holds_for(said(5, 5), of_day, KILLED, MISSING)


@pytest.mark.parametrize("metric", ["killed", "distance", "date", "participation"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_denial_leaves_what_is_not_denied(metric: str, data: st.DataObject) -> None:
    """Where a denial leaves one interval, that and the denied one share out all answers."""
    claims: list[Claim] = data.draw(claim_lists(metric))
    answers = {"date": range(DAY - 5, DAY + 15), "participation": range(2)}.get(metric, range(15))
    for claim in claims:
        left = allowed(claim)
        if claim.denied and left is not None:
            for n in answers:
                assert _holds(n, left) != _holds(n, (claim.value.lower, claim.value.upper))


def _holds(n: int, span: Span) -> bool:
    return (span[0] is None or span[0] <= n) and (span[1] is None or n <= span[1])
