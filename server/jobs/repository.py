"""SQL of jobs. A lease is held by whoever knows its word and before it runs out."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.jobs.tasks import Task
from server.models import Job

LEASE = timedelta(seconds=60)
# A lease that ends later than this was taken before the clock was set back.
_CREDIBLE = timedelta(minutes=10)
_LONGEST_ERROR = 200


def _due(now: datetime, kinds: Collection[str], except_ids: Collection[str]) -> ColumnElement[bool]:
    free = or_(
        Job.leased_until.is_(None),
        Job.leased_until <= now,
        Job.leased_until > now + _CREDIBLE,
    )
    return and_(
        Job.state == "waiting",
        Job.run_at <= now,
        Job.kind.in_(kinds),
        Job.id.not_in(except_ids),
        free,
    )


async def any_due(
    db: AsyncSession, now: datetime, kinds: Collection[str], except_ids: Collection[str]
) -> bool:
    query = select(Job.id).where(_due(now, kinds, except_ids)).limit(1)
    return await db.scalar(query) is not None


async def lock_due(
    db: AsyncSession, now: datetime, kinds: Collection[str], except_ids: Collection[str], limit: int
) -> list[Job]:
    """At most `limit` jobs that wait for somebody, those due first, kept from other servers until
    the transaction ends; what another one is taking just now is left to it."""
    query = (
        select(Job)
        .where(_due(now, kinds, except_ids))
        .order_by(Job.run_at, Job.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(await db.scalars(query))


def lease(job: Job, now: datetime) -> Task:
    """Take `job`, which the transaction has locked, for `LEASE`."""
    job.lease = secrets.token_hex(16)
    job.leased_until = now + LEASE
    job.attempts += 1
    return Task(
        id=job.id,
        key=job.key,
        kind=job.kind,
        user_id=job.user_id,
        payload=job.payload,
        created_at=job.created_at,
        lease=job.lease,
        attempt=job.attempts,
    )


async def held(db: AsyncSession, task: Task) -> Job | None:
    """The job, locked, if its lease is still this task's: nobody has taken it since, it is not
    over, and its user is there."""
    query = select(Job).where(Job.id == task.id, Job.lease == task.lease, Job.state == "waiting")
    return await db.scalar(query.with_for_update())


async def renew(db: AsyncSession, task: Task, now: datetime) -> bool:
    """Hold the lease for longer; False when it is not this task's any more."""
    statement = (
        update(Job)
        .where(Job.id == task.id, Job.lease == task.lease, Job.state == "waiting")
        .values(leased_until=now + LEASE)
        .returning(Job.id)
    )
    return await db.scalar(statement) is not None


def finish(job: Job, state: str, now: datetime, error: str | None = None) -> None:
    """Mark `job` "done" or "given_up"; what it was about is forgotten."""
    job.state = state
    job.over_at = now
    job.payload = {}
    job.lease = job.leased_until = None
    job.last_error = error and error[:_LONGEST_ERROR]


def put_back(job: Job, run_at: datetime, error: str | None) -> None:
    """Let `job` wait until `run_at`, for whoever takes it then."""
    job.run_at = run_at
    job.lease = job.leased_until = None
    job.last_error = error and error[:_LONGEST_ERROR]


async def prune(db: AsyncSession, over_before: datetime) -> None:
    await db.execute(delete(Job).where(Job.state != "waiting", Job.over_at < over_before))
