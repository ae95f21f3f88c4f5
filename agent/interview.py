"""One interview, from the dispatch to the goodbye: composes the parts and keeps them running."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from livekit import rtc
from livekit.agents import (
    AgentSession,
    JobContext,
    TurnHandlingOptions,
    UserStateChangedEvent,
    room_io,
)
from livekit.agents.utils import shortuuid
from livekit.agents.voice.agent_session import SessionConnectOptions

from agent.brain.observer import ModelObserver
from agent.brain.wording import Wording
from agent.clock import SessionClock, resumed_start
from agent.interviewer import Interviewer
from agent.journal import Journal
from agent.link import HttpLink, ServerLink, ServerRefused, ServerUnreachable
from agent.log import logger
from agent.outbox import Outbox
from agent.room import Requests, RoomFace
from agent.runner import Runner
from agent.speech.barge_in import BargeIn
from agent.speech.end_of_turn import EndOfTurn
from agent.speech.engines import Engines
from agent.speech.mouth import Mouth
from agent.voice import SessionVoice
from interview.engine import Engine
from interview.errors import FencedError
from interview.events import (
    CandidateJoined,
    CandidateLeft,
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
# An interviewer without a candidate gives its place up; whoever comes back later gets a new one.
ALONE_SECONDS = 90.0
# A provider that fails again and again is answered by our own fallbacks, not by giving up.
NEVER_GIVE_UP = 1_000_000


async def run_interview(ctx: JobContext, engines: Engines) -> None:
    """Returns when the interview is over, or when another interviewer has taken it over."""
    job = DispatchMetadata.model_validate_json(ctx.job.metadata)
    settings = engines.settings
    link = HttpLink(settings.server_url, settings.agent_token.get_secret_value())
    try:
        await ctx.connect()
        given = await link.load(job.session_id, job.epoch)
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
        self, room: rtc.Room, link: ServerLink, given: SessionForAgent, engines: Engines
    ) -> None:
        self._room = room
        self._link = link
        self._given = given
        self._engines = engines
        self._left: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._tasks: set[asyncio.Task[None]] = set()
        self._giving_up: asyncio.TimerHandle | None = None
        # When the SFU last heard of the candidate, once it says that it hears them no more.
        self._lost_at: float | None = None
        # Who is in the room counts from then on, when it is looked at for the first time.
        self._taken_over = False

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
        self._mouth = Mouth()
        self._agent_session = new_agent_session(engines, scenario.terms, self._end_of_turn)
        self._agent_session.output.audio = self._mouth
        voice = SessionVoice(self._agent_session)
        self._barge_in = BargeIn(engines.vad, voice)
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

    async def run(self) -> None:
        runner, now = self._runner, self._runner.now
        self._watch_room()
        self._spawn(self._outbox.run())
        self._spawn(self._heartbeats())
        self._spawn(self._face.run())
        self._spawn(self._barge_in.run())
        await self._mouth.publish(self._room)
        session = self._agent_session
        session.on("user_state_changed", self._on_candidate_state)
        session.on("agent_state_changed", self._face.on_agent_state)
        session.on("close", lambda _: self._leave("closed"))
        try:
            await session.start(
                Interviewer(
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
            self._taken_over = True
            # The log may be wrong about who is in the room: it was not kept while nobody was here.
            if self._given.candidate_identity in self._room.remote_participants:
                runner.post(CandidateJoined(at=now()))
            else:
                self._alone(True)
                if runner.engine.view(now()).present:
                    runner.post(CandidateLeft(at=now(), reason="not_in_the_room"))
            over: list[asyncio.Future[Any]] = [runner.finished, runner.failed, self._left]
            await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._close()

    async def _close(self) -> None:
        over = self._runner.finished.done()
        self._alone(False)
        await self._runner.aclose()
        delivered = await self._outbox.delivered(within=LAST_DELIVERY_SECONDS if over else 2.0)
        await self._face.flush()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._agent_session.aclose()
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

    def _watch_room(self) -> None:
        runner, candidate = self._runner, self._given.candidate_identity

        def joined(participant: rtc.RemoteParticipant) -> None:
            if participant.identity == candidate and self._taken_over:
                self._alone(False)
                runner.post(CandidateJoined(at=runner.now()))

        def left(participant: rtc.RemoteParticipant) -> None:
            if participant.identity == candidate and self._taken_over:
                self._alone(True)
                since, self._lost_at = self._lost_at, None
                reason = rtc.DisconnectReason.Name(
                    participant.disconnect_reason or rtc.DisconnectReason.UNKNOWN_REASON
                )
                runner.post(CandidateLeft(at=runner.now(), reason=reason.lower(), since=since))

        def quality(participant: rtc.Participant, value: rtc.ConnectionQuality) -> None:
            if participant.identity == candidate:
                lost = value == rtc.ConnectionQuality.QUALITY_LOST
                self._lost_at = (self._lost_at or runner.now()) if lost else None

        self._room.on("connection_quality_changed", quality)
        self._room.on("participant_connected", joined)
        self._room.on("participant_disconnected", left)
        self._room.on("disconnected", lambda _: self._leave("disconnected"))

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
                await self._link.heartbeat(
                    self._given.session_id, self._given.epoch, self._runner.now()
                )
            except (FencedError, ServerRefused) as error:
                logger.info("the session was taken from this interviewer: %s", error)
                self._leave("fenced")
                return
            except ServerUnreachable as error:
                logger.warning("no heartbeat: %s", error)
            await asyncio.sleep(HEARTBEAT_SECONDS)

    def _alone(self, alone: bool) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None
        if alone:
            loop = asyncio.get_running_loop()
            self._giving_up = loop.call_later(ALONE_SECONDS, self._leave, "nobody_here")

    def _leave(self, reason: str) -> None:
        if not self._left.done():
            self._left.set_result(reason)

    def _spawn(self, coroutine: Any) -> None:
        self._tasks.add(asyncio.create_task(coroutine))


def undelivered_of(
    journalled: Sequence[EventBody], stored: Sequence[EventBody]
) -> tuple[list[EventBody], int]:
    """What the server has not got yet, and how many events are left out because the log is past
    their time already: an interviewer wrote them that had been replaced without knowing it."""
    known = {event.uid for event in stored}
    reached = stored[-1].at if stored else 0.0
    undelivered: list[EventBody] = []
    left_out = 0
    for event in journalled:
        if event.uid in known:
            continue
        if event.at < reached:
            left_out += 1
            continue
        reached = event.at
        undelivered.append(event)
    return undelivered, left_out


def new_agent_session(
    engines: Engines, terms: tuple[str, ...], end_of_turn: EndOfTurn
) -> AgentSession[None]:
    """Ears and mouth only: replies are the engine's, so no LLM and no preemptive generation."""
    return AgentSession(
        stt=engines.new_stt(terms),
        tts=engines.new_tts(),
        vad=engines.vad,
        turn_handling=TurnHandlingOptions(
            turn_detection=end_of_turn,
            endpointing={"mode": "fixed", "min_delay": 0.5, "max_delay": 3.0},
            # Of interruptions only words that were recognised are left to the session: `BargeIn`
            # pauses and stops the speech at the sound itself.
            interruption={
                "mode": "vad",
                "min_duration": 3.0,
                "resume_false_interruption": False,
            },
            preemptive_generation={"enabled": False},
        ),
        aec_warmup_duration=None,
        user_away_timeout=None,
        conn_options=SessionConnectOptions(max_unrecoverable_errors=NEVER_GIVE_UP),
    )


def _drop(_: object) -> None:
    return None
