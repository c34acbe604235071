"""Passages to search, indexes for lists, contradictions without their sentences.

Contradictions are found anew at the end of an upgrade, so their tables begin empty.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa
from alembic import op

from claimtrack.domain.folding import fold

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# By code points, as SQLite sorts, whatever the language of the server.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SEARCHED = (
    ("events", ("title", "place")),
    ("groups", ("name",)),
    ("sources", ("name",)),
    ("documents", ("title",)),
    ("assertions", ("quote", "text")),
)

_OLD = (
    ("assertions", ("claim_id",)),
    ("assertions", ("document_id",)),
    ("attributions", ("source_id",)),
)

_NEW = (
    ("ix_events_date", "events", ("date_lower", "slug")),
    ("ix_documents_published_lower", "documents", ("published_lower", "slug")),
    ("ix_documents_published_upper", "documents", ("published_upper",)),
    ("ix_assertions_claim_document", "assertions", ("claim_id", "document_id")),
    ("ix_assertions_document_claim", "assertions", ("document_id", "claim_id")),
    (
        "ix_attributions_source_assertion",
        "attributions",
        ("source_id", "assertion_id", "position"),
    ),
)

_FTS = (
    "CREATE VIRTUAL TABLE passages_trigrams USING fts5(text, content='passages',"
    " content_rowid='id', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')"
)

# Signs are counted from the start of a text at each `substr`: that would be quadratic.
_TRIGRAMS = """
CREATE FUNCTION claimtrack_trigrams(searched text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT coalesce(array_agg(DISTINCT one || two || three), '{}')
  FROM (
    SELECT sign AS one, lead(sign) OVER places AS two, lead(sign, 2) OVER places AS three
    FROM unnest(string_to_array(searched, NULL)) WITH ORDINALITY AS signs (sign, place)
    WINDOW places AS (ORDER BY place)
  ) AS runs
  WHERE three IS NOT NULL
$$
"""


_CONTRADICTION_LIST = """
CREATE VIEW contradiction_list AS
SELECT k.slug AS contradiction, k.rule AS rule, k.severity AS severity, k.gap AS gap, l.*
FROM contradictions AS k
JOIN contradiction_members AS m ON m.contradiction_id = k.id
JOIN claims AS c ON c.id = m.claim_id
JOIN claim_list AS l ON l.claim = c.slug
"""

_CONTRADICTION_LIST_OF_0003 = """
CREATE VIEW contradiction_list AS
SELECT k.slug AS contradiction, e.title AS event, k.rule AS rule, k.severity AS severity,
    k.explanation AS explanation
FROM contradictions AS k JOIN events AS e ON e.id = k.event_id
"""


def upgrade() -> None:
    op.create_table(
        "passages",
        sa.Column("id", _ID, nullable=False, autoincrement=False),
        sa.Column("claim_id", _ID, nullable=True),
        sa.Column("text", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    bind = op.get_bind()
    for place, (table, columns) in enumerate(_SEARCHED, 1):
        _fill(bind, place << 48, table, columns)
    if bind.dialect.name == "postgresql":
        op.execute(sa.text(_TRIGRAMS))
        op.execute(
            "CREATE INDEX ix_passages_trigrams ON passages USING gin (claimtrack_trigrams(text))"
        )
    elif _has_trigrams():
        op.execute(sa.text(_FTS))
        op.execute("INSERT INTO passages_trigrams (rowid, text) SELECT id, text FROM passages")
    for table, columns in _OLD:
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table_name=table)
    for name, table, columns in _NEW:
        op.create_index(name, table, list(columns), unique=False)
    op.execute("DROP VIEW contradiction_list")
    op.drop_table("contradiction_members")
    op.drop_table("contradictions")
    _make_contradictions(sa.Column("gap", sa.BigInteger()), sa.Column("terms", _TEXT))
    op.create_table(
        "contradiction_members",
        sa.Column("contradiction_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", _ID, nullable=False),
        *_members_refer(),
        sa.PrimaryKeyConstraint(
            "contradiction_id", "position", name=op.f("pk_contradiction_members")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_contradiction_members_claim_id"), "contradiction_members", ["claim_id"]
    )
    op.execute(_CONTRADICTION_LIST)


def downgrade() -> None:
    op.execute("DROP VIEW contradiction_list")
    op.drop_table("contradiction_members")
    op.drop_table("contradictions")
    _make_contradictions(sa.Column("explanation", _TEXT, nullable=False))
    op.create_table(
        "contradiction_members",
        sa.Column("id", _ID, nullable=False),
        sa.Column("contradiction_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", _ID, nullable=False),
        *_members_refer(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction_members")),
        sa.UniqueConstraint(
            "contradiction_id",
            "claim_id",
            name=op.f("uq_contradiction_members_contradiction_id_claim_id"),
        ),
        sa.UniqueConstraint(
            "contradiction_id",
            "position",
            name=op.f("uq_contradiction_members_contradiction_id_position"),
        ),
    )
    op.create_index(
        op.f("ix_contradiction_members_claim_id"), "contradiction_members", ["claim_id"]
    )
    op.execute(_CONTRADICTION_LIST_OF_0003)
    for name, table, _ in reversed(_NEW):
        op.drop_index(name, table_name=table)
    for table, columns in _OLD:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_passages_trigrams", table_name="passages")
        op.execute("DROP FUNCTION claimtrack_trigrams(text)")
    else:
        op.execute("DROP TABLE IF EXISTS passages_trigrams")
    op.drop_table("passages")


def _members_refer() -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [f"{other}_id"], [f"{other}s.id"], name=op.f(f"fk_contradiction_members_{other}_id")
        )
        for other in ("claim", "contradiction")
    ]


def _make_contradictions(*columns: sa.Column[Any]) -> None:
    op.create_table(
        "contradictions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("rule", _TEXT, nullable=False),
        sa.Column("severity", sa.Float(), nullable=False),
        *columns,
        sa.CheckConstraint(
            "severity >= 0 AND severity <= 1", name=op.f("ck_contradictions_severity")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_contradictions_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradictions")),
        sa.UniqueConstraint("slug", name=op.f("uq_contradictions_slug")),
    )
    op.create_index(op.f("ix_contradictions_event_id"), "contradictions", ["event_id"])
    op.create_index("ix_contradictions_severity", "contradictions", ["severity"])


def _has_trigrams() -> bool:
    """Whether this SQLite can make the index; else a search reads every passage."""
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5(text, tokenize='trigram')")
    except sqlite3.OperationalError:
        return False
    finally:
        probe.close()
    return True


def _fill(bind: sa.Connection, base: int, table: str, columns: tuple[str, ...]) -> None:
    claim = "claim_id" if table == "assertions" else "NULL AS claim_id"
    page = sa.text(
        f"SELECT id, {claim}, {', '.join(columns)} FROM {table}"
        " WHERE id > :last ORDER BY id LIMIT 5000"
    )
    add = sa.text("INSERT INTO passages (id, claim_id, text) VALUES (:id, :claim_id, :text)")
    last = 0
    while rows := bind.execute(page, {"last": last}).all():
        texts = [(base + id_, claim_id, _passage(parts)) for id_, claim_id, *parts in rows]
        names = ("id", "claim_id", "text")
        if made := [dict(zip(names, row, strict=True)) for row in texts if row[2]]:
            bind.execute(add, made)
        last = rows[-1].id


def _passage(parts: list[str | None]) -> str:
    kept: list[str] = []
    for part in parts:
        folded = fold(part or "")
        if folded and not any(folded in other for other in kept):
            kept.append(folded)
    return "\n".join(kept)
