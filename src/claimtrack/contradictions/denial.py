"""Denial: what one asserts lies wholly in what another denies."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.contradictions.category import same_category
from claimtrack.contradictions.gravest import Cut
from claimtrack.contradictions.pairs import apart
from claimtrack.domain.bounds import allowed
from claimtrack.domain.case import Case, Claim
from claimtrack.domain.conflict import Conflict
from claimtrack.domain.value import Kind

RULE = "denial"


def find(case: Case, cut: Cut | None = None) -> Iterator[Conflict]:
    """An assertion whose whole interval is denied, or two denials that leave nothing.

    Denying "20 or more" leaves 0 to 19. Deliberately let pass: an assertion that reaches
    beyond what is denied ("at least 10" where "20 or more" is denied); denials about
    another group; the denial of something nobody asserts.
    """
    for question, claims in case.by_question.items():
        denials = [claim for claim in claims if claim.denied]
        if not denials:
            continue
        affirmed = [claim for claim in claims if not claim.denied]
        metric = case.metrics[question.metric]
        # Each ordered pair of denials stands in the first search already.
        for below, above, gap in (
            *apart(denials, claims, metric, cut=cut),
            *apart(affirmed, denials, metric, cut=cut),
        ):
            yield Conflict(RULE, (below, above), gap)
        for denial in denials:
            if allowed(denial) is None:
                for claim in affirmed:
                    if claim.as_of == denial.as_of and _lies_within(claim, denial):
                        yield Conflict(RULE, (claim, denial), _depth(claim, denial))


def _lies_within(claim: Claim, denial: Claim) -> bool:
    if claim.value.is_unknown or denial.value.is_unknown:
        return False
    if claim.value.kind is Kind.CATEGORY:
        return same_category(claim, denial)
    depth = _depth(claim, denial)
    return depth is not None and depth > 0


def _depth(claim: Claim, denial: Claim) -> int | None:
    """Count the steps from an assertion to the nearest number that is not denied."""
    inner, outer = claim.value, denial.value
    if None in (inner.lower, inner.upper, outer.lower, outer.upper):
        return None
    assert inner.lower is not None and inner.upper is not None
    assert outer.lower is not None and outer.upper is not None
    return min(inner.lower - outer.lower + 1, outer.upper - inner.upper + 1)
