"""Findings about sources: an account that drifted from what it tells, a source at odds with itself.

They say nothing of what is true: they are listed apart from contradictions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claimtrack.domain.case import Claim
from claimtrack.domain.identity import digest
from claimtrack.domain.record import Assertion, ClaimRecord, ContradictionRecord


class Change(StrEnum):
    """What became another thing between a source's own words and the account of them."""

    NUMBER = "number"
    ANSWER = "answer"
    METRIC = "metric"
    GROUP = "group"
    HEDGE = "hedge"
    STANCE = "stance"


class Basis(StrEnum):
    """What a finding rests on.

    `linked`: the account names the statement it relies on. `recorded`: it names only the
    source, and no statement of that source in the database says so. `own_voice`: the source
    says both itself. `relayed`: at least one is told by somebody else.
    """

    LINKED = "linked"
    RECORDED = "recorded"
    OWN_VOICE = "own_voice"
    RELAYED = "relayed"


@dataclass(frozen=True, slots=True)
class Statement:
    """One document stating one claim, and the claim as rules see it."""

    record: ClaimRecord
    assertion: Assertion
    claim: Claim


@dataclass(frozen=True, slots=True)
class Drift:
    """A document's account of what a source said, beside what that source says itself.

    `compared` counts the source's own statements that were looked at.
    """

    source: str
    source_name: str
    change: Change
    basis: Basis
    told: Statement
    own: Statement
    compared: int

    @property
    def id(self) -> str:
        """Name the finding by the two statements it sets side by side."""
        return "d" + digest([self.source, self.told.assertion.id, self.own.assertion.id])

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Give the account, then the source's own statement."""
        return self.told, self.own


@dataclass(frozen=True, slots=True)
class SelfConflict:
    """Statements of one source that cannot all hold, with no correction between them."""

    source: str
    source_name: str
    contradiction: ContradictionRecord
    statements: tuple[Statement, ...]
    basis: Basis

    @property
    def id(self) -> str:
        """Name the finding by the source and the contradiction it stands in."""
        return "s" + digest([self.source, self.contradiction.id])


Finding = Drift | SelfConflict
