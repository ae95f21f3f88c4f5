"""What is played and heard is what is recorded, at its time: compared by correlation."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
from livekit import rtc

from agent.recording.encoding import Encoder, Segment
from agent.recording.places import Place, place_of
from agent.recording.sound import SessionSound
from agent.recording.timeline import TICK_S, Frontier, Timeline
from agent.speech.mouth import SAMPLE_RATE, Mouth
from tests.agent.recordings import RATE, blocks_of, decoded, joined, lag_ms, speechlike
from tests.virtual_time import run_virtual

FRAME = 320
MOST_MS = 10.0


class TimedTrack:
    """Stands for `rtc.AudioSource`: plays what it was given in the time that takes, and notes at
    which moment it played each sample."""

    def __init__(self) -> None:
        self.queue: list[tuple[float, np.ndarray]] = []
        self.played: list[tuple[float, np.ndarray]] = []

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    @property
    def queued_duration(self) -> float:
        if not self.queue:
            return 0.0
        start, samples = self.queue[-1]
        return max(0.0, start + samples.size / SAMPLE_RATE - self._now())

    def clear_queue(self) -> None:
        for start, samples in self.queue:
            done = round((self._now() - start) * SAMPLE_RATE)
            if done > 0:
                self.played.append((start, samples[:done]))
        self.queue.clear()

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        start = self._now() + self.queued_duration
        self.queue.append((start, np.frombuffer(bytes(frame.data), dtype=np.int16)))

    async def aclose(self) -> None:
        self.clear_queue()

    def heard(self, seconds: float) -> np.ndarray:
        """What a listener heard, at 48 kHz, from 0 on."""
        last = max(start for start, _ in self.played) + 1.0
        sound = np.zeros(round(max(seconds, last) * SAMPLE_RATE))
        for start, samples in self.played:
            first = round(start * SAMPLE_RATE)
            sound[first : first + samples.size] = samples
        sound = sound[: round(seconds * SAMPLE_RATE)]
        return np.interp(np.arange(sound.size * 2) / 2, np.arange(sound.size), sound)


class InstantRecorder:
    """A recorder without a thread and a disk, so that it keeps up with a virtual clock."""

    def __init__(self, now: object) -> None:
        self.timeline, self._frontier, self._encoder = Timeline(0.0), Frontier(), Encoder()
        self.segments: list[Segment] = []
        self.until = 0.0

    def heard(self, pcm: bytes, place: Place) -> None:
        self.timeline.heard(pcm, place)
        self.until = place.sure(len(pcm) // 2)

    def played(self, pcm: bytes, at: float) -> None:
        self.timeline.played(pcm, at)

    def silent_from(self, at: float) -> None:
        self.timeline.silent_from(at)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._give(self._frontier.tick(loop.time(), self.until))
            await asyncio.sleep(TICK_S)

    def finish(self) -> None:
        self._give(asyncio.get_running_loop().time())
        self.segments += self._encoder.finish()

    def _give(self, frontier: float) -> None:
        if (blocks := self.timeline.take(frontier)) is not None:
            self.segments += self._encoder.feed(blocks)


def frame_of(samples: np.ndarray, rate: int) -> rtc.AudioFrame:
    return rtc.AudioFrame(samples.astype(np.int16).tobytes(), rate, 1, samples.size)


def windows(recorded: np.ndarray, true: np.ndarray, seconds: float = 1.0) -> list[float]:
    """The lag of each second in which there is sound."""
    step = round(seconds * RATE)
    lags = []
    for start in range(0, min(recorded.size, true.size) - step, step):
        # A second that falls silent in its midst correlates with what follows it too.
        if np.abs(true[start : start + step]).mean() > 200:
            lags.append(lag_ms(recorded[start : start + step], true[start : start + step]))
    return lags


def test_what_is_played_is_recorded_when_it_is_played(tmp_path: Path) -> None:
    """Interrupted, paused and resumed, with an event loop that is blocked in between."""
    track = TimedTrack()
    speech = speechlike(6.0, SAMPLE_RATE)

    async def main() -> list[Segment]:
        loop = asyncio.get_running_loop()
        sound = SessionSound(loop.time)
        recorder = InstantRecorder(loop.time)
        sound.keep_in(recorder)
        mouth = Mouth(track, playing=sound.playing)
        mouth.open()
        ticking = asyncio.create_task(recorder.run())

        async def say(samples: np.ndarray) -> None:
            for start in range(0, samples.size, SAMPLE_RATE // 10):
                part = samples[start : start + SAMPLE_RATE // 10]
                await mouth.capture_frame(frame_of(part, SAMPLE_RATE))
            mouth.flush()

        await asyncio.sleep(0.7331)
        await say(speech)
        await asyncio.sleep(1.017)
        mouth.pause()
        await asyncio.sleep(0.51)
        mouth.resume()
        await asyncio.sleep(0.333)
        mouth.pause()
        await asyncio.sleep(1.25)
        mouth.resume()
        await mouth.wait_for_playout()
        await asyncio.sleep(0.4)
        await say(speech[::-1])
        await asyncio.sleep(1.3)
        mouth.clear_buffer()
        await say(speech[: SAMPLE_RATE * 2])
        await mouth.wait_for_playout()
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
        recorder.finish()
        first = sound.playing.take()
        assert first is not None
        assert first.start == pytest.approx(0.7331, abs=0.001)
        await mouth.aclose()
        return recorder.segments

    segments = run_virtual(main())
    right = joined(segments, tmp_path)[1]
    true = track.heard(right.size / RATE)
    assert abs(lag_ms(right, true)) < MOST_MS
    lags = windows(right, true)
    assert len(lags) >= 8
    assert max(map(abs, lags)) < MOST_MS
    # What was taken back is not in it.
    assert np.abs(right).mean() == pytest.approx(np.abs(true).mean(), rel=0.1)


def test_what_is_heard_is_recorded_when_it_was_said(tmp_path: Path) -> None:
    """A burst after a blocked loop, and a microphone that was off."""
    said = speechlike(9.0, 16_000, seed=3)
    begins = {0: 0.5, 1: 7.25}
    true = np.zeros(13 * RATE)

    async def main() -> tuple[list[Segment], list[float]]:
        loop = asyncio.get_running_loop()
        sound = SessionSound(loop.time)
        recorder = InstantRecorder(loop.time)
        sound.keep_in(recorder)
        frames: list[tuple[float, float, rtc.AudioFrame]] = []
        for piece, begin in begins.items():
            part = said[piece * 72_000 : (piece + 1) * 72_000]
            for n in range(0, part.size, FRAME):
                start = begin + n / 16_000
                # Blocked from 2 s on for more than a second.
                arrives = max(start + 0.021, 3.3 if 2.0 < start < 3.3 else 0.0)
                frames.append((arrives, start, frame_of(part[n : n + FRAME], 16_000)))
        ticks = [t for n in range(260) if not 2.0 < (t := n * TICK_S) < 3.3]
        events = sorted(
            [(t, 1, None, None) for t in ticks] + [(a, 0, s, f) for a, s, f in frames],
            key=lambda event: event[:2],
        )
        off = []
        for at, _, start, frame in events:
            await asyncio.sleep(max(0.0, at - loop.time()))
            if frame is None:
                recorder._give(recorder._frontier.tick(loop.time(), recorder.until))
                continue
            sound.hear(frame)
            place = place_of(frame)
            assert place is not None
            off.append((place, start))
        recorder.finish()
        return recorder.segments, [abs(place.at() - start) for place, start in off]

    segments, off = run_virtual(main())
    for piece, begin in begins.items():
        part = said[piece * 72_000 : (piece + 1) * 72_000].astype(float)
        wide = np.interp(np.arange(part.size * 3) / 3, np.arange(part.size), part)
        true[round(begin * RATE) : round(begin * RATE) + wide.size] = wide
    left = joined(segments, tmp_path)[0]
    lags = windows(left, true)
    assert len(lags) >= 8
    assert max(map(abs, lags)) < MOST_MS
    # The words lie where the sound does.
    assert max(off) * 1000 < MOST_MS


def test_segments_joined_are_the_sound_that_was_fed(tmp_path: Path) -> None:
    encoder = Encoder()
    left, right = speechlike(5.0, 16_000), speechlike(5.0, 24_000, seed=2)
    segments: list[Segment] = []
    for n in range(0, 250, 3):
        until = min(n + 3, 250)
        part = blocks_of(left[n * 320 : until * 320], right[n * 480 : until * 480], 50 + n)
        segments += encoder.feed(part)
    segments += encoder.finish()
    assert sum(segment.packets for segment in segments) == 250
    assert [segment.start_ms for segment in segments] == list(range(1000, 6000, 600))
    sound = joined(segments, tmp_path)
    assert sound.shape[1] / RATE == pytest.approx(6.0, abs=0.01)
    assert not sound[:, : RATE - 1000].any()
    for channel, fed, times in ((sound[0], left, 3), (sound[1], right, 2)):
        wide = np.interp(np.arange(fed.size * times) / times, np.arange(fed.size), fed)
        assert abs(lag_ms(channel[RATE:], wide)) < 1.0


def test_each_segment_is_a_file_of_its_own(tmp_path: Path) -> None:
    encoder = Encoder()
    sound = speechlike(1.2, 16_000), speechlike(1.2, 24_000)
    for n, segment in enumerate(encoder.feed(blocks_of(*sound, 0))):
        path = tmp_path / f"{n}.ogg"
        path.write_bytes(segment.ogg)
        assert decoded(path).shape[1] == segment.packets * 960 - 312


def test_blocks_that_do_not_follow_begin_anew(tmp_path: Path) -> None:
    encoder = Encoder()
    sound = speechlike(1.0, 16_000), speechlike(1.0, 24_000)
    segments = [*encoder.feed(blocks_of(*sound, 0)), *encoder.feed(blocks_of(*sound, 200))]
    segments += encoder.finish()
    assert [(s.start_ms, s.packets) for s in segments] == [
        (0, 30),
        (600, 20),
        (4000, 30),
        (4600, 20),
    ]
    heard = joined(segments, tmp_path)[0]
    assert not heard[round(1.2 * RATE) : round(3.9 * RATE)].any()
    assert np.abs(heard[round(4.1 * RATE) : round(4.8 * RATE)]).mean() > 300


def test_an_absence_is_left_out_and_a_pause_is_not() -> None:
    encoder = Encoder()
    silence = np.zeros(16_000 * 60, dtype=np.int16), np.zeros(24_000 * 60, dtype=np.int16)
    segments = [*encoder.feed(blocks_of(*silence, 0))]
    assert [s.absent for s in segments[:50]] == [False] * 50
    assert all(s.absent for s in segments[50:])
    sound = speechlike(1.2, 16_000), speechlike(1.2, 24_000)
    assert [s.absent for s in encoder.feed(blocks_of(*sound, 3000))][-1] is False
