"""SQL of recordings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import once
from server.models import Interview, Job, Preference, Recording


async def of(db: AsyncSession, interview_id: str) -> Recording | None:
    return await db.get(Recording, interview_id)


async def of_several(db: AsyncSession, interview_ids: Sequence[str]) -> dict[str, Recording]:
    """Those that there are, by session."""
    found = await db.scalars(select(Recording).where(Recording.interview_id.in_(interview_ids)))
    return {row.interview_id: row for row in found}


async def locked(db: AsyncSession, interview_id: str) -> Recording | None:
    """The recording, kept from other writers until the transaction ends."""
    query = select(Recording).where(Recording.interview_id == interview_id)
    return await db.scalar(query.with_for_update())


async def begin(db: AsyncSession, interview_id: str, state: str, now: datetime) -> bool:
    """Note that there is a recording; False when it was noted before."""
    values = {
        "interview_id": interview_id,
        "state": state,
        "problem": "",
        "bytes": 0,
        "duration_ms": 0,
        "gaps": [],
        "started_at": now,
        "changed_at": now,
    }
    return await once.add(db, Recording, [Recording.interview_id], values)


async def another_at_it(
    db: AsyncSession, kind: str, key: str, except_ids: Collection[str], now: datetime
) -> bool:
    """Whether a job of `kind`, whose key begins with `key`, is being done, but for `except_ids`."""
    query = select(Job.id).where(
        Job.kind == kind,
        Job.key.startswith(key, autoescape=True),
        Job.id.not_in(except_ids),
        Job.state == "waiting",
        Job.leased_until > now,
    )
    return await db.scalar(query.limit(1)) is not None


async def kept_for_days(db: AsyncSession, field: str) -> dict[str, int]:
    """How many days each user who said so keeps recordings, from the setting `field`."""
    rows = await db.execute(
        select(Preference.user_id, Preference.value).where(Preference.field == field)
    )
    return {user_id: days for user_id, days in rows.all() if isinstance(days, int) and days > 0}


async def older_than(db: AsyncSession, user_id: str, moment: datetime) -> Sequence[str]:
    """The user's sessions whose recording was begun before `moment` and is still there."""
    query = (
        select(Recording.interview_id)
        .join(Interview, Interview.id == Recording.interview_id)
        .where(
            Interview.owner_id == user_id,
            Interview.ended_at.is_not(None),
            Recording.started_at < moment,
            Recording.state != "deleted",
        )
    )
    return (await db.scalars(query)).all()
