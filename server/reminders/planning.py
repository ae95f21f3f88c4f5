"""The job that looks, several times an hour, who is to be told something now.

It looks at the settings as they are at that moment, so that nothing has to be planned anew when
they change. What was missed while no server ran is told once, if it is still worth it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.jobs import queue
from server.jobs.tasks import Task, Write
from server.preferences.schemas import Values
from server.preferences.service import values_of
from server.reminders import digest, reminder, repository, times

log = logging.getLogger(__name__)

KIND = "plan"


@dataclass(frozen=True)
class _Due:
    kind: str
    key: str
    user_id: str
    payload: dict[str, Any]


async def plan(context: Context, _: Task) -> Write:
    now = context.clock()
    due: list[_Due] = []
    async with context.database.read() as db:
        for user_id in await repository.who_ever_wanted(db):
            try:
                due += await _due_for(db, user_id, now)
            except SQLAlchemyError:
                raise
            except Exception as error:
                # Whatever it was, the others are still to be told.
                log.error("nothing planned for one user: %s", type(error).__name__)

    async def write(db: AsyncSession) -> None:
        for one in due:
            await queue.add(
                db,
                kind=one.kind,
                key=one.key,
                now=now,
                payload=one.payload,
                user_id=one.user_id,
            )

    return write


async def _due_for(db: AsyncSession, user_id: str, now: datetime) -> list[_Due]:
    values = await values_of(db, user_id)
    found = [await look(db, user_id, values, now) for look in (_reminder, _digest)]
    return [due for due in found if due is not None]


async def _reminder(db: AsyncSession, user_id: str, values: Values, now: datetime) -> _Due | None:
    zone = times.zone_of(values.time_zone)
    if values.reminder_days is None or not times.decent(now, times.REMINDER_AT, zone):
        return None
    interview = await reminder.to_remind_of(db, user_id, values, now)
    if interview is None:
        return None
    # Who has just asked for reminders is not reminded while still at it.
    changed = await repository.changed_at(db, user_id, "reminder_days")
    if changed is not None and times.days_between(changed, now, zone) < 1:
        return None
    key = f"{reminder.KIND}:{interview.id}"
    return _Due(reminder.KIND, key, user_id, {"interview_id": interview.id})


async def _digest(db: AsyncSession, user_id: str, values: Values, now: datetime) -> _Due | None:
    zone = times.zone_of(values.time_zone)
    if values.digest == "off" or not times.decent(now, times.DIGEST_AT, zone):
        return None
    period = times.last_period(values.digest, now, zone)
    changed = await repository.changed_at(db, user_id, "digest")
    # What was due before it was asked for is not told.
    if not period.keeps(now) or (changed is not None and period.due < changed):
        return None
    first = period.first.isoformat()
    key = f"{digest.KIND}:{user_id}:{values.digest}:{first}"
    return _Due(digest.KIND, key, user_id, {"period": values.digest, "first": first})
