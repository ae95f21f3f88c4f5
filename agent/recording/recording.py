"""One stretch of recording, from the consent to its end: recorder, spool and delivery, composed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from agent.link import RecordingLink, ServerUnreachable
from agent.log import logger
from agent.recording.delivery import Delivery
from agent.recording.recorder import Recorder
from agent.recording.spool import Spool
from agent.tasks import Tasks
from interview.errors import FencedError

WRITING_SECONDS = 3.0


class Recording:
    """Runs until `aclose` or `forget`. `first`: number of its first segment within the epoch."""

    def __init__(
        self,
        link: RecordingLink,
        directory: Path,
        session_id: str,
        epoch: int,
        now: Callable[[], float],
        *,
        first: int = 0,
    ) -> None:
        self._epoch = epoch
        self._spool = Spool(directory, session_id)
        self._delivery = Delivery(link, self._spool, on_refused=self._refused)
        self.recorder = Recorder(
            self._spool, epoch=epoch, now=now, on_segment=self._delivery.wake, first=first
        )
        self._tasks = Tasks()
        self._tasks.keep(self.recorder.run, "the recorder")
        self._tasks.keep(self._deliver, "the delivery of the recording")

    @property
    def refused(self) -> bool:
        """Nothing is kept any more: the server has said that it may not be."""
        return self._delivery.refused

    async def aclose(self, within: float) -> None:
        """The rest is at the server afterwards, or is left in the spool for later."""
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

    async def forget(self) -> None:
        """The candidate does not agree any more: what is not at the server yet is deleted."""
        self.recorder.stop()
        await self._tasks.aclose()
        await self.recorder.aclose(WRITING_SECONDS)
        await asyncio.to_thread(self._spool.forget)

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
