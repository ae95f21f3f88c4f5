"""One interview, from the dispatch to the goodbye: composes the parts and keeps them running."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from livekit import rtc
from livekit.agents import AgentSession, JobContext, UserStateChangedEvent, room_io
from livekit.agents.utils import shortuuid

from agent.attendance import Attendance
from agent.brain.observer import ModelObserver
from agent.brain.wording import Wording
from agent.clock import SessionClock, resumed_start
from agent.ears import new_agent_session, stop_by_itself
from agent.interviewer import Interviewer
from agent.journal import Journal
from agent.link import HttpLink, InterviewLink, ServerRefused, ServerUnreachable
from agent.log import logger
from agent.outbox import Outbox
from agent.recording.recording import Recording
from agent.recording.sound import SessionSound
from agent.room import Requests, RoomFace
from agent.runner import Runner
from agent.speech.barge_in import BargeIn
from agent.speech.end_of_turn import EndOfTurn
from agent.speech.engines import Engines
from agent.speech.mouth import Mouth
from agent.speech.voice_spans import VoiceSpans
from agent.takeover import undelivered_of
from agent.tasks import Tasks
from agent.voice import SessionVoice
from interview.engine import Engine
from interview.errors import FencedError
from interview.events import (
    CandidateSilent,
    CandidateSpeaking,
    InterviewerJoined,
    TurnEnded,
    UtteranceFinal,
)
from interview.scenario import scenario_from_dict
from interview.wire import (
    HEARTBEAT_SECONDS,
    DispatchMetadata,
    EventBody,
    SessionForAgent,
    decode_event,
)

TYPED_CHUNK = 4000
LAST_DELIVERY_SECONDS = 10.0
# Well below the time after which the server takes a broken line for a death.
LINE_AGAIN_SECONDS = 0.1


async def run_interview(ctx: JobContext, engines: Engines) -> None:
    """Returns when the interview is over, or when another interviewer has taken it over."""
    job = DispatchMetadata.model_validate_json(ctx.job.metadata)
    settings = engines.settings
    link = HttpLink(settings.server_url, settings.agent_token.get_secret_value())
    try:
        await ctx.connect()
        given = await link.load(job.session_id, job.epoch)
        await asyncio.to_thread(engines.load_voice, given.plan.voice)
        await Interview(ctx.room, link, given, engines).run()
    except FencedError:
        logger.info("another interviewer holds the session; leaving")
    except (ServerRefused, ServerUnreachable) as error:
        logger.error("the interview cannot be held: %s", error)
    finally:
        await link.aclose()
        ctx.shutdown()


class Interview:
    def __init__(
        self, room: rtc.Room, link: InterviewLink, given: SessionForAgent, engines: Engines
    ) -> None:
        self._room = room
        self._link = link
        self._given = given
        self._engines = engines
        self._left: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._tasks = Tasks()

        scenario = scenario_from_dict(given.scenario)
        self._journal = Journal(engines.settings.journal_dir, given.session_id)
        self._outbox = Outbox(
            link, given.session_id, given.epoch, on_fenced=lambda: self._leave("fenced")
        )
        stored = list(given.events)
        undelivered, self._left_out = undelivered_of(self._journal.read(), stored)
        if self._left_out:
            logger.warning("%d journalled events came too late for the log", self._left_out)
        history: list[EventBody] = [*stored, *undelivered]
        for event in undelivered:
            self._outbox.put(event)
        engine = Engine.replay(
            given.plan,
            scenario,
            given.candidate_name,
            [decode_event(event.type, event.at, event.data) for event in history],
        )
        self._clock = SessionClock(
            start_at=resumed_start(
                clock_at=given.clock_at,
                clock_wall=given.clock_wall.timestamp() if given.clock_wall else None,
                last_event_at=history[-1].at if history else None,
                wall=time.time(),
            ),
            monotonic=time.monotonic,
            wall=time.time,
        )
        self._end_of_turn = EndOfTurn(wall=time.time)
        self._face = RoomFace(room)
        self._sound = SessionSound(
            self._clock.now,
            lambda number: Recording(
                link,
                engines.settings.spool_dir,
                given.session_id,
                given.epoch,
                self._clock.now,
                first=number,
            ),
        )
        self._mouth = Mouth(playing=self._sound.playing, on_failed=lambda: self._leave("mute"))
        self._agent_session = new_agent_session(
            engines, scenario.terms, given.plan, self._end_of_turn
        )
        self._agent_session.output.audio = self._mouth
        voice = SessionVoice(self._agent_session, self._sound.playing, self._clock.now)
        self._spans = VoiceSpans()
        self._barge_in = BargeIn(engines.vad, voice, self._spans)
        self._runner = Runner(
            engine=engine,
            clock=self._clock,
            voice=voice,
            face=self._face,
            wording=Wording(engines.new_brain()),
            observer=(
                None
                if engines.settings.brain == "local"
                else ModelObserver(engines.new_brain(), scenario)
            ),
            journal=self._journal,
            outbox=self._outbox,
            epoch=given.epoch,
        )
        self._attendance = Attendance(room, given.candidate_identity, self._runner, self._leave)

    async def run(self) -> None:
        runner, now = self._runner, self._runner.now
        self._tasks.keep(self._outbox.run, "the delivery of events")
        self._tasks.keep(self._heartbeats, "the heartbeat")
        self._tasks.keep(self._line, "the line to the server")
        self._tasks.keep(self._face.run, "what the page is shown")
        self._tasks.start(self._barge_in.run(), "listening for interruptions", self._deaf_to_sound)
        self._sound.allow(self._given.record)
        await self._mouth.publish(self._room)
        session = self._agent_session
        session.on("user_state_changed", self._on_candidate_state)
        session.on("agent_state_changed", self._face.on_agent_state)
        session.on("close", lambda _: self._leave("closed"))
        try:
            await session.start(
                Interviewer(
                    sound=self._sound,
                    clock=self._clock,
                    spans=self._spans,
                    end_of_turn=self._end_of_turn,
                    barge_in=self._barge_in,
                    on_heard=runner.post_heard,
                    on_turn_ended=lambda: _drop(runner.post(TurnEnded(at=now()))),
                ),
                room=self._room,
                room_options=self._room_options(),
                record=False,
            )
            Requests(
                self._room,
                candidate_identity=self._given.candidate_identity,
                now=now,
                handle=runner.post,
            ).register()
            runner.post(
                InterviewerJoined(
                    at=now(), epoch=self._given.epoch, live_until=self._given.live_until
                )
            )
            self._attendance.take()
            over: list[asyncio.Future[Any]] = [runner.finished, runner.failed, self._left]
            await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._close()

    async def _close(self) -> None:
        over = self._runner.finished.done()
        self._attendance.close()
        await self._runner.aclose()
        delivered = await self._outbox.delivered(within=LAST_DELIVERY_SECONDS if over else 2.0)
        await self._face.flush()
        await self._tasks.aclose()
        await self._agent_session.aclose()
        await self._sound.aclose(within=LAST_DELIVERY_SECONDS if over else 2.0)
        await self._mouth.aclose()
        self._end_of_turn.close()
        kept_elsewhere = delivered and not self._outbox.refused and not self._left_out
        self._journal.close(delete=over and kept_elsewhere)

    def _room_options(self) -> room_io.RoomOptions:
        return room_io.RoomOptions(
            participant_identity=self._given.candidate_identity,
            close_on_disconnect=False,
            text_input=room_io.TextInputOptions(text_input_cb=self._on_typed),
            audio_input=room_io.AudioInputOptions(sample_rate=16_000, frame_size_ms=20),
            audio_output=False,
        )

    def _on_candidate_state(self, event: UserStateChangedEvent) -> None:
        runner = self._runner
        self._face.on_candidate_state(event)
        if event.new_state == "speaking":
            runner.post(CandidateSpeaking(at=runner.now()))
        elif event.old_state == "speaking":
            runner.post(CandidateSilent(at=runner.now()))

    async def _on_typed(
        self, agent_session: AgentSession[Any], event: room_io.TextInputEvent
    ) -> None:
        runner = self._runner
        text = event.text.strip()
        if not text:
            return
        await agent_session.interrupt()
        for start in range(0, len(text), TYPED_CHUNK):
            at = runner.now()
            runner.post(
                UtteranceFinal(
                    at=at,
                    utterance_id=shortuuid("typed_"),
                    text=text[start : start + TYPED_CHUNK],
                    start_ms=round(at * 1000),
                    end_ms=round(at * 1000),
                    source="typed",
                )
            )
        runner.post(TurnEnded(at=runner.now()))

    async def _heartbeats(self) -> None:
        while True:
            try:
                taken = await self._link.heartbeat(
                    self._given.session_id, self._given.epoch, self._runner.now()
                )
                self._sound.allow(taken.record)
            except (FencedError, ServerRefused) as error:
                logger.info("the session was taken from this interviewer: %s", error)
                self._leave("fenced")
                return
            except ServerUnreachable as error:
                logger.warning("no heartbeat: %s", error)
            await asyncio.sleep(HEARTBEAT_SECONDS)

    async def _line(self) -> None:
        while True:
            try:
                await self._link.line(self._given.session_id, self._given.epoch, self._runner.now())
            except (FencedError, ServerRefused):
                self._leave("fenced")
                return
            except ServerUnreachable:
                # The heartbeat says so in the log.
                pass
            await asyncio.sleep(LINE_AGAIN_SECONDS)

    def _leave(self, reason: str) -> None:
        if not self._left.done():
            self._left.set_result(reason)

    def _deaf_to_sound(self) -> None:
        logger.warning("words alone, and longer speech, interrupt the interviewer from now on")
        stop_by_itself(self._agent_session)


def _drop(_: object) -> None:
    return None
