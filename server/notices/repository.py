"""SQL of notices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Notice


async def by_id(db: AsyncSession, user_id: str, notice_id: str) -> Notice | None:
    query = select(Notice).where(Notice.id == notice_id, Notice.user_id == user_id)
    return await db.scalar(query)


async def page(
    db: AsyncSession, user_id: str, kinds: Collection[str], limit: int, before: Notice | None
) -> Sequence[Notice]:
    """The user's, newest first; with `before`, only those older than it."""
    query = select(Notice).where(Notice.user_id == user_id, Notice.kind.in_(kinds))
    if before is not None:
        place = tuple_(Notice.created_at, Notice.id)
        query = query.where(place < tuple_(before.created_at, before.id))
    query = query.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(limit)
    return (await db.scalars(query)).all()


async def mark_read(db: AsyncSession, user_id: str, now: datetime) -> None:
    """All that the user has not read yet."""
    unread = update(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    await db.execute(unread.values(read_at=now))
