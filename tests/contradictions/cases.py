"""Build claims and cases by hand, without the reading of words or files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from hypothesis import strategies as st

from claimtrack.contradictions.rules import find_conflicts
from claimtrack.domain.case import Case, Claim, Days, Groups, Metric, Question
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Hedge, Kind, Value

METRICS: Mapping[str, Metric] = {
    metric.id: metric
    for metric in (
        Metric("killed", "killed", Kind.COUNT, monotone=True, cumulative=True),
        Metric("wounded", "wounded", Kind.COUNT, monotone=True, cumulative=True),
        Metric("captured", "captured", Kind.COUNT, monotone=True, cumulative=True),
        Metric("missing", "missing", Kind.COUNT, monotone=True),
        Metric(
            "casualties",
            "casualties",
            Kind.COUNT,
            monotone=True,
            sum_of=("killed", "wounded", "captured", "missing"),
            at_most="force_size",
        ),
        Metric("force_size", "force size", Kind.COUNT, monotone=True),
        Metric("rank", "rank", Kind.COUNT),
        Metric("distance", "distance", Kind.DISTANCE, unit="mm"),
        Metric("duration", "duration", Kind.DURATION, unit="s"),
        Metric("date", "date", Kind.DATE),
        Metric("participation", "participation", Kind.TRUTH_VALUE, monotone=True),
        Metric("weapon", "weapon", Kind.CATEGORY),
        # What users add: a sum, a capacity, and measures that add up.
        Metric("tanks_lost", "tanks lost", Kind.COUNT, monotone=True),
        Metric("trucks_lost", "trucks lost", Kind.COUNT, monotone=True),
        Metric(
            "vehicles_lost",
            "vehicles lost",
            Kind.COUNT,
            monotone=True,
            sum_of=("tanks_lost", "trucks_lost"),
        ),
        Metric("evacuated", "evacuated", Kind.COUNT, monotone=True, at_most="seats"),
        Metric("seats", "seats", Kind.COUNT, monotone=True),
        Metric("approach", "approach", Kind.DURATION, unit="hours", at_most="daylight"),
        Metric("assault", "assault", Kind.DURATION, unit="hours", at_most="daylight"),
        Metric("fight", "fight", Kind.DURATION, unit="hours", sum_of=("approach", "assault")),
        Metric("daylight", "daylight", Kind.DURATION, unit="hours"),
    )
}

DAY = 736_733
"""The ordinal of 2018-02-08."""


def value(kind: Kind, lower: int | None, upper: int | None, category: str | None = None) -> Value:
    return Value(kind, lower, upper, "words", Hedge.RANGE, "built", category=category)


class Said:
    """Make claims one after another, each with an id of its own: c0001, c0002, …"""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self,
        lower: int | None = None,
        upper: int | None = None,
        *,
        metric: str = "killed",
        group: str | None = "contractors",
        event: str = "khasham",
        denied: bool = False,
        as_of: Days | int | None = None,
        category: str | None = None,
        unknown: bool = False,
    ) -> Claim:
        self.count += 1
        kind = METRICS[metric].kind
        said = (
            Value(kind, None, None, "unable to say", Hedge.UNKNOWN, "built")
            if unknown
            else value(kind, lower, upper, category)
        )
        days = (as_of, as_of) if isinstance(as_of, int) else as_of
        question = Question(event, metric, group)
        return Claim(f"c{self.count:04}", question, said, denied, days)


def groups(**part_of: str) -> Groups:
    """Read `contractors="side army"` as: contractors are part of the side and of the army."""
    return Groups({name: frozenset(wholes.split()) for name, wholes in part_of.items()})


def apart(*names: str, within: Groups | None = None) -> Groups:
    """Say of these groups that no two of them share a member."""
    known = within or Groups()
    return Groups(known.part_of, known.disjoint | set(map(frozenset, combinations(names, 2))))


def conflicts(*claims: Claim, within: Groups | None = None) -> list[Conflict]:
    return find_conflicts(Case(claims, METRICS, within or Groups()))


def shown(*claims: Claim, within: Groups | None = None) -> list[tuple[object, ...]]:
    """Give each conflict as (rule, ids of its claims in order, gap)."""
    return [
        (found.rule, *(claim.id for claim in found.claims), found.gap)
        for found in conflicts(*claims, within=within)
    ]


def sets(*claims: Claim, within: Groups | None = None) -> set[tuple[str, str, int | None]]:
    """Give each conflict as (rule, ids of its claims sorted, gap), whatever their order."""
    return {
        (found.rule, " ".join(sorted(claim.id for claim in found.claims)), found.gap)
        for found in conflicts(*claims, within=within)
    }


@st.composite
def spans(draw: st.DrawFn, low: int, high: int) -> tuple[int | None, int | None]:
    """Draw an interval, either end possibly missing but never both."""
    ends = sorted((draw(st.integers(low, high)), draw(st.integers(low, high))))
    lower, upper = draw(st.sampled_from([(ends[0], ends[1]), (ends[0], None), (None, ends[1])]))
    return lower, upper


@st.composite
def claim_lists(
    draw: st.DrawFn,
    metric: str,
    *,
    size: int = 7,
    denials: bool = True,
    days: Sequence[Days | None] = (None,),
) -> list[Claim]:
    """Draw claims on one question, a few unknown, none a denial of every answer there is."""
    kind, make, made = METRICS[metric].kind, Said(), []
    low, high = {Kind.DATE: (DAY, DAY + 9), Kind.TRUTH_VALUE: (0, 1)}.get(kind, (0, 9))
    for _ in range(draw(st.integers(0, size))):
        denied = denials and draw(st.booleans())
        day = draw(st.sampled_from(list(days)))
        if draw(st.integers(0, 9)) == 9:
            made.append(make(metric=metric, unknown=True, denied=denied, as_of=day))
        elif kind is Kind.CATEGORY:
            name = draw(st.sampled_from(["tank", "Tank ", "drone", "mortar"]))
            made.append(make(metric=metric, category=name, denied=denied, as_of=day))
        else:
            span = draw(spans(low, high))
            denied = denied and not _is_all(kind, span)
            made.append(make(*span, metric=metric, denied=denied, as_of=day))
    return made


def _is_all(kind: Kind, span: tuple[int | None, int | None]) -> bool:
    bottom = span[0] is None or (kind is not Kind.DATE and span[0] == 0)
    top = span[1] is None or (kind is Kind.TRUTH_VALUE and span[1] == 1)
    return bottom and top
