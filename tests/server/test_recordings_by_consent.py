"""From the candidate's answer to what can be heard: server and worker, and nothing but the network
between them."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import httpx
import numpy as np
from livekit import rtc

from agent.link import HttpLink, ServerUnreachable
from agent.recording.recording import Recording
from agent.recording.sound import SessionSound
from agent.recording.spool import Spool
from interview.events import EndRequested
from server.recordings import keys
from tests.server import sounds
from tests.server.conftest import AGENT_TOKEN, World

PATIENCE_S = 20.0
FRAME_S = 0.02


class Network(httpx.AsyncBaseTransport):
    """To the server, unless it is `down`."""

    def __init__(self, world: World) -> None:
        self._way = httpx.ASGITransport(app=world.app)
        self.down = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("down")
        return await self._way.handle_async_request(request)


class Worker:
    """Hears somebody talk without end, and asks the server every two seconds what it may do. The
    session's clock and the server's go together."""

    def __init__(self, world: World, id_: str, began: float, directory: Path) -> None:
        self.now = began
        self._world, self._id, self._spool = world, id_, Spool(directory, id_)
        self.network = Network(world)
        self._link = HttpLink("http://viva", AGENT_TOKEN, transport=self.network)
        self._recording: Recording | None = None
        self.sound = SessionSound(lambda: self.now, lambda first: self._begin(directory, first))
        noise = np.random.default_rng(7).integers(-9000, 9000, 16_000 * 60, dtype=np.int16)
        self._said, self._noise = 0, noise

    def _begin(self, directory: Path, first: int) -> Recording:
        self._recording = Recording(
            self._link, directory, self._id, 1, lambda: self.now, first=first
        )
        return self._recording

    async def hears(self, seconds: float) -> None:
        for frame in range(round(seconds / FRAME_S)):
            if frame % 100 == 0:
                await self._beats()
            self.now = round(self.now + FRAME_S, 6)
            self._world.clock.move(FRAME_S)
            samples = self._noise[self._said * 320 : (self._said + 1) * 320]
            self.sound.hear(rtc.AudioFrame(samples.tobytes(), 16_000, 1, 320))
            self._said += 1
            if self._recording is not None:
                self._recording.recorder.tick()
        await self._delivered()

    async def _beats(self) -> None:
        with contextlib.suppress(ServerUnreachable):
            self.sound.allow((await self._link.heartbeat(self._id, 1, self.now)).record)

    async def _delivered(self) -> None:
        """All that is whole by now is at the server, or was refused there."""
        if self._recording is None or self.network.down:
            return
        store, seen = self._world.context.storage, -1
        async with asyncio.timeout(PATIENCE_S):
            while True:
                # A real disk and a thread are awaited.
                await asyncio.sleep(0.2)
                before, seen = seen, len(await store.keys(keys.segments(self._id)))
                if seen == before and not self._spool.waiting():
                    return

    async def leaves(self) -> None:
        await self.sound.aclose(within=PATIENCE_S)
        await self._link.aclose()


async def test_what_is_heard_is_what_was_agreed_to(
    world: World, owner: httpx.AsyncClient, tmp_path: Path
) -> None:
    id_, conductor = await world.conducted(owner)
    began = conductor.at
    worker = Worker(world, id_, began, tmp_path / "spool")

    async def agrees(granted: bool) -> None:
        url = f"/api/v1/sessions/{id_}/recording-consent"
        assert (await owner.put(url, json={"granted": granted})).status_code == 200

    await worker.hears(4.0)
    await agrees(True)
    await worker.hears(6.0)
    await agrees(False)
    await worker.hears(4.0)
    await agrees(True)
    await worker.hears(6.0)
    # This no and the yes after it the worker never hears of: it records through both.
    worker.network.down = True
    await agrees(False)
    await worker.hears(4.0)
    await agrees(True)
    worker.network.down = False
    await worker.hears(4.0)
    await worker.leaves()
    conductor.at = worker.now
    conductor.happens(EndRequested(at=conductor.at))
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)
    world.clock.move(30)
    await world.do_jobs()
    answer = await owner.get(f"/api/v1/sessions/{id_}/recording")
    assert answer.status_code == 200, answer.text
    sound = sounds.heard(answer.content)[:, 0]

    def loud(second: float) -> bool:
        at = round((began + second) * sounds.RATE)
        return bool(np.abs(sound[at : at + sounds.RATE // 20]).max(initial=0.0) > 0.05)

    # What was not delivered when the no came, less than a second, is not there either.
    heard = {second / 10 for second in range(290) if loud(second / 10)}
    for begins, ends in ((4.0, 10.0), (14.0, 20.0), (24.0, 28.0)):
        agreed = {one for one in heard if begins - 0.05 <= one < ends}
        assert len(agreed) > (ends - begins - 1.0) * 10
        heard -= agreed
    assert heard == set()
