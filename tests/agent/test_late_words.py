"""On a busy machine the candidate's last words do not wait for recognition that nobody needs."""

from __future__ import annotations

import asyncio

import pytest
from livekit import rtc
from livekit.agents import stt
from livekit.agents.vad import VADEvent, VADEventType

from agent.speech.whisper import Recognised, Samples
from agent.speech.whisper_stt import SLOW_SECONDS, WhisperSTT
from tests.fakes.vad import WINDOW_S, FakeVad, vad_event
from tests.virtual_time import run_virtual

# Silence after which Silero calls an utterance over, in seconds.
OVER_S = 0.55


class SlowSTT(WhisperSTT):
    """One thread that takes `seconds` for each recognition, on the loop's clock: what has begun
    runs to its end, what was cancelled before costs nothing."""

    def __init__(self, vad: FakeVad, seconds: float) -> None:
        super().__init__(None, vad=vad)  # type: ignore[arg-type]
        self.seconds = seconds
        self.begun = 0
        self._thread = asyncio.Lock()
        self._jobs: set[asyncio.Task[None]] = set()

    @property
    def model(self) -> str:
        return "slow"

    def transcribe(self, samples: Samples) -> asyncio.Future[Recognised]:
        wanted: asyncio.Future[Recognised] = asyncio.get_running_loop().create_future()
        job = asyncio.create_task(self._run(wanted))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return wanted

    async def _run(self, wanted: asyncio.Future[Recognised]) -> None:
        async with self._thread:
            if wanted.cancelled():
                return
            self.begun += 1
            await asyncio.sleep(self.seconds)
            self.took = self.seconds
            if not wanted.cancelled():
                wanted.set_result(Recognised(text="words", confidence=0.9, words=()))


def windows(*pieces: tuple[float, float]) -> list[VADEvent]:
    """What Silero tells of one utterance: `(speech, silence)` in seconds, the last of them over."""
    events = [vad_event(VADEventType.START_OF_SPEECH, WINDOW_S, 0.0)]
    spoken = 0.0
    for speech, silence in pieces:
        for _ in range(round(speech / WINDOW_S)):
            spoken += WINDOW_S
            events.append(vad_event(VADEventType.INFERENCE_DONE, spoken, 0.0))
        for step in range(round(silence / WINDOW_S)):
            events.append(vad_event(VADEventType.INFERENCE_DONE, spoken, (step + 1) * WINDOW_S))
    events.append(vad_event(VADEventType.END_OF_SPEECH, spoken, OVER_S))
    return events


def gaps(engine_seconds: float, *utterances: list[VADEvent]) -> tuple[list[float], int]:
    """Seconds from the end of each utterance to its words, and how many recognitions it took."""

    async def main() -> tuple[list[float], int]:
        loop = asyncio.get_running_loop()
        told: list[VADEvent] = []

        def hear(frame: rtc.AudioFrame) -> list[VADEvent]:
            event = told.pop(0)
            event.frames = [frame]
            return [event]

        engine = SlowSTT(FakeVad(hear), engine_seconds)
        stream = engine.stream()
        late: list[float] = []
        for events in utterances:
            for event in events:
                told.append(event)
                stream.push_frame(rtc.AudioFrame(bytes(1024), 16_000, 1, 512))
                await asyncio.sleep(WINDOW_S)
            ended = loop.time()
            async for heard in stream:
                if heard.type == stt.SpeechEventType.FINAL_TRANSCRIPT:
                    break
            late.append(loop.time() - ended)
            # What was thrown away has run to its end before the next answer.
            await asyncio.sleep(30)
        stream.end_input()
        await stream.aclose()
        return late, engine.begun

    return run_virtual(main())


# Somebody who stops for a breath shortly before the end.
BREATHS = windows((3.0, 0.3), (1.0, OVER_S))


def test_on_a_slow_machine_the_last_words_wait_for_nothing_else() -> None:
    late, begun = gaps(4.5, BREATHS, BREATHS)
    assert late[1] == pytest.approx(4.5, abs=0.1)
    assert late[0] > late[1] + 1.0  # what was not known to be slow was begun on a guess
    assert begun <= 4


def test_on_a_fast_machine_recognition_begins_before_the_end_is_known() -> None:
    late, _ = gaps(0.3, BREATHS, BREATHS)
    assert max(late) < 0.1


def test_a_slow_machine_still_cuts_long_speech_at_a_pause() -> None:
    assert SLOW_SECONDS < 4.5
    late, begun = gaps(4.5, BREATHS, windows((19.0, 0.3), (1.0, OVER_S)))
    assert begun >= 4
    assert len(late) == 2
