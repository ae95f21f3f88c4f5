"""Keeps the sound of an interview: from both channels of the timeline to durable segments.

The event loop lays sound on the timeline and gives away what is final; a thread of its own encodes
and writes. Whatever fails there ends the recording and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable

from agent.log import logger
from agent.recording.encoding import Encoder, Segment
from agent.recording.places import RATE, Place
from agent.recording.spool import Spool
from agent.recording.timeline import TICK_S, Blocks, Frontier, Timeline
from interview.wire import SegmentName

# Blocks that wait for a slow disk, about 60 s of them. What comes on top is left out.
MOST_WAITING = 1200


class Recorder:
    """`now` is the session clock. `on_segment` is called in the event loop for each segment that
    is on disk, `on_stopped` when no more will come before `aclose`. `first`: number of its first
    segment within the epoch."""

    def __init__(
        self,
        spool: Spool,
        *,
        epoch: int,
        now: Callable[[], float],
        on_segment: Callable[[], None],
        on_stopped: Callable[[], None] = lambda: None,
        encoder: Callable[[], Encoder] = Encoder,
        first: int = 0,
    ) -> None:
        self._spool = spool
        self._epoch = epoch
        self._now = now
        self._on_segment = on_segment
        self._on_stopped = on_stopped
        self._new_encoder = encoder
        self._timeline = Timeline(now())
        self._heard_until = 0.0
        self._frontier = Frontier()
        self._blocks: queue.Queue[Blocks | None] = queue.Queue(MOST_WAITING)
        self._left_out = False
        self._stopped = False
        # How many segments of this epoch are on disk, or were.
        self.segments = first
        self._loop = asyncio.get_running_loop()
        self._done = asyncio.Event()
        # A daemon: a disk that hangs must not keep the process.
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    def heard(self, pcm: bytes, place: Place) -> None:
        """The candidate's next 16 kHz mono PCM."""
        if not self._stopped:
            self._timeline.heard(pcm, place)
            self._heard_until = place.sure(len(pcm) // 2)

    def played(self, pcm: bytes, at: float) -> None:
        if not self._stopped:
            self._timeline.played(pcm, at)

    def silent_from(self, at: float) -> None:
        self._timeline.silent_from(at)

    async def run(self) -> None:
        """Until cancelled."""
        while not self._stopped:
            self.tick()
            await asyncio.sleep(TICK_S)

    def tick(self) -> None:
        """Give away what is final by now."""
        self._give(self._frontier.tick(self._now(), self._heard_until))

    def stop(self) -> None:
        """Record nothing more; what waits is left."""
        self._stopped = True
        self._timeline = Timeline(self._now())
        self._end()

    async def aclose(self, within: float) -> None:
        """All that was heard and played by now goes to disk, if that takes no longer."""
        if not self._stopped:
            self._give(self._now())
            self._stopped = True
        self._end()
        try:
            async with asyncio.timeout(within):
                await self._done.wait()
        except TimeoutError:
            logger.warning("the last second of a recording could not be written in time")
        if self._timeline.too_late:
            seconds = self._timeline.too_late / RATE
            logger.warning("%.2f s of sound came too late for the recording", seconds)

    def _give(self, frontier: float) -> None:
        blocks = self._timeline.take(frontier)
        if blocks is None or self._stopped:
            return
        try:
            self._blocks.put_nowait(blocks)
        except queue.Full:
            if not self._left_out:
                logger.error("the disk is too slow for the recording; parts are left out")
            self._left_out = True

    def _end(self) -> None:
        while True:
            try:
                self._blocks.put_nowait(None)
            except queue.Full:
                self._blocks.get_nowait()
            else:
                return

    def _work(self) -> None:
        try:
            with self._spool.in_use():
                self._encode(self._new_encoder())
        except Exception as error:
            # The type and the system's reason; nothing of the sound is in either.
            reason = error.strerror if isinstance(error, OSError) else ""
            logger.error("the recording stopped: %s %s", type(error).__name__, reason or "")
            self._tell(self._failed)
        self._tell(self._done.set)

    def _encode(self, encoder: Encoder) -> None:
        while (blocks := self._blocks.get()) is not None:
            for segment in encoder.feed(blocks):
                self._keep(segment)
        for segment in encoder.finish():
            self._keep(segment)

    def _keep(self, segment: Segment) -> None:
        """In the thread. Absence is not sent: where there is no segment there is silence."""
        if segment.absent:
            return
        name = SegmentName(
            epoch=self._epoch,
            number=self.segments,
            start_ms=segment.start_ms,
            packets=segment.packets,
        )
        self._spool.write(name, segment.ogg)
        self.segments += 1
        self._tell(self._on_segment)

    def _failed(self) -> None:
        self._stopped = True
        self._timeline = Timeline(self._now())
        self._on_stopped()

    def _tell(self, callback: Callable[[], None]) -> None:
        if not self._loop.is_closed():
            # It may be closed meanwhile: nobody is there to be told then.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(callback)
