"""SQL of people's scores."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import HumanScore


async def by_author(db: AsyncSession, interview_id: str, author_id: str) -> Sequence[HumanScore]:
    query = select(HumanScore).where(
        HumanScore.interview_id == interview_id, HumanScore.author_id == author_id
    )
    return (await db.scalars(query)).all()


async def of(db: AsyncSession, interview_id: str) -> Sequence[HumanScore]:
    """Everybody's, in the order in which they were done, drafts last."""
    query = select(HumanScore).where(HumanScore.interview_id == interview_id)
    draft = HumanScore.done_at.is_(None)
    order = (draft, HumanScore.done_at, HumanScore.author_name, HumanScore.criterion, HumanScore.id)
    return (await db.scalars(query.order_by(*order))).all()
