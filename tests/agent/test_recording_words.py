"""Words lie where their sound lies: by the samples they are in, however busy the machine is."""

from __future__ import annotations

import asyncio

import pytest
from livekit import rtc
from livekit.agents import stt
from livekit.agents.vad import VADEvent, VADEventType

from agent.interviewer import Heard, to_heard
from agent.recording.sound import SessionSound
from agent.speech.whisper import Recognised, RecognisedWord, Samples
from agent.speech.whisper_stt import WhisperSTT
from tests.fakes.vad import WINDOW_S, FakeVad, vad_event
from tests.virtual_time import run_virtual

WINDOW = 512
# What the detector keeps of the sound before it is sure, in windows.
PREFIX = 16
OVER_S = 0.544


class TwoWords(WhisperSTT):
    """Hears "one" at the beginning of each utterance, and "two" a second later."""

    def __init__(self, vad: FakeVad) -> None:
        super().__init__(None, vad=vad)  # type: ignore[arg-type]

    @property
    def model(self) -> str:
        return "two words"

    def transcribe(self, samples: Samples) -> asyncio.Future[Recognised]:
        found: asyncio.Future[Recognised] = asyncio.get_running_loop().create_future()
        words = (RecognisedWord("one", 0.5, 0.9, 0.9), RecognisedWord("two", 1.5, 1.9, 0.9))
        found.set_result(Recognised("one two", 0.9, words))
        return found


def heard(arrivals: list[float], spoken: tuple[int, int], fails_at: int = -1) -> Heard:
    """Windows that arrive at those seconds; in `spoken`, from the one to the other, there is
    speech. At window `fails_at` the detector dies, and is begun again."""
    windows: list[rtc.AudioFrame] = []
    number = 0

    def hear(frame: rtc.AudioFrame) -> list[VADEvent]:
        nonlocal number
        n, number = number, number + 1
        windows.append(frame)
        if n == fails_at:
            raise RuntimeError("out of memory")
        first, last = spoken
        silence = max(0.0, (n - last) * WINDOW_S)
        told = vad_event(VADEventType.INFERENCE_DONE, 1.0, silence, first <= n)
        told.frames = [frame]
        events = [told]
        if n == first:
            begins = vad_event(VADEventType.START_OF_SPEECH, WINDOW_S, 0.0)
            begins.frames = windows[-PREFIX:]
            events.append(begins)
        if n == last + 17:
            over = vad_event(VADEventType.END_OF_SPEECH, 1.0, OVER_S)
            over.silence_duration = OVER_S
            events.append(over)
        return events

    async def main() -> Heard:
        loop = asyncio.get_running_loop()
        sound = SessionSound(loop.time)
        stream = TwoWords(FakeVad(hear)).stream()
        for at in arrivals:
            await asyncio.sleep(max(0.0, at - loop.time()))
            frame = rtc.AudioFrame(bytes(2 * WINDOW), 16_000, 1, WINDOW)
            sound.hear(frame)
            stream.push_frame(frame)
        async for event in stream:
            if event.type == stt.SpeechEventType.FINAL_TRANSCRIPT:
                break
        stream.end_input()
        await stream.aclose()
        return to_heard(event, started=0.0, ended=0.0)

    return run_virtual(main())


def expected(first_window: float) -> list[tuple[str, float, float]]:
    """The two words of an utterance that begins PREFIX - 1 windows before the one that begins
    then."""
    begins = first_window - (PREFIX - 1) * WINDOW_S
    return [("one", begins + 0.5, begins + 0.9), ("two", begins + 1.5, begins + 1.9)]


def check(found: Heard, wanted: list[tuple[str, float, float]]) -> None:
    assert [word.text for word in found.words] == [text for text, _, _ in wanted]
    for word, (_, start, end) in zip(found.words, wanted, strict=True):
        assert word.start_ms / 1000 == pytest.approx(start, abs=0.002)
        assert word.end_ms / 1000 == pytest.approx(end, abs=0.002)
    assert (found.started, found.ended) == (
        found.words[0].start_ms / 1000,
        found.words[-1].end_ms / 1000,
    )


def steady(count: int, begin: float = 1.0) -> list[float]:
    """Arrivals of `count` windows whose first began at `begin`."""
    return [begin + (n + 1) * WINDOW_S for n in range(count)]


def test_words_are_placed_by_their_samples() -> None:
    check(heard(steady(150), (40, 100)), expected(1.0 + 40 * WINDOW_S))


def test_a_blocked_loop_moves_no_word() -> None:
    """Everything of four seconds is handled at once, when they are over."""
    late = [max(at, 5.0) if at > 1.5 else at for at in steady(160)]
    check(heard(late, (40, 100)), expected(1.0 + 40 * WINDOW_S))


def test_words_after_a_hole_are_where_they_were_said() -> None:
    early, later = steady(60), steady(120, begin=30.0)
    check(heard(early + later, (80, 160)), expected(30.0 + 20 * WINDOW_S))


def test_a_detector_that_dies_moves_no_word() -> None:
    """What it had been given and had not told of is not counted twice, nor left out."""
    found = heard(steady(170), (60, 120), fails_at=20)
    for word, (_, start, _) in zip(found.words, expected(1.0 + 60 * WINDOW_S), strict=True):
        assert word.start_ms / 1000 == pytest.approx(start, abs=0.04)
