"""Chain the history by hash, and let it tell of imports, undos, reviews, grades and upgrades."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from claimtrack.store.journal import now, who

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# By code points, as SQLite sorts, whatever the language of the server.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_BEFORE = ("changed", "removed")
_NOW = ("began", "imported", "undone", "reviewed", "graded", "upgraded", *_BEFORE)
_CHAINED = ("batch_id", "at", "who", "action", "entity", "slug", "before", "after")
_TABLES = {
    "metric": "metrics",
    "group": "groups",
    "event": "events",
    "source": "sources",
    "document": "documents",
    "claim": "assertions",
}


def upgrade() -> None:
    with op.batch_alter_table("history") as table:
        table.add_column(sa.Column("digest", _TEXT, nullable=True))
        table.drop_constraint(op.f("ck_history_action"), type_="check")
        table.create_check_constraint(op.f("ck_history_action"), _one_of(_NOW))
    _chain_what_stands(op.get_bind())
    with op.batch_alter_table("history") as table:
        table.alter_column("digest", existing_type=_TEXT, nullable=False)


def downgrade() -> None:
    """Return to a history of changes and removals; what else it told of is lost."""
    op.execute(sa.text(f"DELETE FROM history WHERE NOT ({_one_of(_BEFORE)})"))
    with op.batch_alter_table("history") as table:
        table.drop_column("digest")
        table.drop_constraint(op.f("ck_history_action"), type_="check")
        table.create_check_constraint(op.f("ck_history_action"), _one_of(_BEFORE))


def _one_of(actions: tuple[str, ...]) -> str:
    return "action IN (" + ", ".join(f"'{action}'" for action in actions) + ")"


def _chain_what_stands(bind: sa.Connection) -> None:
    """Chain the rows there are, then tell of batches, reviews and grades, as they stand."""
    head, originals, removed = "", {}, {}
    columns = ", ".join(_CHAINED)
    for row in _by_row_number(bind, f"SELECT id, {columns} FROM history"):
        key = (row["entity"], row["slug"])
        mark = _fingerprint(row["before"])
        if row["action"] == "changed":
            originals.setdefault(key, mark)
        else:
            mark = originals.pop(key, mark)
            removed.setdefault((row["batch_id"], row["entity"]), []).append(mark)
        head = _follow(head, row)
        bind.execute(
            sa.text("UPDATE history SET digest = :digest WHERE id = :id"),
            {"digest": head, "id": row["id"]},
        )
    for row in _rows_to_add(bind, originals, removed):
        full = {"batch_id": None, "before": None, "after": None, **row}
        head = _follow(head, full)
        bind.execute(
            sa.text(
                f"INSERT INTO history ({columns}, digest) VALUES"
                f" ({', '.join(':' + name for name in _CHAINED)}, :digest)"
            ),
            full | {"digest": head},
        )


def _rows_to_add(bind: sa.Connection, originals: dict, removed: dict):
    added = _additions(bind, originals, removed)
    yield {
        "at": now(),
        "who": who(),
        "action": "began",
        "entity": "database",
        "slug": revision,
        "after": _canonical({"added": added.get(None, {})}),
    }
    for batch in _stream(bind, "SELECT * FROM batches ORDER BY id"):
        about = {"batch_id": batch["id"], "entity": "batch", "slug": str(batch["id"])}
        after = {"what": batch["what"], "added": added.get(batch["id"], {})}
        yield about | {
            "at": batch["created_at"],
            "who": batch["who"],
            "action": "imported",
            "after": _canonical(after | {"changed": batch["changed"]}),
        }
        if batch["undone_at"]:
            signed = {"at": batch["undone_at"], "who": batch["undone_by"]}
            yield about | signed | {"action": "undone"}
    for table, action in (("reviews", "reviewed"), ("grades", "graded")):
        for row in _stream(bind, f"SELECT * FROM {table} ORDER BY id"):
            mark = row.get("status") or row.get("reliability") or row.get("credibility")
            yield {
                "at": row["at"],
                "who": row["who"],
                "action": action,
                "entity": row["subject_kind"],
                "slug": row["subject"],
                "after": _canonical({"mark": mark, "why": row["why"]}),
            }


def _additions(bind: sa.Connection, originals: dict, removed: dict) -> dict:
    """Digest, for each batch and type, the entries as they were when they were added."""
    marks = {key: list(found) for key, found in removed.items()}
    for type_, table in _TABLES.items():
        for row in _stream(bind, f"SELECT batch_id, slug, entry FROM {table} ORDER BY id"):
            mark = originals.get((type_, row["slug"])) or _fingerprint(row["entry"])
            marks.setdefault((row["batch_id"], type_), []).append(mark)
    told: dict = {}
    for (batch, type_), found in marks.items():
        digest = hashlib.sha256(b"".join(found)).hexdigest()
        told.setdefault(batch, {})[type_] = {"count": len(found), "digest": digest}
    return told


def _stream(bind: sa.Connection, query: str):
    rows = bind.execute(sa.text(query)).mappings()
    while piece := rows.fetchmany(1000):
        yield from piece


def _by_row_number(bind: sa.Connection, query: str):
    """Read by pages, since the rows are written to meanwhile."""
    page = sa.text(f"{query} WHERE id > :last ORDER BY id LIMIT 1000")
    last = 0
    while rows := bind.execute(page, {"last": last}).mappings().all():
        yield from rows
        last = rows[-1]["id"]


def _fingerprint(entry: str) -> bytes:
    return hashlib.sha256(entry.encode()).digest()


def _follow(previous: str, row) -> str:
    parts = [previous, *(row[name] for name in _CHAINED)]
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(entry: dict) -> str:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
