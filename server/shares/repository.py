"""SQL of shares."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Share


async def by_id(db: AsyncSession, share_id: str) -> Share | None:
    return await db.get(Share, share_id)


async def by_secret(db: AsyncSession, secret_sha256: str) -> Share | None:
    return await db.scalar(select(Share).where(Share.secret_sha256 == secret_sha256))


async def of(db: AsyncSession, interview_id: str) -> Sequence[Share]:
    """The newest first."""
    query = select(Share).where(Share.interview_id == interview_id)
    return (await db.scalars(query.order_by(Share.created_at.desc(), Share.id.desc()))).all()


async def count(db: AsyncSession, interview_id: str) -> int:
    query = select(func.count()).where(Share.interview_id == interview_id)
    return (await db.scalar(query)) or 0


async def count_opening(db: AsyncSession, share_id: str) -> None:
    await db.execute(update(Share).where(Share.id == share_id).values(opened=Share.opened + 1))
