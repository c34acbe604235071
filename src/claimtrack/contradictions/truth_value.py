"""Truth value: one question, said to be true and said to be false."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.pairs import apart
from claimtrack.domain.case import Case
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

RULE = "truth_value"


def find(case: Case) -> Iterator[Conflict]:
    """One asserts "true" and the other asserts "false" of the same question.

    Deliberately let pass: different groups that may both hold ("no servicemen took part",
    "contractors took part"), and the unknown. A denial of "true" is the denial rule's.
    """
    for question, claims in case.by_question().items():
        if case.kind(question) is Kind.TRUTH_VALUE:
            affirmed = [claim for claim in claims if not claim.denied]
            for false, true, gap in apart(affirmed, affirmed, case.metrics[question.metric]):
                yield Conflict(RULE, (false, true), gap)
