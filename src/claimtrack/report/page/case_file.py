"""What a case file tells of an event, gathered before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimtrack.domain.identity import canonical
from claimtrack.report.contract import claim_json
from claimtrack.report.wording import explain

if TYPE_CHECKING:
    from claimtrack.domain.finding import Finding
    from claimtrack.domain.record import ClaimRecord, ContradictionRecord
    from claimtrack.domain.testimony import OriginCount, RecordError
    from claimtrack.report.comparison import Shown
    from claimtrack.report.versions import EventVersions


@dataclass(frozen=True)
class CaseFile:
    """An event with everything that the database concludes of it.

    `date` is EDTF as it was entered. `as_of` is the day people typed, None for all there is;
    `undated` counts the documents that a day leaves out because they have no date.
    """

    event: str
    title: str
    date: str | None
    place: str | None
    claims: Sequence[ClaimRecord]
    panels: Sequence[Shown]
    versions: EventVersions
    contradictions: Sequence[ContradictionRecord]
    findings: Sequence[Finding]
    record_errors: Sequence[RecordError]
    origins: OriginCount
    release: str
    as_of: str | None = None
    undated: int = 0

    @property
    def digest(self) -> str:
        """Give the SHA-256 of claims and contradictions in canonical JSON, as 64 hex digits.

        Two files of the same digest tell of the same record.
        """
        import hashlib

        content = canonical(
            {
                "event": [self.event, self.title, self.date, self.place],
                "claims": [claim_json(claim) for claim in self.claims],
                "contradictions": [
                    [found.id, found.rule, found.told_severity, explain(found)]
                    + [[r.status, r.who, r.at, r.why] for r in found.reviews]
                    for found in self.contradictions
                ],
            }
        )
        return hashlib.sha256(content.encode()).hexdigest()
