"""The job that reminds one user to practise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.jobs.tasks import Task, Write
from server.models import Interview, User
from server.notices import service as notices
from server.preferences.schemas import Values
from server.preferences.service import values_of
from server.reminders import letters, repository, telling, times

KIND = "reminder"


async def to_remind_of(
    db: AsyncSession, user_id: str, values: Values, now: datetime
) -> Interview | None:
    """The session after which nothing came, if a reminder of it is due."""
    if values.reminder_days is None:
        return None
    interview = await repository.last_begun(db, user_id)
    if interview is None or interview.ended_at is None:
        return None
    zone = times.zone_of(values.time_zone)
    due = times.reminder_due(interview.ended_at, values.reminder_days, zone)
    return interview if due <= now < due + times.REMINDER_KEEPS else None


async def remind(context: Context, task: Task) -> Write:
    """Tell the user, unless that has become superfluous meanwhile."""
    now = context.clock()
    following = await telling.what_next(context, task.user_id or "")

    async def write(db: AsyncSession) -> None:
        user = await db.get(User, task.user_id)
        if user is None:
            return
        values = await values_of(db, user.id)
        interview = await to_remind_of(db, user.id, values, now)
        if interview is None or interview.ended_at is None:
            return
        if interview.id != task.payload["interview_id"]:
            return
        zone = times.zone_of(values.time_zone)
        data = {
            "days": times.days_between(interview.ended_at, now, zone),
            "scenario_title": interview.scenario_title,
            "next": following,
        }
        told = await notices.tell(db, user_id=user.id, kind=KIND, key=task.key, data=data, now=now)
        if told:
            letter = letters.reminder(user.name, data, context.settings.resolved_public_url)
            await telling.by_mail(context, db, user, values, letter, task.key, now)

    return write
