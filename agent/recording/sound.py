"""The sound of one interview, composed: both sides on the session clock, recorded if allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from livekit import rtc

from agent.link import RecordingLink, ServerUnreachable
from agent.log import logger
from agent.recording.delivery import Delivery
from agent.recording.places import PLACE, RATE, Place, Placing
from agent.recording.playing import PlayedSound, Playing
from agent.recording.recorder import Recorder
from agent.recording.spool import Spool
from agent.recording.timeline import INTERVIEWER_RATE
from agent.tasks import Tasks
from interview.errors import FencedError

WRITING_SECONDS = 3.0


class Kept(PlayedSound, Protocol):
    """Takes what is heard as well: 16 kHz mono PCM, with its place."""

    def heard(self, pcm: bytes, place: Place) -> None: ...


class SessionSound:
    """`now` is the session clock. Nothing is recorded before `record`."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._placing = Placing()
        self._recording: Recording | None = None
        self._kept: Kept | None = None
        self.playing = Playing(rate=INTERVIEWER_RATE, now=now)

    def hear(self, frame: rtc.AudioFrame) -> None:
        """The candidate's next frame, on its way to the recogniser: it is told where it lies."""
        samples = frame.samples_per_channel * RATE // frame.sample_rate
        place = self._placing.place(samples, self._now())
        frame.userdata[PLACE] = place
        if self._kept is not None and frame.sample_rate == RATE and frame.num_channels == 1:
            self._kept.heard(bytes(frame.data), place)

    def record(self, link: RecordingLink, directory: Path, session_id: str, epoch: int) -> None:
        """Record from now on, into a spool in `directory` and from there to the server."""
        self._recording = Recording(link, directory, session_id, epoch, self._now)
        self.keep_in(self._recording.recorder)

    def keep_in(self, kept: Kept | None) -> None:
        """Both sides go there from now on."""
        self._kept = self.playing.into = kept

    async def aclose(self, *, within: float) -> None:
        """The recording is at the server afterwards, or is left in the spool for later."""
        if self._recording is not None:
            self.keep_in(None)
            recording, self._recording = self._recording, None
            await recording.aclose(within)


class Recording:
    """Runs until `aclose`."""

    def __init__(
        self,
        link: RecordingLink,
        directory: Path,
        session_id: str,
        epoch: int,
        now: Callable[[], float],
    ) -> None:
        self._epoch = epoch
        self._spool = Spool(directory, session_id)
        self._delivery = Delivery(link, self._spool, on_refused=self._refused)
        self.recorder = Recorder(self._spool, epoch=epoch, now=now, on_segment=self._delivery.wake)
        self._tasks = Tasks()
        self._tasks.keep(self.recorder.run, "the recorder")
        self._tasks.keep(self._deliver, "the delivery of the recording")

    async def aclose(self, within: float) -> None:
        await self._tasks.aclose()
        await self.recorder.aclose(WRITING_SECONDS)
        try:
            async with asyncio.timeout(within):
                await self._finish()
        except (TimeoutError, ServerUnreachable, FencedError, OSError) as error:
            logger.info("the rest of a recording is delivered later: %s", type(error).__name__)
        with self._spool.alone() as alone:
            if alone:
                await asyncio.to_thread(self._spool.remove_if_empty)

    async def _deliver(self) -> None:
        try:
            await self._delivery.run()
        except FencedError:
            # Whoever took the session over delivers what is left.
            return

    async def _finish(self) -> None:
        if not self._delivery.refused:
            await self._delivery.once()
        if not self._delivery.refused:
            await self._delivery.ended(self._epoch, self.recorder.segments)
        if self._delivery.refused:
            await asyncio.to_thread(self._spool.forget)

    def _refused(self) -> None:
        logger.info("the session may not be recorded; what there was is forgotten")
        self.recorder.stop()
