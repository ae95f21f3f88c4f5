"""Delivers logged events to the server, in order, for as long as it takes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice

from tenacity import (
    AsyncRetrying,
    retry_if_exception_type,
    wait_exponential_jitter,
)

from agent.link import ServerLink, ServerRefused, ServerUnreachable
from agent.log import logger
from interview.errors import FencedError
from interview.wire import EVENT_BATCH_MAX, EventBody

# Prompts are long; one batch stays well below what the server takes and what its time limit allows.
BATCH_CHARACTERS = 1_000_000


class Outbox:
    """`on_fenced` is called once when another interviewer has taken over; nothing is sent after."""

    def __init__(
        self,
        link: ServerLink,
        session_id: str,
        epoch: int,
        *,
        on_fenced: Callable[[], None],
    ) -> None:
        self._link = link
        self._session_id = session_id
        self._epoch = epoch
        self._on_fenced = on_fenced
        self._waiting: deque[tuple[EventBody, int]] = deque()
        self._wake = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self.refused = 0

    def put(self, event: EventBody) -> None:
        self._waiting.append((event, len(event.model_dump_json())))
        self._empty.clear()
        self._wake.set()

    async def delivered(self, *, within: float) -> bool:
        """Whether everything put so far was acknowledged within so many seconds."""
        try:
            async with asyncio.timeout(within):
                await self._empty.wait()
        except TimeoutError:
            return False
        return True

    async def run(self) -> None:
        """Until cancelled, or fenced. Can be run again after it raised; nothing is lost then."""
        if self._waiting:
            self._wake.set()
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                batch = self._batch()
                try:
                    await self._deliver(batch)
                except FencedError:
                    self._on_fenced()
                    return
                for _ in batch:
                    self._waiting.popleft()
            self._empty.set()

    def _batch(self) -> list[EventBody]:
        """The events that are sent next: few enough, and small enough to arrive in time."""
        batch: list[EventBody] = []
        size = 0
        for event, length in islice(self._waiting, EVENT_BATCH_MAX):
            size += length
            if batch and size > BATCH_CHARACTERS:
                break
            batch.append(event)
        return batch

    async def _deliver(self, batch: list[EventBody]) -> None:
        try:
            await self._send(batch)
        except ServerRefused as error:
            if len(batch) > 1:
                # A batch is taken whole or not at all: one bad event must not cost the others.
                for event in batch:
                    await self._deliver([event])
                return
            # Kept in the journal, where a person can find it.
            logger.error("an event was not taken: %s", error)
            self.refused += 1

    async def _send(self, batch: list[EventBody]) -> None:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(ServerUnreachable),
            wait=wait_exponential_jitter(multiplier=0.2, max=2.0),
        ):
            with attempt:
                await self._link.append(self._session_id, self._epoch, batch)
