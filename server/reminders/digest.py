"""The job that tells one user what their week or month was."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.jobs.tasks import Task, Write
from server.models import Interview, User
from server.notices import service as notices
from server.preferences.service import values_of
from server.reminders import letters, repository, telling, times
from server.reports import repository as reports
from server.sessions import service as sessions

log = logging.getLogger(__name__)

KIND = "digest"
_MOST_SESSIONS = 20


async def tell(context: Context, task: Task) -> Write | None:
    """Tell the user what was practised; nothing when nothing was."""
    now, user_id = context.clock(), task.user_id or ""
    kind, first = task.payload["period"], date.fromisoformat(task.payload["first"])
    async with context.database.read() as db:
        zone = times.zone_of((await values_of(db, user_id)).time_zone)
        period = times.period(kind, first, zone)
        practised = await repository.ended_between(db, user_id, period.begin, period.end)
    if not practised or not period.keeps(now):
        return None
    data = await _summed_up(context, practised, zone)
    data["level_before"] = await _level(context, user_id, times.before(period, zone))
    data |= {"period": kind, "since": f"{period.first}", "until": f"{period.last}"}
    data["next"] = await telling.what_next(context, user_id)

    async def write(db: AsyncSession) -> None:
        user = await db.get(User, user_id)
        values = await values_of(db, user_id)
        if user is None or values.digest != kind:
            return
        kept = {name: value for name, value in data.items() if name != "sessions"}
        told = await notices.tell(db, user_id=user_id, kind=KIND, key=task.key, data=kept, now=now)
        if told:
            letter = letters.digest(user.name, data, context.settings.resolved_public_url)
            await telling.by_mail(context, db, user, values, letter, task.key, now)

    return write


async def _summed_up(
    context: Context, practised: Sequence[Interview], zone: ZoneInfo
) -> dict[str, Any]:
    async with context.database.read() as db:
        briefs = await reports.briefs(db, [interview.id for interview in practised])
    listed = []
    for interview in practised:
        brief = briefs.get(interview.id)
        flags = await _flags(context, interview)
        ended_at = interview.ended_at or interview.created_at
        listed.append(
            {
                "id": interview.id,
                "title": interview.scenario_title,
                "day": ended_at.astimezone(zone).date().isoformat(),
                "minutes": round(sum(s["spent_s"] for s in interview.segments) / 60),
                "strong": sum(flag == "strong" for flag in flags),
                "thin": sum(flag == "thin" for flag in flags),
                "level_mean": brief.level_mean if brief else None,
                "ends": brief.ends() if brief else None,
            }
        )
    return {
        "count": len(listed),
        "level_mean": _mean([one["level_mean"] for one in listed]),
        **{name: sum(one[name] for one in listed) for name in ("minutes", "strong", "thin")},
        "sessions": listed[-_MOST_SESSIONS:],
    }


async def _level(context: Context, user_id: str, period: times.Period) -> float | None:
    """The mean of the sessions of `period`; None when no session of it has a level."""
    async with context.database.read() as db:
        found = await repository.ended_between(db, user_id, period.begin, period.end)
        briefs = await reports.briefs(db, [interview.id for interview in found])
    return _mean([brief.level_mean for brief in briefs.values()])


def _mean(levels: Sequence[float | None]) -> float | None:
    """Each session counts the same, however many of its criteria were assessed."""
    given = [level for level in levels if level is not None]
    return round(fmean(given), 2) if given else None


async def _flags(context: Context, interview: Interview) -> list[str]:
    """The flag of each noteworthy answer; none of a log that cannot be read."""
    try:
        record = (await sessions.folded(context, interview)).record
    except Exception as error:
        log.error("session %s: its log cannot be folded: %s", interview.id, type(error).__name__)
        return []
    return [moment.flag for moment in record.moments]
