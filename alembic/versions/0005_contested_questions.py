"""Contested questions: pairs of undated assertions are made from their claims, not kept.

Such a pair is named by its two claims from now on; reviews follow, and the names they had are
kept beside. All contradictions are found anew at the end of an upgrade, so their tables begin
empty.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# By code points, as SQLite sorts, whatever the language of the server.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# A sign of each claim in turn: see `pair_name`.
_NAME = "'k'" + "".join(
    f" || substr(below.slug, {at}, 1) || substr(above.slug, {at}, 1)" for at in range(2, 14)
)

_PLAIN = "{0}.stance = 'asserts' AND {0}.as_of IS NULL"

_RULE = (
    "CASE k.kind WHEN 'date' THEN 'date' WHEN 'duration' THEN 'date'"
    " WHEN 'truth_value' THEN 'truth_value' ELSE 'disjoint' END"
)


def _apart(gap: str, size: str) -> str:
    """Say how far apart two answers are: see `severity_apart`."""
    return f"""CASE WHEN k.kind = 'date'
        THEN CAST({gap} AS DOUBLE PRECISION) / CAST({gap} + 7 AS DOUBLE PRECISION)
        ELSE CAST({gap} AS DOUBLE PRECISION) / CAST(
            CASE WHEN {size} > {gap} THEN {size} ELSE {gap} END AS DOUBLE PRECISION)
    END"""


_GAP = "(above.lower - below.upper)"

_APART = _apart(_GAP, "above.lower")

# How far apart either claim is from the farthest on its question: no pair of it is farther.
_BELOW_AT_MOST = _apart("(k.highest_lower - below.upper)", "k.highest_lower")

_ABOVE_AT_MOST = _apart("(above.lower - k.lowest_upper)", "above.lower")

_ORIGINS = "coalesce({0}.origins, 1)"

_LEAST = (
    f"CAST(CASE WHEN {_ORIGINS.format('b')} < {_ORIGINS.format('a')} THEN {_ORIGINS.format('b')}"
    f" ELSE {_ORIGINS.format('a')} END AS DOUBLE PRECISION)"
)

# A severity is raised by the certain origins that both sides have: see `raise_severity`.
_SEVERITY = f"({_APART}) + (1 - ({_APART})) * (1 - 1 / {_LEAST}) / 2"

_CONTESTED_PAIRS = f"""
CREATE VIEW contested_pairs AS
SELECT {_NAME} AS slug, k.event_id AS event_id, k.question_id AS question_id, k.kind AS kind,
    {_RULE} AS rule, {_SEVERITY} AS severity, {_GAP} AS gap,
    below.id AS below_id, below.slug AS below, {_BELOW_AT_MOST} AS below_at_most,
    above.id AS above_id, above.slug AS above, {_ABOVE_AT_MOST} AS above_at_most
FROM contested_questions AS k
JOIN claims AS below ON below.question_id = k.question_id
JOIN claims AS above ON above.question_id = k.question_id
LEFT JOIN claim_origins AS b ON b.claim_id = below.id
LEFT JOIN claim_origins AS a ON a.claim_id = above.id
WHERE {_PLAIN.format("below")} AND {_PLAIN.format("above")}
    AND {_ORIGINS.format("b")} > 0 AND {_ORIGINS.format("a")} > 0
    AND below.upper < k.highest_lower AND above.lower > below.upper
"""

_CONTRADICTION_LIST_OF_0004 = """
CREATE VIEW contradiction_list AS
SELECT k.slug AS contradiction, k.rule AS rule, k.severity AS severity, k.gap AS gap, l.*
FROM contradictions AS k
JOIN contradiction_members AS m ON m.contradiction_id = k.id
JOIN claims AS c ON c.id = m.claim_id
JOIN claim_list AS l ON l.claim = c.slug
"""

_CONTRADICTION_LIST = f"""{_CONTRADICTION_LIST_OF_0004}
UNION ALL
SELECT p.slug, p.rule, p.severity, p.gap, l.*
FROM contested_pairs AS p JOIN claim_list AS l ON l.claim IN (p.below, p.above)
"""

_CONTESTED_LIST = """
CREATE VIEW contested_list AS
SELECT e.title AS event, m.name AS metric, g.name AS group_counted, k.pairs AS contradictions,
    k.versions AS versions, k.severity AS severity, k.gravest AS gravest
FROM contested_questions AS k
JOIN questions AS q ON q.id = k.question_id
JOIN events AS e ON e.id = q.event_id
JOIN metrics AS m ON m.id = q.metric_id
LEFT JOIN groups AS g ON g.id = q.group_id
"""

_RENAMED = f"""
INSERT INTO former_names (former, slug)
SELECT k.slug, {_NAME}
FROM contradictions AS k
JOIN contradiction_members AS one ON one.contradiction_id = k.id AND one.position = 0
JOIN contradiction_members AS two ON two.contradiction_id = k.id AND two.position = 1
JOIN claims AS below ON below.id = one.claim_id
JOIN claims AS above ON above.id = two.claim_id
WHERE k.rule IN ('disjoint', 'date', 'truth_value')
    AND {_PLAIN.format("below")} AND {_PLAIN.format("above")}
    AND k.slug IN (SELECT subject FROM reviews WHERE subject_kind = 'contradiction')
"""

_FOLLOWED = """
UPDATE reviews SET subject = (SELECT {to} FROM former_names WHERE {by} = subject)
WHERE subject_kind = 'contradiction' AND subject IN (SELECT {by} FROM former_names)
"""


def upgrade() -> None:
    op.create_table(
        "contested_questions",
        sa.Column("question_id", _ID, nullable=False, autoincrement=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("lowest_upper", sa.BigInteger(), nullable=False),
        sa.Column("highest_lower", sa.BigInteger(), nullable=False),
        sa.Column("pairs", sa.BigInteger(), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Float(), nullable=False),
        sa.Column("gap", sa.BigInteger(), nullable=False),
        sa.Column("gravest", _TEXT, nullable=False),
        sa.Column("newest", _ID, nullable=False),
        sa.CheckConstraint(
            "severity >= 0 AND severity <= 1", name=op.f("ck_contested_questions_severity")
        ),
        sa.CheckConstraint(
            "lowest_upper < highest_lower", name=op.f("ck_contested_questions_apart")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_contested_questions_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_contested_questions_event_id")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_contested_questions")),
    )
    op.create_index(op.f("ix_contested_questions_event_id"), "contested_questions", ["event_id"])
    op.create_index("ix_contested_questions_severity", "contested_questions", ["severity", "gap"])
    op.create_table(
        "claim_origins",
        sa.Column("claim_id", _ID, nullable=False, autoincrement=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.CheckConstraint("origins <> 1", name=op.f("ck_claim_origins_not_one")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_claim_origins_claim_id")
        ),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_claim_origins")),
    )
    op.create_table(
        "former_names",
        sa.Column("former", _TEXT, nullable=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("former", name=op.f("pk_former_names")),
    )
    op.create_index(op.f("ix_former_names_slug"), "former_names", ["slug"])
    op.execute(sa.text(_RENAMED))
    op.execute(sa.text(_FOLLOWED.format(to="slug", by="former")))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("TRUNCATE contradiction_members, contradictions RESTART IDENTITY")
    else:
        op.execute("DELETE FROM contradiction_members")
        op.execute("DELETE FROM contradictions")
    op.execute("DROP VIEW contradiction_list")
    for view in (_CONTESTED_PAIRS, _CONTRADICTION_LIST, _CONTESTED_LIST):
        op.execute(sa.text(view))


_UNKNOWN_BEFORE = """
SELECT count(DISTINCT subject) FROM reviews
WHERE subject_kind = 'contradiction' AND length(subject) = 25
    AND subject NOT IN (SELECT slug FROM former_names)
"""


def downgrade() -> None:
    # The history tells of these reviews by names that no earlier release can find.
    if unknown := op.get_bind().scalar(sa.text(_UNKNOWN_BEFORE)):
        raise RuntimeError(
            f"reviews name {unknown} contradictions by their two claims, which schema 0004"
            " cannot read: restore a backup made before the upgrade"
        )
    for view in ("contested_list", "contradiction_list", "contested_pairs"):
        op.execute(f"DROP VIEW {view}")
    op.execute(sa.text(_FOLLOWED.format(to="former", by="slug")))
    for table in ("former_names", "claim_origins", "contested_questions"):
        op.drop_table(table)
    op.execute(sa.text(_CONTRADICTION_LIST_OF_0004))
