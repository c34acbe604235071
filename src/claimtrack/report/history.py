"""The story of an entry and the list of batches, as rows and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from claimtrack.domain.happening import Happening

STORY = ("at", "who", "action", "kind", "id", "batch", "detail")
BATCHES = ("batch", "at", "who", "what", "added", "changed", "taken back")


def story_row(one: Happening) -> tuple[Any, ...]:
    """Give a row of the story."""
    return (one.at, one.who, one.action, one.kind, one.subject, one.batch, one.detail)


def story_data(one: Happening) -> dict[str, Any]:
    """Give a happening as JSON data."""
    data = asdict(one)
    data["id"] = data.pop("subject")
    return data


def batch_row(batch: Any) -> tuple[Any, ...]:
    """Give a row of the list of batches."""
    return (
        batch.id,
        batch.created_at,
        batch.who,
        batch.what,
        batch.added,
        batch.changed,
        batch.undone_at,
    )


def batch_data(batch: Any) -> dict[str, Any]:
    """Give a batch as JSON data."""
    names = ("batch", "at", "who", "what", "added", "changed", "undone_at")
    return dict(zip(names, batch_row(batch), strict=True))
