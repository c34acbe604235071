"""An answer to a question: a report as estimates and comparisons of sources look at it."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.domain.bounds import Interval
from claimtrack.domain.case import Days, Question
from claimtrack.domain.value import Value


@dataclass(frozen=True, slots=True)
class Answer:
    """One document's statement in answer to a question, with the far end of its chain.

    `source` is the document's own, `origin` the last link of the chain, which is the source
    itself where there is none. `anonymous` says whether the origin has no name, `corrected`
    whether its own source superseded it.
    """

    assertion: str
    claim: str
    question: Question
    value: Value
    source: str
    source_name: str
    origin: str
    origin_name: str
    anonymous: bool = False
    denied: bool = False
    corrected: bool = False
    as_of: Days | None = None

    @property
    def interval(self) -> Interval:
        """Give the ends of what is said, inclusive; None where one is missing."""
        return self.value.lower, self.value.upper

    @property
    def is_own(self) -> bool:
        """Whether the source speaks for itself, and not on the word of another."""
        return self.origin == self.source
