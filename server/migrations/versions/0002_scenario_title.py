"""The scenario's title beside its copy, which is too large to be read for a list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("interviews") as table:
        table.add_column(sa.Column("scenario_title", sa.Text(), nullable=True))
    interviews = sa.table(
        "interviews",
        sa.column("id", sa.String),
        sa.column("scenario", sa.JSON),
        sa.column("scenario_title", sa.Text),
    )
    connection = op.get_bind()
    for id_ in connection.execute(sa.select(interviews.c.id)).scalars().all():
        this = interviews.c.id == id_
        scenario = connection.execute(sa.select(interviews.c.scenario).where(this)).scalar_one()
        connection.execute(
            sa.update(interviews).where(this).values(scenario_title=scenario["title"])
        )
    with op.batch_alter_table("interviews") as table:
        table.alter_column("scenario_title", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("interviews") as table:
        table.drop_column("scenario_title")
