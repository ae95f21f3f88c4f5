"""Forgets jobs that were over long ago. Their keys may then be used again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.jobs import repository
from server.jobs.tasks import Task, Write

KIND = "prune"
_KEPT = timedelta(days=60)


async def prune(context: Context, _: Task) -> Write:
    over_before = context.clock() - _KEPT

    async def write(db: AsyncSession) -> None:
        await repository.prune(db, over_before)

    return write
