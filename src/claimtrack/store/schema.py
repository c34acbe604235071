"""The tables, as SQLAlchemy Core sees them; migrations under `alembic/` build the same.

One row is one thing a person could name. Text ids that people type stand in `slug`;
`id` is the database's own. Times are ISO 8601 text in UTC, so that any viewer can read
them; bounds count whole units (see `claimtrack.domain.value`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    column,
    func,
    table,
)
from sqlalchemy import Text as PlainText

SCHEMA_VERSION = "0005"
"""The newest migration; a test holds it to the true head, so that reading needs no Alembic."""

APPLICATION_ID = 0x636C7472
"""SQLite's mark of whose file this is: the letters `cltr`."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
"""Text in the order of its code points, as SQLite sorts, whatever the server's language."""

_ID = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", _ID, primary_key=True)


def _slug() -> Column[str]:
    return Column("slug", Text, nullable=False, unique=True)


def _ref(name: str, target: str, *, nullable: bool = False, index: bool = False) -> Column[int]:
    return Column(name, _ID, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


def _entry() -> Column[str]:
    """Keep the entry as it was imported, in canonical JSON: equality is equality of text."""
    return Column("entry", Text, nullable=False)


def _batch() -> Column[int]:
    return _ref("batch_id", "batches", nullable=True, index=True)


batches = Table(
    "batches",
    metadata,
    _id(),
    Column("created_at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("added", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("undone_at", Text),
    Column("undone_by", Text),
)

events = Table(
    "events",
    metadata,
    _id(),
    _slug(),
    Column("title", Text, nullable=False),
    Column("date", Text),
    Column("date_lower", BigInteger),
    Column("date_upper", BigInteger),
    Column("place", Text),
    _entry(),
    _batch(),
    CheckConstraint("date_lower <= date_upper", name="date_order"),
    Index("ix_events_date", "date_lower", "slug"),
)

groups = Table(
    "groups",
    metadata,
    _id(),
    _slug(),
    Column("name", Text, nullable=False),
    _entry(),
    _batch(),
)

group_links = Table(
    "group_links",
    metadata,
    _id(),
    _ref("group_id", "groups"),
    Column("relation", Text, nullable=False),
    _ref("other_id", "groups", index=True),
    UniqueConstraint("group_id", "relation", "other_id"),
    CheckConstraint("relation IN ('part_of', 'disjoint_with')", name="relation"),
    CheckConstraint("group_id <> other_id", name="not_itself"),
)

metrics = Table(
    "metrics",
    metadata,
    _id(),
    _slug(),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("unit", Text),
    Column("at_most_id", _ID, ForeignKey("metrics.id")),
    Column("monotone", Boolean(create_constraint=False), nullable=False),
    Column("cumulative", Boolean(create_constraint=False), nullable=False),
    _entry(),
    _batch(),
    CheckConstraint(
        "kind IN ('count', 'date', 'duration', 'distance', 'truth_value', 'category')",
        name="kind",
    ),
)

metric_parts = Table(
    "metric_parts",
    metadata,
    _id(),
    _ref("metric_id", "metrics"),
    _ref("part_id", "metrics", index=True),
    UniqueConstraint("metric_id", "part_id"),
    CheckConstraint("metric_id <> part_id", name="not_itself"),
)

questions = Table(
    "questions",
    metadata,
    _id(),
    _ref("event_id", "events"),
    _ref("metric_id", "metrics", index=True),
    _ref("group_id", "groups", nullable=True, index=True),
)
Index(
    "uq_questions_event_metric_group",
    questions.c.event_id,
    questions.c.metric_id,
    func.coalesce(questions.c.group_id, 0),
    unique=True,
)

sources = Table(
    "sources",
    metadata,
    _id(),
    _slug(),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reliability", Text),
    Column("anonymous", Boolean(create_constraint=False), nullable=False),
    _entry(),
    _batch(),
    CheckConstraint("reliability IN ('A', 'B', 'C', 'D', 'E', 'F')", name="reliability"),
)

documents = Table(
    "documents",
    metadata,
    _id(),
    _slug(),
    _ref("source_id", "sources", index=True),
    Column("title", Text),
    Column("published", Text),
    Column("published_lower", BigInteger),
    Column("published_upper", BigInteger),
    Column("retrieved", Text),
    Column("url", Text),
    Column("archive_url", Text),
    Column("language", Text),
    Column("sha256", Text),
    _entry(),
    _batch(),
    CheckConstraint("published_lower <= published_upper", name="published_order"),
    Index("ix_documents_published_lower", "published_lower", "slug"),
    Index("ix_documents_published_upper", "published_upper"),
)

dependences = Table(
    "dependences",
    metadata,
    _id(),
    _ref("source_id", "sources", nullable=True),
    _ref("document_id", "documents", nullable=True),
    _ref("on_source_id", "sources", nullable=True),
    _ref("on_document_id", "documents", nullable=True),
    CheckConstraint("(source_id IS NULL) <> (document_id IS NULL)", name="one_dependent"),
    CheckConstraint("(on_source_id IS NULL) <> (on_document_id IS NULL)", name="one_basis"),
)

claims = Table(
    "claims",
    metadata,
    _id(),
    _slug(),
    _ref("question_id", "questions"),
    Column("stance", Text, nullable=False),
    Column("lower", BigInteger),
    Column("upper", BigInteger),
    Column("best", BigInteger),
    Column("category", Text),
    Column("as_of", Text),
    Column("hedge", Text, nullable=False),
    Column("text", Text, nullable=False),
    CheckConstraint("lower <= upper", name="bounds_order"),
    CheckConstraint("stance IN ('asserts', 'denies')", name="stance"),
    Index("ix_claims_question_bounds", "question_id", "lower", "upper"),
)

assertions = Table(
    "assertions",
    metadata,
    _id(),
    _slug(),
    _ref("claim_id", "claims"),
    _ref("document_id", "documents"),
    Column("text", Text, nullable=False),
    Column("hedge", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("lexicon", Text, nullable=False),
    Column("quote", Text),
    Column("supersedes_id", _ID, ForeignKey("assertions.id"), index=True),
    _entry(),
    _batch(),
    CheckConstraint("supersedes_id <> id", name="not_itself"),
    Index("ix_assertions_claim_document", "claim_id", "document_id"),
    Index("ix_assertions_document_claim", "document_id", "claim_id"),
)

attributions = Table(
    "attributions",
    metadata,
    _id(),
    _ref("assertion_id", "assertions"),
    Column("position", Integer, nullable=False),
    _ref("source_id", "sources"),
    Column("mode", Text, nullable=False),
    _ref("upstream_id", "assertions", nullable=True, index=True),
    UniqueConstraint("assertion_id", "position"),
    CheckConstraint("position >= 0", name="position"),
    Index("ix_attributions_source_assertion", "source_id", "assertion_id", "position"),
)

contested_questions = Table(
    "contested_questions",
    metadata,
    Column("question_id", _ID, ForeignKey("questions.id"), primary_key=True, autoincrement=False),
    _ref("event_id", "events", index=True),
    Column("kind", Text, nullable=False),
    Column("lowest_upper", BigInteger, nullable=False),
    Column("highest_lower", BigInteger, nullable=False),
    Column("pairs", BigInteger, nullable=False),
    Column("versions", Integer, nullable=False),
    Column("severity", Float, nullable=False),
    Column("gap", BigInteger, nullable=False),
    Column("gravest", Text, nullable=False),
    Column("newest", _ID, nullable=False),
    CheckConstraint("severity >= 0 AND severity <= 1", name="severity"),
    CheckConstraint("lowest_upper < highest_lower", name="apart"),
    Index("ix_contested_questions_severity", "severity", "gap"),
)
"""The questions on which undated assertions cannot all hold: one row for all their pairs.

The view `contested_pairs` makes the pairs; see `claimtrack.contradictions.contested`.
`newest` is the highest row of a claim that was counted when this was found.
"""

claim_origins = Table(
    "claim_origins",
    metadata,
    Column("claim_id", _ID, ForeignKey("claims.id"), primary_key=True, autoincrement=False),
    Column("origins", Integer, nullable=False),
    CheckConstraint("origins <> 1", name="not_one"),
)
"""The certain independent origins of claims on contested questions, where they are not one.

There are none where every report was corrected: such a claim counts no more.
"""

former_names = Table(
    "former_names",
    metadata,
    Column("former", Text, primary_key=True),
    Column("slug", Text, nullable=False, index=True),
)
"""Ids by which an earlier release named contradictions that somebody had reviewed."""

contradictions = Table(
    "contradictions",
    metadata,
    _id(),
    _slug(),
    _ref("event_id", "events", index=True),
    Column("rule", Text, nullable=False),
    Column("severity", Float, nullable=False),
    Column("gap", BigInteger),
    Column("terms", Text),
    CheckConstraint("severity >= 0 AND severity <= 1", name="severity"),
    Index("ix_contradictions_severity", "severity"),
)

contradiction_members = Table(
    "contradiction_members",
    metadata,
    Column("contradiction_id", _ID, ForeignKey("contradictions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _ref("claim_id", "claims", index=True),
    sqlite_with_rowid=False,
)

reviews = Table(
    "reviews",
    metadata,
    _id(),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", Text, nullable=False),
    CheckConstraint("subject_kind IN ('assertion', 'source', 'contradiction')", name="subject"),
    Index("ix_reviews_subject", "subject_kind", "subject"),
)

grades = Table(
    "grades",
    metadata,
    _id(),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reliability", Text),
    Column("credibility", Text),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", Text, nullable=False),
    CheckConstraint("subject_kind IN ('source', 'claim')", name="subject"),
    CheckConstraint("reliability IN ('A', 'B', 'C', 'D', 'E', 'F')", name="reliability"),
    CheckConstraint("credibility IN ('1', '2', '3', '4', '5', '6')", name="credibility"),
    CheckConstraint(
        "(subject_kind = 'source') = (reliability IS NOT NULL)"
        " AND (subject_kind = 'claim') = (credibility IS NOT NULL)",
        name="one_scale",
    ),
    Index("ix_grades_subject", "subject_kind", "subject"),
)

search_limits = Table(
    "search_limits",
    metadata,
    Column("event_id", _ID, ForeignKey("events.id"), primary_key=True, autoincrement=False),
    Column("sentence", Text, nullable=False),
)

history = Table(
    "history",
    metadata,
    _id(),
    _batch(),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("digest", Text, nullable=False),
    CheckConstraint(
        "action IN ('began', 'imported', 'undone', 'reviewed', 'graded', 'upgraded',"
        " 'changed', 'removed')",
        name="action",
    ),
    Index("ix_history_entity_slug", "entity", "slug"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("claim_id", _ID),
    Column("text", Text, nullable=False),
)
"""What can be searched, folded: see `claimtrack.store.search`, which alone writes it.

`claim_id` is that of the assertion a passage is made from, so that claims are found
without reading assertions.
Beside it stands an index of trigrams: on SQLite the virtual table `passages_trigrams`,
where the library can make one, on PostgreSQL `ix_passages_trigrams`.
"""

_TOLD = ("event", "metric", "group_counted", "stance", "words", "at_least", "at_most")

VIEWS = {
    "claim_list": ("claim", *_TOLD),
    "assertion_list": (
        "assertion", "claim", *_TOLD, "said_by", "document", "published", "url", "quote", "reading",
    ),
    "contested_pairs": (
        "slug", "event_id", "question_id", "kind", "rule", "severity", "gap",
        "below_id", "below", "below_at_most", "above_id", "above", "above_at_most",
    ),
    "contradiction_list": ("contradiction", "rule", "severity", "gap", "claim", *_TOLD),
    "contested_list": (
        "event", "metric", "group_counted", "contradictions", "versions", "severity", "gravest",
    ),
}  # fmt: skip
"""The views that the migrations make for people who ask in SQL, and their columns."""

contested_pairs = table("contested_pairs", *(column(name) for name in VIEWS["contested_pairs"]))
"""The contradictions of contested questions, made from their claims when asked for."""
