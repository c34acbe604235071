"""What the row of a definition says of itself: its columns, made from its entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DATED: Mapping[str, str] = {"event": "date", "document": "published"}
"""The field of a type whose first and last day stand in `…_lower` and `…_upper`."""

_AS_GIVEN: Mapping[str, tuple[str, ...]] = {
    "event": ("title", "date", "place"),
    "group": ("name",),
    "document": (
        "title", "published", "retrieved", "url", "archive_url", "language", "sha256",
    ),
}  # fmt: skip
_MAY_FALL = {"missing", "force_size"}


def columns(type_: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns of a definition but days and what refers to other rows."""
    if type_ == "source":
        return {
            "name": entry["name"],
            "kind": entry.get("kind") or "other",
            "reliability": entry.get("reliability"),
            "anonymous": bool(entry.get("anonymous")),
        }
    if type_ == "metric":
        kind = str(entry["kind"])
        grows = entry.get("cumulative", entry["id"] not in _MAY_FALL)
        return {
            "name": entry.get("name") or entry["id"],
            "kind": kind,
            "unit": entry.get("unit"),
            "monotone": kind == "count" or entry["id"] == "participation",
            "cumulative": kind == "count" and bool(grows),
        }
    return {name: entry.get(name) for name in _AS_GIVEN[type_]}


def named(entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """Give the ids that a field of an entry names: one, several or none."""
    given = entry.get(field) or ()
    return (given,) if isinstance(given, str) else tuple(given)
