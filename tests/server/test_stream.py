"""The live event stream, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from server.sessions import stream
from tests.server.conducting import Conductor
from tests.server.conftest import World
from tests.server.serving import serving

BOTH_DATABASES = True

_PATIENCE = 20.0


class Frames:
    """Server-sent events of one answer, one at a time."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def next(self) -> dict[str, str]:
        """The next frame that is not only a comment. Raises StopAsyncIteration at the end."""
        async with asyncio.timeout(_PATIENCE):
            frame: dict[str, str] = {}
            while True:
                line = await anext(self._lines)
                if line:
                    name, _, value = line.partition(":")
                    frame[name or "comment"] = value.removeprefix(" ")
                elif "data" in frame:
                    return frame
                else:
                    frame = {}


@pytest.fixture
async def address(world: World) -> AsyncIterator[str]:
    async with serving(world.app) as url:
        yield url


@asynccontextmanager
async def follow(
    owner: httpx.AsyncClient, address: str, id_: str, query: str = "", **headers: str
) -> AsyncIterator[Frames]:
    cookie = f"viva={owner.cookies['viva']}"
    sent = {"Accept": "text/event-stream", "Cookie": cookie, **headers}
    url = f"{address}/api/v1/sessions/{id_}/events{query}"
    async with (
        httpx.AsyncClient(timeout=_PATIENCE) as client,
        client.stream("GET", url, headers=sent) as answer,
    ):
        yield Frames(answer)


async def _past(owner: httpx.AsyncClient, id_: str) -> list[dict[str, Any]]:
    page = (await owner.get(f"/api/v1/sessions/{id_}/events")).json()
    items: list[dict[str, Any]] = page["items"]
    return items


async def _more(world: World, id_: str, conductor: Conductor) -> dict[str, Any]:
    event = world.event(f"more-{conductor.at}", "candidate_speaking", conductor.at + 1)
    conductor.at += 1
    answer = await world.append(world.worker(), id_, conductor.epoch, event)
    assert answer.status_code == 200, answer.text
    return event


async def test_the_past_comes_first_then_what_happens(
    world: World, owner: httpx.AsyncClient, address: str
) -> None:
    id_, conductor = await world.conducted(owner)
    past = await _past(owner, id_)
    async with follow(owner, address, id_) as frames:
        assert frames.answer.headers["content-type"].startswith("text/event-stream")
        assert frames.answer.headers["cache-control"] == "no-store"
        seen = [await frames.next() for _ in past]
        assert [json.loads(frame["data"]) for frame in seen] == past
        assert [int(frame["id"]) for frame in seen] == [event["seq"] for event in past]
        for _ in range(3):
            event = await _more(world, id_, conductor)
            frame = await frames.next()
            assert json.loads(frame["data"])["type"] == event["type"]
            assert json.loads(frame["data"])["at"] == event["at"]
            assert "event" not in frame


async def test_a_page_that_lost_its_connection_misses_nothing(
    world: World, owner: httpx.AsyncClient, address: str
) -> None:
    id_, conductor = await world.conducted(owner)
    last = (await _past(owner, id_))[-1]["seq"]
    await _more(world, id_, conductor)
    resumed = {"Last-Event-ID": str(last)}
    async with follow(owner, address, id_, "?after=0", **resumed) as frames:
        assert (await frames.next())["id"] == str(last + 1)
    async with follow(owner, address, id_, f"?after={last}") as frames:
        assert (await frames.next())["id"] == str(last + 1)


async def test_events_of_another_process_are_found_by_looking(
    world: World, owner: httpx.AsyncClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, conductor = await world.conducted(owner)
    last = (await _past(owner, id_))[-1]["seq"]
    monkeypatch.setattr(world.context.notifier, "events", lambda _: None)
    async with follow(owner, address, id_, f"?after={last}") as frames:
        await _more(world, id_, conductor)
        assert (await frames.next())["id"] == str(last + 1)


async def test_notices_have_a_name_and_no_number(
    world: World, owner: httpx.AsyncClient, address: str
) -> None:
    id_, conductor = await world.conducted(owner)
    last = (await _past(owner, id_))[-1]["seq"]
    async with follow(owner, address, id_, f"?after={last}") as frames:
        await _more(world, id_, conductor)
        await frames.next()
        world.context.notifier.notice(id_, {"code": "interviewer_reconnecting"})
        frame = await frames.next()
    assert (frame["event"], frame["data"]) == ("notice", '{"code":"interviewer_reconnecting"}')
    assert "id" not in frame


@pytest.mark.parametrize("how", ["deleted", "logged out"])
async def test_the_stream_ends_with_the_right_to_it(
    world: World, owner: httpx.AsyncClient, address: str, how: str
) -> None:
    id_, _ = await world.conducted(owner)
    past = await _past(owner, id_)
    async with follow(owner, address, id_) as frames:
        for _ in past:
            await frames.next()
        if how == "deleted":
            await owner.delete(f"/api/v1/sessions/{id_}")
        else:
            await owner.post("/api/v1/auth/logout")
        with pytest.raises(StopAsyncIteration):
            await frames.next()


async def test_a_quiet_stream_stays_open_by_comments(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)

    async def allowed() -> bool:
        return True

    frames = stream.follow(world.context, id_, 1000, allowed, poll_seconds=0.001)
    async with asyncio.timeout(_PATIENCE):
        assert await anext(frames) == b": open\nretry: 2000\n\n"
        assert await anext(frames) == b": ping\n\n"
    await frames.aclose()


async def test_a_watcher_that_does_not_read_holds_nobody_up(world: World) -> None:
    notifier = world.context.notifier
    with notifier.watching("x") as queue:
        for _ in range(1000):
            notifier.events("x")
        assert queue.full()
    notifier.events("x")
