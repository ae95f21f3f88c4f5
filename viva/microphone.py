"""A microphone that is always on: the sound around, and clips when there is something to say."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from livekit import rtc

from viva.levels import RATE, Samples
from viva.speaker import Clip
from viva.surroundings import faint_noise

_FRAME_MS = 20
_FRAME = RATE * _FRAME_MS // 1000
# How far ahead of the sound frames are handed over; the error of the times given below.
_QUEUE_MS = 40


@dataclass(slots=True, eq=False)
class Saying:
    """A clip under way. `started` and `ended`: time.monotonic() of its first and last sound.
    `broken_off`: it was stopped before its end."""

    clip: Clip
    started: float | None = None
    ended: float | None = None
    broken_off: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def text(self) -> str | None:
        """What was said of it."""
        if not self.broken_off:
            return self.clip.text
        if self.started is None or self.ended is None:
            return None if self.clip.text is None else ""
        return self.clip.said_until(self.ended - self.started)

    @property
    def pauses(self) -> tuple[tuple[float, float], ...]:
        """The marked pauses that were begun, in time.monotonic()."""
        if self.started is None or self.ended is None:
            return ()
        began, ended = self.started, self.ended
        all_of_them = ((began + one, began + other) for one, other in self.clip.pauses)
        return tuple((one, min(other, ended)) for one, other in all_of_them if one < ended)


class Microphone:
    """`background`: a loop of samples that is always heard; what is said is added to it."""

    def __init__(self, background: Samples | None = None) -> None:
        self.source = rtc.AudioSource(RATE, 1, queue_size_ms=_QUEUE_MS)
        self._waiting: deque[Saying] = deque()
        self._rest: Samples = np.zeros(0, dtype=np.int16)
        self._current: Saying | None = None
        self._noise = faint_noise() if background is None else background
        self._noise_at = 0

    @property
    def speaking(self) -> bool:
        return self._current is not None or bool(self._waiting)

    def say(self, clip: Clip) -> Saying:
        """Puts `clip` in line; it starts within a frame when nothing else is being said."""
        saying = Saying(clip)
        self._waiting.append(saying)
        return saying

    def stop(self, saying: Saying) -> None:
        """Falls silent in the middle of `saying`, or leaves it unsaid."""
        if saying.done.is_set():
            return
        saying.broken_off = True
        saying.ended = time.monotonic()
        saying.done.set()
        if self._current is saying:
            self._current = None
        elif saying in self._waiting:
            self._waiting.remove(saying)

    async def run(self) -> None:
        """Feeds the track in real time, until cancelled."""
        while True:
            samples, last = self._next_frame()
            frame = rtc.AudioFrame(samples.tobytes(), RATE, 1, _FRAME)
            saying = self._current
            await self.source.capture_frame(frame)
            if saying is None or saying.done.is_set():
                continue
            plays_at = time.monotonic() + self.source.queued_duration
            if saying.started is None:
                saying.started = plays_at - _FRAME / RATE
            if last is not None:
                saying.ended = plays_at - (_FRAME - last) / RATE
                saying.done.set()
                self._current = None

    async def aclose(self) -> None:
        await self.source.aclose()

    def _next_frame(self) -> tuple[Samples, int | None]:
        """The next frame, and how many samples of the clip that ends in it are in it."""
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self._rest = self._current.clip.samples
        begin, length = self._noise_at, len(self._noise)
        self._noise_at = (begin + _FRAME) % length
        frame = np.take(self._noise, np.arange(begin, begin + _FRAME), mode="wrap")
        if self._current is None:
            return frame, None
        piece, self._rest = self._rest[:_FRAME], self._rest[_FRAME:]
        mixed = frame[: len(piece)].astype(np.int32) + piece
        frame[: len(piece)] = np.clip(mixed, -32768, 32767)
        return frame, len(piece) if not len(self._rest) else None
