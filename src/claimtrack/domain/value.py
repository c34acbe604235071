"""A value: an interval with possibly missing ends, the words used, and how they were hedged.

Every kind of value is an interval of whole numbers, so that one algebra serves all:

========== ==========================================================================
kind       what the bounds count
========== ==========================================================================
count      people or things
date       days, numbered as `datetime.date.toordinal` does (0001-01-01 is 1); earlier
           days go on below 1
duration   seconds
distance   millimetres
truth      1 for true, 0 for false
category   nothing: both ends are missing and `category` holds the answer
========== ==========================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

INT64_MAX = 2**63 - 1


class Kind(StrEnum):
    """What a metric measures."""

    COUNT = "count"
    DATE = "date"
    DURATION = "duration"
    DISTANCE = "distance"
    TRUTH_VALUE = "truth_value"
    CATEGORY = "category"


class Hedge(StrEnum):
    """How firmly the words bind the bounds; pictures draw each in its own way."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    ABOVE = "above"
    BELOW = "below"
    RANGE = "range"
    VAGUE = "vague"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Value:
    """What is said in answer to a question.

    `lower` and `upper` are inclusive; a missing end is None and stays missing. `rule`
    names the lexicon entry or grammar rule that gave the bounds, `lexicon` its version.
    """

    kind: Kind
    lower: int | None
    upper: int | None
    text: str
    hedge: Hedge
    rule: str
    lexicon: str = ""
    category: str | None = None
    best: int | None = None

    def __post_init__(self) -> None:
        """Refuse an interval that is upside down: no answer could lie in it."""
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"lower bound {self.lower} is above upper bound {self.upper}")

    @property
    def is_unknown(self) -> bool:
        """Whether the value says that the answer is not known: it contradicts nothing."""
        return self.hedge is Hedge.UNKNOWN

    def __bool__(self) -> bool:
        """Refuse: an uncertain thing is neither true nor false; ask for a relation."""
        raise TypeError("a value has no truth value: compare it with relation()")
