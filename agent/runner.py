"""The one executor: feeds events to the engine, keeps them, and carries out what it answers.

Everything runs on one event loop. `post` is synchronous, so events reach the engine in the order in
which they were posted. Nothing is said in answer to an event before that event is kept.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from agent.brain.calls import Reply
from agent.brain.wording import Wording
from agent.clock import SessionClock
from agent.interviewer import Heard
from agent.journal import Journal
from agent.log import logger
from agent.outbox import Outbox
from agent.voice import Spoken, Voice
from interview.commands import (
    CancelWake,
    Command,
    EnterSegment,
    Finish,
    Hush,
    Observe,
    Refuse,
    Say,
    ShowState,
    WakeAt,
)
from interview.coverage import Coverage
from interview.engine import Engine
from interview.events import AnyEvent, SpeechEnded, SpeechStarted, TimerFired, UtteranceFinal
from interview.observing import observe
from interview.wire import EventBody, encode_event

# How long a reply waits for the server to acknowledge what it answers. The journal has it already.
ACKNOWLEDGE_SECONDS = 1.0


class Face(Protocol):
    """What the page sees of the interviewer. `ends_at_wall`: epoch seconds, None unless running."""

    def show(self, state: ShowState, ends_at_wall: float | None) -> None: ...

    def thinking(self, busy: bool) -> None: ...


class Observer(Protocol):
    """Reads finished turns and posts what it finds; `start` returns at once."""

    def start(self, turn: Observe, coverage: Coverage, runs: Runner) -> None: ...

    async def aclose(self) -> None: ...


class Runner:
    def __init__(
        self,
        *,
        engine: Engine,
        clock: SessionClock,
        voice: Voice,
        face: Face,
        wording: Wording,
        journal: Journal,
        outbox: Outbox,
        epoch: int,
        observer: Observer | None = None,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._voice = voice
        self._face = face
        self._wording = wording
        self._journal = journal
        self._outbox = outbox
        self._epoch = epoch
        self._observer = observer
        self._number = 1
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._speaking: asyncio.Task[None] | None = None
        self._closed = False
        self._unjournalled = False
        loop = asyncio.get_running_loop()
        self.finished: asyncio.Future[Finish] = loop.create_future()
        self.failed: asyncio.Future[None] = loop.create_future()

    @property
    def engine(self) -> Engine:
        return self._engine

    def now(self) -> float:
        return self._clock.now()

    def post(self, event: AnyEvent) -> list[Command]:
        """Keep the event, hand it to the engine, carry out the answer, and return it.

        An engine that fails is not trusted again: `failed` is set, and nothing is done any more."""
        if self._closed:
            return []
        try:
            commands = self._engine.handle(event)
        except Exception as error:
            # Type and place only: the message may quote the candidate.
            where = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(
                "the engine failed on %s: %s at %s:%s",
                type(event).__name__,
                type(error).__name__,
                where.filename,
                where.lineno,
            )
            self._closed = True
            if not self.failed.done():
                self.failed.set_result(None)
            return []
        self._keep(event)
        for command in commands:
            self._execute(command)
        return commands

    def _observe(self, turn: Observe) -> None:
        """In a step of its own, so that nothing that is said waits for it. What a model finds
        later replaces what the built-in observer finds at once."""
        coverage, scenario = self._engine.coverage, self._engine.scenario
        try:
            observed = observe(turn, scenario, coverage, self.now())
        except Exception as error:
            # Type only: the message may quote the candidate.
            logger.error("the built-in observer failed: %s", type(error).__name__)
        else:
            self.post(observed)
        if self._observer is not None and not self._closed:
            self._observer.start(turn, coverage, self)

    def post_heard(self, heard: Heard) -> None:
        self.post(
            UtteranceFinal(
                at=self.now(),
                utterance_id=heard.utterance_id,
                text=heard.text,
                start_ms=round(heard.started * 1000),
                end_ms=round(heard.ended * 1000),
                confidence=heard.confidence,
                words=heard.words,
            )
        )

    async def aclose(self) -> None:
        if self._observer is not None:
            await self._observer.aclose()
        self._closed = True
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        if self._speaking is not None:
            self._speaking.cancel()
            await asyncio.gather(self._speaking, return_exceptions=True)
        await self._wording.aclose()

    def _keep(self, event: AnyEvent) -> None:
        type_, at, data = encode_event(event)
        wall = datetime.fromtimestamp(self._clock.wall_at(at), UTC)
        body = EventBody(
            uid=f"{self._epoch}-{self._number}", at=at, wall=wall, type=type_, data=data
        )
        self._number += 1
        try:
            self._journal.append(body)
        except OSError as error:
            # The server is then the only copy; the interview goes on.
            if not self._unjournalled:
                logger.error(
                    "the journal cannot be written: %s; only the server keeps what is said from "
                    "now on",
                    error.strerror,
                )
            self._unjournalled = True
        else:
            if self._unjournalled:
                logger.info("the journal can be written again")
            self._unjournalled = False
        self._outbox.put(body)

    async def _kept(self) -> None:
        try:
            await self._journal.synced()
        except OSError as error:
            logger.error("the journal cannot be synced: %s", error.strerror)
        await self._outbox.delivered(within=ACKNOWLEDGE_SECONDS)

    def _execute(self, command: Command) -> None:
        match command:
            case Say():
                self._speaking = asyncio.create_task(self._speak(command), name="runner.speak")
                self._speaking.add_done_callback(lambda task: self._prepared(command, task))
            case Hush():
                self._hush()
            case WakeAt(name=name, at=at):
                self._cancel(name)
                delay = max(0.0, at - self.now())
                loop = asyncio.get_running_loop()
                self._timers[name] = loop.call_later(delay, self._fire, name)
            case CancelWake(name=name):
                self._cancel(name)
            case ShowState():
                ends = command.ends_at
                self._face.show(command, None if ends is None else self._clock.wall_at(ends))
            case Observe():
                asyncio.get_running_loop().call_soon(self._observe, command)
            case EnterSegment(segment=segment):
                logger.info("segment %s begins", segment)
            case Refuse(request=request):
                logger.info("refused: %s", request)
            case Finish():
                if not self.finished.done():
                    self.finished.set_result(command)

    async def _speak(self, say: Say) -> None:
        self._face.thinking(True)
        try:
            worded, _ = await asyncio.gather(
                self._wording.word(
                    say.move,
                    lambda: self._engine.briefing(say.move),
                    lambda reply, fallback: self._called(say, reply, fallback),
                ),
                self._kept(),
            )
        finally:
            self._face.thinking(False)
        # Not the reason: it may quote the candidate. It is in the session's own log.
        logger.info("move %s", say.move.kind, extra={"ref": say.move.ref})
        self._voice.say(
            worded.text,
            interruptible=say.interruptible,
            on_start=self._started_callback(say, worded.text),
            on_end=lambda spoken: self._ended(say, spoken),
        )

    def _called(self, say: Say, reply: Reply, fallback: str | None) -> None:
        self.post(reply.called(self.now(), "wording", fallback, say_id=say.say_id))

    def _prepared(self, say: Say, task: asyncio.Task[None]) -> None:
        """Every Say is answered, also one hushed before its task took its first step."""
        if not task.cancelled() and task.exception() is None:
            return
        if not task.cancelled():
            logger.error("a line was not said: %s", type(task.exception()).__name__)
        now = self.now()
        self._ended(say, Spoken("", "stopped" if task.cancelled() else "failed", now, now))

    def _started_callback(self, say: Say, text: str) -> Callable[[], None]:
        def started() -> None:
            move = say.move
            self.post(
                SpeechStarted(
                    at=self.now(),
                    say_id=say.say_id,
                    text=text,
                    move=move.kind,
                    reason=move.reason,
                    ref=move.ref,
                )
            )

        return started

    def _ended(self, say: Say, spoken: Spoken) -> None:
        self.post(
            SpeechEnded(
                at=self.now(),
                say_id=say.say_id,
                text=spoken.text,
                outcome=spoken.outcome,
                start_ms=round(spoken.started * 1000),
                end_ms=round(spoken.ended * 1000),
                words=spoken.words,
            )
        )

    def _hush(self) -> None:
        if self._speaking is not None and not self._speaking.done():
            self._speaking.cancel()
        self._voice.hush()

    def _fire(self, name: str) -> None:
        self._timers.pop(name, None)
        self.post(TimerFired(at=self.now(), name=name))

    def _cancel(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()
