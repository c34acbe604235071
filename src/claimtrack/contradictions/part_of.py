"""Part of: a part said to be larger than its whole."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.pairs import apart
from claimtrack.domain.case import Case, Question
from claimtrack.domain.conflict import Conflict

RULE = "part_of"


def find(case: Case) -> Iterator[Conflict]:
    """More of a part than of the whole it belongs to, through any depth of groups.

    Everyone in the part is in the whole: at least 80 contractors killed cannot be where
    55 were killed on their side in all. Deliberately let pass: a whole larger than its
    part by any measure (others may have died too); groups that merely overlap; metrics
    of which a part tells nothing about the whole.
    """
    by_question = case.by_question()
    for question, parts in by_question.items():
        metric = case.metrics[question.metric]
        if question.group is None or not metric.monotone:
            continue
        for whole in sorted(case.groups.wholes(question.group)):
            wholes = by_question.get(Question(question.event, question.metric, whole), [])
            for below, above, gap in apart(wholes, parts, metric):
                yield Conflict(RULE, (below, above), gap)
