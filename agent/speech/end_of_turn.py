"""Has the candidate given up the floor? The on-device audio detector and the words, together.

Sound alone separates a finished sentence from a held clause only weakly, so words that dangle veto
an end, and a clause that stands complete needs little support from the sound. The detector hears the
last 1.2 s up to SETTLE after the last speech, which is how it was trained to be asked.

Implements the turn-detector protocol of livekit-agents (`TurnDetectionMode`).
"""

from __future__ import annotations

import asyncio
from collections import deque

import numpy as np
import numpy.typing as npt
from livekit import rtc
from livekit.agents import llm
from livekit.agents.language import LanguageCode
from livekit.local_inference import EOT

from interview.floor import holds_floor

SAMPLE_RATE = 16_000
WINDOW = 19_200
SETTLE = 0.2
THRESHOLD = 0.36
# What the sound must show for a clause whose words are complete, and for one that dangles.
COMPLETE_NEEDS = 0.12
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
        while self._size - self._chunks[0].size > self._limit:
            self._size -= self._chunks.popleft().size

    def ending(self, *, quiet: float) -> Pcm:
        """Up to WINDOW samples that end SETTLE after the last speech, `quiet` seconds ago."""
        if not self._chunks:
            return np.zeros(0, dtype=np.int16)
        pcm = np.concatenate(list(self._chunks))
        cut = int(max(0.0, quiet - SETTLE) * SAMPLE_RATE)
        return pcm[: pcm.size - cut][-WINDOW:] if cut < pcm.size else pcm[:0]


class EndOfTurn:
    """One per interview. `quiet_for` tells how many seconds ago the candidate last spoke."""

    def __init__(self) -> None:
        self._eot = EOT()
        self.tail = AudioTail()
        self.quiet_for: float = SETTLE

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
        self, chat_ctx: llm.ChatContext, *, timeout: float | None = None
    ) -> float:
        """Probability 0..1 that the turn has ended; below THRESHOLD the longer wait applies."""
        words = last_user_text(chat_ctx)
        heard = self.tail.ending(quiet=self.quiet_for)
        sound = 0.5
        if heard.size:
            sound = await asyncio.to_thread(self._eot.predict, heard)
        return combine(words, sound)

    def close(self) -> None:
        self._eot.close()


def last_user_text(chat_ctx: llm.ChatContext) -> str:
    for item in reversed(chat_ctx.items):
        if isinstance(item, llm.ChatMessage):
            return (item.text_content or "") if item.role == "user" else ""
    return ""


def combine(words: str, sound: float) -> float:
    """`sound`: the audio detector's probability. Words that hold the floor win over any sound."""
    if holds_floor(words):
        return min(sound, THRESHOLD / 2)
    if sound >= COMPLETE_NEEDS:
        return max(sound, 0.5)
    return sound
