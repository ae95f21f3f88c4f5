"""Recordings with consent, reports, judgements, comments, people's scores and shares."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("shares", "human_scores", "comments", "judgements", "reports", "recordings")


def _interview_id(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "interview_id",
        sa.String(32),
        sa.ForeignKey("interviews.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )


def _author() -> tuple[sa.Column[str], sa.Column[str]]:
    reference = sa.ForeignKey("users.id", ondelete="CASCADE")
    return (
        sa.Column("author_id", sa.String(32), reference, nullable=True),
        sa.Column("author_name", sa.String(100), nullable=False),
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=nullable)


def _needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def upgrade() -> None:
    with op.batch_alter_table("interviews") as table:
        table.add_column(sa.Column("recording_consent", sa.Boolean(), nullable=True))
        table.add_column(_moment("consented_at", nullable=True))
        table.add_column(sa.Column("recorded_from", sa.Double(), nullable=True))
    with op.batch_alter_table("reviewers") as table:
        table.add_column(
            sa.Column("blind", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("reviewers") as table:
        table.alter_column("blind", existing_type=sa.Boolean(), server_default=None)
    _keep_recordings()
    _keep_reports()
    _keep_reviews()


def _keep_recordings() -> None:
    op.create_table(
        "recordings",
        _interview_id(primary_key=True),
        _needed("state", sa.String(16)),
        _needed("problem", sa.String(200)),
        _needed("bytes", sa.BigInteger()),
        _needed("duration_ms", sa.BigInteger()),
        _needed("gaps", sa.JSON()),
        _moment("started_at"),
        _moment("changed_at"),
        _moment("ready_at", nullable=True),
    )
    op.create_index("ix_recordings_state", "recordings", ["state"])
    op.create_index("ix_recordings_ready_at", "recordings", ["ready_at"])


def _keep_reports() -> None:
    op.create_table(
        "reports",
        _interview_id(primary_key=True),
        _needed("body", sa.JSON()),
        _needed("brief", sa.JSON()),
        _needed("last_seq", sa.Integer()),
        sa.Column("level_mean", sa.Double(), nullable=True),
        _needed("judge_version", sa.Integer()),
        _moment("made_at"),
        _moment("changed_at"),
    )
    op.create_table(
        "judgements",
        _interview_id(primary_key=True),
        _needed("state", sa.String(16)),
        _needed("model", sa.String(100)),
        _needed("scores", sa.JSON()),
        _needed("problem", sa.String(200)),
        sa.Column("lease", sa.String(32), nullable=True),
        _moment("leased_until", nullable=True),
        _needed("attempts", sa.Integer()),
        _moment("created_at"),
        _moment("over_at", nullable=True),
    )
    op.create_index("ix_judgements_state", "judgements", ["state"])


def _keep_reviews() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.String(32), primary_key=True),
        _interview_id(),
        *_author(),
        _needed("at_ms", sa.BigInteger()),
        _needed("text", sa.Text()),
        _moment("created_at"),
        _moment("changed_at"),
    )
    op.create_index("ix_comments_interview_id_at_ms", "comments", ["interview_id", "at_ms"])
    op.create_index("ix_comments_author_id", "comments", ["author_id"])
    op.create_table(
        "human_scores",
        sa.Column("id", sa.String(32), primary_key=True),
        _interview_id(),
        *_author(),
        _needed("criterion", sa.String(64)),
        sa.Column("level", sa.Integer(), nullable=True),
        _needed("note", sa.Text()),
        _needed("blind", sa.Boolean()),
        _moment("done_at", nullable=True),
        _moment("created_at"),
        _moment("changed_at"),
        sa.UniqueConstraint(
            "interview_id",
            "author_id",
            "criterion",
            name="uq_human_scores_interview_id_author_id_criterion",
        ),
    )
    op.create_index("ix_human_scores_author_id", "human_scores", ["author_id"])
    op.create_table(
        "shares",
        sa.Column("id", sa.String(32), primary_key=True),
        _interview_id(),
        sa.Column("secret_sha256", sa.String(64), nullable=False),
        _needed("label", sa.String(100)),
        _needed("parts", sa.JSON()),
        _needed("may_comment", sa.Boolean()),
        _needed("blind", sa.Boolean()),
        _needed("opened", sa.Integer()),
        _moment("created_at"),
        _moment("expires_at", nullable=True),
        _moment("revoked_at", nullable=True),
        sa.UniqueConstraint("secret_sha256", name="uq_shares_secret_sha256"),
    )
    op.create_index("ix_shares_interview_id", "shares", ["interview_id"])


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    with op.batch_alter_table("reviewers") as table:
        table.drop_column("blind")
    with op.batch_alter_table("interviews") as table:
        table.drop_column("recorded_from")
        table.drop_column("consented_at")
        table.drop_column("recording_consent")
