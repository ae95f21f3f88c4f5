"""Users, logins, interviews and their events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
    )
    op.create_table(
        "logins",
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_logins"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_logins_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_logins_user_id", "logins", ["user_id"])
    op.create_index("ix_logins_expires_at", "logins", ["expires_at"])
    op.create_table(
        "interviews",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=False),
        sa.Column("candidate_name", sa.String(100), nullable=False),
        sa.Column("scenario_id", sa.String(100), nullable=False),
        sa.Column("scenario", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("audio_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.Column("buffer_s", sa.Double(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Double(), nullable=False),
        sa.Column("last_wall", MOMENT),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(80)),
        sa.Column("rooms_made", sa.Integer(), nullable=False),
        sa.Column("connected_at", MOMENT),
        sa.Column("dispatched_at", MOMENT),
        sa.Column("dispatches_unanswered", sa.Integer(), nullable=False),
        sa.Column("heartbeat_wall", MOMENT),
        sa.Column("heartbeat_at", sa.Double()),
        sa.Column("live_until", sa.Double()),
        sa.PrimaryKeyConstraint("id", name="pk_interviews"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name="fk_interviews_owner_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_interviews_state", "interviews", ["state"])
    op.create_index(
        "ix_interviews_owner_id_created_at_id", "interviews", ["owner_id", "created_at", "id"]
    )
    op.create_table(
        "events",
        sa.Column("interview_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("wall", MOMENT, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", "seq", name="pk_events"),
        sa.UniqueConstraint("interview_id", "uid", name="uq_events_interview_id_uid"),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name="fk_events_interview_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("events")
    op.drop_table("interviews")
    op.drop_table("logins")
    op.drop_table("users")
