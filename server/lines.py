"""Which interviewers hold a line to this server, and what the caretaker of sessions waits for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Lines:
    """A line is a request that an interviewer keeps open for as long as it lives."""

    def __init__(self) -> None:
        self._open: Counter[tuple[str, int]] = Counter()
        self._something = asyncio.Event()

    @contextmanager
    def opened(self, interview_id: str, epoch: int) -> Iterator[None]:
        self._open[interview_id, epoch] += 1
        try:
            yield
        finally:
            self._open[interview_id, epoch] -= 1
            if not self._open[interview_id, epoch]:
                del self._open[interview_id, epoch]

    def is_open(self, interview_id: str, epoch: int) -> bool:
        return (interview_id, epoch) in self._open

    def stir(self) -> None:
        """Something happened for which sessions are to be looked at now."""
        self._something.set()

    async def stirred(self, within_s: float) -> None:
        """Until something happens, or so many seconds have passed."""
        try:
            async with asyncio.timeout(within_s):
                await self._something.wait()
        except TimeoutError:
            return
        finally:
            self._something.clear()
