"""Having a report made, in the transaction in which a session ends or its log grows afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from interview.reporting import VERSION
from server.jobs import queue
from server.models import Interview

KIND = "report"


async def ask(db: AsyncSession, interview: Interview, now: datetime) -> bool:
    """Have the report of `interview` made from its log as it is; False when that was asked for
    before, with this version of the built-in judge."""
    return await queue.add(
        db,
        kind=KIND,
        key=f"{KIND}:{interview.id}:{interview.last_seq}:{VERSION}",
        now=now,
        payload={"interview_id": interview.id},
        user_id=interview.owner_id,
    )
