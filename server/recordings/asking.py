"""Having a recording joined, in the transaction in which that comes to be due."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.jobs import queue
from server.models import Interview
from server.recordings import repository

KIND = "join-recording"
# After its end a session's last seconds are still on their way.
_LATE = timedelta(seconds=20)
_TOGETHER = timedelta(seconds=15)


def key_of(interview_id: str) -> str:
    """What the keys of all jobs for that session begin with."""
    return f"{KIND} {interview_id} "


async def _ask(
    db: AsyncSession, interview: Interview, why: str, now: datetime, at: datetime
) -> None:
    await queue.add(
        db,
        kind=KIND,
        key=key_of(interview.id) + why,
        now=now,
        run_at=at,
        payload={"interview_id": interview.id},
        user_id=interview.owner_id,
    )


async def when_over(db: AsyncSession, interview: Interview, now: datetime) -> None:
    """The session is over: join what was recorded of it, once the rest has had time to come."""
    recording = await repository.locked(db, interview.id)
    if recording is not None and recording.state == "recording":
        recording.state, recording.changed_at = "joining", now
        await _ask(db, interview, "over", now, now + _LATE)


async def when_complete(db: AsyncSession, interview: Interview, epoch: int, now: datetime) -> None:
    """All segments of that epoch have come, after the end of the session."""
    await _ask(db, interview, f"ended {epoch}", now, now)


async def when_late(db: AsyncSession, interview: Interview, now: datetime) -> None:
    """Something has come after the end, or is missed; what comes within a moment is joined with
    it."""
    seconds = _TOGETHER.total_seconds()
    moment = int(now.timestamp() // seconds)
    ends = datetime.fromtimestamp((moment + 1) * seconds, now.tzinfo)
    await _ask(db, interview, f"late {moment}", now, ends)
