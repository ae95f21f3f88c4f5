"""What has to go with a session or an account beside the rows that refer to it, which the database
removes by itself: recordings, rooms, folds, jobs and notices that name it, and what is left of it
in the database's own files. Journals are removed by the worker, which asks what was deleted
(`agent/sweeping.py`)."""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Collection, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import repository as accounts
from server.context import Context
from server.db import ScrubPostponed
from server.jobs import queue
from server.jobs.tasks import Failed, Task
from server.models import Base, Interview, Job, Notice, Reviewer, User
from server.recordings import erasing as recordings
from server.rooms import RoomsUnavailable
from server.sessions import presence

log = logging.getLogger(__name__)

SCRUB = "scrub"
# By then the scrub that follows each deletion is over; the job is for when the server died.
_SCRUB_LATER = timedelta(minutes=2)
# SQLite writes about 50 MB a second anew; a heartbeat may be late by six.
REWRITE_AT_ONCE = 128 * 1024 * 1024
# With the queue's waits between attempts about three hours.
_WAITS = 8
_TABLES = [table.name for table in Base.metadata.sorted_tables]


@dataclass(frozen=True)
class _Gone:
    """What is still to be done once the rows are gone."""

    rooms: dict[str, str | None]
    scrub_key: str
    recordings_key: str | None


async def session(context: Context, interview_id: str) -> None:
    """Delete a session and all it holds; whoever is in its room is put out."""
    async with context.locks.of(interview_id):
        async with context.database.write() as db:
            gone = await _forget(context, db, [interview_id])
        await _after(context, gone)
    await scrub(context, gone.scrub_key)


async def account(context: Context, user: User) -> None:
    """Delete `user` and all that is theirs, and what others have noted of their address."""
    async with context.database.read() as db:
        ids = (await db.scalars(select(Interview.id).where(Interview.owner_id == user.id))).all()
    async with AsyncExitStack() as held:
        for interview_id in sorted(ids):
            await held.enter_async_context(context.locks.of(interview_id))
        async with context.database.write() as db:
            # Asked again: one may have been made meanwhile.
            mine = select(Interview.id).where(Interview.owner_id == user.id)
            gone = await _forget(context, db, (await db.scalars(mine)).all(), user)
            await db.execute(delete(Reviewer).where(Reviewer.email == user.email))
            await accounts.forget_links_for(db, user.email)
            await db.execute(delete(User).where(User.id == user.id))
        await _after(context, gone)
    await scrub(context, gone.scrub_key)


async def _forget(
    context: Context, db: AsyncSession, interview_ids: Sequence[str], user: User | None = None
) -> _Gone:
    """Delete the sessions, and jobs and notices, of whomever, that name one of them or `user`."""
    query = select(Interview.id, Interview.room).where(Interview.id.in_(interview_ids))
    rooms = {id_: room for id_, room in (await db.execute(query.with_for_update())).all()}
    await _forget_mentions(db, [*rooms, *((user.id, user.email) if user else ())])
    now = context.clock()
    recordings_key = await recordings.plan(db, list(rooms), now)
    await db.execute(delete(Interview).where(Interview.id.in_(list(rooms))))
    key = f"{SCRUB}-{secrets.token_hex(12)}"
    await queue.add(db, kind=SCRUB, key=key, now=now, run_at=now + _SCRUB_LATER)
    return _Gone(rooms, key, recordings_key)


async def _forget_mentions(db: AsyncSession, names: Collection[str]) -> None:
    """Jobs and notices hold what they name as JSON, or in the key that keeps them single."""
    if not names:
        return
    # Ids and addresses: none of their characters is written otherwise in JSON.
    named = re.compile("|".join(map(re.escape, names)))
    jobs = await db.execute(select(Job.id, Job.key, Job.payload))
    notices = await db.execute(select(Notice.id, Notice.key, Notice.data))
    for table, rows in ((Job, jobs), (Notice, notices)):
        doomed = [
            id_
            for id_, key, data in rows
            if named.search(f"{key} {json.dumps(data, ensure_ascii=False)}")
        ]
        await db.execute(delete(table).where(table.id.in_(doomed)))


async def _after(context: Context, gone: _Gone) -> None:
    await recordings.erase(context, list(gone.rooms), gone.recordings_key)
    for interview_id, room in gone.rooms.items():
        context.folds.drop(interview_id)
        context.notifier.events(interview_id)
        if room is None:
            continue
        try:
            await context.rooms.remove(room)
        except RoomsUnavailable:
            # The interviewer's next heartbeat is refused, and the room closes when empty.
            log.warning("session %s: its room could not be closed", interview_id)


async def scrub(context: Context, key: str) -> None:
    """Overwrite what was deleted. What has to wait is done by the job with `key`: a large database
    is not written anew while interviews may be going on, which could not be stored meanwhile."""
    database = context.database
    try:
        if await database.rewrite_bytes() > REWRITE_AT_ONCE:
            await database.empty_log()
            return
        await database.scrub(_TABLES)
    except (ScrubPostponed, SQLAlchemyError) as error:
        log.warning("what was deleted is overwritten later: %s", type(error).__name__)
        return
    async with database.write() as db:
        await db.execute(delete(Job).where(Job.key == key))


async def scrub_late(context: Context, task: Task) -> None:
    """What `scrub` left, once no interviewer gives signs of life, or after waiting for hours."""
    fresh = context.clock() - presence.HEARTBEAT_STALE
    async with context.database.read() as db:
        held = await db.scalar(select(Interview.id).where(Interview.heartbeat_wall > fresh))
    large = await context.database.rewrite_bytes() > REWRITE_AT_ONCE
    if large and held is not None and task.attempt <= _WAITS:
        raise Failed("interviews are going on")
    await context.database.scrub(_TABLES)
