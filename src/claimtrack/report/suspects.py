"""Suspected copying as text and data: the pairs, the figures, and the shared rare values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from claimtrack.domain.case import Question
    from claimtrack.report.formats import Row

COLUMNS = ("source", "other", "shared", "agreed", "expected", "rare", "chance", "sentence")
EVIDENCE = 10
"""Agreements told of each pair in JSON, the rarest first; all are counted."""


class Agreed(Protocol):
    """A question on which two say the same."""

    @property
    def question(self) -> Question:
        """Give the question."""

    @property
    def told(self) -> Sequence[tuple[int | None, int | None, str | None]]:
        """Give what both say: both ends, or the category."""

    @property
    def given_by(self) -> int:
        """Count the others who say so."""

    @property
    def others(self) -> int:
        """Count the others."""


class Compared(Protocol):
    """A pair of sources."""

    @property
    def sources(self) -> tuple[str, str]:
        """Give both, in the order of the alphabet."""

    @property
    def shared(self) -> int:
        """Count the questions both answer."""

    @property
    def agreed(self) -> int:
        """Count the questions on which both say the same."""

    @property
    def expected(self) -> float:
        """Give how many of them independent sources would agree on, at most."""

    @property
    def rare(self) -> int:
        """Count the agreements on what nobody else says."""

    @property
    def chance(self) -> float:
        """Give the chance of so many agreements of independent sources."""

    @property
    def evidence(self) -> Sequence[Agreed]:
        """Give the agreements, the rarest first."""


def sentence(pair: Compared, names: Mapping[str, str]) -> str:
    """Say how often two agree, how often they would, and on how many rare values."""
    one, other = (names.get(source, source) for source in pair.sources)
    return (
        f"{one} and {other} say the same on {pair.agreed:,} of {pair.shared:,} questions, where"
        f" independent sources would on {pair.expected:.0f}; on {pair.rare:,} nobody else says so."
    )


def pair_rows(pairs: Sequence[Compared], names: Mapping[str, str]) -> list[Row]:
    """Give a row a pair."""
    return [
        (
            *pair.sources,
            pair.shared,
            pair.agreed,
            round(pair.expected, 1),
            pair.rare,
            f"{pair.chance:.1e}",
            sentence(pair, names),
        )
        for pair in pairs
    ]


def pair_table(pairs: Sequence[Compared]) -> tuple[Sequence[str], list[Row]]:
    """Give the cells that people look at."""
    columns = ("sources", "shared", "agree", "expected", "rare", "chance")
    rows: list[Row] = [
        (
            " and ".join(pair.sources),
            f"{pair.shared:,}",
            f"{pair.agreed:,}",
            f"{pair.expected:.0f}",
            f"{pair.rare:,}",
            f"{pair.chance:.0e}",
        )
        for pair in pairs
    ]
    return columns, rows


def families_told(families: Sequence[Sequence[str]], known: Sequence[Sequence[str]]) -> list[str]:
    """Name the families that pairs join to, and the pairs that are stated to depend."""
    lines = [f"joined by such pairs: {', '.join(family)}" for family in families if len(family) > 2]
    if known:
        told = "; ".join(" and ".join(pair) for pair in known)
        lines.append(f"stated to depend, so not suspected: {told}")
    return lines


def pair_json(pair: Compared, names: Mapping[str, str]) -> dict[str, Any]:
    """Give a pair as the contract has it, with the rarest agreements."""
    return {
        "sources": list(pair.sources),
        "shared": pair.shared,
        "agreed": pair.agreed,
        "expected": round(pair.expected, 2),
        "rare": pair.rare,
        "chance": pair.chance,
        "sentence": sentence(pair, names),
        "evidence": [_agreement_json(one) for one in pair.evidence[:EVIDENCE]],
    }


def _agreement_json(one: Agreed) -> dict[str, Any]:
    question = one.question
    return {
        "event": question.event,
        "metric": question.metric,
        "group": question.group,
        "told": [
            {"lower": lower, "upper": upper, "category": category}
            for lower, upper, category in one.told
        ],
        "given_by_others": one.given_by,
        "others": one.others,
    }


def first_evidence(pairs: Sequence[Compared]) -> tuple[Question, tuple[str, str]] | None:
    """Give the rarest agreement of the first pair, to go on from."""
    return next(((p.evidence[0].question, p.sources) for p in pairs if p.evidence), None)
