"""Take entries into the database: look up what they name, refuse what does not fit, write the rest.

Entries come in chunks, in any order; what names something not yet seen waits until the
end. Nothing is committed here: the caller keeps all of it or nothing.
"""

from __future__ import annotations

import difflib
import json
import pickle
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from claimtrack.domain.dates import read_edtf
from claimtrack.domain.identity import fingerprint
from claimtrack.errors import ClaimtrackError, UnreadableValue
from claimtrack.ingest.item import Item
from claimtrack.ingest.places import Problem, Problems
from claimtrack.store import catalog, definitions, journal
from claimtrack.store.catalog import Stored
from claimtrack.store.chain import Additions

T = TypeVar("T")

ORDER = ("metric", "group", "event", "source", "document")
"""Definitions, in the order in which they may refer to each other."""

REMEMBERED = 100_000
"""Names of a type held in memory; beyond, they are looked up again."""

HELD = 16 * 2**20
"""Bytes of waiting entries held in memory; beyond, they lie in a file of our own."""

LINKING = ("part_of", "disjoint_with", "sum_of", "at_most", "draws_on")
"""The fields in which definitions name each other."""

_NEAR_AMONG = 20_000
"""Ids compared for a suggestion, at most."""

_COMPARED = 100_000
"""Ids compared in one call, at most: each takes some 20 µs, and errors can be many."""

_SHOWN = 400
"""Signs of either version shown where two differ."""


@dataclass
class Tally:
    """What an import did, by type of entry."""

    added: Counter[str] = field(default_factory=Counter)
    additions: dict[str, Additions] = field(default_factory=lambda: defaultdict(Additions))
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)

    def add(self, type_: str, marks: Sequence[bytes]) -> None:
        """Count what was added, in the order of its rows, and digest it for the history.

        `marks` are the fingerprints of the entries.
        """
        self.added[type_] += len(marks)
        self.additions[type_].add(*marks)


class Catalog:
    """What entries may name, looked up chunk by chunk and forgotten when it is much."""

    def __init__(self, connection: sa.Connection) -> None:
        """Begin with nothing known, and no entry found wrong."""
        self.wrong: set[str] = set()
        self._connection = connection
        self._near: dict[str, list[str]] = {}
        self._compared = 0
        self._ids: dict[str, dict[str, int]] = {type_: {} for type_ in ORDER}

    def forget(self) -> None:
        """Forget the types of which much is known; what a chunk names is looked up after it."""
        for known in self._ids.values():
            if len(known) > REMEMBERED:
                known.clear()

    def look_up(self, type_: str, slugs: Iterable[str]) -> None:
        """Find the rows of these slugs, all at once."""
        known = self._ids[type_]
        if new := dict.fromkeys(slug for slug in slugs if slug not in known):
            known |= catalog.ids_by_slug(self._connection, catalog.TABLES[type_], new)

    def learn(self, type_: str, ids: Mapping[str, int]) -> None:
        """Take in rows of slugs that were found or written elsewhere."""
        self._ids[type_] |= ids

    def rows(self, type_: str) -> Mapping[str, int]:
        """Give the rows of all slugs of a type that are known now."""
        return self._ids[type_]

    def find(self, type_: str, slug: str) -> int | None:
        """Give the row of a slug that was looked up or learnt, if there is one."""
        return self._ids[type_].get(slug)

    def nearest(self, type_: str, slug: str) -> str:
        """Suggest the id that may have been meant, or how to go on."""
        if type_ not in self._near:
            self._near[type_] = catalog.some_slugs(self._connection, type_, _NEAR_AMONG)
        self._compared += len(self._near[type_])
        among = self._near[type_] if self._compared <= _COMPARED else []
        near = difflib.get_close_matches(slug, among, n=1)
        if near:
            return f"did you mean '{near[0]}'?"
        article = "an" if type_ == "event" else "a"
        return f"correct the id, or give {article} {type_} of this id too"


class Waiting(Generic[T]):
    """Entries that name what is not known yet, kept on disk where they are many."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file = tempfile.SpooledTemporaryFile(max_size=HELD)  # noqa: SIM115
        self._pieces = 0

    def put(self, items: Sequence[T]) -> None:
        """Keep these for later."""
        if not items:
            return
        try:
            pickle.dump(items, self._file)
            self._file.flush()
        except OSError as error:
            raise ClaimtrackError(
                "the entries that name what comes later could not be kept in a file of their"
                f" own: {(error.strerror or str(error)).lower()}",
                "make room in the folder of temporary files, or name another in TMPDIR",
            ) from error
        self._pieces += 1

    def taken(self) -> Iterator[Sequence[T]]:
        """Give them back, as many at a time as were put."""
        self._file.seek(0)
        for _ in range(self._pieces):
            yield pickle.load(self._file)

    def close(self) -> None:
        """Forget them, and give the disk back."""
        self._file.close()


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
        self._new: list[tuple[Item, dict[str, Any]]] = []
        self._linking: list[tuple[Item, int]] = []
        self.relinked: dict[str, set[int]] = {
            type_: set() for type_ in ("group", "metric", "source", "document")
        }
        self.problems = Problems(wrong=known.wrong)

    def take(self, items: Sequence[Item]) -> list[Item]:
        """Write these definitions; give back those that name what is not known yet."""
        waiting = []
        self._known.forget()
        if not self._update:
            self._seen.clear()
        for type_ in ORDER:
            mine = [item for item in items if item.type == type_]
            if not mine:
                continue
            slugs = [item.slug for item in mine]
            stored = catalog.stored_entries(self._connection, type_, slugs)
            self._known.learn(type_, {slug: row.id for slug, row in stored.items()})
            if type_ == "document":
                self._known.look_up("source", [str(item.entry["source"]) for item in mine])
            for item in mine:
                source = item.entry.get("source")
                if type_ == "document" and self._known.find("source", str(source)) is None:
                    waiting.append(item)
                else:
                    self._take_one(item, stored)
            self._write_new(type_)
        return waiting

    def refuse(self, items: Sequence[Item]) -> None:
        """Name what the documents left over refer to in vain."""
        for item in items:
            source = str(item.entry["source"])
            hint = self._known.nearest("source", source)
            self.problems.add(
                item.problem("source", f"unknown source '{source}'", hint, missing=source)
            )

    def _take_one(self, item: Item, stored: Mapping[str, Stored]) -> None:
        slug, text = item.slug, item.text
        earlier = self._seen.get((item.type, slug))
        if earlier is not None and earlier != text:
            self.problems.add(differs(item, earlier, text, "the same call"))
            return
        self._seen[item.type, slug] = text
        there = stored.get(slug)
        if there is not None and there.entry == text:
            if earlier is None and (self._update or there.batch != self._batch):
                self._tally.unchanged[item.type] += 1
            return
        if there is not None and not self._update:
            where = "the same call" if there.batch == self._batch else "the database"
            self.problems.add(differs(item, there.entry, text, where))
            return
        if there is None and earlier is not None:
            return
        columns = self._columns(item)
        if columns is None or not self._keeps_its_claims(item, stored):
            return
        columns |= {"entry": text}
        if there is None:
            self._new.append((item, {"slug": slug, "batch_id": self._batch, **columns}))
        else:
            self._change(item, slug, there, columns)

    def _keeps_its_claims(self, item: Item, stored: Mapping[str, Stored]) -> bool:
        """Refuse another kind or unit for a metric whose claims were read by the old one."""
        slug = str(item.entry["id"])
        if item.type != "metric" or slug not in stored:
            return True
        id_, before, _ = stored[slug]
        old = json.loads(before)
        changed = [name for name in ("kind", "unit") if old.get(name) != item.entry.get(name)]
        if not changed or not catalog.events_asking_about(self._connection, metrics=[id_]):
            return True
        what = f"metric '{slug}' has claims that were read by its {changed[0]} as it was"
        hint = "add a metric with another id, and import the claims for it"
        self.problems.add(item.problem(changed[0], what, hint))
        return False

    def _change(self, item: Item, slug: str, there: Stored, columns: dict[str, Any]) -> None:
        change = {"entity": item.type, "slug": slug, "before": there.entry}
        journal.record(
            self._connection, self._batch, "changed", [change | {"after": columns["entry"]}]
        )
        catalog.update_row(self._connection, item.type, there.id, columns)
        self._tally.changed[item.type] += 1
        if item.type != "event":
            self._linking.append((item.only("id", *LINKING), there.id))

    def _write_new(self, type_: str) -> None:
        """Insert what is new of a type, all at once; keep what has links to be set."""
        if not self._new:
            return
        table = catalog.TABLES[type_]
        ids = catalog.new_ids(self._connection, table, len(self._new))
        rows = [{"id": id_, **row} for id_, (_, row) in zip(ids, self._new, strict=True)]
        catalog.insert_rows(self._connection, table, rows)
        self._known.learn(type_, {row["slug"]: row["id"] for row in rows})
        self._tally.add(type_, [fingerprint(item.text) for item, _ in self._new])
        self._linking += [
            (item.only("id", *LINKING), id_)
            for id_, (item, _) in zip(ids, self._new, strict=True)
            if type_ in ("group", "metric") or item.entry.get("draws_on")
        ]
        self._new = []

    def _columns(self, item: Item) -> dict[str, Any] | None:
        """Give what the row of a definition says; None where a date in it cannot be read."""
        found = definitions.columns(item.type, item.entry)
        dated = definitions.DATED.get(item.type)
        if dated:
            span = self._days(item, dated)
            retrieved = self._days(item, "retrieved")
            if span is None or retrieved is None:
                return None
            found |= {f"{dated}_lower": span[0], f"{dated}_upper": span[1]}
        if item.type == "document":
            found["source_id"] = self._known.find("source", item.entry["source"])
        return found

    def _days(self, item: Item, name: str) -> tuple[int | None, int | None] | None:
        """Read a date field; an error is kept and gives None."""
        text = item.entry.get(name)
        if text is None:
            return (None, None)
        try:
            return read_edtf(str(text))
        except UnreadableValue as error:
            hint = error.hint or "write it as 2018, 2018-02 or 2018-02-08"
            self.problems.add(item.problem(name, error.problem, hint))
            return None

    def link(self) -> None:
        """Set what definitions say of each other, now that all names are known."""
        from claimtrack.services.links import Linker

        linker = Linker(self._connection, self._known, self.problems)
        for piece in catalog.chunks(self._linking):
            linker.link(piece)
        linker.check([item for item, _ in self._linking])
        for item, id_ in self._linking:
            self.relinked[item.type].add(id_)


def differs(item: Item, before: str, after: str, where: str) -> Problem:
    """Show both versions of an entry that is there with other content."""
    remedy = (
        "give one of them another id, or remove one"
        if where == "the same call"
        else "`claimtrack import --update` puts the new version in its place, and the old one"
        " into the history"
    )
    there, here = _where_they_differ(before, after)
    message = (
        f"{item.type} '{item.slug}' is in {where} already with other content:"
        f" there {there}; here {here}"
    )
    return item.problem("", message, remedy)


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Cut two versions to the piece in which they begin to differ, if they are long."""
    if max(len(before), len(after)) <= _SHOWN:
        return before, after
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), 0)
    begin = max(0, same - _SHOWN // 4)
    return _cut(before, begin), _cut(after, begin)


def _cut(text: str, begin: int) -> str:
    end = begin + _SHOWN
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")
