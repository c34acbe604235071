"""Truth value: one question, said to be true and said to be false."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.gravest import Cut
from claimtrack.contradictions.pairs import affirmed_apart
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

RULE = "truth_value"


def find(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    """One asserts "true" and the other asserts "false" of the same question.

    Deliberately let pass: different groups that may both hold ("no servicemen took part",
    "contractors took part"), and the unknown. A denial of "true" is the denial rule's.
    """
    for false, true, gap in affirmed_apart(case, (Kind.TRUTH_VALUE,), cut):
        yield Conflict(RULE, (false, true), gap)
