"""Grades of sources and claims, and where a search for contradictions met its limit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# By code points, as SQLite sorts, whatever the language of the server.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "grades",
        sa.Column("id", _ID, nullable=False),
        sa.Column("subject_kind", _TEXT, nullable=False),
        sa.Column("subject", _TEXT, nullable=False),
        sa.Column("reliability", _TEXT, nullable=True),
        sa.Column("credibility", _TEXT, nullable=True),
        sa.Column("who", _TEXT, nullable=False),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("why", _TEXT, nullable=False),
        sa.CheckConstraint("subject_kind IN ('source', 'claim')", name=op.f("ck_grades_subject")),
        sa.CheckConstraint(
            "reliability IN ('A', 'B', 'C', 'D', 'E', 'F')", name=op.f("ck_grades_reliability")
        ),
        sa.CheckConstraint(
            "credibility IN ('1', '2', '3', '4', '5', '6')", name=op.f("ck_grades_credibility")
        ),
        sa.CheckConstraint(
            "(subject_kind = 'source') = (reliability IS NOT NULL)"
            " AND (subject_kind = 'claim') = (credibility IS NOT NULL)",
            name=op.f("ck_grades_one_scale"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grades")),
    )
    op.create_index("ix_grades_subject", "grades", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "search_limits",
        sa.Column("event_id", _ID, nullable=False, autoincrement=False),
        sa.Column("sentence", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_search_limits_event_id")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_search_limits")),
    )


def downgrade() -> None:
    op.drop_table("search_limits")
    op.drop_index("ix_grades_subject", table_name="grades")
    op.drop_table("grades")
