"""How an interviewer holds its session, and how its death is known at once.

Beside its heartbeats it keeps a request open, its line. The line breaks when its process dies, long
before a heartbeat is missed, and may break while it lives: then it opens another one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from interview.wire import Heartbeat
from server.context import Context
from server.internal import service
from server.sessions import presence, repository

log = logging.getLogger(__name__)

# An interviewer that lives has opened another line within so many seconds.
GRACE_S = 0.5


async def hold(
    context: Context, interview_id: str, body: Heartbeat, broken: Callable[[], Awaitable[None]]
) -> None:
    """Until `broken` returns; the interviewer counts as lost from then on, unless it has opened
    another line. Raises what a heartbeat does."""
    await service.beat(context, interview_id, body)
    with context.lines.opened(interview_id, body.epoch):
        await broken()
    at = context.steady()
    await asyncio.sleep(GRACE_S)
    if not context.lines.is_open(interview_id, body.epoch):
        await _lost(context, interview_id, body.epoch, at)


async def _lost(context: Context, interview_id: str, epoch: int, at: datetime) -> None:
    async with context.database.write() as db:
        interview = await repository.locked(db, interview_id)
        if interview is None or interview.epoch != epoch or presence.is_over(interview):
            return
        presence.lose(interview, at)
    log.info("session %s: the interviewer of epoch %d is gone", interview_id, epoch)
    context.lines.stir()


async def worker_is_ready(context: Context) -> None:
    """A worker takes interviews from now on: whoever was sent for in vain is sent for again."""
    async with context.database.write() as db:
        for interview in await repository.sent_for(db):
            interview.dispatched_at = None
    context.lines.stir()
