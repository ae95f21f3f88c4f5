"""What becomes of the interviewer's speech when the candidate makes a sound.

At the first sound the speech pauses. It stops for good when the sound goes on as only speech does,
or when it was words; after "mm-hm", a cough or a click it goes on where it was. Who listens to the
recogniser asks `heard` whether a transcript is to count as an interruption.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from livekit import rtc
from livekit.agents.vad import VAD, VADEvent, VADEventType

from agent.speech.voice_spans import VoiceSpans
from interview.floor import is_backchannel

# Sound for so long is speech and no backchannel, in seconds.
SPEECH_S = 0.9
# Silence after which a sound counts as over, and how long its words are waited for then.
OVER_S = 0.12
WORDS_DUE_S = 0.8
# A sound shorter than this is a click or a cough; no words are waited for.
CLICK_S = 0.16
CLICK_OVER_S = 0.3
# After so many false alarms in one speech a sound must last longer before it pauses anything.
MOST_FALSE_ALARMS = 2
WARY_S = 0.3
# The candidate's sound ceased to come, say with their microphone: nothing pauses longer for it.
DEAF_S = 2.0


class Speech(Protocol):
    """What is being said. `current` is None when nothing is or it must not be interrupted."""

    @property
    def current(self) -> object | None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def break_in(self) -> None: ...


class BargeIn:
    """`spans` is told of what the detector hears."""

    def __init__(self, vad: VAD, speech: Speech, spans: VoiceSpans | None = None) -> None:
        self._stream = vad.stream()
        self._spans = spans or VoiceSpans()
        self._speech = speech
        self._over: asyncio.TimerHandle | None = None
        self._deaf: asyncio.TimerHandle | None = None
        self._paused: object | None = None
        self._spoken_into: object | None = None
        self._false_alarms = 0
        self._alarmed_in: object | None = None
        self._closed = False

    def push(self, frame: rtc.AudioFrame) -> None:
        """Listen to `frame`; once `run` has ended, nothing is listened to."""
        if not self._closed:
            self._spans.add(frame)
            self._stream.push_frame(frame)

    async def run(self) -> None:
        """Until cancelled. Raises what the detector raises; words interrupt then, sound does
        not."""
        try:
            async for event in self._stream:
                self._spans.on_vad(event)
                self.on_vad(event)
        finally:
            self._close()
            await self._stream.aclose()

    def on_vad(self, event: VADEvent) -> None:
        if event.type == VADEventType.END_OF_SPEECH:
            return
        if self._paused is not None:
            self._listen_on()
        voiced = event.speech_duration - event.raw_accumulated_silence
        if event.type == VADEventType.START_OF_SPEECH:
            self._spoken_into = self._speech.current
        current = self._speech.current
        if current is None or current is not self._spoken_into or not event.speaking:
            return
        if self._paused is not current:
            self._begin(current, voiced, event.raw_accumulated_silence)
        elif voiced >= SPEECH_S:
            self._stop()
        elif event.raw_accumulated_silence < OVER_S:
            self._cancel()
        elif self._over is None:
            wait = CLICK_OVER_S if voiced < CLICK_S else WORDS_DUE_S
            self._over = asyncio.get_running_loop().call_later(wait, self._go_on)

    def overheard(self, text: str) -> None:
        """Words that may go on: a backchannel is enough to go on with what was being said."""
        if self._spoken_into is self._speech.current and is_backchannel(text):
            self._go_on()

    def heard(self, text: str) -> bool:
        """True when the candidate's words `text` interrupt what is being said, if anything is."""
        current = self._speech.current
        if current is None or (current is not self._spoken_into and not self._closed):
            return True
        if is_backchannel(text):
            self._go_on()
            return False
        self._stop()
        return True

    def _begin(self, current: object, voiced: float, silence: float) -> None:
        if current is not self._alarmed_in:
            self._alarmed_in, self._false_alarms = current, 0
        wary = self._false_alarms >= MOST_FALSE_ALARMS
        if silence < OVER_S and (not wary or voiced >= WARY_S):
            self._paused = current
            self._speech.pause()
            self._listen_on()

    def _listen_on(self) -> None:
        """Pauses end by themselves when nothing more is heard, sound or silence."""
        if self._deaf is not None:
            self._deaf.cancel()
        self._deaf = asyncio.get_running_loop().call_later(DEAF_S, self._go_on)

    def _stop(self) -> None:
        self._cancel()
        self._paused = self._spoken_into = None
        self._speech.break_in()

    def _go_on(self) -> None:
        self._cancel()
        if self._paused is not None and self._paused is self._speech.current:
            self._false_alarms += 1
            self._speech.resume()
        self._paused = None

    def _cancel(self) -> None:
        if self._over is not None:
            self._over.cancel()
            self._over = None

    def _close(self) -> None:
        self._closed = True
        self._go_on()
        if self._deaf is not None:
            self._deaf.cancel()
            self._deaf = None
