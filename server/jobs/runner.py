"""Does the jobs that are due, as one of any number of servers on the same database.

A job is leased while somebody is at it. The lease is renewed, and runs out when its holder dies;
only its holder can mark the job done. So a job is done at least once; what it stores, exactly once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from tenacity import RetryCallState, wait_exponential_jitter

from server.context import Context
from server.jobs import queue, repository
from server.jobs.kinds import HANDLERS, RECURRING
from server.jobs.tasks import Failed, Handler, Hopeless, Recurring, Task, Write
from server.models import Job

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
# Half a minute, doubled each time to six hours: about fifteen hours in all.
_BACKOFF = wait_exponential_jitter(multiplier=30, max=6 * 3600, jitter=5)
_AT_ONCE = 4
_EVERY_SECONDS = 1.0
_RENEW_SECONDS = repository.LEASE.total_seconds() / 3
_LONGEST_SECONDS = 600.0
# Less than a supervisor leaves between asking and killing.
_GRACE_SECONDS = 2.0


class _LeaseLost(Exception):
    pass


def backoff(attempt: int) -> timedelta:
    """How long to wait after attempt number `attempt`, from 1, has failed; a little at random."""
    state = RetryCallState(None, None, (), {})  # type: ignore[arg-type]
    state.attempt_number = attempt
    return timedelta(seconds=_BACKOFF(state))


class Runner:
    """`pause` waits so many seconds between renewals of a lease."""

    def __init__(
        self,
        context: Context,
        handlers: Mapping[str, Handler] = HANDLERS,
        recurring: Sequence[Recurring] = RECURRING,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._context = context
        self._handlers = handlers
        self._recurring = recurring
        self._pause = pause
        self._running: dict[str, asyncio.Task[None]] = {}
        self._asked: dict[str, datetime] = {}

    async def look(self) -> int:
        """Ask for what recurs, and begin what is due; how many jobs were begun."""
        await self._ask_for_recurring()
        tasks = await self._claim(_AT_ONCE - len(self._running))
        for task in tasks:
            running = asyncio.create_task(self._work(task), name=f"job-{task.id}")
            self._running[task.id] = running
            running.add_done_callback(partial(self._ended, task.id))
        return len(tasks)

    async def run_due(self) -> int:
        """Do all that is due, and what becomes due by it; how many jobs were begun."""
        begun = 0
        while found := await self.look():
            begun += found
            await self.settled()
        return begun

    async def settled(self) -> None:
        """Wait until nothing that was begun is still running."""
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def stop(self) -> None:
        """Let what is running come to its end for a moment, then put it back."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=_GRACE_SECONDS)
        for running in self._running.values():
            running.cancel()
        await self.settled()

    def _ended(self, id_: str, _: asyncio.Task[None]) -> None:
        del self._running[id_]

    async def _ask_for_recurring(self) -> None:
        now = self._context.clock()
        for recurring in self._recurring:
            seconds = recurring.every.total_seconds()
            begun = datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)
            if self._asked.get(recurring.kind) == begun:
                continue
            key = f"{recurring.kind}@{begun.isoformat()}"
            async with self._context.database.write() as db:
                await queue.add(db, kind=recurring.kind, key=key, now=now)
            self._asked[recurring.kind] = begun

    async def _claim(self, limit: int) -> list[Task]:
        if limit <= 0:
            return []
        now, kinds, mine = self._context.clock(), list(self._handlers), list(self._running)
        async with self._context.database.read() as db:
            # Without this SQLite's write lock would be taken every second.
            if not await repository.any_due(db, now, kinds, mine):
                return []
        tasks = []
        async with self._context.database.write() as db:
            for job in await repository.lock_due(db, now, kinds, mine, limit):
                if job.attempts >= MOST_ATTEMPTS:
                    self._give_up(job, "never came to an end")
                else:
                    tasks.append(repository.lease(job, now))
        return tasks

    async def _work(self, task: Task) -> None:
        renewing = asyncio.create_task(self._renew(task, asyncio.current_task()))
        try:
            try:
                async with asyncio.timeout(_LONGEST_SECONDS):
                    write = await self._handlers[task.kind](self._context, task)
                    await self._finish(task, write)
            except _LeaseLost:
                log.info("job %s (%s): somebody else has it, or nobody", task.id, task.kind)
            except Exception as error:
                await self._failed(task, error)
        except asyncio.CancelledError:
            await self._put_back(task)
            raise
        except Exception as error:
            # The database is away; the lease runs out, and the job is taken again.
            log.error("job %s (%s): left: %s", task.id, task.kind, type(error).__name__)
        finally:
            renewing.cancel()

    async def _renew(self, task: Task, working: asyncio.Task[None] | None) -> None:
        while True:
            await self._pause(_RENEW_SECONDS)
            try:
                async with self._context.database.write() as db:
                    if await repository.renew(db, task, self._context.clock()):
                        continue
            except Exception as error:
                log.warning("job %s: lease not renewed: %s", task.id, type(error).__name__)
                continue
            if working is not None:
                working.cancel()
            return

    async def _finish(self, task: Task, write: Write | None) -> None:
        async with self._context.database.write() as db:
            job = await repository.held(db, task)
            if job is None:
                raise _LeaseLost
            if write is not None:
                await write(db)
            repository.finish(job, "done", self._context.clock())

    async def _failed(self, task: Task, error: Exception) -> None:
        word = str(error) if isinstance(error, Failed) else type(error).__name__
        async with self._context.database.write() as db:
            job = await repository.held(db, task)
            if job is None:
                return
            if isinstance(error, Hopeless) or task.attempt >= MOST_ATTEMPTS:
                self._give_up(job, word)
                return
            wait = backoff(task.attempt)
            repository.put_back(job, self._context.clock() + wait, word)
        log.warning(
            "job %s (%s): attempt %d failed: %s; again in %d s",
            *(task.id, task.kind, task.attempt, word, wait.total_seconds()),
        )

    async def _put_back(self, task: Task) -> None:
        with suppress(Exception):
            async with self._context.database.write() as db:
                job = await repository.held(db, task)
                if job is not None:
                    repository.put_back(job, self._context.clock(), "interrupted")

    def _give_up(self, job: Job, word: str) -> None:
        repository.finish(job, "given_up", self._context.clock(), word)
        log.error("job %s (%s): given up, attempt %d: %s", job.id, job.kind, job.attempts, word)


async def run(context: Context) -> None:
    """Do jobs for as long as the server lives."""
    runner = Runner(context)
    try:
        while True:
            try:
                await runner.look()
            except Exception as error:
                # The next look may succeed.
                log.error("looking for jobs failed: %s", type(error).__name__)
            await asyncio.sleep(_EVERY_SECONDS)
    finally:
        await runner.stop()
