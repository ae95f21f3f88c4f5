"""Sounds into the interviewer's speech, and what becomes of it, on virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from livekit import rtc
from livekit.agents.vad import VADEventType

from agent.speech.barge_in import BargeIn
from agent.speech.mouth import FRAME_S, LEAD_S, SAMPLE_RATE, Mouth
from tests.fakes.vad import WINDOW_S, FakeVad, vad_event
from tests.virtual_time import run_virtual


class FakeSpeech:
    """Stands for the voice of an AgentSession: notes what is asked of it, and when."""

    def __init__(self) -> None:
        self.current: object | None = "say-1"
        self.asked: list[tuple[str, float]] = []

    def _note(self, what: str) -> None:
        self.asked.append((what, round(asyncio.get_running_loop().time(), 2)))

    def pause(self) -> None:
        self._note("pause")

    def resume(self) -> None:
        self._note("resume")

    def break_in(self) -> None:
        self._note("stop")
        self.current = None


async def sound(barge_in: BargeIn, voiced_s: float, silent_s: float) -> None:
    """What Silero tells of a sound and the silence after it; takes that long."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    barge_in.on_vad(vad_event(VADEventType.START_OF_SPEECH, 0.064, 0.0))
    while (elapsed := loop.time() - start) < voiced_s + silent_s:
        await asyncio.sleep(WINDOW_S)
        silence = max(0.0, elapsed - voiced_s)
        barge_in.on_vad(vad_event(VADEventType.INFERENCE_DONE, elapsed, silence, silence < 0.55))


def held(script: Callable[[BargeIn, FakeSpeech], Coroutine[Any, Any, None]]) -> FakeSpeech:
    """What `script` had done to a speech; times are in seconds from its beginning."""
    speech = FakeSpeech()

    async def main() -> None:
        barge_in = BargeIn(FakeVad(), speech)
        listening = asyncio.create_task(barge_in.run())
        start = asyncio.get_running_loop().time()
        await script(barge_in, speech)
        await asyncio.sleep(3)
        speech.asked = [(what, round(at - start, 2)) for what, at in speech.asked]
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

    run_virtual(main())
    return speech


def _names(speech: FakeSpeech) -> list[str]:
    return [what for what, _ in speech.asked]


def test_speech_stops_it_for_good() -> None:
    speech = held(lambda barge_in, _: sound(barge_in, 2.0, 0.6))
    assert _names(speech) == ["pause", "stop"]
    assert speech.asked[0][1] <= 0.1
    assert speech.asked[1][1] == pytest.approx(0.95, abs=0.05)


@pytest.mark.parametrize("words", ["Mm-hm.", "Right.", "Okay.", "Yeah.", "I see."])
def test_a_backchannel_pauses_it_for_less_than_a_second(words: str) -> None:
    counted = []

    async def script(barge_in: BargeIn, _: FakeSpeech) -> None:
        await sound(barge_in, 0.4, 0.55)
        counted.append(barge_in.heard(words))

    speech = held(script)
    assert counted == [False]
    assert _names(speech) == ["pause", "resume"]
    assert speech.asked[1][1] - speech.asked[0][1] < 1.0


def test_early_words_are_enough_to_go_on_and_what_follows_them_still_counts() -> None:
    async def script(barge_in: BargeIn, _: FakeSpeech) -> None:
        await sound(barge_in, 0.4, 0.25)
        barge_in.overheard("Wait")
        barge_in.overheard("Right,")
        for spoken in (0.7, 0.8, 0.92):
            await asyncio.sleep(0.1)
            barge_in.on_vad(vad_event(VADEventType.INFERENCE_DONE, spoken, 0.0))

    assert _names(held(script)) == ["pause", "resume", "pause", "stop"]


@pytest.mark.parametrize("words", ["Wait.", "Actually.", "Hold on.", "Stop.", "Sorry, what?"])
def test_a_short_word_that_asks_for_the_floor_stops_it(words: str) -> None:
    counted = []

    async def script(barge_in: BargeIn, _: FakeSpeech) -> None:
        await sound(barge_in, 0.4, 0.55)
        counted.append(barge_in.heard(words))

    speech = held(script)
    assert counted == [True]
    assert _names(speech) == ["pause", "stop"]


def test_a_click_is_over_soon() -> None:
    speech = held(lambda barge_in, _: sound(barge_in, 0.1, 0.6))
    assert _names(speech) == ["pause", "resume"]
    assert speech.asked[1][1] < 0.7


def test_a_cough_without_words_too() -> None:
    speech = held(lambda barge_in, _: sound(barge_in, 0.5, 0.6))
    assert _names(speech) == ["pause", "resume"]
    assert speech.asked[1][1] < 1.7


def test_noise_again_and_again_stutters_only_twice() -> None:
    async def script(barge_in: BargeIn, _: FakeSpeech) -> None:
        for _ in range(6):
            await sound(barge_in, 0.1, 1.5)

    assert _names(held(script)).count("pause") == 2


def test_what_must_not_be_interrupted_is_not() -> None:
    async def script(barge_in: BargeIn, speech: FakeSpeech) -> None:
        speech.current = None
        await sound(barge_in, 2.0, 0.6)
        assert barge_in.heard("But I was saying something.")

    assert _names(held(script)) == []


def test_words_from_before_the_speech_count() -> None:
    async def script(barge_in: BargeIn, speech: FakeSpeech) -> None:
        speech.current = None
        await sound(barge_in, 0.4, 0.3)
        speech.current = "say-2"
        assert barge_in.heard("Okay.")

    assert _names(held(script)) == []


def test_speech_goes_on_when_the_candidates_sound_ceases_to_come() -> None:
    speech = held(lambda barge_in, _: sound(barge_in, 0.3, 0.0))
    assert _names(speech) == ["pause", "resume"]
    assert speech.asked[1][1] - speech.asked[0][1] < 2.5


# -- the sound itself -----------------------------------------------------------------------------


class FakeTrack:
    """Stands for `rtc.AudioSource`: plays what it was given in the time that takes."""

    def __init__(self) -> None:
        self.played: list[int] = []
        self._queue: list[tuple[float, list[int]]] = []

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _settle(self) -> None:
        while self._queue and self._queue[0][0] <= self._now() + 1e-9:
            self.played += self._queue.pop(0)[1]

    @property
    def queued_duration(self) -> float:
        self._settle()
        return max(0.0, self._queue[-1][0] - self._now()) if self._queue else 0.0

    def clear_queue(self) -> None:
        self._settle()
        if self._queue:
            # A frame that has begun is taken back to the sample.
            done, samples = self._queue[0]
            length = len(samples)
            begun = round((self._now() - (done - length / SAMPLE_RATE)) * SAMPLE_RATE)
            self.played += samples[: max(0, begun)]
        self._queue.clear()

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        begins = self._now() + self.queued_duration
        samples = memoryview(bytes(frame.data)).cast("h").tolist()
        self._queue.append((begins + len(samples) / SAMPLE_RATE, samples))

    async def aclose(self) -> None:
        pass


def ramp(seconds: float) -> list[int]:
    return [(i % 30_000) + 1 for i in range(round(seconds * SAMPLE_RATE))]


async def captured(mouth: Mouth, samples: list[int]) -> None:
    step = SAMPLE_RATE // 10
    for start in range(0, len(samples), step):
        data = memoryview(bytearray(2 * len(samples[start : start + step]))).cast("h")
        for i, value in enumerate(samples[start : start + step]):
            data[i] = value
        await mouth.capture_frame(
            rtc.AudioFrame(
                data=data.tobytes(),
                sample_rate=SAMPLE_RATE,
                num_channels=1,
                samples_per_channel=len(data),
            )
        )


def test_a_pause_loses_and_repeats_nothing() -> None:
    track, samples = FakeTrack(), ramp(2.0)

    async def main() -> None:
        mouth = Mouth(track)
        mouth.open()
        finished = []
        mouth.on("playback_finished", finished.append)
        await captured(mouth, samples)
        mouth.flush()
        await asyncio.sleep(0.73)
        mouth.pause()
        heard = len(track.played)
        await asyncio.sleep(0.8)
        assert (
            len(track.played) == heard == pytest.approx(0.73 * SAMPLE_RATE, abs=0.03 * SAMPLE_RATE)
        )
        mouth.resume()
        await mouth.wait_for_playout()
        assert track.played == samples
        assert not finished[0].interrupted
        assert finished[0].playback_position == pytest.approx(2.0)
        await mouth.aclose()

    run_virtual(main())


def test_an_interruption_tells_how_much_was_heard_and_the_next_speech_is_whole() -> None:
    track, samples = FakeTrack(), ramp(1.0)

    async def main() -> None:
        mouth = Mouth(track)
        mouth.open()
        finished = []
        mouth.on("playback_finished", finished.append)
        await captured(mouth, samples)
        await asyncio.sleep(0.4)
        mouth.pause()
        await asyncio.sleep(0.5)
        mouth.clear_buffer()
        await captured(mouth, samples[:2400])
        mouth.flush()
        assert finished[0].interrupted
        assert finished[0].playback_position == pytest.approx(0.4, abs=2 * FRAME_S)
        assert len(track.played) == pytest.approx(0.4 * SAMPLE_RATE, abs=0.03 * SAMPLE_RATE)
        track.played.clear()
        await captured(mouth, samples)
        mouth.flush()
        await mouth.wait_for_playout()
        assert track.played == samples
        await mouth.aclose()

    run_virtual(main())


def test_no_more_is_handed_over_than_can_be_taken_back() -> None:
    track = FakeTrack()

    async def main() -> None:
        mouth = Mouth(track)
        mouth.open()
        await captured(mouth, ramp(1.0))
        for _ in range(20):
            await asyncio.sleep(0.03)
            assert track.queued_duration <= LEAD_S + FRAME_S + 1e-6
        await mouth.aclose()

    run_virtual(main())


def test_nothing_is_played_before_somebody_listens() -> None:
    track = FakeTrack()

    async def main() -> None:
        mouth = Mouth(track)
        speaking = asyncio.create_task(captured(mouth, ramp(0.2)))
        await asyncio.sleep(1)
        assert not track.played
        mouth.open()
        await speaking
        mouth.flush()
        await mouth.wait_for_playout()
        assert track.played == ramp(0.2)
        await mouth.aclose()

    run_virtual(main())
