"""Jobs: done once whatever happens in between, on both databases."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts.passwords import Passwords
from server.app import create_app
from server.context import Context
from server.jobs import queue, repository, runner
from server.jobs.pruning import prune
from server.jobs.runner import MOST_ATTEMPTS, Runner, backoff
from server.jobs.tasks import Handler, Hopeless, Recurring, Task, Write
from server.models import Job, User
from tests.server.conftest import HASHER, MovableClock, World

BOTH_DATABASES = True
LEASE_S = repository.LEASE.total_seconds()


class Doing:
    """A handler that counts how often it did a job, and how often it stored something."""

    def __init__(self) -> None:
        self.did: Counter[str] = Counter()
        self.stored: Counter[str] = Counter()
        self.fails: list[Exception] = []

    async def __call__(self, _: Context, task: Task) -> Write:
        self.did[task.key] += 1
        if self.fails:
            raise self.fails.pop(0)

        async def write(_: AsyncSession) -> None:
            self.stored[task.key] += 1

        return write


async def never(_: float) -> None:
    await asyncio.Event().wait()


def make(world: World, handler: Handler, *recurring: Recurring) -> Runner:
    return Runner(world.context, {"work": handler}, recurring, never)


async def ask(world: World, *keys: str, **how: Any) -> None:
    async with world.context.database.write() as db:
        for key in keys:
            await queue.add(db, **{"kind": "work", "key": key, "now": world.clock(), **how})


async def jobs(world: World) -> dict[str, Job]:
    async with world.context.database.read() as db:
        return {job.key: job for job in await db.scalars(select(Job).order_by(Job.key))}


async def lease_and_die(world: World) -> list[Task]:
    """What a server leaves behind that is killed right after it began."""
    async with world.context.database.write() as db:
        due = await repository.lock_due(db, world.clock(), ["work"], [], 100)
        return [repository.lease(job, world.clock()) for job in due]


@pytest.fixture
async def second(world: World) -> AsyncIterator[World]:
    """Another server on the same database."""
    app = create_app(world.settings, world.clock, Passwords(HASHER))
    async with app.router.lifespan_context(app):
        yield World(app, world.clock, world.livekit, world.settings)


async def test_a_job_is_done_when_it_is_due_and_once(world: World) -> None:
    doing = Doing()
    later = world.clock() + timedelta(hours=1)
    await ask(world, "now", payload={"secret": "x"})
    await ask(world, "later", run_at=later)
    assert await make(world, doing).run_due() == 1
    assert await make(world, doing).run_due() == 0
    world.clock.move(3600)
    assert await make(world, doing).run_due() == 1
    assert doing.did == doing.stored == {"now": 1, "later": 1}
    done = (await jobs(world))["now"]
    assert (done.state, done.payload, done.lease, done.attempts) == ("done", {}, None, 1)


async def test_asking_twice_at_once_gives_one_job(world: World) -> None:
    async def ask_once() -> bool:
        async with world.context.database.write() as db:
            return await queue.add(db, kind="work", key="same", now=world.clock())

    assert sorted(await asyncio.gather(*(ask_once() for _ in range(8)))) == [False] * 7 + [True]
    assert list(await jobs(world)) == ["same"]


async def test_two_servers_share_the_work(world: World, second: World) -> None:
    doing, keys = Doing(), [f"job-{n:02}" for n in range(30)]
    await ask(world, *keys)
    await asyncio.gather(make(world, doing).run_due(), make(second, doing).run_due())
    await make(world, doing).run_due()
    assert doing.did == doing.stored == dict.fromkeys(keys, 1)
    assert {job.attempts for job in (await jobs(world)).values()} == {1}


async def test_what_a_killed_server_had_begun_is_done_when_its_lease_is_out(world: World) -> None:
    doing = Doing()
    await ask(world, "interrupted")
    await lease_and_die(world)
    world.clock.move(LEASE_S - 1)
    assert await make(world, doing).run_due() == 0
    world.clock.move(1)
    assert await make(world, doing).run_due() == 1
    assert doing.stored == {"interrupted": 1}
    assert (await jobs(world))["interrupted"].attempts == 2


async def test_who_comes_back_after_the_lease_stores_nothing(world: World, second: World) -> None:
    doing, others = Doing(), Doing()

    async def too_slow(context: Context, task: Task) -> Write:
        write = await doing(context, task)
        world.clock.move(LEASE_S)
        assert await make(second, others).run_due() == 1
        return write

    await ask(world, "contended")
    await make(world, too_slow).run_due()
    assert (doing.did, others.did) == ({"contended": 1}, {"contended": 1})
    assert (doing.stored, others.stored) == ({}, {"contended": 1})
    assert (await jobs(world))["contended"].state == "done"


async def test_a_late_failure_does_not_put_back_what_is_done(world: World, second: World) -> None:
    async def too_slow(_: Context, __: Task) -> None:
        world.clock.move(LEASE_S)
        await make(second, Doing()).run_due()
        raise Hopeless("too late")

    await ask(world, "contended")
    await make(world, too_slow).run_due()
    job = (await jobs(world))["contended"]
    assert (job.state, job.last_error) == ("done", None)


async def test_a_lease_is_renewed_while_somebody_is_at_it(world: World, second: World) -> None:
    steps: asyncio.Queue[None] = asyncio.Queue()
    begun, go_on = asyncio.Event(), asyncio.Event()
    asked = asyncio.Event()

    async def pause(seconds: float) -> None:
        assert seconds < LEASE_S / 2
        asked.set()
        await steps.get()

    async def slow(_: Context, __: Task) -> None:
        begun.set()
        await go_on.wait()

    await ask(world, "slow")
    at_it = Runner(world.context, {"work": slow}, (), pause)
    assert await at_it.look() == 1
    await begun.wait()
    for _ in range(4):
        await asked.wait()
        asked.clear()
        world.clock.move(LEASE_S / 3)
        steps.put_nowait(None)
        await asked.wait()
        assert await make(second, Doing()).run_due() == 0
    go_on.set()
    await at_it.settled()
    job = (await jobs(world))["slow"]
    assert (job.state, job.attempts) == ("done", 1)


async def test_who_lost_the_lease_is_stopped(world: World, second: World) -> None:
    asked, step, stopped = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def pause(_: float) -> None:
        asked.set()
        await step.wait()

    async def stuck(_: Context, __: Task) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    await ask(world, "stuck")
    at_it = Runner(world.context, {"work": stuck}, (), pause)
    await at_it.look()
    await asked.wait()
    world.clock.move(LEASE_S)
    assert await make(second, Doing()).run_due() == 1
    step.set()
    await stopped.wait()
    await at_it.settled()
    assert (await jobs(world))["stuck"].state == "done"


async def test_a_clock_set_back_does_not_keep_a_job_waiting(world: World) -> None:
    doing = Doing()
    await ask(world, "early")
    world.clock.move(3600)
    await lease_and_die(world)
    world.clock.move(-3600)
    assert await make(world, doing).run_due() == 1


def test_the_wait_doubles_from_half_a_minute_to_six_hours() -> None:
    waits = [backoff(attempt).total_seconds() for attempt in range(1, MOST_ATTEMPTS)]
    for attempt, wait in enumerate(waits):
        least = min(30 * 2**attempt, 6 * 3600)
        assert least <= wait <= least + 5
    assert 14 * 3600 < sum(waits) < 16 * 3600


async def test_a_failing_job_is_tried_again_and_given_up_in_the_end(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    doing = Doing()
    doing.fails = [RuntimeError("said by ada@example.org") for _ in range(MOST_ATTEMPTS)]
    await ask(world, "broken", payload={"to": "ada@example.org"})
    for attempt in range(1, MOST_ATTEMPTS):
        assert await make(world, doing).run_due() == 1
        job = (await jobs(world))["broken"]
        assert (job.state, job.attempts, job.last_error) == ("waiting", attempt, "RuntimeError")
        wait = (job.run_at - world.clock()).total_seconds()
        assert wait >= min(30 * 2 ** (attempt - 1), 6 * 3600)
        world.clock.move(wait - 0.001)
        assert await make(world, doing).run_due() == 0
        world.clock.move(0.002)
    with caplog.at_level(logging.ERROR):
        assert await make(world, doing).run_due() == 1
    job = (await jobs(world))["broken"]
    assert (job.state, job.payload, job.last_error) == ("given_up", {}, "RuntimeError")
    assert "given up" in caplog.text
    assert "ada@example.org" not in caplog.text
    world.clock.move(86_400)
    assert await make(world, doing).run_due() == 0


async def test_what_is_hopeless_is_given_up_at_once(world: World) -> None:
    doing = Doing()
    doing.fails = [Hopeless("no such thing")]
    await ask(world, "hopeless")
    await make(world, doing).run_due()
    job = (await jobs(world))["hopeless"]
    assert (job.state, job.attempts, job.last_error) == ("given_up", 1, "no such thing")


async def test_a_job_that_kills_its_server_is_not_begun_for_ever(world: World) -> None:
    doing = Doing()
    await ask(world, "deadly")
    for _ in range(MOST_ATTEMPTS):
        assert len(await lease_and_die(world)) == 1
        world.clock.move(LEASE_S)
    assert await make(world, doing).run_due() == 0
    assert (await jobs(world))["deadly"].state == "given_up"


async def test_what_a_job_stores_is_stored_with_its_end_or_not_at_all(world: World) -> None:
    failures = [RuntimeError("half way")]

    async def handler(_: Context, __: Task) -> Write:
        async def write(db: AsyncSession) -> None:
            await queue.add(db, kind="other", key="follows", now=world.clock())
            if failures:
                raise failures.pop()

        return write

    await ask(world, "first")
    await make(world, handler).run_due()
    assert {key: job.state for key, job in (await jobs(world)).items()} == {"first": "waiting"}
    world.clock.move(60)
    await make(world, handler).run_due()
    states = {key: job.state for key, job in (await jobs(world)).items()}
    assert states == {"first": "done", "follows": "waiting"}


async def test_a_kind_that_this_version_does_not_know_is_left_alone(world: World) -> None:
    await ask(world, "from the future", kind="unheard-of")
    assert await make(world, Doing()).run_due() == 0
    assert (await jobs(world))["from the future"].attempts == 0


async def test_a_users_jobs_go_with_them_even_half_done(
    world: World, owner: httpx.AsyncClient
) -> None:
    user_id = (await owner.get("/api/v1/me")).json()["id"]
    doing = Doing()

    async def meanwhile_deleted(context: Context, task: Task) -> Write:
        async with context.database.write() as db:
            await db.execute(delete(User).where(User.id == user_id))
        return await doing(context, task)

    await ask(world, "theirs", "theirs too", user_id=user_id)
    await make(world, meanwhile_deleted).run_due()
    assert await jobs(world) == {}
    assert doing.stored == {}


async def test_stopping_puts_back_what_takes_too_long(
    world: World, second: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_GRACE_SECONDS", 0.0)
    begun = asyncio.Event()

    async def stuck(_: Context, __: Task) -> None:
        begun.set()
        await asyncio.Event().wait()

    await ask(world, "long")
    stopped, doing = make(world, stuck), Doing()
    await stopped.look()
    await begun.wait()
    await stopped.stop()
    assert await make(second, doing).run_due() == 1
    assert doing.stored == {"long": 1}


async def test_no_more_is_begun_than_can_be_done_at_once(world: World) -> None:
    go_on = asyncio.Event()

    async def slow(_: Context, __: Task) -> None:
        await go_on.wait()

    await ask(world, *(f"job-{n}" for n in range(10)))
    busy = make(world, slow)
    assert [await busy.look(), await busy.look()] == [4, 0]
    go_on.set()
    await busy.settled()
    assert await busy.run_due() == 6


async def test_what_recurs_is_done_once_in_its_time_by_all_servers(
    world: World, second: World
) -> None:
    doing, hourly = Doing(), Recurring("work", timedelta(hours=1))
    runners = [make(world, doing, hourly), make(second, doing, hourly)]
    for _ in range(5):
        await asyncio.gather(*(one.run_due() for one in runners))
        world.clock.move(1000)
    assert sorted(doing.did.values()) == [1, 1]
    world.clock.move(7 * 86_400)
    await asyncio.gather(*(one.run_due() for one in runners))
    assert sorted(doing.did.values()) == [1, 1, 1]


async def test_what_was_over_long_ago_is_forgotten(world: World) -> None:
    doing = Doing()
    await ask(world, "old", "waits for ever")
    async with world.context.database.write() as db:
        never_due = update(Job).where(Job.key == "waits for ever")
        await db.execute(never_due.values(run_at=world.clock() + timedelta(days=999)))
    await make(world, doing).run_due()
    world.clock.move(59 * 86_400)
    await ask(world, "recent")
    await make(world, doing).run_due()
    world.clock.move(2 * 86_400)
    await ask(world, "prune")
    assert await make(world, prune).run_due() == 1
    assert sorted(await jobs(world)) == ["prune", "recent", "waits for ever"]


async def test_the_server_does_its_jobs_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    done = asyncio.Event()

    async def handler(_: Context, __: Task) -> None:
        done.set()

    await ask(world, "by itself")
    # What `run` makes its runner with.
    monkeypatch.setattr(runner.Runner.__init__, "__defaults__", ({"work": handler}, (), never))
    app = create_app(world.settings, MovableClock(), Passwords(HASHER))
    async with app.router.lifespan_context(app):
        await asyncio.wait_for(done.wait(), 20)
    assert (await jobs(world))["by itself"].state == "done"
