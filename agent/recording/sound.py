"""The sound of one interview: both sides on the session clock, recorded as long as it may be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from livekit import rtc

from agent.recording.places import PLACE, RATE, Place, Placing
from agent.recording.playing import PlayedSound, Playing
from agent.recording.recording import Recording
from agent.recording.timeline import INTERVIEWER_RATE
from agent.tasks import watch


class Kept(PlayedSound, Protocol):
    """Takes what is heard as well: 16 kHz mono PCM, with its place."""

    def heard(self, pcm: bytes, place: Place) -> None: ...


class SessionSound:
    """`now` is the session clock. `begin` begins a recording, given the number of its first
    segment; without it nothing is ever recorded."""

    def __init__(
        self, now: Callable[[], float], begin: Callable[[int], Recording] | None = None
    ) -> None:
        self._now = now
        self._begin = begin
        self._placing = Placing()
        self._recording: Recording | None = None
        self._segments = 0
        self._allowed = False
        self._forgetting: asyncio.Task[None] | None = None
        self._kept: Kept | None = None
        self.playing = Playing(rate=INTERVIEWER_RATE, now=now)

    def hear(self, frame: rtc.AudioFrame) -> None:
        """The candidate's next frame, on its way to the recogniser: it is told where it lies."""
        samples = frame.samples_per_channel * RATE // frame.sample_rate
        place = self._placing.place(samples, self._now())
        frame.userdata[PLACE] = place
        if self._kept is not None and frame.sample_rate == RATE and frame.num_channels == 1:
            self._kept.heard(bytes(frame.data), place)

    def allow(self, record: bool) -> None:
        """What the server said last: sound is recorded from now on, or not any more.

        A recording that was refused meanwhile is not gone on with: what is allowed again begins
        anew."""
        self._allowed = record
        if self._recording is not None and (self._recording.refused or not record):
            self._forget(self._recording)
        self._record()

    def keep_in(self, kept: Kept | None) -> None:
        """Both sides go there from now on."""
        self._kept = self.playing.into = kept

    async def aclose(self, *, within: float) -> None:
        """What was recorded is at the server afterwards, or is left in the spool for later."""
        self._allowed = False
        if self._forgetting is not None:
            await asyncio.gather(self._forgetting, return_exceptions=True)
        if self._recording is not None:
            self.keep_in(None)
            recording, self._recording = self._recording, None
            await recording.aclose(within)

    def _record(self) -> None:
        """Unless the one before is still being forgotten: they have one spool."""
        ready = self._recording is None and self._forgetting is None
        if ready and self._allowed and self._begin is not None:
            self._recording = self._begin(self._segments)
            self.keep_in(self._recording.recorder)

    def _forget(self, recording: Recording) -> None:
        self.keep_in(None)
        self._recording = None
        self._forgetting = asyncio.create_task(recording.forget(), name="forgetting a recording")
        watch(self._forgetting, "forgetting a recording")

        def forgotten(_: asyncio.Task[None]) -> None:
            self._segments = recording.recorder.segments
            self._forgetting = None
            self._record()

        self._forgetting.add_done_callback(forgotten)
