"""Brings the segments of a spool to the server, in order, for as long as it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential_jitter

from agent.link import RecordingLink, RecordingRefused, ServerRefused, ServerUnreachable
from agent.log import logger
from agent.recording.spool import Spool
from interview.wire import RecordingEnded, SegmentName

AGAIN_MOST_S = 5.0


class Delivery:
    """`on_refused` is called when the session may not be recorded; the spool is gone then.

    Raises FencedError and OSError from `run` and `once`; what was not delivered stays."""

    def __init__(
        self, link: RecordingLink, spool: Spool, *, on_refused: Callable[[], None] = lambda: None
    ) -> None:
        self._link = link
        self._spool = spool
        self._on_refused = on_refused
        self._new = asyncio.Event()
        self._sending = asyncio.Lock()
        self.refused = False

    def wake(self) -> None:
        """There may be something new in the spool."""
        self._new.set()

    async def run(self) -> None:
        """Deliver what comes, trying again while the server cannot be reached; until cancelled, or
        until it is refused."""
        self._new.set()
        while not self.refused:
            await self._new.wait()
            self._new.clear()
            async for attempt in AsyncRetrying(
                retry=retry_if_exception_type(ServerUnreachable),
                wait=wait_exponential_jitter(multiplier=0.2, max=AGAIN_MOST_S),
            ):
                with attempt:
                    await self.once()

    async def once(self) -> None:
        """Deliver what there is. Raises ServerUnreachable."""
        async with self._sending:
            for name in await asyncio.to_thread(self._spool.waiting):
                await self._send(name)
                if self.refused:
                    return

    async def ended(self, epoch: int, segments: int) -> None:
        """Tell that what was recorded in `epoch`, so many segments, was delivered. Raises
        ServerUnreachable."""
        try:
            await self._link.recording_ended(
                self._spool.session_id, RecordingEnded(epoch=epoch, segments=segments)
            )
        except RecordingRefused:
            await self._forget()
        except ServerRefused as error:
            logger.error("the end of a recording was not taken: %s", error)

    async def _send(self, name: SegmentName) -> None:
        try:
            ogg = await asyncio.to_thread(self._spool.read, name)
        except FileNotFoundError:
            # Another interviewer of this machine was faster.
            return
        try:
            await self._link.put_segment(self._spool.session_id, name, ogg)
        except RecordingRefused:
            await self._forget()
            return
        except ServerRefused as error:
            # One that will never be taken must not keep back the others.
            logger.error("a second of a recording was not taken: %s", error)
        await asyncio.to_thread(self._spool.remove, name)

    async def _forget(self) -> None:
        self.refused = True
        self._on_refused()
        await asyncio.to_thread(self._spool.forget)
