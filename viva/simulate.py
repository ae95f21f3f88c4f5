"""`viva simulate`: a whole interview with a candidate that speaks and listens through the room."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from interview.scenario import SEGMENT_IDS
from viva.candidate import CandidateInRoom, Caption
from viva.client import Client
from viva.errors import CommandError
from viva.figures import percentile
from viva.persona import Answers, Persona
from viva.speaker import Clip, Speaker, load_sound
from viva.wer import word_error_rate

T = TypeVar("T")

# Beyond the planned time: the buffer, the soft landings and the goodbye.
_OVERTIME_S = 180.0
_INTERVIEWER_COMES_S = 60.0
# An interviewer that does not answer within this has lost the turn.
_ANSWER_S = 30.0
_SAVED_S = 20.0
# How far into the interviewer's turn a barge-in begins.
_BARGE_IN_AFTER_S = 1.5


@dataclass(frozen=True, slots=True)
class SimulateConfig:
    """`segment_seconds`: five lengths, or None for the scenario's own. `wavs`: sound files said in
    order instead of the persona's lines. `barge_in_every`: break into every n-th turn of the
    interviewer (0: never). `turns_max`: end the interview after so many answers."""

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
    on_line: Callable[[str], None] = lambda line: None


@dataclass(slots=True)
class Result:
    """What was measured; times in milliseconds. `gaps_ms`: from the candidate's last sound to the
    interviewer's first. `cut_ins`: the interviewer began while the candidate spoke. `unanswered`:
    answers after which nothing was heard. `transcript`: as the server stored it."""

    session_id: str
    state: str = ""
    segments: list[str] = field(default_factory=list)
    first_word_ms: float | None = None
    gaps_ms: list[float] = field(default_factory=list)
    barge_in_ms: list[float] = field(default_factory=list)
    cut_ins: int = 0
    unanswered: int = 0
    said: list[str] = field(default_factory=list)
    wer: float | None = None
    transcript: list[dict[str, Any]] = field(default_factory=list)

    @property
    def all_segments_in_order(self) -> bool:
        return tuple(self.segments) == SEGMENT_IDS

    @property
    def stored_in_order(self) -> bool:
        """Whether both sides are stored, and no turn begins before the one before it."""
        starts = [turn["start_ms"] for turn in self.transcript]
        speakers = {turn["speaker"] for turn in self.transcript}
        return starts == sorted(starts) and speakers == {"candidate", "interviewer"}

    def understood(self) -> list[str]:
        return [turn["text"] for turn in self.transcript if turn["speaker"] == "candidate"]

    def as_dict(self) -> dict[str, Any]:
        return {
            "session_id": self.session_id,
            "state": self.state,
            "segments": self.segments,
            "all_segments_in_order": self.all_segments_in_order,
            "stored_in_order": self.stored_in_order,
            "wer": None if self.wer is None else round(self.wer, 4),
            "turns": len(self.transcript),
            "answers": len(self.said),
            "first_word_ms": _rounded(self.first_word_ms),
            "gap_p50_ms": _rounded(percentile(self.gaps_ms, 50)),
            "gap_p95_ms": _rounded(percentile(self.gaps_ms, 95)),
            "gaps_ms": [round(gap) for gap in self.gaps_ms],
            "barge_in_ms": [round(stop) for stop in self.barge_in_ms],
            "cut_ins": self.cut_ins,
            "unanswered": self.unanswered,
        }


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
        self._client = client
        self._answers = Answers(config.persona)
        self._wavs = iter(config.wavs)
        self._speaker: Speaker | None = None
        self._interviewer_turns = 0

    async def hold(self) -> Result:
        config = self._config
        # Before the clock of the first word runs: a person's voice is loaded too.
        if not config.wavs and config.persona.behaviour == "answers":
            self._speaker = await asyncio.to_thread(Speaker, config.voice)
        begun = time.monotonic()
        session = await self._client.create_session(
            config.scenario, config.segment_seconds, config.difficulty, config.tone
        )
        result = Result(session_id=session["id"])
        config.on_line(f"session {result.session_id}")
        planned = sum(segment["planned_s"] for segment in session["segments"])
        server_url, token = await self._client.connect(result.session_id)
        async with CandidateInRoom(server_url, token, self._caption) as room:
            result.segments = room.segments
            first = await _within(_INTERVIEWER_COMES_S, room.first_sound(begun))
            if first is None:
                raise CommandError(
                    f"session {result.session_id}: the interviewer was not heard within "
                    f"{_INTERVIEWER_COMES_S:.0f} s; see the worker's lines of `viva up`"
                )
            result.first_word_ms = (first - begun) * 1000
            if config.persona.behaviour != "leaves":
                await _within(planned + _OVERTIME_S, self._converse(room, result))
                if not room.ended:
                    # Who goes for good says so; the interviewer would wait otherwise.
                    await self._client.control(result.session_id, "end")
        await self._read_back(result, ended=room.ended)
        return result

    async def _converse(self, room: CandidateInRoom, result: Result) -> None:
        while not room.ended:
            if self._config.persona.behaviour == "silent":
                await room.end()
                return
            self._interviewer_turns += 1
            every = self._config.barge_in_every
            barge_in = every > 0 and self._interviewer_turns % every == 0
            if barge_in:
                barge_in = await self._wait_to_barge_in(room)
            else:
                await room.turn_over()
                await asyncio.sleep(self._config.persona.thinking_s)
                # Whoever goes on after a pause for breath is not interrupted.
                await room.turn_over()
            if room.ended:
                return
            clip = await self._next_clip(room)
            if clip is None:
                await room.end()
                return
            await self._say(room, clip, result, barge_in=barge_in)
            if self._config.turns_max is not None and len(result.said) >= self._config.turns_max:
                return

    async def _wait_to_barge_in(self, room: CandidateInRoom) -> bool:
        """Until the interviewer has spoken for a moment; False when it fell silent before."""
        if room.ear.silent_since(time.monotonic()) > 0.5:
            await _within(_ANSWER_S, room.ear.sound())
        await asyncio.sleep(_BARGE_IN_AFTER_S)
        return room.ear.silent_since(time.monotonic()) < 0.2

    async def _next_clip(self, room: CandidateInRoom) -> Clip | None:
        question = room.take_question()
        if self._config.wavs:
            path = next(self._wavs, None)
            return None if path is None else await asyncio.to_thread(load_sound, path)
        text = self._answers.to(question, room.segment)
        if text is None or self._speaker is None:
            return None
        return await asyncio.to_thread(self._speaker.say, text)

    async def _say(
        self, room: CandidateInRoom, clip: Clip, result: Result, *, barge_in: bool
    ) -> None:
        self._config.on_line(f"(says)       {clip.text or 'a sound file'}")
        heard_before = len(room.ear.spans)
        saying = room.microphone.say(clip)
        await saying.done.wait()
        if saying.started is None or saying.ended is None:
            raise RuntimeError("a clip was said without a beginning or an end")
        if room.ended:
            # Cut off by the end of the interview: nobody was there to hear the rest.
            return
        result.said.append(clip.text or "")
        if barge_in and heard_before:
            stopped = room.ear.spans[heard_before - 1][1]
            result.barge_in_ms.append(max(0.0, (stopped - saying.started) * 1000))
        else:
            result.cut_ins += len(room.ear.spans) > heard_before
        first = await _within(_ANSWER_S, room.first_sound(saying.ended))
        if first is not None:
            result.gaps_ms.append((first - saying.ended) * 1000)
        elif not room.ended:
            result.unanswered += 1

    async def _read_back(self, result: Result, *, ended: bool) -> None:
        deadline = time.monotonic() + (_SAVED_S if ended else 2.0)
        while True:
            session = await self._client.session(result.session_id)
            result.state = session["state"]
            if result.state in {"ended", "scored", "abandoned"} or time.monotonic() > deadline:
                break
            await asyncio.sleep(0.25)
        result.transcript = (await self._client.transcript(result.session_id))["turns"]
        if all(result.said):
            result.wer = word_error_rate(result.said, result.understood())

    def _caption(self, caption: Caption) -> None:
        self._config.on_line(f"{caption.speaker:<12} {caption.text}")


async def _within(seconds: float, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of `work`, or None when it takes longer."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        return None


def summary(result: Result) -> str:
    """The figures, for a person."""
    figures = result.as_dict()
    wer = "-" if result.wer is None else f"{100 * result.wer:.1f} %"
    return "\n".join(
        (
            f"session {result.session_id}: {result.state}, {figures['turns']} turns stored",
            f"segments: {' > '.join(result.segments) or '-'}",
            f"word error rate: {wer} over {len(result.said)} answers",
            f"first word after {figures['first_word_ms']} ms",
            f"gap p50 {figures['gap_p50_ms']} ms, p95 {figures['gap_p95_ms']} ms",
            f"cut in {result.cut_ins} times, left {result.unanswered} answers unanswered",
        )
    )


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


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)
