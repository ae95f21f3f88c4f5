"""Fakes of the voice activity detector: one that the test speaks for, and one that dies."""

from __future__ import annotations

from collections.abc import Callable

from livekit import rtc
from livekit.agents.vad import VAD, VADCapabilities, VADEvent, VADEventType, VADStream

WINDOW_S = 0.032


def vad_event(kind: VADEventType, spoken: float, silence: float, speaking: bool = True) -> VADEvent:
    """What Silero tells when `spoken` seconds of a sound, its silences counted, end in `silence`
    seconds of it."""
    return VADEvent(
        type=kind,
        samples_index=0,
        timestamp=0.0,
        speech_duration=spoken,
        silence_duration=0.0,
        speaking=speaking,
        raw_accumulated_silence=silence,
    )


class FakeVad(VAD):
    """Each frame goes to `hear`, which answers the events of it, or raises."""

    def __init__(self, hear: Callable[[rtc.AudioFrame], list[VADEvent]] = lambda _: []) -> None:
        super().__init__(capabilities=VADCapabilities(update_interval=WINDOW_S))
        self.hear = hear
        self.streams = 0

    @property
    def model(self) -> str:
        return "fake"

    @property
    def provider(self) -> str:
        return "fake"

    def stream(self) -> VADStream:
        self.streams += 1
        return _FakeStream(self)


class _FakeStream(VADStream):
    _vad: FakeVad

    async def _main_task(self) -> None:
        async for item in self._input_ch:
            if isinstance(item, rtc.AudioFrame):
                for event in self._vad.hear(item):
                    self._event_ch.send_nowait(event)
