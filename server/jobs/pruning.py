"""Forgets jobs that were over long ago, whose keys may then be used again, and outlived links."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import repository as accounts
from server.context import Context
from server.jobs import repository
from server.jobs.tasks import Task, Write

KIND = "prune"
_KEPT = timedelta(days=60)


async def prune(context: Context, _: Task) -> Write:
    now = context.clock()

    async def write(db: AsyncSession) -> None:
        await repository.prune(db, now - _KEPT)
        await accounts.forget_old_links(db, now)

    return write
