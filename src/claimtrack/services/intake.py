"""Take entries into the database: look up what they name, refuse what does not fit, write the rest.

Entries come in chunks, in any order; what names something not yet seen waits until the
end. Nothing is committed here: the caller keeps all of it or nothing.
"""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.dates import read_edtf
from claimtrack.domain.identity import canonical
from claimtrack.errors import UnreadableValue
from claimtrack.ingest.places import Problem
from claimtrack.store import catalog, journal

ORDER = ("metric", "group", "event", "source", "document")
"""Definitions, in the order in which they may refer to each other."""

_NEVER_SHRINKS = {"missing", "force_size"}


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as plain data, and the place it came from."""

    type: str
    entry: Mapping[str, Any]
    file: str
    line: int | None
    path: str

    def problem(
        self, field_: str, message: str, hint: str, *, missing: str | None = None
    ) -> Problem:
        """Say what is wrong with a field of this entry; `missing` is an id it names in vain."""
        path = f"{self.path}.{field_}" if self.path and field_ else self.path or field_
        own = self.entry.get("id")
        return Problem(self.file, self.line, path, message, hint, entry=own, missing=missing)


@dataclass
class Tally:
    """What an import did, by type of entry."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)


class Catalog:
    """What entries may name: every slug of the database and of the call so far."""

    def __init__(self, connection: sa.Connection) -> None:
        """Load the slugs; claims are many and stay in the database."""
        self._ids = {type_: catalog.all_ids(connection, type_) for type_ in ORDER}

    def find(self, type_: str, slug: str) -> int | None:
        """Give the row of a slug, if there is one."""
        return self._ids[type_].get(slug)

    def learn(self, type_: str, slug: str, id_: int) -> None:
        """Remember a row made by this call."""
        self._ids[type_][slug] = id_

    def nearest(self, type_: str, slug: str) -> str:
        """Suggest the id that may have been meant, or how to go on."""
        near = difflib.get_close_matches(slug, list(self._ids[type_])[:20_000], n=1)
        if near:
            return f"did you mean '{near[0]}'?"
        return f"add a {type_} with this id to the file, or correct the id"


class Definitions:
    """Take events, groups, metrics, sources and documents."""

    def __init__(
        self, connection: sa.Connection, known: Catalog, batch: int, tally: Tally, *, update: bool
    ) -> None:
        """Begin with an empty list of links: they are set when all names are known."""
        self._connection = connection
        self._known = known
        self._batch = batch
        self._tally = tally
        self._update = update
        self._seen: dict[tuple[str, str], str] = {}
        self._written: list[tuple[Item, int]] = []
        self.relinked: dict[str, set[int]] = {
            type_: set() for type_ in ("group", "metric", "source", "document")
        }
        self.problems: list[Problem] = []

    def take(self, items: Sequence[Item]) -> list[Item]:
        """Write these definitions; give back those that name what is not known yet."""
        waiting = []
        for type_ in ORDER:
            mine = [item for item in items if item.type == type_]
            if not mine:
                continue
            slugs = [str(item.entry["id"]) for item in mine]
            stored = catalog.stored_entries(self._connection, type_, slugs)
            for item in mine:
                source = item.entry.get("source")
                if type_ == "document" and self._known.find("source", str(source)) is None:
                    waiting.append(item)
                else:
                    self._take_one(item, stored)
        return waiting

    def refuse(self, items: Sequence[Item]) -> None:
        """Name what the documents left over refer to in vain."""
        for item in items:
            source = str(item.entry["source"])
            hint = self._known.nearest("source", source)
            self.problems.append(
                item.problem("source", f"unknown source '{source}'", hint, missing=source)
            )

    def _take_one(self, item: Item, stored: dict[str, tuple[int, str]]) -> None:
        slug, text = str(item.entry["id"]), canonical({"type": item.type, **item.entry})
        earlier = self._seen.get((item.type, slug))
        if earlier is not None and earlier != text:
            self.problems.append(differs(item, earlier, text, "the same call"))
            return
        self._seen[item.type, slug] = text
        if slug in stored and stored[slug][1] == text:
            if earlier is None:
                self._tally.unchanged[item.type] += 1
            return
        if slug in stored and not self._update:
            self.problems.append(differs(item, stored[slug][1], text, "the database"))
            return
        columns = self._columns(item)
        if columns is None or not self._keeps_its_claims(item, stored):
            return
        self._write(item, slug, columns | {"entry": text}, stored)

    def _keeps_its_claims(self, item: Item, stored: dict[str, tuple[int, str]]) -> bool:
        """Refuse another kind or unit for a metric whose claims were read by the old one."""
        slug = str(item.entry["id"])
        if item.type != "metric" or slug not in stored:
            return True
        id_, before = stored[slug]
        old = json.loads(before)
        changed = [name for name in ("kind", "unit") if old.get(name) != item.entry.get(name)]
        if not changed or not catalog.events_asking_about(self._connection, metrics=[id_]):
            return True
        what = f"metric '{slug}' has claims that were read by its {changed[0]} as it was"
        hint = "add a metric with another id, and import the claims for it"
        self.problems.append(item.problem(changed[0], what, hint))
        return False

    def _write(
        self, item: Item, slug: str, columns: dict[str, Any], stored: dict[str, tuple[int, str]]
    ) -> None:
        if slug in stored:
            id_, before = stored[slug]
            change = {"entity": item.type, "slug": slug, "before": before}
            journal.record(
                self._connection, self._batch, "changed", [change | {"after": columns["entry"]}]
            )
            catalog.update_row(self._connection, item.type, id_, columns)
            self._tally.changed[item.type] += 1
        else:
            row = {"slug": slug, "batch_id": self._batch, **columns}
            id_ = catalog.insert_row(self._connection, item.type, row)
            stored[slug] = (id_, columns["entry"])
            self._tally.added[item.type] += 1
        self._known.learn(item.type, slug, id_)
        self._written.append((item, id_))

    def _columns(self, item: Item) -> dict[str, Any] | None:
        entry = item.entry
        if item.type == "event":
            span = self._days(item, "date")
            return span and {
                "title": entry["title"],
                "date": entry.get("date"),
                "date_lower": span[0],
                "date_upper": span[1],
                "place": entry.get("place"),
            }
        if item.type == "document":
            span, retrieved = self._days(item, "published"), self._days(item, "retrieved")
            plain = ("title", "published", "retrieved", "url", "archive_url", "language", "sha256")
            return (span and retrieved) and {
                **{name: entry.get(name) for name in plain},
                "source_id": self._known.find("source", entry["source"]),
                "published_lower": span[0],
                "published_upper": span[1],
            }
        if item.type == "source":
            return {
                "name": entry["name"],
                "kind": entry.get("kind") or "other",
                "reliability": entry.get("reliability"),
                "anonymous": bool(entry.get("anonymous")),
            }
        if item.type == "metric":
            kind = str(entry["kind"])
            return {
                "name": entry.get("name") or entry["id"],
                "kind": kind,
                "unit": entry.get("unit"),
                "monotone": kind == "count" or entry["id"] == "participation",
                "cumulative": kind == "count" and entry["id"] not in _NEVER_SHRINKS,
            }
        return {"name": entry["name"]}

    def _days(self, item: Item, name: str) -> tuple[int | None, int | None] | None:
        """Read a date field; an error is kept and gives None."""
        text = item.entry.get(name)
        if text is None:
            return (None, None)
        try:
            return read_edtf(str(text))
        except UnreadableValue as error:
            hint = error.hint or "write it as 2018, 2018-02 or 2018-02-08"
            self.problems.append(item.problem(name, error.problem, hint))
            return None

    def link(self) -> None:
        """Set what definitions say of each other, now that all names are known."""
        from claimtrack.services.links import Linker

        linker = Linker(self._connection, self._known)
        for item, id_ in self._written:
            linker.link(item, id_)
        linker.check([item for item, _ in self._written])
        self.problems += linker.problems
        for item, id_ in self._written:
            if item.type in self.relinked:
                self.relinked[item.type].add(id_)


def differs(item: Item, before: str, after: str, where: str) -> Problem:
    """Show both versions of an entry that is there with other content."""
    remedy = (
        "give one of them another id, or remove one"
        if where == "the same call"
        else "use --update to put the new version in its place (the old one stays in the history)"
    )
    message = (
        f"{item.type} '{item.entry['id']}' is in {where} already with other content:"
        f" there {before}; here {after}"
    )
    return item.problem("", message, remedy)
