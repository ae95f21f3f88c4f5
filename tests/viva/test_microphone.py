"""The frames that a microphone hands over; the track they go to is not there."""

import asyncio
from collections.abc import Callable

import numpy as np
import pytest

from viva import microphone as module
from viva.levels import RATE, Samples
from viva.microphone import Microphone, Saying
from viva.speaker import Clip, Part


class Track:
    """In place of rtc.AudioSource: keeps what it is given. `on_frame` is called with each."""

    def __init__(self, *_: object, **__: object) -> None:
        self.frames: list[Samples] = []
        self.on_frame: Callable[[int], None] = lambda count: None
        self.queued_duration = 0.0

    async def capture_frame(self, frame: object) -> None:
        self.frames.append(np.frombuffer(frame.data, dtype=np.int16))  # type: ignore[attr-defined]
        self.on_frame(len(self.frames))
        await asyncio.sleep(0)


@pytest.fixture
def track(monkeypatch: pytest.MonkeyPatch) -> Track:
    track = Track()
    monkeypatch.setattr(module.rtc, "AudioSource", lambda *_, **__: track)
    return track


async def _run(microphone: Microphone, saying: Saying) -> None:
    running = asyncio.create_task(microphone.run())
    async with asyncio.timeout(5):
        await saying.done.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def _clip(seconds: float, value: int = 1000) -> Clip:
    return Clip(np.full(round(seconds * RATE), value, dtype=np.int16), "words")


async def test_what_is_said_is_added_to_the_noise_which_goes_on(track: Track) -> None:
    noise = np.arange(1, 1 + RATE // 10, dtype=np.int16) % 100
    microphone = Microphone(noise)
    saying = microphone.say(_clip(0.25))
    await _run(microphone, saying)
    heard = np.concatenate(track.frames)
    expected = np.resize(noise, len(heard)).astype(int)
    expected[: round(0.25 * RATE)] += 1000
    assert np.array_equal(heard, expected), "the loop comes round without a seam"


async def test_too_loud_together_is_clipped(track: Track) -> None:
    microphone = Microphone(np.full(RATE, 20_000, dtype=np.int16))
    saying = microphone.say(_clip(0.1, 20_000))
    await _run(microphone, saying)
    assert track.frames[0].max() == 32_767
    assert track.frames[0].min() == 32_767


async def test_who_is_stopped_falls_silent_and_has_said_the_first_part(track: Track) -> None:
    microphone = Microphone(np.zeros(RATE, dtype=np.int16))
    sound = np.full(RATE, 1000, dtype=np.int16)
    parts = (Part("one two", 0.0, 0.0001), Part("three four", 0.9, 1.0))
    saying = microphone.say(Clip(sound, "one two three four", parts))
    later = microphone.say(_clip(0.1, 7))

    def stop(count: int) -> None:
        if count == 4:
            microphone.stop(saying)

    track.on_frame = stop
    await _run(microphone, later)
    heard = np.concatenate(track.frames)
    assert (heard == 1000).sum() == 4 * RATE // 50
    assert (heard == 7).sum() == RATE // 10, "what was to be said next is said"
    assert saying.broken_off
    assert not later.broken_off
    assert saying.text == "one two"
    assert later.text == "words"


async def test_what_was_stopped_before_its_turn_was_not_said(track: Track) -> None:
    microphone = Microphone()
    first = microphone.say(_clip(0.1))
    second = microphone.say(_clip(0.1))
    microphone.stop(second)
    await _run(microphone, first)
    assert second.text == ""
    assert second.started is None
    assert second.pauses == ()


def test_only_the_pauses_that_were_begun_count() -> None:
    parts = (Part("a", 0.0, 1.0), Part("b", 4.0, 5.0), Part("c", 9.0, 10.0))
    saying = Saying(Clip(np.zeros(0, dtype=np.int16), "a b c", parts), started=100.0, ended=103.0)
    assert saying.pauses == ((101.0, 103.0),)
    saying.ended = 110.0
    assert saying.pauses == ((101.0, 104.0), (105.0, 109.0))
