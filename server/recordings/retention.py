"""Removes recordings that are older than their owners want to keep them."""

from __future__ import annotations

from datetime import timedelta

from server.context import Context
from server.jobs.tasks import Task
from server.recordings import erasing, repository

KIND = "expire-recordings"
SETTING = "keep_recordings_days"


async def expire(context: Context, _: Task) -> None:
    """Handler of the daily job."""
    now = context.clock()
    async with context.database.read() as db:
        doomed = [
            interview_id
            for user_id, days in (await repository.kept_for_days(db, SETTING)).items()
            for interview_id in await repository.older_than(db, user_id, now - timedelta(days=days))
        ]
    for interview_id in doomed:
        await erasing.forget(context, interview_id)
