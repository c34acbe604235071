"""What the history says that there should be, and whether it is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from claimtrack.domain.identity import fingerprint
from claimtrack.store import schema
from claimtrack.store.catalog import TABLES
from claimtrack.store.chain import BEGINNING, CHAINED, Additions, follow

Key = tuple[str, str]
"""Type and id of an entry."""

_PAGE = {"yield_per": 1000}


@dataclass
class Ledger:
    """The sum of the history: what was added, what changed since, who judged what.

    `originals` has the fingerprint of each entry changed since it was added, as it was
    then; `present` has that of the text it should have now.
    """

    rows: int = 0
    head: str = BEGINNING
    contradicted: list[str] = field(default_factory=list)
    originals: dict[Key, bytes] = field(default_factory=dict)
    present: dict[Key, bytes] = field(default_factory=dict)
    removed: dict[tuple[int | None, str], Additions] = field(default_factory=dict)
    promised: dict[tuple[int | None, str], dict[str, Any]] = field(default_factory=dict)
    batches: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    undone: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    judgements: dict[str, list[tuple[str, ...]]] = field(
        default_factory=lambda: {"reviewed": [], "graded": []}
    )


def read_history(connection: sa.Connection, ledger: Ledger) -> list[str]:
    """Read the history into a ledger; give the rows that do not follow from what is before."""
    faults = []
    h = schema.history.c
    query = sa.select(h.id, h.digest, *(h[name] for name in CHAINED)).order_by(h.id)
    for row in connection.execute(query.execution_options(**_PAGE)).mappings():
        if follow(ledger.head, dict(row)) != row["digest"]:
            told = f"row {row['id']} ({row['action']} {row['entity']} '{row['slug']}')"
            faults.append(f"{told} does not follow from what stands before it")
        ledger.head = row["digest"]
        ledger.rows += 1
        try:
            _enter(ledger, row)
        except (ValueError, KeyError, TypeError, AttributeError):
            faults.append(f"row {row['id']} of the history cannot be read")
    return faults if ledger.rows else ["the history is empty"]


def _enter(ledger: Ledger, row: sa.RowMapping) -> None:
    action, key = row["action"], (row["entity"], row["slug"])
    if action in ("changed", "removed"):
        before = fingerprint(row["before"])
        if ledger.present.get(key, before) != before:
            ledger.contradicted.append(
                f"row {row['id']} has another text of {key[0]} '{key[1]}' than the row before it"
            )
        if action == "changed":
            ledger.originals.setdefault(key, before)
            ledger.present[key] = fingerprint(row["after"])
        else:
            ledger.present.pop(key, None)
            added = ledger.removed.setdefault((row["batch_id"], key[0]), Additions())
            added.add(ledger.originals.pop(key, before))
    elif action in ("began", "imported"):
        after = json.loads(row["after"])
        for type_, told in after["added"].items():
            ledger.promised[row["batch_id"], type_] = told
        if action == "imported":
            count = sum(told["count"] for told in after["added"].values())
            said = (row["at"], row["who"], after["what"], count, after["changed"])
            ledger.batches[row["batch_id"]] = said
    elif action == "undone":
        ledger.undone[row["batch_id"]] = (row["at"], row["who"])
    elif action in ("reviewed", "graded"):
        after = json.loads(row["after"])
        ledger.judgements[action].append((*key, after["mark"], row["who"], row["at"], after["why"]))


def missing_or_altered(connection: sa.Connection, ledger: Ledger) -> Iterator[str]:
    """Say what of the entries, batches and judgements is not as the history has it."""
    yield from ledger.contradicted
    yield from _entries(connection, ledger)
    yield from _batches(connection, ledger)
    yield from _judgements(connection, ledger)


def _entries(connection: sa.Connection, ledger: Ledger) -> Iterator[str]:
    there = dict(ledger.removed)
    seen: set[Key] = set()
    for type_, table in TABLES.items():
        query = sa.select(table.c.batch_id, table.c.slug, table.c.entry).order_by(table.c.id)
        for batch, slug, entry in connection.execute(query.execution_options(**_PAGE)):
            key, mark = (type_, slug), fingerprint(entry)
            if key in ledger.present:
                seen.add(key)
                if ledger.present[key] != mark:
                    yield f"{type_} '{slug}' is not as the history last has it"
            there.setdefault((batch, type_), Additions()).add(ledger.originals.get(key, mark))
    for type_, slug in sorted(ledger.present.keys() - seen):
        yield f"{type_} '{slug}' is gone; the history does not tell of it"
    for batch, type_ in sorted(there.keys() | ledger.promised.keys(), key=str):
        told = ledger.promised.get((batch, type_), {"count": 0, "digest": Additions().digest})
        found = there.get((batch, type_), Additions())
        whose = "without a batch" if batch is None else f"of batch {batch}"
        if found.count != told["count"]:
            yield (
                f"{type_} entries {whose}: the history tells of {told['count']:,},"
                f" {found.count:,} are there"
            )
        elif found.digest != told["digest"]:
            yield f"{type_} entries {whose} are not those that the history tells of"


def _batches(connection: sa.Connection, ledger: Ledger) -> Iterator[str]:
    c = schema.batches.c
    query = sa.select(
        c.id, c.created_at, c.who, c.what, c.added, c.changed, c.undone_at, c.undone_by
    )
    left = dict(ledger.batches)
    for id_, *said in connection.execute(query.order_by(c.id)):
        undone = ledger.undone.get(id_, (None, None))
        if left.pop(id_, None) != tuple(said[:5]) or undone != tuple(said[5:]):
            yield f"batch {id_} is not as the history has it"
    for id_ in left:
        yield f"batch {id_} is gone; the history tells of it"


def _judgements(connection: sa.Connection, ledger: Ledger) -> Iterator[str]:
    r, g = schema.reviews.c, schema.grades.c
    mark = sa.func.coalesce(g.reliability, g.credibility)
    names = schema.former_names.c
    later = dict(connection.execute(sa.select(names.former, names.slug)).all())
    for action, name, c, said in (
        ("reviewed", "reviews", r, r.status),
        ("graded", "grades", g, mark),
    ):
        query = sa.select(c.subject_kind, c.subject, said, c.who, c.at, c.why).order_by(c.id)
        found = [tuple(row) for row in connection.execute(query)]
        # What was said of a contradiction follows it to its later name; the history does not.
        told = [
            (kind, later.get(slug, slug), *rest) for kind, slug, *rest in ledger.judgements[action]
        ]
        if found != told:
            yield (
                f"the {name} are not those that the history tells of"
                f" ({len(told):,} told, {len(found):,} there)"
            )


def has_digest(connection: sa.Connection, digest: str) -> bool:
    """Tell whether some row of the history has this digest."""
    c = schema.history.c.digest
    return connection.scalar(sa.select(c).where(c == digest).limit(1)) is not None
