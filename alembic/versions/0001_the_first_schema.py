"""The first schema."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# By code points, as SQLite sorts, whatever the language of the server.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", _TEXT, nullable=False),
        sa.Column("who", _TEXT, nullable=False),
        sa.Column("what", _TEXT, nullable=False),
        sa.Column("added", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("undone_at", _TEXT, nullable=True),
        sa.Column("undone_by", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_kind", _TEXT, nullable=False),
        sa.Column("subject", _TEXT, nullable=False),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("who", _TEXT, nullable=False),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("why", _TEXT, nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('assertion', 'source', 'contradiction')",
            name=op.f("ck_reviews_subject"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index("ix_reviews_subject", "reviews", ["subject_kind", "subject"], unique=False)

    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("title", _TEXT, nullable=False),
        sa.Column("date", _TEXT, nullable=True),
        sa.Column("date_lower", sa.BigInteger(), nullable=True),
        sa.Column("date_upper", sa.BigInteger(), nullable=True),
        sa.Column("place", _TEXT, nullable=True),
        sa.Column("entry", _TEXT, nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("date_lower <= date_upper", name=op.f("ck_events_date_order")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_events_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("slug", name=op.f("uq_events_slug")),
    )
    op.create_index("ix_events_batch_id", "events", ["batch_id"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("entry", _TEXT, nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_groups_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("slug", name=op.f("uq_groups_slug")),
    )
    op.create_index("ix_groups_batch_id", "groups", ["batch_id"], unique=False)

    op.create_table(
        "history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("who", _TEXT, nullable=False),
        sa.Column("action", _TEXT, nullable=False),
        sa.Column("entity", _TEXT, nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("before", _TEXT, nullable=True),
        sa.Column("after", _TEXT, nullable=True),
        sa.CheckConstraint("action IN ('changed', 'removed')", name=op.f("ck_history_action")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_history_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index("ix_history_batch_id", "history", ["batch_id"], unique=False)
    op.create_index("ix_history_entity_slug", "history", ["entity", "slug"], unique=False)

    op.create_table(
        "metrics",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("unit", _TEXT, nullable=True),
        sa.Column(
            "at_most_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("monotone", sa.Boolean(), nullable=False),
        sa.Column("cumulative", sa.Boolean(), nullable=False),
        sa.Column("entry", _TEXT, nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "kind IN ('count', 'date', 'duration', 'distance', 'truth_value', 'category')",
            name=op.f("ck_metrics_kind"),
        ),
        sa.ForeignKeyConstraint(["at_most_id"], ["metrics.id"], name=op.f("fk_metrics_at_most_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_metrics_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metrics")),
        sa.UniqueConstraint("slug", name=op.f("uq_metrics_slug")),
    )
    op.create_index("ix_metrics_batch_id", "metrics", ["batch_id"], unique=False)

    op.create_table(
        "sources",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("reliability", _TEXT, nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("entry", _TEXT, nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "reliability IN ('A', 'B', 'C', 'D', 'E', 'F')", name=op.f("ck_sources_reliability")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_sources_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("slug", name=op.f("uq_sources_slug")),
    )
    op.create_index("ix_sources_batch_id", "sources", ["batch_id"], unique=False)

    op.create_table(
        "contradictions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", _TEXT, nullable=False),
        sa.Column("severity", sa.Float(), nullable=False),
        sa.Column("explanation", _TEXT, nullable=False),
        sa.CheckConstraint(
            "severity >= 0 AND severity <= 1", name=op.f("ck_contradictions_severity")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_contradictions_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradictions")),
        sa.UniqueConstraint("slug", name=op.f("uq_contradictions_slug")),
    )
    op.create_index("ix_contradictions_event_id", "contradictions", ["event_id"], unique=False)
    op.create_index("ix_contradictions_severity", "contradictions", ["severity"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column(
            "source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("title", _TEXT, nullable=True),
        sa.Column("published", _TEXT, nullable=True),
        sa.Column("published_lower", sa.BigInteger(), nullable=True),
        sa.Column("published_upper", sa.BigInteger(), nullable=True),
        sa.Column("retrieved", _TEXT, nullable=True),
        sa.Column("url", _TEXT, nullable=True),
        sa.Column("archive_url", _TEXT, nullable=True),
        sa.Column("language", _TEXT, nullable=True),
        sa.Column("sha256", _TEXT, nullable=True),
        sa.Column("entry", _TEXT, nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "published_lower <= published_upper", name=op.f("ck_documents_published_order")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_documents_batch_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_documents_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("slug", name=op.f("uq_documents_slug")),
    )
    op.create_index("ix_documents_batch_id", "documents", ["batch_id"], unique=False)
    op.create_index("ix_documents_source_id", "documents", ["source_id"], unique=False)

    op.create_table(
        "group_links",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("relation", _TEXT, nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "relation IN ('part_of', 'disjoint_with')", name=op.f("ck_group_links_relation")
        ),
        sa.CheckConstraint("group_id <> other_id", name=op.f("ck_group_links_not_itself")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_links_group_id")),
        sa.ForeignKeyConstraint(["other_id"], ["groups.id"], name=op.f("fk_group_links_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_links")),
        sa.UniqueConstraint(
            "group_id",
            "relation",
            "other_id",
            name=op.f("uq_group_links_group_id_relation_other_id"),
        ),
    )
    op.create_index("ix_group_links_other_id", "group_links", ["other_id"], unique=False)

    op.create_table(
        "metric_parts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("part_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("metric_id <> part_id", name=op.f("ck_metric_parts_not_itself")),
        sa.ForeignKeyConstraint(
            ["metric_id"], ["metrics.id"], name=op.f("fk_metric_parts_metric_id")
        ),
        sa.ForeignKeyConstraint(["part_id"], ["metrics.id"], name=op.f("fk_metric_parts_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_parts")),
        sa.UniqueConstraint("metric_id", "part_id", name=op.f("uq_metric_parts_metric_id_part_id")),
    )
    op.create_index("ix_metric_parts_part_id", "metric_parts", ["part_id"], unique=False)

    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "metric_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_questions_event_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_questions_group_id")),
        sa.ForeignKeyConstraint(["metric_id"], ["metrics.id"], name=op.f("fk_questions_metric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index("ix_questions_group_id", "questions", ["group_id"], unique=False)
    op.create_index("ix_questions_metric_id", "questions", ["metric_id"], unique=False)

    op.create_table(
        "claims",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column(
            "question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("stance", _TEXT, nullable=False),
        sa.Column("lower", sa.BigInteger(), nullable=True),
        sa.Column("upper", sa.BigInteger(), nullable=True),
        sa.Column("best", sa.BigInteger(), nullable=True),
        sa.Column("category", _TEXT, nullable=True),
        sa.Column("as_of", _TEXT, nullable=True),
        sa.Column("hedge", _TEXT, nullable=False),
        sa.Column("text", _TEXT, nullable=False),
        sa.CheckConstraint("stance IN ('asserts', 'denies')", name=op.f("ck_claims_stance")),
        sa.CheckConstraint("lower <= upper", name=op.f("ck_claims_bounds_order")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_claims_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("slug", name=op.f("uq_claims_slug")),
    )
    op.create_index(
        "ix_claims_question_bounds", "claims", ["question_id", "lower", "upper"], unique=False
    )

    op.create_table(
        "dependences",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "on_source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "on_document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(on_source_id IS NULL) <> (on_document_id IS NULL)",
            name=op.f("ck_dependences_one_basis"),
        ),
        sa.CheckConstraint(
            "(source_id IS NULL) <> (document_id IS NULL)",
            name=op.f("ck_dependences_one_dependent"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_dependences_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["on_document_id"], ["documents.id"], name=op.f("fk_dependences_on_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["on_source_id"], ["sources.id"], name=op.f("fk_dependences_on_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_dependences_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependences")),
    )
    op.create_table(
        "assertions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("text", _TEXT, nullable=False),
        sa.Column("hedge", _TEXT, nullable=False),
        sa.Column("rule", _TEXT, nullable=False),
        sa.Column("lexicon", _TEXT, nullable=False),
        sa.Column("quote", _TEXT, nullable=True),
        sa.Column(
            "supersedes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("entry", _TEXT, nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("supersedes_id <> id", name=op.f("ck_assertions_not_itself")),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_assertions_batch_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_assertions_claim_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_assertions_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["assertions.id"], name=op.f("fk_assertions_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assertions")),
        sa.UniqueConstraint("slug", name=op.f("uq_assertions_slug")),
    )
    op.create_index("ix_assertions_batch_id", "assertions", ["batch_id"], unique=False)
    op.create_index("ix_assertions_claim_id", "assertions", ["claim_id"], unique=False)
    op.create_index("ix_assertions_document_id", "assertions", ["document_id"], unique=False)
    op.create_index("ix_assertions_supersedes_id", "assertions", ["supersedes_id"], unique=False)

    op.create_table(
        "contradiction_members",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "contradiction_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_contradiction_members_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["contradiction_id"],
            ["contradictions.id"],
            name=op.f("fk_contradiction_members_contradiction_id"),
        ),
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
        "ix_contradiction_members_claim_id", "contradiction_members", ["claim_id"], unique=False
    )

    op.create_table(
        "attributions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "assertion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("mode", _TEXT, nullable=False),
        sa.Column(
            "upstream_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint("position >= 0", name=op.f("ck_attributions_position")),
        sa.ForeignKeyConstraint(
            ["assertion_id"], ["assertions.id"], name=op.f("fk_attributions_assertion_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_attributions_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["upstream_id"], ["assertions.id"], name=op.f("fk_attributions_upstream_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attributions")),
        sa.UniqueConstraint(
            "assertion_id", "position", name=op.f("uq_attributions_assertion_id_position")
        ),
    )
    op.create_index("ix_attributions_source_id", "attributions", ["source_id"], unique=False)
    op.create_index("ix_attributions_upstream_id", "attributions", ["upstream_id"], unique=False)
    op.create_index(
        "uq_questions_event_metric_group",
        "questions",
        ["event_id", "metric_id", sa.text("coalesce(group_id, 0)")],
        unique=True,
    )
    _add_built_in_metrics()
    _add_views()


def downgrade() -> None:
    for view in reversed(_VIEWS):
        op.execute(sa.text(f"DROP VIEW {view}"))
    op.drop_table("attributions")
    op.drop_table("contradiction_members")
    op.drop_table("assertions")
    op.drop_table("dependences")
    op.drop_table("claims")
    op.drop_table("questions")
    op.drop_table("metric_parts")
    op.drop_table("group_links")
    op.drop_table("documents")
    op.drop_table("contradictions")
    op.drop_table("sources")
    op.drop_table("metrics")
    op.drop_table("history")
    op.drop_table("groups")
    op.drop_table("events")
    op.drop_table("reviews")
    op.drop_table("batches")


_METRICS = (
    # slug, name, kind, unit, what holds of a part holds of the whole, only grows
    ("killed", "killed", "count", "people", True, True),
    ("wounded", "wounded", "count", "people", True, True),
    ("captured", "captured", "count", "people", True, True),
    ("missing", "missing", "count", "people", True, False),
    ("casualties", "casualties", "count", "people", True, True),
    ("force_size", "force size", "count", "people", True, False),
    ("date", "date", "date", None, False, False),
    ("duration", "duration", "duration", "hours", False, False),
    ("distance", "distance", "distance", "km", False, False),
    ("participation", "participation", "truth_value", None, True, False),
)


def _as_entry(row: dict) -> str:
    entry = {"id": row["slug"], "kind": row["kind"], "name": row["name"], "unit": row["unit"]}
    if row["slug"] == "casualties":
        entry |= {"at_most": "force_size", "sum_of": ["killed", "wounded", "captured", "missing"]}
    told = {key: value for key, value in sorted(entry.items()) if value is not None}
    return json.dumps({"type": "metric"} | told, sort_keys=True, separators=(",", ":"))


def _add_built_in_metrics() -> None:
    metrics = sa.table(
        "metrics",
        *(sa.column(name) for name in ("id", "slug", "name", "kind", "unit", "entry")),
        sa.column("monotone", sa.Boolean()),
        sa.column("cumulative", sa.Boolean()),
    )
    names = ("slug", "name", "kind", "unit", "monotone", "cumulative")
    rows = [dict(zip(names, row, strict=True)) for row in _METRICS]
    op.bulk_insert(metrics, [row | {"entry": _as_entry(row)} for row in rows])
    for part in ("killed", "wounded", "captured", "missing"):
        op.execute(
            sa.text(
                "INSERT INTO metric_parts (metric_id, part_id) SELECT whole.id, part.id"
                " FROM metrics AS whole, metrics AS part"
                " WHERE whole.slug = 'casualties' AND part.slug = :part"
            ).bindparams(part=part)
        )
    op.execute(
        sa.text(
            "UPDATE metrics SET at_most_id = (SELECT id FROM metrics WHERE slug = 'force_size')"
            " WHERE slug = 'casualties'"
        )
    )


_VIEWS = ("assertion_list", "claim_list", "contradiction_list")


def _readable(bound: str) -> str:
    day = (
        f"CAST(DATE '0001-01-01' + CAST(c.{bound} - 1 AS integer) AS text)"
        if op.get_bind().dialect.name == "postgresql"
        else f"date(c.{bound} + 1721424.5)"
    )
    return (
        f"CASE WHEN m.kind = 'date' AND c.{bound} BETWEEN 1 AND 3652059 THEN {day}"
        f" WHEN m.kind = 'duration' THEN CAST(c.{bound} / 3600.0 AS text) || ' hours'"
        f" WHEN m.kind = 'distance' THEN CAST(c.{bound} / 1000000.0 AS text) || ' km'"
        f" ELSE CAST(c.{bound} AS text) END"
    )


def _add_views() -> None:
    question = (
        " JOIN questions AS q ON q.id = c.question_id JOIN events AS e ON e.id = q.event_id"
        " JOIN metrics AS m ON m.id = q.metric_id LEFT JOIN groups AS g ON g.id = q.group_id"
    )
    told = (
        "e.title AS event, m.name AS metric, g.name AS group_counted, c.stance AS stance,"
        f" c.text AS words, {_readable('lower')} AS at_least, {_readable('upper')} AS at_most"
    )
    op.execute(
        sa.text(
            f"CREATE VIEW claim_list AS SELECT c.slug AS claim, {told} FROM claims AS c" + question
        )
    )
    op.execute(
        sa.text(
            f"CREATE VIEW assertion_list AS SELECT a.slug AS assertion, c.slug AS claim, {told},"
            " s.name AS said_by, d.title AS document, d.published AS published, d.url AS url,"
            " a.quote AS quote, a.rule AS reading FROM assertions AS a"
            " JOIN documents AS d ON d.id = a.document_id JOIN sources AS s ON s.id = d.source_id"
            " JOIN claims AS c ON c.id = a.claim_id" + question
        )
    )
    op.execute(
        sa.text(
            "CREATE VIEW contradiction_list AS SELECT k.slug AS contradiction, e.title AS event,"
            " k.rule AS rule, k.severity AS severity, k.explanation AS explanation"
            " FROM contradictions AS k JOIN events AS e ON e.id = k.event_id"
        )
    )
