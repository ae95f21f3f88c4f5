"""Does it sound as if the candidate gave up the floor? The on-device audio detector.

Sound alone separates a finished sentence from a held clause only weakly (0.15 to 0.64 against 0.08
to 0.58 over three synthetic voices), so the threshold sits low: a clear "no" buys the candidate the
longer wait, and what the words leave open is weighed by the engine (`interview/floor.py`). The
detector hears the 1.2 s up to SETTLE after the last speech, as it was trained to.

Implements the turn-detector protocol of livekit-agents (`TurnDetectionMode`).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from livekit import rtc
from livekit.agents import llm
from livekit.agents.language import LanguageCode
from livekit.local_inference import EOT

SAMPLE_RATE = 16_000
WINDOW = 19_200
SETTLE = 0.2
THRESHOLD = 0.12
Pcm = npt.NDArray[np.int16]


class AudioTail:
    """The last seconds of what the candidate's microphone sent, 16 kHz mono."""

    def __init__(self, seconds: float = 4.0) -> None:
        self._chunks: deque[Pcm] = deque()
        self._size = 0
        self._limit = int(seconds * SAMPLE_RATE)
        self._resampler: rtc.AudioResampler | None = None
        self._rate = SAMPLE_RATE

    def push(self, frame: rtc.AudioFrame) -> None:
        frames = [frame]
        if frame.sample_rate != SAMPLE_RATE:
            if self._resampler is None or self._rate != frame.sample_rate:
                self._rate = frame.sample_rate
                self._resampler = rtc.AudioResampler(frame.sample_rate, SAMPLE_RATE)
            frames = self._resampler.push(frame)
        for item in frames:
            pcm = np.frombuffer(item.data, dtype=np.int16)
            if item.num_channels > 1:
                pcm = pcm[:: item.num_channels]
            self._chunks.append(pcm)
            self._size += pcm.size
        while self._chunks and self._size - self._chunks[0].size > self._limit:
            self._size -= self._chunks.popleft().size

    def ending(self, *, quiet: float) -> Pcm:
        """Up to WINDOW samples that end SETTLE after the last speech, `quiet` seconds ago."""
        if not self._chunks:
            return np.zeros(0, dtype=np.int16)
        pcm = np.concatenate(list(self._chunks))
        cut = int(max(0.0, quiet - SETTLE) * SAMPLE_RATE)
        return pcm[: pcm.size - cut][-WINDOW:] if cut < pcm.size else pcm[:0]


class EndOfTurn:
    """One per interview. `wall` gives epoch seconds; whoever listens sets `speech_ended_wall`."""

    def __init__(self, *, wall: Callable[[], float]) -> None:
        self._eot = EOT()
        self._wall = wall
        self.tail = AudioTail()
        self.speech_ended_wall = wall()

    @property
    def model(self) -> str:
        return "viva-end-of-turn"

    @property
    def provider(self) -> str:
        return "local"

    async def unlikely_threshold(self, language: LanguageCode | None) -> float | None:
        return THRESHOLD

    async def supports_language(self, language: LanguageCode | None) -> bool:
        return True

    async def predict_end_of_turn(
        self,
        chat_ctx: llm.ChatContext,
        *,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> float:
        """Probability 0..1 that the turn has ended; below THRESHOLD the longer wait applies."""
        heard = self.tail.ending(quiet=self._wall() - self.speech_ended_wall)
        if not heard.size:
            return 1.0
        return await asyncio.to_thread(self._eot.predict, heard)

    def close(self) -> None:
        self._eot.close()
