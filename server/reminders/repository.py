"""SQL of reminders and digests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Interview, Preference

# A session that was ended before it began has a start too; its clock never ran.
_BEGUN = and_(Interview.started_at.is_not(None), Interview.last_at > 0)


async def who_ever_wanted(db: AsyncSession) -> Sequence[str]:
    """The users who set a reminder or a digest at some time; it may be off again."""
    wanting = Preference.field.in_(("reminder_days", "digest"))
    return (await db.scalars(select(Preference.user_id).where(wanting).distinct())).all()


async def changed_at(db: AsyncSession, user_id: str, field: str) -> datetime | None:
    """When the user last changed this setting."""
    row = await db.get(Preference, (user_id, field))
    return None if row is None else row.changed_at


async def last_begun(db: AsyncSession, user_id: str) -> Interview | None:
    """The session that the user began last; one that is only planned does not count."""
    return await db.scalar(
        select(Interview)
        .where(Interview.owner_id == user_id, _BEGUN)
        .order_by(Interview.started_at.desc())
        .limit(1)
    )


async def ended_between(
    db: AsyncSession, user_id: str, begin: datetime, end: datetime
) -> Sequence[Interview]:
    """The user's sessions that were begun, and ended then, in their order."""
    return (
        await db.scalars(
            select(Interview)
            .where(
                Interview.owner_id == user_id,
                _BEGUN,
                Interview.ended_at >= begin,
                Interview.ended_at < end,
            )
            .order_by(Interview.ended_at, Interview.id)
        )
    ).all()
