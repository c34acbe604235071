"""The versions of an event as text and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from claimtrack.domain.record import ClaimRecord
from claimtrack.domain.testimony import OriginCount
from claimtrack.report.contract import claim_json
from claimtrack.report.origins import count_data, count_words
from claimtrack.report.wording import question, words


class Version(Protocol):
    """Claims of one dispute that can all be true, as the service gives them."""

    @property
    def claims(self) -> Sequence[ClaimRecord]:
        """Give the claims in it."""

    @property
    def left_out(self) -> Sequence[ClaimRecord]:
        """Give the claims of the dispute that cannot join."""

    @property
    def origins(self) -> OriginCount:
        """Count the origins of the claims in it."""


class Dispute(Protocol):
    """A dispute with its versions."""

    @property
    def versions(self) -> Sequence[Version]:
        """Give the versions, best supported first."""

    @property
    def reason(self) -> str:
        """Give the gravest contradiction in a sentence."""

    @property
    def conflicts(self) -> int:
        """Count the contradictions."""

    @property
    def complete(self) -> bool:
        """Say whether these are all versions."""

    @property
    def further(self) -> int:
        """Count the versions that are known and not told."""


class EventVersions(Protocol):
    """The versions of an event."""

    @property
    def event(self) -> str:
        """Give the id of the event."""

    @property
    def title(self) -> str:
        """Give its title."""

    @property
    def undisputed(self) -> Sequence[ClaimRecord]:
        """Give the claims that stand in every version."""

    @property
    def disputes(self) -> Sequence[Dispute]:
        """Give what is disputed."""

    @property
    def stopped(self) -> str | None:
        """Give the sentence of a search that met its limit."""

    @property
    def total(self) -> int:
        """Count the versions of the event."""


def versions_text(told: EventVersions, *, limit: int | None) -> str:
    """Tell the versions one after the other: what each holds, on whose word, what it leaves out.

    `limit` is the number of versions shown of each dispute.
    """
    disputed = sum(len(_all_claims(dispute)) for dispute in told.disputes)
    lines = [_headline(told, disputed)]
    for number, dispute in enumerate(told.disputes, 1):
        lines.append("")
        if len(told.disputes) > 1:
            lines.append(f"Dispute {number} of {len(told.disputes)}: {_about(dispute)}")
        lines.append(_conflicts(dispute))
        shown = dispute.versions if limit is None else dispute.versions[:limit]
        for place, version in enumerate(shown, 1):
            lines += ["", *_version(place, version)]
        more = len(dispute.versions) + dispute.further - len(shown)
        if more:
            lines += ["", f"{_count(more, 'more version')}: --limit shows more"]
        if dispute.further:
            weighed = f"the {len(dispute.versions):,} with the most origins by name were weighed"
            lines += ["", f"Of these versions {weighed}."]
        if not dispute.complete:
            lines += ["", "There may be further versions: the search of them met its limit."]
    return "\n".join(lines) + "\n"


def _headline(told: EventVersions, disputed: int) -> str:
    if not told.disputes:
        count = _count(len(told.undisputed), "claim")
        return f"{told.title}: one version, as nothing in {count} excludes anything else."
    versions = _count(told.total, "version")
    product = " × ".join(str(len(d.versions) + d.further) for d in told.disputes)
    counted = f" ({product})" if len(told.disputes) > 1 else ""
    stand = len(told.undisputed)
    rest = f"{_count(stand, 'claim')} {'stands' if stand == 1 else 'stand'} in all of them"
    why = f"{_count(disputed, 'claim')} cannot all be true"
    return f"{told.title}: {versions}{counted}, as {why}; {rest}."


def _conflicts(dispute: Dispute) -> str:
    more = dispute.conflicts - 1
    further = f" (and {_count(more, 'contradiction')} more)" if more else ""
    return f"{dispute.reason}{further}"


def _about(dispute: Dispute) -> str:
    names = list(dict.fromkeys(question(record) for record in _all_claims(dispute)))
    shown = "; ".join(names[:3])
    return f"{shown} and {_count(len(names) - 3, 'question')} more" if len(names) > 3 else shown


def _all_claims(dispute: Dispute) -> list[ClaimRecord]:
    by_id = {
        record.id: record
        for version in dispute.versions
        for record in (*version.claims, *version.left_out)
    }
    return list(by_id.values())


def _version(place: int, version: Version) -> list[str]:
    lines = [f"Version {place}: {count_words(version.origins)}"]
    lines += [f"  {question(record)}: {words(record)}" for record in version.claims]
    if version.left_out:
        lines.append("  It leaves out:")
        lines += [f"    {question(record)}: {words(record)}" for record in version.left_out]
    return lines


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def versions_data(told: EventVersions, *, limit: int | None) -> dict[str, Any]:
    """Give the same as data: claims in full once, versions by the ids of their claims."""
    claims = [*told.undisputed, *(c for dispute in told.disputes for c in _all_claims(dispute))]
    return {
        "event": told.event,
        "versions": told.total,
        "undisputed": [record.id for record in told.undisputed],
        "disputes": [
            {
                "reason": dispute.reason,
                "contradictions": dispute.conflicts,
                "complete": dispute.complete,
                "versions": [
                    {
                        "claims": [record.id for record in version.claims],
                        "leaves_out": [record.id for record in version.left_out],
                        "origins": count_data(version.origins),
                    }
                    for version in dispute.versions[:limit]
                ],
                "further": len(dispute.versions[limit:]) + dispute.further if limit else 0,
            }
            for dispute in told.disputes
        ],
        "limit_reached": told.stopped,
        "claims": [claim_json(record) for record in claims],
    }
