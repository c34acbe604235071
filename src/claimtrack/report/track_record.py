"""A source's track record as text and data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from claimtrack.domain.bounds import Interval
from claimtrack.domain.units import bound_for_display, unit_size
from claimtrack.report.estimates import Naming

if TYPE_CHECKING:
    from claimtrack.domain.case import Question
    from claimtrack.report.formats import Row

COLUMNS = (
    "source",
    "metric",
    "group",
    "questions",
    "ratio",
    "lower",
    "equal",
    "higher",
    "outside",
    "thin",
    "sentence",
)


class Shared(Protocol):
    """A question that a source and others answer."""

    @property
    def question(self) -> Question:
        """Give the question."""

    @property
    def assertions(self) -> tuple[str, ...]:
        """Give the source's assertions."""

    @property
    def told(self) -> Interval:
        """Give what it says."""

    @property
    def median(self) -> Fraction | None:
        """Give the median of the others."""

    @property
    def ratio(self) -> Fraction | None:
        """Give its number by theirs."""

    @property
    def others(self) -> int:
        """Count the others."""

    @property
    def outside(self) -> bool:
        """Say whether it meets nobody."""


class Record(Protocol):
    """A source's record on one metric, for one group."""

    @property
    def metric(self) -> str:
        """Give the metric."""

    @property
    def group(self) -> str | None:
        """Give the group."""

    @property
    def questions(self) -> Sequence[Shared]:
        """Give the questions shared."""

    @property
    def ratio(self) -> Fraction | None:
        """Give the median ratio."""

    @property
    def lower(self) -> int:
        """Count the questions on which it says less."""

    @property
    def equal(self) -> int:
        """Count those on which it says the same."""

    @property
    def higher(self) -> int:
        """Count those on which it says more."""

    @property
    def outside(self) -> int:
        """Count those on which it meets nobody."""

    @property
    def is_thin(self) -> bool:
        """Say whether too few are shared."""


class Told(Protocol):
    """A source with its records."""

    @property
    def source(self) -> str:
        """Give the source's id."""

    @property
    def name(self) -> str:
        """Give its name."""

    @property
    def records(self) -> Sequence[Record]:
        """Give the records."""

    @property
    def names(self) -> Mapping[Question, Naming]:
        """Name the questions."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Name the sources not asked."""


def sentence(told: Told, record: Record) -> str:
    """Say how the numbers stand: "gives killed, Crew at 0.40 of the others' median"."""
    names = told.names[record.questions[0].question]
    what = ", ".join(filter(None, (names.metric, names.group)))
    number = len(record.questions)
    shared = f"{number} shared question{'s' if number != 1 else ''}"
    if record.ratio is None:
        stands = f"{told.name} gives {what}, but no ratio to the others can be made"
    else:
        stands = f"{told.name} gives {what} at {_ratio(record.ratio)} of the others' median"
    below = f"lower on {record.lower}, higher on {record.higher}, equal on {record.equal}"
    meets = f"meets nobody else on {record.outside}"
    thin = "; fewer than five: no record yet" if record.is_thin else ""
    return f"{stands} ({shared}: {below}; {meets}{thin})."


def _ratio(ratio: Fraction) -> str:
    return f"{float(ratio):.2f}" if ratio < 10 else f"{float(ratio):,.0f}"


def record_rows(told: Told) -> list[Row]:
    """Give a row a metric and group."""
    return [
        (
            told.source,
            record.metric,
            record.group,
            len(record.questions),
            None if record.ratio is None else round(float(record.ratio), 4),
            record.lower,
            record.equal,
            record.higher,
            record.outside,
            record.is_thin,
            sentence(told, record),
        )
        for record in told.records
    ]


def record_table(told: Told) -> tuple[Sequence[str], list[Row]]:
    """Give the cells that people look at; a thin record says so."""
    columns = ("metric", "group", "questions", "ratio", "lower/equal/higher", "outside", "")
    rows: list[Row] = []
    for record in told.records:
        names = told.names[record.questions[0].question]
        rows.append(
            (
                names.metric,
                names.group,
                len(record.questions),
                None if record.ratio is None else _ratio(record.ratio),
                f"{record.lower}/{record.equal}/{record.higher}",
                record.outside,
                "fewer than five" if record.is_thin else "",
            )
        )
    return columns, rows


def record_json(told: Told) -> dict[str, Any]:
    """Give a track record as the contract has it, with every shared question."""
    return {
        "source": told.source,
        "name": told.name,
        "not_asked": list(told.left_out),
        "records": [
            {
                "metric": record.metric,
                "group": record.group,
                "questions": len(record.questions),
                "thin": record.is_thin,
                "ratio": None if record.ratio is None else float(record.ratio),
                "lower": record.lower,
                "equal": record.equal,
                "higher": record.higher,
                "outside": record.outside,
                "sentence": sentence(told, record),
                "shared": [
                    _shared_json(shared, told.names[shared.question]) for shared in record.questions
                ],
            }
            for record in told.records
        ],
    }


def _shared_json(shared: Shared, names: Naming) -> dict[str, Any]:
    lower, upper = (bound_for_display(names.kind, names.unit, bound) for bound in shared.told)
    median = shared.median
    return {
        "event": shared.question.event,
        "assertions": list(shared.assertions),
        "lower": lower,
        "upper": upper,
        "others": shared.others,
        "others_median": (
            None if median is None else float(median / unit_size(names.kind, names.unit))
        ),
        "ratio": None if shared.ratio is None else float(shared.ratio),
        "outside": shared.outside,
    }


def first_assertion(told: Told) -> str | None:
    """Name an assertion of the record, to go on from: the farthest from the others."""
    shared = [s for record in told.records for s in record.questions if s.ratio]
    if not shared:
        return None
    return max(shared, key=lambda s: max(s.ratio or 1, 1 / (s.ratio or 1))).assertions[0]
