"""SQL of reviewers. Addresses are normalised, as those of users are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Reviewer


async def is_named(db: AsyncSession, interview_id: str, email: str) -> bool:
    query = select(Reviewer.id).where(
        Reviewer.interview_id == interview_id, Reviewer.email == email
    )
    return await db.scalar(query) is not None


async def of(db: AsyncSession, interview_id: str) -> Sequence[Reviewer]:
    """In the order in which they were named."""
    query = select(Reviewer).where(Reviewer.interview_id == interview_id)
    return (await db.scalars(query.order_by(Reviewer.created_at, Reviewer.id))).all()


async def remove(db: AsyncSession, interview_id: str, reviewer_id: str) -> bool:
    """False when there is no such reviewer of that session."""
    gone = delete(Reviewer).where(Reviewer.interview_id == interview_id, Reviewer.id == reviewer_id)
    found = await db.scalar(gone.returning(Reviewer.id))
    return found is not None
