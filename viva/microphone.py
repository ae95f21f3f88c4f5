"""A microphone that is always on: faint room noise, and clips when there is something to say."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from livekit import rtc

from viva.speaker import RATE, Clip, Samples

_FRAME_MS = 20
_FRAME = RATE * _FRAME_MS // 1000
# How far ahead of the sound frames are handed over; the error of the times given below.
_QUEUE_MS = 40
# A silent room is not digital zero (about -76 dBFS).
_NOISE_PEAK = 5


@dataclass(slots=True)
class Saying:
    """A clip under way. `started` and `ended`: time.monotonic() of its first and last sound."""

    clip: Clip
    started: float | None = None
    ended: float | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Microphone:
    def __init__(self) -> None:
        self.source = rtc.AudioSource(RATE, 1, queue_size_ms=_QUEUE_MS)
        self._waiting: deque[Saying] = deque()
        self._rest: Samples = np.zeros(0, dtype=np.int16)
        self._current: Saying | None = None
        noise = np.random.default_rng(0).integers(-_NOISE_PEAK, _NOISE_PEAK + 1, RATE)
        self._noise = noise.astype(np.int16)
        self._noise_at = 0

    @property
    def speaking(self) -> bool:
        return self._current is not None or bool(self._waiting)

    def say(self, clip: Clip) -> Saying:
        """Puts `clip` in line; it starts within a frame when nothing else is being said."""
        saying = Saying(clip)
        self._waiting.append(saying)
        return saying

    async def run(self) -> None:
        """Feeds the track in real time, until cancelled."""
        while True:
            samples, last = self._next_frame()
            frame = rtc.AudioFrame(samples.tobytes(), RATE, 1, _FRAME)
            await self.source.capture_frame(frame)
            if self._current is None:
                continue
            plays_at = time.monotonic() + self.source.queued_duration
            if self._current.started is None:
                self._current.started = plays_at - _FRAME / RATE
            if last is not None:
                self._current.ended = plays_at - (_FRAME - last) / RATE
                self._current.done.set()
                self._current = None

    async def aclose(self) -> None:
        await self.source.aclose()

    def _next_frame(self) -> tuple[Samples, int | None]:
        """The next frame, and how many samples of the clip that ends in it are in it."""
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self._rest = self._current.clip.samples
        begin = self._noise_at
        self._noise_at = (begin + _FRAME) % (len(self._noise) - _FRAME)
        frame = self._noise[begin : begin + _FRAME].copy()
        if self._current is None:
            return frame, None
        piece, self._rest = self._rest[:_FRAME], self._rest[_FRAME:]
        frame[: len(piece)] = piece
        return frame, len(piece) if not len(self._rest) else None
