"""Hears when the interviewer speaks, from the sound that arrives and nothing else."""

from __future__ import annotations

import asyncio
import time

import numpy as np
from livekit import rtc

from agent.recording.places import RATE, Place, Placing
from viva.levels import Samples

# Root mean square of a 10 ms frame above which it counts as sound (about -44 dBFS).
_LOUD_RMS = 200.0
# Shorter bursts are clicks.
_LOUD_FRAMES = 2
# Gaps shorter than this lie within speech.
_PAUSE_S = 0.35


class Ear:
    """Listens to one track. Times are seconds of time.monotonic(). What is heard, at RATE, is kept
    in `kept`, where that is a list: with its places."""

    def __init__(self) -> None:
        self.kept: list[tuple[Place, Samples]] | None = None
        self._placing = Placing()
        self.spans: list[tuple[float, float]] = []
        self._run = 0
        self._run_start = 0.0
        self._changed = asyncio.Event()

    async def listen(self, track: rtc.Track) -> None:
        """Until the track ends or the task is cancelled."""
        stream = rtc.AudioStream.from_track(
            track=track, sample_rate=RATE, num_channels=1, frame_size_ms=10
        )
        try:
            async for event in stream:
                samples, now = np.frombuffer(event.frame.data, dtype=np.int16), time.monotonic()
                self.hear(samples, now)
                if self.kept is not None:
                    self.kept.append((self._placing.place(len(samples), now), samples))
        finally:
            await stream.aclose()

    def hear(self, samples: np.ndarray[tuple[int], np.dtype[np.int16]], now: float) -> None:
        """Takes one frame of 10 ms that arrived at `now`."""
        rms = float(np.sqrt(np.mean(samples.astype(np.float32) ** 2))) if len(samples) else 0.0
        if rms < _LOUD_RMS:
            self._run = 0
            return
        if self._run == 0:
            self._run_start = now
        self._run += 1
        if self._run < _LOUD_FRAMES:
            return
        if self.spans and self._run_start - self.spans[-1][1] < _PAUSE_S:
            self.spans[-1] = (self.spans[-1][0], now)
        else:
            self.spans.append((self._run_start, now))
        self._changed.set()

    def first_sound_after(self, moment: float) -> float | None:
        """The beginning of the first sound that began after `moment`; None before there is one."""
        return next((start for start, _ in self.spans if start > moment), None)

    def silent_since(self, now: float) -> float:
        """Seconds since the last sound; a very large number before the first."""
        return now - self.spans[-1][1] if self.spans else float("inf")

    async def sound(self) -> None:
        """Waits for the next loud frame."""
        self._changed.clear()
        await self._changed.wait()
