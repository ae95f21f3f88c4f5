"""The line of an interviewer: its death is known at once, a broken line alone is no death."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from interview.wire import DispatchMetadata
from server.sessions import holding, reconcile, repository
from tests.server.conftest import AGENT_TOKEN, World
from tests.server.serving import serving

_PATIENCE_S = 20.0


@pytest.fixture
async def address(world: World) -> AsyncIterator[str]:
    async with serving(world.app) as url:
        yield url


def _epochs(world: World) -> list[int]:
    return [
        DispatchMetadata.model_validate_json(dispatch.metadata).epoch
        for dispatch in world.livekit.dispatches
    ]


async def _line(address: str, id_: str, epoch: int, at: float) -> httpx.Response:
    """Open until the task that awaits this is cancelled, as if the process had died."""
    headers = {"Authorization": f"Bearer {AGENT_TOKEN}"}
    async with httpx.AsyncClient(headers=headers, timeout=None) as client:
        url = f"{address}/internal/v1/sessions/{id_}/line?epoch={epoch}&at={at}"
        return await client.get(url)


async def _until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # a real connection is awaited


async def _break(line: asyncio.Task[httpx.Response]) -> None:
    line.cancel()
    await asyncio.gather(line, return_exceptions=True)


async def test_a_dead_interviewer_is_replaced_at_once(
    world: World, owner: httpx.AsyncClient, address: str
) -> None:
    id_, conductor = await world.conducted(owner)
    lines = world.context.lines
    line = asyncio.create_task(_line(address, id_, 1, conductor.at))

    async def is_open() -> bool:
        return lines.is_open(id_, 1)

    await _until(is_open)
    world.clock.move(1.5)
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]
    await _break(line)
    async with asyncio.timeout(_PATIENCE_S):
        await lines.stirred(_PATIENCE_S)
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1, 2]
    # It was there until its line broke, not only until its last heartbeat.
    session = await world.take(id_, 2)
    assert session.live_until == pytest.approx(conductor.at + 1.5)


async def test_who_opens_another_line_in_time_is_not_lost(
    world: World, owner: httpx.AsyncClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "GRACE_S", 0.2)
    id_, conductor = await world.conducted(owner)
    lines = world.context.lines
    first = asyncio.create_task(_line(address, id_, 1, conductor.at))

    async def is_open() -> bool:
        return lines.is_open(id_, 1)

    await _until(is_open)
    second = asyncio.create_task(_line(address, id_, 1, conductor.at))
    await _until(lambda: _count(world, id_, 2))
    await _break(first)
    await lines.stirred(1.0)
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]
    assert (await world.take(id_, 1)).epoch == 1
    await _break(second)


async def _count(world: World, id_: str, wanted: int) -> bool:
    return world.context.lines._open[id_, 1] == wanted


async def test_a_line_of_the_past_is_refused(
    world: World, owner: httpx.AsyncClient, address: str
) -> None:
    id_, _ = await world.conducted(owner)
    world.clock.move(30)
    await owner.post(f"/api/v1/sessions/{id_}/connection")
    answer = await _line(address, id_, 1, 1.0)
    assert (answer.status_code, answer.json()["code"]) == (409, "fenced")


async def test_who_dies_young_again_and_again_is_waited_for(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    """The first early death is answered at once; the second and later ones after a while."""
    id_, conductor = await world.conducted(owner)
    world.clock.move(60)
    for second in range(3):
        await world.beat(worker, id_, 1, conductor.at + 60 + second)
    await holding._lost(world.context, id_, 1, world.clock.now)
    sent_at = []
    for second in range(120):
        world.clock.move(1)
        before = len(_epochs(world))
        await reconcile.reconcile(world.context)
        epoch = len(_epochs(world))
        if epoch > before:
            sent_at.append(second)
            # Whoever comes gives one sign of life and dies.
            await world.beat(worker, id_, epoch, conductor.at + 100 + second)
            await holding._lost(world.context, id_, epoch, world.clock.now)
    assert sent_at == [0, 1, 17, 49, 81, 113]


async def test_a_worker_that_comes_is_sent_for_at_once(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient, session_id: str
) -> None:
    await owner.post(f"/api/v1/sessions/{session_id}/connection")
    world.livekit.rooms[f"viva-{session_id}-1"] = [f"candidate-{session_id}"]
    world.clock.move(1)
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]
    assert (await worker.post("/internal/v1/ready")).status_code == 204
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1, 2]


async def test_a_worker_that_comes_disturbs_no_interview(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    await world.beat(worker, id_, 1, conductor.at)
    await worker.post("/internal/v1/ready")
    world.clock.move(1)
    await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]


async def test_a_room_that_the_sfu_forgot_is_made_again_for_who_is_on_the_way_back(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient
) -> None:
    id_, conductor = await world.conducted(owner)
    await world.beat(worker, id_, 1, conductor.at)
    world.livekit.rooms.clear()
    world.clock.move(1)
    await reconcile.reconcile(world.context)
    assert list(world.livekit.rooms) == [f"viva-{id_}-1"]
    assert _epochs(world) == [1]


@pytest.mark.parametrize("hour", [3600, -3600])
async def test_a_jump_of_the_machines_clock_leaves_interviewers_alone(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient, hour: int
) -> None:
    """The date may jump; signs of life are told by a clock that does not."""
    id_, conductor = await world.conducted(owner)
    await world.beat(worker, id_, 1, conductor.at)
    object.__setattr__(world.context, "clock", lambda: world.clock.now.replace(year=2027))
    for second in range(4):
        world.clock.move(1)
        await world.beat(worker, id_, 1, conductor.at + second)
        await reconcile.reconcile(world.context)
    assert _epochs(world) == [1]
    # After a restart the signs of life in the database are of the other time.
    world.clock.move(hour)
    await reconcile.reconcile(world.context)
    sent = _epochs(world)
    await world.beat(worker, id_, len(sent), conductor.at + 5)
    assert len(sent) == 2, "an interviewer of the other time is not taken for one that lives"


async def test_just_after_its_start_the_server_believes_the_room(
    world: World, owner: httpx.AsyncClient
) -> None:
    """Nobody could show a sign of life while it was down."""
    id_, _ = await world.conducted(owner)
    room = f"viva-{id_}-1"
    object.__setattr__(world.context, "began", world.clock.now)
    async with world.context.database.write() as db:
        interview = await repository.locked(db, id_)
        assert interview is not None
        interview.heartbeat_wall = None
        interview.dispatched_at = None
    assert (await owner.post(f"/api/v1/sessions/{id_}/connection")).status_code == 200
    assert list(world.livekit.rooms) == [room]
    world.clock.move(7)
    assert (await owner.post(f"/api/v1/sessions/{id_}/connection")).status_code == 200
    assert room not in world.livekit.rooms
