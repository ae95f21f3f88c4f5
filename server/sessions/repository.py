"""SQL of sessions and their events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Interview, LoggedEvent


async def by_id(db: AsyncSession, interview_id: str) -> Interview | None:
    return await db.get(Interview, interview_id)


async def existing(db: AsyncSession, interview_ids: Sequence[str]) -> set[str]:
    """Those of `interview_ids` that there are."""
    return set(await db.scalars(select(Interview.id).where(Interview.id.in_(interview_ids))))


async def scenario_of(db: AsyncSession, interview_id: str) -> dict[str, Any]:
    """The copy of the scenario that this interview was created with."""
    query = select(Interview.scenario).where(Interview.id == interview_id)
    with db.no_autoflush:
        scenario: dict[str, Any] = (await db.scalars(query)).one()
    return scenario


async def locked(db: AsyncSession, interview_id: str) -> Interview | None:
    """The interview, kept from other writers until the transaction ends."""
    return await db.scalar(select(Interview).where(Interview.id == interview_id).with_for_update())


async def without_interviewer(
    db: AsyncSession, now: datetime, stale: datetime, dispatched_before: datetime
) -> Sequence[Interview]:
    """Unfinished sessions with a room, no heartbeat since `stale`, and no newer dispatch. Times
    far in the future count as old: the clock that they were read from has been set back."""
    ahead = 2 * (now - stale) + now
    query = select(Interview).where(
        Interview.ended_at.is_(None),
        Interview.room.is_not(None),
        or_(
            Interview.heartbeat_wall.is_(None),
            Interview.heartbeat_wall < stale,
            Interview.heartbeat_wall > ahead,
        ),
        or_(
            Interview.dispatched_at.is_(None),
            Interview.dispatched_at <= dispatched_before,
            Interview.dispatched_at > ahead,
        ),
    )
    return (await db.scalars(query)).all()


async def held(db: AsyncSession, beat_since: datetime) -> Sequence[Interview]:
    """Unfinished sessions with a room, whose interviewer gave a sign of life since then."""
    query = select(Interview).where(
        Interview.ended_at.is_(None),
        Interview.room.is_not(None),
        Interview.heartbeat_wall >= beat_since,
    )
    return (await db.scalars(query)).all()


async def sent_for(db: AsyncSession) -> Sequence[Interview]:
    """Unfinished sessions whose interviewer was sent for and has not come yet."""
    query = select(Interview).where(
        Interview.ended_at.is_(None),
        Interview.room.is_not(None),
        Interview.heartbeat_wall.is_(None),
        Interview.dispatched_at.is_not(None),
    )
    return (await db.scalars(query)).all()


async def over_with_room(db: AsyncSession, ended_before: datetime) -> Sequence[Interview]:
    """Sessions that ended before then and whose room was not closed yet."""
    query = select(Interview).where(
        Interview.ended_at.is_not(None),
        Interview.ended_at < ended_before,
        Interview.room.is_not(None),
    )
    return (await db.scalars(query)).all()


async def events_after(
    db: AsyncSession, interview_id: str, after: int, limit: int | None = None
) -> Sequence[LoggedEvent]:
    query = (
        select(LoggedEvent)
        .where(LoggedEvent.interview_id == interview_id, LoggedEvent.seq > after)
        .order_by(LoggedEvent.seq)
        .limit(limit)
    )
    return (await db.scalars(query)).all()


async def events_with(
    db: AsyncSession, interview_id: str, uids: Sequence[str]
) -> dict[str, LoggedEvent]:
    query = select(LoggedEvent).where(
        LoggedEvent.interview_id == interview_id, LoggedEvent.uid.in_(uids)
    )
    return {event.uid: event for event in await db.scalars(query)}
