"""Check the data of one entry, and tell in words what is wrong with it."""

from __future__ import annotations

from itertools import islice
from typing import Any

from pydantic import ValidationError

from claimtrack.ingest import json_text, wording
from claimtrack.ingest.entries import Entry
from claimtrack.ingest.wording import Finding, described

MOST = 50
"""Errors told of one entry: each costs a walk through it to find the line."""


def id_of(data: Any) -> str | None:
    """Give the id that an entry gives itself, right or wrong in all else."""
    given = data.get("id") if isinstance(data, dict) else None
    return given if isinstance(given, str) else None


def check(model: type[Entry], data: Any, *, unfit: bool = False) -> Entry | list[Finding]:
    """Check the data of one entry; give it, or everything that is wrong with it.

    `unfit` asks for the look at each character, which is slow and seldom needed.
    """
    if not isinstance(data, dict):
        hint = 'write {"id": "…", …}'
        return [((), f"must be an object, not {described(data)}", hint)]
    found = list(islice(json_text.unfit_text(data), MOST)) if unfit else []
    try:
        entry = model.__pydantic_validator__.validate_python(data)
    except ValidationError as error:
        seen = {path for path, _, _ in found}
        others = (new for new in wording.findings(error, model, data) if new[0] not in seen)
        return _cut(found + list(islice(others, MOST + 1)))
    return found or entry


def _cut(found: list[Finding]) -> list[Finding]:
    if len(found) <= MOST:
        return found
    more = "there is more wrong in this entry"
    return [*found[:MOST], ((), more, "mend the other errors and import again")]
