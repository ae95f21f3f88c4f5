"""What a worker kept while the server was away reaches the log: whole, once and in order."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from agent.journal import Journal
from agent.link import HttpLink
from agent.outbox import Outbox
from agent.takeover import undelivered_of
from interview.events import CandidateJoined, CandidateSilent, CandidateSpeaking, InterviewerJoined
from interview.wire import EventBody, encode_event
from tests.server.conftest import AGENT_TOKEN, World

_TORN = 17


class Unreliable(httpx.AsyncBaseTransport):
    """The way to the server: down, or losing the answers to what arrived."""

    def __init__(self, app: FastAPI) -> None:
        self._there = httpx.ASGITransport(app=app)
        self.down = False
        self.answers_lost = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("down", request=request)
        answer = await self._there.handle_async_request(request)
        if self.answers_lost:
            self.answers_lost -= 1
            await answer.aread()
            raise httpx.ReadError("the answer was lost", request=request)
        return answer


def _link(transport: Unreliable) -> HttpLink:
    return HttpLink("http://viva.test", AGENT_TOKEN, transport=transport)


def _events(epoch: int, count: int, start: float) -> list[EventBody]:
    happened = [InterviewerJoined(at=start, epoch=epoch), CandidateJoined(at=start)]
    for number in range(count):
        kind = CandidateSilent if number % 2 else CandidateSpeaking
        happened.append(kind(at=start + 1 + number))
    bodies = []
    for number, event in enumerate(happened, start=1):
        type_, at, data = encode_event(event)
        wall = datetime(2026, 3, 1, 12, tzinfo=UTC)
        bodies.append(EventBody(uid=f"{epoch}-{number}", at=at, wall=wall, type=type_, data=data))
    return bodies


async def _delivered(link: HttpLink, id_: str, epoch: int, events: list[EventBody]) -> None:
    outbox = Outbox(link, id_, epoch, on_fenced=lambda: pytest.fail("fenced"))
    for event in events:
        outbox.put(event)
    running = asyncio.create_task(outbox.run())
    assert await outbox.delivered(within=20)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert outbox.refused == 0


@pytest.mark.parametrize("torn_at", ["end", "middle"])
async def test_a_journal_with_a_torn_line_is_delivered_by_the_next_interviewer(
    world: World, owner: httpx.AsyncClient, tmp_path: Path, torn_at: str
) -> None:
    id_ = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    await owner.post(f"/api/v1/sessions/{id_}/connection")
    way = Unreliable(world.app)
    first, second = _link(way), _link(way)
    events = _events(1, 40, 0.0)
    journal = Journal(tmp_path, id_)
    for event in events:
        journal.append(event)
    journal.close()
    await _delivered(first, id_, 1, events[:10])
    way.down = True
    kept = journal.path.read_bytes()
    if torn_at == "end":
        # The machine died in the middle of the last line.
        journal.path.write_bytes(kept[:-_TORN])
        survivors = events[:-1]
    else:
        lines = kept.split(b"\n")
        lines[20] = lines[20][:_TORN]
        journal.path.write_bytes(b"\n".join(lines))
        survivors = events[:20] + events[21:]
    way.down = False
    world.clock.move(30)
    await owner.post(f"/api/v1/sessions/{id_}/connection")

    given = await second.load(id_, 2)
    undelivered, left_out = undelivered_of(Journal(tmp_path, id_).read(), list(given.events))
    assert left_out == 0
    assert [event.uid for event in undelivered] == [e.uid for e in survivors[10:]]
    way.answers_lost = 2
    await _delivered(second, id_, 2, undelivered)
    await _delivered(second, id_, 2, undelivered)
    stored = (await second.load(id_, 2)).events
    assert [event.uid for event in stored] == [event.uid for event in survivors]
    assert [event.seq for event in stored] == list(range(1, len(survivors) + 1))
    assert [event.at for event in stored] == sorted(event.at for event in stored)
    for link in (first, second):
        await link.aclose()


async def test_what_happened_while_the_server_was_away_arrives_once_it_is_back(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    await owner.post(f"/api/v1/sessions/{id_}/connection")
    way = Unreliable(world.app)
    link = _link(way)
    events = _events(1, 30, 0.0)
    outbox = Outbox(link, id_, 1, on_fenced=lambda: pytest.fail("fenced"))
    running = asyncio.create_task(outbox.run())
    for number, event in enumerate(events):
        way.down = 8 <= number < 20
        way.answers_lost = number in {4, 25}
        outbox.put(event)
        await asyncio.sleep(0)
    way.down = False
    assert await outbox.delivered(within=20)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    stored = (await link.load(id_, 1)).events
    assert [event.uid for event in stored] == [event.uid for event in events]
    await link.aclose()
