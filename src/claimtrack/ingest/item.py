"""An entry with the place it came from, as plain data: to use it, pydantic is not needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from claimtrack.domain.identity import canonical, digest_of_text
from claimtrack.ingest.places import Problem


class Item(NamedTuple):
    """A checked entry, and where it stands: `path` is `claims[2]`, or empty in JSON Lines.

    `text` is all of it in canonical JSON, which is kept. `slug` is its id; a claim without one is
    named by its text.
    """

    type: str
    slug: str
    entry: Mapping[str, Any]
    text: str
    file: str
    line: int | None
    path: str

    def item(self) -> Item:
        """Give it as it is, where it may have been a `Told` or a `Stated`."""
        return self

    def only(self, *fields: str) -> Item:
        """Give the same with only these of its fields, to be kept where entries are many."""
        kept = {f: self.entry[f] for f in fields if f in self.entry}
        return self._replace(entry=kept, text="")

    def problem(
        self, field_: str, message: str, hint: str, *, missing: str | None = None
    ) -> Problem:
        """Say what is wrong with a field of this entry; `missing` is an id it names in vain."""
        path = f"{self.path}.{field_}" if self.path and field_ else self.path or field_
        own = self.entry.get("id")
        return Problem(self.file, self.line, path, message, hint, entry=own, missing=missing)


class Told(NamedTuple):
    """A claim entry by its text alone: most that are imported once more need no look into it."""

    slug: str
    text: str
    file: str
    line: int | None
    path: str

    def item(self) -> Item:
        """Give the entry as it was read."""
        entry = json.loads(self.text)
        return Item(entry.pop("type"), self.slug, entry, self.text, self.file, self.line, self.path)


def make_item(type_: str, entry: Mapping[str, Any], file: str, line: int, path: str = "") -> Item:
    """Write a checked entry in canonical JSON, and name it."""
    return name_item(type_, entry, canonical({"type": type_, **entry}), file, line, path)


def name_item(
    type_: str, entry: Mapping[str, Any], text: str, file: str, line: int, path: str = ""
) -> Item:
    """Name a checked entry of which the canonical JSON is known."""
    slug = entry.get("id") or "a" + digest_of_text(text)
    return Item(type_, slug, entry, text, file, line, path)
