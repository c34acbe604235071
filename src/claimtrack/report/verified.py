"""What a verification found, in sentences and as data."""

from __future__ import annotations

from typing import Any

from claimtrack.domain.verification import Verified


def check_lines(found: Verified) -> list[str]:
    """Tell each check in a sentence, its faults below it, then what there is."""
    lines = []
    for check in found.checks:
        lines.append(f"{'ok' if check.passed else 'WRONG':<6}{check.said}")
        lines += [f"      - {fault}" for fault in check.faults]
        if check.more:
            lines.append("      - and more")
    if found.counts:
        told = ", ".join(f"{count:,} {name}" for name, count in found.counts.items() if count)
        lines.append(f"there are {told}")
    if found.head:
        lines.append(f"newest digest of the history: {found.head}")
    return lines


def verified_data(found: Verified) -> dict[str, Any]:
    """Give the checks as JSON data."""
    return {
        "database": found.where,
        "passed": found.passed,
        "checks": [
            {
                "name": check.name,
                "said": check.said,
                "passed": check.passed,
                "faults": list(check.faults),
                "more": check.more,
            }
            for check in found.checks
        ],
        "digest": found.head or None,
        "counts": dict(found.counts),
    }
