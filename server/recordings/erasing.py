"""Removing what is in the store: at once, and by a job when the store is away just then."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.errors import Problem
from server.jobs import queue
from server.jobs.tasks import Failed, Task
from server.models import Job
from server.recordings import keys, repository

log = logging.getLogger(__name__)

KIND = "erase-recordings"
# By then what follows the transaction is over; the job is for when that failed.
_LATER = timedelta(minutes=2)


async def plan(db: AsyncSession, interview_ids: Sequence[str], now: datetime) -> str | None:
    """Have what is recorded of these sessions removed, in the transaction that deletes or marks
    the rows; the key for `erase`, None when nothing is recorded."""
    found = sorted(await repository.of_several(db, interview_ids))
    if not found:
        return None
    key = f"{KIND}-{secrets.token_hex(12)}"
    payload = {"interview_ids": found}
    await queue.add(db, kind=KIND, key=key, now=now, run_at=now + _LATER, payload=payload)
    return key


async def erase(context: Context, interview_ids: Sequence[str], key: str | None) -> None:
    """Remove it now; what does not work is left to the job with `key`."""
    if key is None:
        return
    try:
        for interview_id in interview_ids:
            await context.storage.delete_below(keys.below(interview_id))
    except Problem as error:
        log.warning("what was recorded is removed later: %s", error.code)
        return
    async with context.database.write() as db:
        await db.execute(delete(Job).where(Job.key == key))


async def erase_late(context: Context, task: Task) -> None:
    """Handler of the job."""
    ids = task.payload["interview_ids"]
    async with context.database.read() as db:
        rows = await repository.of_several(db, ids)
    # A session that was deleted and then taken in again has a recording that is to stay.
    kept = {id_ for id_, row in rows.items() if row.state != "deleted"}
    try:
        for interview_id in sorted(set(ids) - kept):
            await context.storage.delete_below(keys.below(interview_id))
    except Problem as error:
        raise Failed(error.code) from error


async def forget(context: Context, interview_id: str) -> None:
    """Remove the recording of a session, which stays without it."""
    async with context.database.write() as db:
        recording = await repository.locked(db, interview_id)
        if recording is None or recording.state == "deleted":
            return
        key = await plan(db, [interview_id], context.clock())
        recording.state, recording.problem = "deleted", ""
        recording.bytes = recording.duration_ms = 0
        recording.gaps, recording.ready_at = [], None
        recording.changed_at = context.clock()
    await erase(context, [interview_id], key)
