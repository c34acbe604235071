"""What the history, the batches and the entries tell of one entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from claimtrack.domain.happening import Happening
from claimtrack.store import contradictions, schema
from claimtrack.store.catalog import TABLES, chunks

Subject = tuple[str, str]
"""Kind and id, as the history names them: a claim entry is of kind `claim`."""


def subjects_named(connection: sa.Connection, name: str) -> list[Subject]:
    """Find what an id means, and whose story belongs to it: nothing for an unknown id.

    A claim's story has the entries that state it, a contradiction's those of its claims.
    What was removed is found through the history.
    """
    h, a, c = schema.history.c, schema.assertions, schema.claims
    found: dict[Subject, None] = {}
    for type_, table in TABLES.items():
        if connection.scalar(sa.select(table.c.id).where(table.c.slug == name)) is not None:
            found[type_, name] = None
    told = sa.select(h.entity).where(h.slug == name, h.entity.not_in(("batch", "database")))
    for entity in connection.scalars(told.distinct()):
        found[entity, name] = None
    stating = sa.select(a.c.slug).join_from(a, c, c.c.id == a.c.claim_id)
    if connection.scalar(sa.select(c.c.id).where(c.c.slug == name)) is not None:
        found["claim", name] = None
    members: list[int] = []
    for known in contradictions.names_of(connection, name):
        rows = contradictions.claims_in(connection, known)
        if rows or known != name:
            found["contradiction", known] = None
            members += rows
    for query in (stating.where(c.c.slug == name), stating.where(c.c.id.in_(members))):
        found.update(dict.fromkeys(("claim", slug) for slug in connection.scalars(query)))
    said = [("assertion", slug) for kind, slug in found if kind == "claim"]
    return [*found, *said]


def story(connection: sa.Connection, subjects: Sequence[Subject]) -> list[Happening]:
    """Tell what was done to these, oldest first."""
    happened = [*_imports(connection, subjects), *_corrections(connection, subjects)]
    wanted = set(subjects)
    h = schema.history.c
    for piece in chunks(sorted({slug for _, slug in subjects})):
        query = sa.select(schema.history).where(h.slug.in_(piece)).order_by(h.id)
        for row in connection.execute(query):
            if (row.entity, row.slug) in wanted and row.entity != "batch":
                happened += _rows(connection, row)
    return sorted(happened, key=lambda one: one.at)


def _rows(connection: sa.Connection, row: sa.Row[tuple[object, ...]]) -> Iterable[Happening]:
    about = (row.entity, row.slug, row.batch_id)
    if row.action == "removed":
        yield from _import(connection, row.entity, row.slug, row.batch_id)
        detail = f"batch {row.batch_id} was taken back"
    elif row.action == "changed":
        detail = _difference(row.before, row.after)
    else:
        after = json.loads(row.after)
        detail = f"{after['mark']}: {after['why']}"
    yield Happening(row.at, row.who, row.action, *about, detail)


def _import(
    connection: sa.Connection, kind: str, slug: str, batch: int | None
) -> Iterable[Happening]:
    c = schema.batches.c
    row = connection.execute(
        sa.select(c.created_at, c.who, c.what).where(c.id == batch)
    ).one_or_none()
    if row is not None:
        yield Happening(row.created_at, row.who, "imported", kind, slug, batch, row.what)


def _imports(connection: sa.Connection, subjects: Sequence[Subject]) -> Iterable[Happening]:
    for kind, slug in subjects:
        if kind in TABLES:
            table = TABLES[kind]
            found = connection.execute(sa.select(table.c.batch_id).where(table.c.slug == slug))
            for (batch,) in found:
                yield from _import(connection, kind, slug, batch)


def _corrections(connection: sa.Connection, subjects: Sequence[Subject]) -> Iterable[Happening]:
    later, older = schema.assertions.alias("later"), schema.assertions.alias("older")
    b = schema.batches
    query = (
        sa.select(b.c.created_at, b.c.who, older.c.slug, later.c.batch_id, later.c.slug)
        .join_from(later, older, older.c.id == later.c.supersedes_id)
        .join(b, b.c.id == later.c.batch_id)
    )
    for piece in chunks([slug for kind, slug in subjects if kind == "claim"]):
        for at, who, slug, batch, by in connection.execute(query.where(older.c.slug.in_(piece))):
            yield Happening(at, who, "corrected", "claim", slug, batch, f"by '{by}'")


def _difference(before: str, after: str) -> str:
    """Tell each field that changed, old and new."""
    old, new = json.loads(before), json.loads(after)
    told = []
    for field in sorted(old.keys() | new.keys()):
        if old.get(field) != new.get(field):
            told.append(f"{field}: {_shown(old.get(field))} → {_shown(new.get(field))}")
    return "; ".join(told)


def _shown(value: object) -> str:
    if value is None:
        return "(none)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
