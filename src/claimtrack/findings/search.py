"""The search for all findings about the sources of one event."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.domain.finding import Basis, Finding, Statement
from claimtrack.domain.record import ContradictionRecord
from claimtrack.findings import drift, self_conflict
from claimtrack.findings.fairness import Scale


def find_all(
    statements: Sequence[Statement], contradictions: Sequence[ContradictionRecord], scale: Scale
) -> list[Finding]:
    """Find what drifted, the certain before the likely, then who is at odds with itself."""
    drifts = sorted(
        drift.find(statements, scale),
        key=lambda found: (
            found.basis is not Basis.LINKED,
            found.told.assertion.published or "",
            found.id,
        ),
    )
    drifted = {found.told.assertion.id for found in drifts}
    return [*drifts, *self_conflict.find(statements, contradictions, drifted)]
