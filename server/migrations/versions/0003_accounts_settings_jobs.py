"""Roles, sign-ins that can be listed, tokens, settings, drafts, reviewers, notices and jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _user_id(*, nullable: bool = False, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "user_id",
        sa.String(32),
        sa.ForeignKey("users.id", ondelete="CASCADE"),
        nullable=nullable,
        primary_key=primary_key,
    )


def _interview_id(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "interview_id",
        sa.String(32),
        sa.ForeignKey("interviews.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, MOMENT, nullable=nullable)


def upgrade() -> None:
    with op.batch_alter_table("users") as table:
        table.alter_column("password_hash", existing_type=sa.String(200), nullable=True)
        table.add_column(
            sa.Column("role", sa.String(16), nullable=False, server_default="candidate")
        )
    with op.batch_alter_table("users") as table:
        table.alter_column("role", existing_type=sa.String(16), server_default=None)
    _describe_logins()
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(255), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        _user_id(),
        _moment("created_at"),
    )
    op.create_index("ix_identities_user_id", "identities", ["user_id"])
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String(32), primary_key=True),
        _user_id(),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False, unique=True),
        _moment("created_at"),
        _moment("used_at", nullable=True),
        _moment("expires_at", nullable=True),
    )
    op.create_index("ix_api_tokens_user_id", "api_tokens", ["user_id"])
    op.create_table(
        "one_time_links",
        sa.Column("token_sha256", sa.String(64), primary_key=True),
        _user_id(nullable=True),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        _moment("created_at"),
        _moment("expires_at"),
    )
    op.create_index("ix_one_time_links_user_id", "one_time_links", ["user_id"])
    op.create_index("ix_one_time_links_expires_at", "one_time_links", ["expires_at"])
    op.create_table(
        "preferences",
        _user_id(primary_key=True),
        sa.Column("field", sa.String(64), primary_key=True),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("changed_at"),
    )
    op.create_table(
        "drafts",
        _interview_id(primary_key=True),
        sa.Column("field", sa.String(32), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("changed_at"),
    )
    op.create_table(
        "reviewers",
        sa.Column("id", sa.String(32), primary_key=True),
        _interview_id(),
        sa.Column("email", sa.String(320), nullable=False),
        _moment("created_at"),
        sa.UniqueConstraint("interview_id", "email"),
    )
    op.create_index("ix_reviewers_email", "reviewers", ["email"])
    _create_notices_and_jobs()


def _describe_logins() -> None:
    """A login that was made before has no name or browser of its own: it is given a new name."""
    with op.batch_alter_table("logins") as table:
        table.add_column(sa.Column("id", sa.String(32), nullable=True))
        table.add_column(sa.Column("browser", sa.String(200), nullable=False, server_default=""))
        table.add_column(_moment("seen_at", nullable=True))
    # The first half of what is a hash of a random token tells nothing of the token.
    op.execute("UPDATE logins SET id = substr(token_sha256, 1, 24), seen_at = created_at")
    with op.batch_alter_table("logins") as table:
        table.alter_column("id", existing_type=sa.String(32), nullable=False)
        table.alter_column("browser", existing_type=sa.String(200), server_default=None)
        table.alter_column("seen_at", existing_type=MOMENT, nullable=False)
        table.create_unique_constraint("uq_logins_id", ["id"])


def _create_notices_and_jobs() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(32), primary_key=True),
        _user_id(),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        _moment("created_at"),
        _moment("read_at", nullable=True),
        sa.UniqueConstraint("user_id", "key"),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("kind", sa.String(32), nullable=False),
        _user_id(nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        _moment("run_at"),
        _moment("leased_until", nullable=True),
        sa.Column("lease", sa.String(32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(200), nullable=True),
        _moment("created_at"),
        _moment("over_at", nullable=True),
    )
    op.create_index("ix_jobs_state_run_at", "jobs", ["state", "run_at"])
    op.create_index("ix_jobs_user_id", "jobs", ["user_id"])


def downgrade() -> None:
    for table in ("jobs", "notices", "reviewers", "drafts", "preferences", "one_time_links"):
        op.drop_table(table)
    for table in ("api_tokens", "identities"):
        op.drop_table(table)
    with op.batch_alter_table("logins") as table_:
        table_.drop_constraint("uq_logins_id", type_="unique")
        for column in ("seen_at", "browser", "id"):
            table_.drop_column(column)
    # Nobody can log in with an empty hash; whoever had no password asks for a new one.
    op.execute("UPDATE users SET password_hash = '' WHERE password_hash IS NULL")
    with op.batch_alter_table("users") as table_:
        table_.drop_column("role")
        table_.alter_column("password_hash", existing_type=sa.String(200), nullable=False)
