"""Fakes of what surrounds the worker's runner: a voice, a face, a server and a brain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from livekit.agents import llm, utils
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, APIConnectOptions

from agent.link import ServerUnreachable
from agent.voice import Spoken
from interview.commands import ShowState
from interview.wire import EventBody, HeartbeatTaken, SessionForAgent

# Roughly how fast the local voice speaks.
SECONDS_PER_WORD = 0.4


@dataclass
class FakeVoice:
    """Says lines on the loop's clock; `now` is the session clock. `interrupt()` stands for a
    candidate who breaks in."""

    now: Callable[[], float]
    lines: list[str] = field(default_factory=list)
    fails: int = 0
    before_saying: Callable[[str], None] = field(default=lambda _: None)
    fallen_silent: asyncio.Event = field(default_factory=asyncio.Event)
    _end: Callable[[str], None] | None = None

    def say(
        self,
        text: str,
        *,
        interruptible: bool,
        on_start: Callable[[], None],
        on_end: Callable[[Spoken], None],
    ) -> None:
        assert self._end is None, "two lines at once"
        loop = asyncio.get_running_loop()
        started = self.now()
        if self.fails:
            self.fails -= 1
            loop.call_soon(on_end, Spoken("", "failed", started, started))
            return
        self.before_saying(text)
        self.lines.append(text)
        self.fallen_silent.clear()
        words = text.split()

        def finish(outcome: Any) -> None:
            if self._end is None:
                return
            timer.cancel()
            self._end = None
            heard = int((self.now() - started) / SECONDS_PER_WORD + 1e-6)
            said = text if outcome == "finished" else " ".join(words[:heard])
            self.fallen_silent.set()
            on_end(Spoken(said, outcome, started, self.now()))

        self._end = finish
        timer = loop.call_later(len(words) * SECONDS_PER_WORD, finish, "finished")
        on_start()

    def hush(self) -> None:
        if self._end is not None:
            asyncio.get_running_loop().call_soon(self._end, "stopped")

    def interrupt(self) -> None:
        assert self._end is not None, "nothing to break in on"
        self._end("interrupted")

    @property
    def speaking(self) -> bool:
        return self._end is not None


@dataclass
class FakeFace:
    shown: list[tuple[ShowState, float | None]] = field(default_factory=list)
    busy: list[bool] = field(default_factory=list)

    def show(self, state: ShowState, ends_at_wall: float | None) -> None:
        self.shown.append((state, ends_at_wall))

    def thinking(self, busy: bool) -> None:
        self.busy.append(busy)


@dataclass
class FakeLink:
    """A server in memory. `failures`: exceptions to raise first, one a call."""

    session: SessionForAgent | None = None
    failures: list[Exception] = field(default_factory=list)
    down: bool = False
    log: list[EventBody] = field(default_factory=list)
    calls: int = 0

    async def load(self, session_id: str, epoch: int) -> SessionForAgent:
        assert self.session is not None
        return self.session

    async def append(self, session_id: str, epoch: int, events: Sequence[EventBody]) -> int:
        self.calls += 1
        await asyncio.sleep(0.01)
        if self.down:
            raise ServerUnreachable("down")
        if self.failures:
            raise self.failures.pop(0)
        known = {event.uid for event in self.log}
        self.log.extend(event for event in events if event.uid not in known)
        return len(self.log)

    async def line(self, session_id: str, epoch: int, at: float) -> None:
        await asyncio.Event().wait()

    async def heartbeat(self, session_id: str, epoch: int, at: float) -> HeartbeatTaken:
        if self.down:
            raise ServerUnreachable("down")
        return HeartbeatTaken(record=False)


class FakeBrain(llm.LLM[str]):
    """Answers with `chunks`, a string each, or with an exception to raise or seconds to wait."""

    def __init__(self, *chunks: str | float | Exception) -> None:
        super().__init__()
        self.chunks = chunks
        self.asked: list[llm.ChatContext] = []

    @property
    def model(self) -> str:
        return "fake"

    def chat(
        self,
        *,
        chat_ctx: llm.ChatContext,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
        **_: Any,
    ) -> llm.LLMStream:
        self.asked.append(chat_ctx)
        return _FakeStream(self, chat_ctx=chat_ctx, tools=[], conn_options=conn_options)


class _FakeStream(llm.LLMStream):
    _llm: FakeBrain

    async def _run(self) -> None:
        for chunk in self._llm.chunks:
            if isinstance(chunk, Exception):
                raise chunk
            if isinstance(chunk, int | float):
                await asyncio.sleep(chunk)
                continue
            self._event_ch.send_nowait(
                llm.ChatChunk(
                    id=utils.shortuuid(), delta=llm.ChoiceDelta(role="assistant", content=chunk)
                )
            )
