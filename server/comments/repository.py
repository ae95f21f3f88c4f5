"""SQL of comments."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Comment


async def by_id(db: AsyncSession, comment_id: str) -> Comment | None:
    return await db.get(Comment, comment_id)


async def of(db: AsyncSession, interview_id: str) -> Sequence[Comment]:
    """All of them, in the order of the moments that they are about."""
    query = select(Comment).where(Comment.interview_id == interview_id)
    return (await db.scalars(query.order_by(Comment.at_ms, Comment.created_at, Comment.id))).all()


async def count(db: AsyncSession, interview_id: str) -> int:
    query = select(func.count()).where(Comment.interview_id == interview_id)
    return (await db.scalar(query)) or 0
