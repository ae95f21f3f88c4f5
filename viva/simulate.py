"""`viva simulate`: a whole interview with a candidate that speaks and listens through the room."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.recording.places import Place
from interview.scenario import SEGMENT_IDS, Scenario
from viva.candidate import CandidateInRoom, Caption
from viva.client import Client
from viva.conduct import judge
from viva.errors import CommandError
from viva.levels import RATE, Samples
from viva.microphone import Saying
from viva.outcome import Result
from viva.performer import Performer
from viva.persona import BargeIn, Persona
from viva.recorded import Sent, compared, placed
from viva.room_record import RoomRecord, Said, SaidKind, Span
from viva.speaker import Clip, load_sound
from viva.taking_turns import speak_until_done, wait_to_break_in, within
from viva.wer import word_error_rate

# Beyond the planned time: the buffer, the soft landings and the goodbye.
_OVERTIME_S = 180.0
_INTERVIEWER_COMES_S = 60.0
# An interviewer that does not answer within this has lost the turn.
_ANSWER_S = 30.0
_SAVED_S = 20.0
# The server waits for what is late before it joins a recording.
_JOINED_S = 90.0
_OVER = frozenset({"ended", "scored", "abandoned"})
_USUAL_BARGE_IN = BargeIn(every=1)


@dataclass(frozen=True, slots=True)
class SimulateConfig:
    """`segment_seconds`: five lengths, or None for the scenario's own. `wavs`: sound files said in
    order instead of the persona's lines. `barge_in_every`: break into every n-th turn of the
    interviewer, 0 for what the persona does. `turns_max`: end the interview after so many answers.
    `record`: agree to being recorded, and compare the recording with what was said.
    `private`: the scenario with what only the interviewer knows, to tell whether it kept it."""

    url: str
    scenario: str
    persona: Persona
    segment_seconds: tuple[float, ...] | None = None
    difficulty: str | None = None
    tone: str | None = None
    email: str | None = None
    password: str | None = None
    voice: str = "joe"
    wavs: tuple[Path, ...] = ()
    barge_in_every: int = 0
    turns_max: int | None = None
    record: bool = False
    private: Scenario | None = None
    on_line: Callable[[str], None] = lambda line: None


async def simulate(config: SimulateConfig) -> Result:
    """Holds one interview. Raises CommandError when it cannot begin."""
    async with Client(config.url) as client:
        if config.email is not None:
            await client.log_in(config.email, config.password or "")
        else:
            await client.register(f"Simulated {config.persona.id}")
        return await _Interview(config, client).hold()


class _Interview:
    def __init__(self, config: SimulateConfig, client: Client) -> None:
        self._config = config
        self._persona = config.persona
        self._client = client
        self._wavs = iter(config.wavs)
        self._performer: Performer | None = None
        self._interviewer_turns = 0
        self._sayings: list[tuple[SaidKind, Saying]] = []
        self._heard: list[Span] = []
        self._kept: list[tuple[Place, Samples]] = []
        self._absent = False
        barge_in = self._persona.barge_in or _USUAL_BARGE_IN
        self._barge_in_after_s = barge_in.after_s
        self._barge_in_every = config.barge_in_every
        if not self._barge_in_every and self._persona.barge_in is not None:
            self._barge_in_every = barge_in.every

    async def hold(self) -> Result:
        config = self._config
        # Before the clock of the first word runs: a person's voice is loaded too.
        if not config.wavs and self._persona.behaviour == "answers":
            self._performer = await asyncio.to_thread(Performer, self._persona, config.voice)
        begun = time.monotonic()
        session = await self._client.create_session(
            config.scenario, config.segment_seconds, config.difficulty, config.tone
        )
        result = Result(session_id=session["id"])
        config.on_line(f"session {result.session_id}")
        if config.record:
            await self._client.consent(result.session_id)
        planned = sum(segment["planned_s"] for segment in session["segments"])
        deadline = begun + planned + _OVERTIME_S
        ended = await self._in_the_room(result, begun, deadline)
        while not ended and self._absent and self._persona.absence is not None:
            config.on_line("(leaves the room)")
            await asyncio.sleep(self._persona.absence.seconds)
            config.on_line("(comes back)")
            deadline += self._persona.absence.seconds
            ended = await self._in_the_room(result, time.monotonic(), deadline)
        record = self._record()
        await self._read_back(result, record, ended=ended)
        if config.record:
            result.recording = await self._recording(result.session_id)
        result.wall_s = time.monotonic() - begun
        return result

    async def _in_the_room(self, result: Result, begun: float, deadline: float) -> bool:
        """From joining to leaving, for a while or for good; True when the interview is over."""
        returning, self._absent = self._absent, False
        server_url, token = await self._client.connect(result.session_id)
        background = self._performer.background if self._performer else None
        async with CandidateInRoom(server_url, token, self._caption, background) as room:
            if self._config.record:
                room.ear.kept = self._kept
            before = list(result.segments)
            try:
                first = await within(_INTERVIEWER_COMES_S, room.first_sound(begun))
                if first is None and not room.ended and not returning:
                    raise CommandError(
                        f"session {result.session_id}: the interviewer was not heard within "
                        f"{_INTERVIEWER_COMES_S:.0f} s; see the worker's lines of `viva up`"
                    )
                if not returning and first is not None:
                    result.first_word_ms = (first - begun) * 1000
                if self._persona.behaviour != "leaves":
                    await within(deadline - time.monotonic(), self._converse(room, result))
                    if not room.ended and not self._absent:
                        # Who goes for good says so; the interviewer would wait otherwise.
                        await self._client.control(result.session_id, "end")
                return room.ended
            finally:
                again = before[-1:] == room.segments[:1]
                result.segments = before + room.segments[1 if again else 0 :]
                self._heard += room.ear.spans

    async def _converse(self, room: CandidateInRoom, result: Result) -> None:
        while not room.ended:
            if self._persona.behaviour == "silent":
                await room.end()
                return
            self._interviewer_turns += 1
            every = self._barge_in_every
            barge_in = every > 0 and self._interviewer_turns % every == 0
            if barge_in:
                barge_in = await wait_to_break_in(room.ear, self._barge_in_after_s)
            else:
                await self._listen(room)
                await asyncio.sleep(self._persona.thinking_s)
                # Whoever goes on after a pause for breath is not interrupted.
                await room.turn_over()
            if room.ended:
                return
            clip = await self._next_clip(room, barge_in=barge_in)
            if clip is None:
                await room.end()
                return
            await self._say(room, clip, result, barge_in=barge_in)
            if self._config.turns_max is not None and len(result.said) >= self._config.turns_max:
                return
            absence = self._persona.absence
            if absence is not None and len(result.said) == absence.after_answers:
                self._absent = not room.ended
                return

    async def _listen(self, room: CandidateInRoom) -> None:
        """Until the interviewer has given up the floor, with an "mm-hm" now and then."""
        habit = self._persona.backchannel
        aside: asyncio.Task[None] | None = None
        if habit is not None and self._interviewer_turns % habit.every == 0:
            aside = asyncio.create_task(self._say_aside(room, habit.after_s))
        try:
            await room.turn_over()
        finally:
            if aside is not None:
                aside.cancel()
                await asyncio.gather(aside, return_exceptions=True)

    async def _say_aside(self, room: CandidateInRoom, after_s: float) -> None:
        if await wait_to_break_in(room.ear, after_s) and self._performer is not None:
            clip = self._performer.aside()
            if clip is not None:
                self._config.on_line(f"(aside)      {clip.text}")
                self._sayings.append(("backchannel", room.microphone.say(clip)))

    async def _next_clip(self, room: CandidateInRoom, *, barge_in: bool) -> Clip | None:
        question = room.take_question()
        if self._config.wavs:
            path = next(self._wavs, None)
            return None if path is None else await asyncio.to_thread(load_sound, path)
        if self._performer is None:
            return None
        return await asyncio.to_thread(
            self._performer.answer, question, room.segment, breaking_in=barge_in
        )

    async def _say(
        self, room: CandidateInRoom, clip: Clip, result: Result, *, barge_in: bool
    ) -> None:
        self._config.on_line(f"(says)       {clip.text or 'a sound file'}")
        heard_before = len(room.ear.spans)
        saying = room.microphone.say(clip)
        self._sayings.append(("barge_in" if barge_in else "answer", saying))
        await speak_until_done(room, saying, gives_way=not barge_in)
        if room.ended or saying.started is None or saying.ended is None:
            # Cut off by the end of the interview: nobody was there to hear the rest.
            return
        result.said.append(saying.text or "")
        if barge_in and heard_before:
            stopped = room.ear.spans[heard_before - 1][1]
            result.barge_in_ms.append(max(0.0, (stopped - saying.started) * 1000))
        else:
            result.cut_ins += len(room.ear.spans) > heard_before
        if saying.broken_off:
            self._config.on_line("(gives way)")
            return
        first = await within(_ANSWER_S, room.first_sound(saying.ended))
        if first is not None:
            result.gaps_ms.append((first - saying.ended) * 1000)
        elif not room.ended:
            result.unanswered += 1

    def _record(self) -> RoomRecord:
        to_epoch = time.time() - time.monotonic()
        said = [
            Said(
                kind=kind,
                text=saying.text or "",
                start=saying.started + to_epoch,
                end=saying.ended + to_epoch,
                pauses=tuple((one + to_epoch, other + to_epoch) for one, other in saying.pauses),
                broken_off=saying.broken_off,
            )
            for kind, saying in self._sayings
            if saying.started is not None and saying.ended is not None
        ]
        return RoomRecord(
            said=tuple(sorted(said, key=lambda one: one.start)),
            interviewer=tuple((one + to_epoch, other + to_epoch) for one, other in self._heard),
            until=time.time(),
        )

    async def _read_back(self, result: Result, record: RoomRecord, *, ended: bool) -> None:
        session = await self._when_over(result.session_id, _SAVED_S if ended else 2.0)
        result.state = session["state"]
        result.transcript = (await self._client.transcript(result.session_id))["turns"]
        if all(result.said):
            result.wer = word_error_rate(result.said, result.understood())
        events = await self._client.events(result.session_id)
        if result.state not in _OVER:
            # Why something was said is shown once nobody can come back to hear more.
            with contextlib.suppress(CommandError):
                await self._client.control(result.session_id, "end")
            await self._when_over(result.session_id, _SAVED_S)
            events = (await self._client.events(result.session_id))[: len(events)]
        result.conduct = judge(
            record, events, result.transcript, session["segments"], self._config.private
        )

    async def _when_over(self, session_id: str, within_s: float) -> dict[str, Any]:
        """The session once it is over, or as it is after so many seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within_s
        while True:
            session = await self._client.session(session_id)
            if session["state"] in _OVER or loop.time() > deadline:
                return session
            await asyncio.sleep(0.25)

    async def _recording(self, session_id: str) -> dict[str, Any]:
        """How what was recorded agrees with what was said, and with the log."""
        ogg = await self._client.recording(session_id, _JOINED_S)
        events = await self._client.events(session_id)
        # The session clock's 0, in time.monotonic().
        begun = min(
            datetime.fromisoformat(event["wall"]).timestamp() - event["at"] for event in events
        )
        begun -= time.time() - time.monotonic()
        sent = [
            Sent(
                one.started - begun,
                one.clip.samples[: round((one.ended - one.started) * RATE)],
                one.clip.words,
            )
            for _, one in self._sayings
            if one.started is not None and one.ended is not None
        ]
        heard = placed(self._kept, begun)
        return await asyncio.to_thread(compared, ogg, sent, heard, events)

    def _caption(self, caption: Caption) -> None:
        self._config.on_line(f"{caption.speaker:<12} {caption.text}")


def segment_seconds(text: str | None, unit: float) -> tuple[float, ...] | None:
    """`"5,10,15,10,5"` times `unit`. The server judges the lengths; their number is judged here."""
    if text is None:
        return None
    try:
        lengths: Sequence[float] = [float(part) * unit for part in text.split(",")]
    except ValueError:
        raise CommandError(f"{text!r}: expected numbers with commas between them") from None
    if len(lengths) != len(SEGMENT_IDS):
        raise CommandError(
            f"{text!r}: expected {len(SEGMENT_IDS)} lengths, for {', '.join(SEGMENT_IDS)}"
        )
    return tuple(lengths)
