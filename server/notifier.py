"""Wakes those who watch a session, inside this process."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Notice = dict[str, Any]
_QUEUE_LENGTH = 64


class Notifier:
    """Each watcher has a queue of None ("there are new events") and notices for the page.

    A watcher that does not keep up misses wake-ups, never events: those it reads from the log."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[asyncio.Queue[Notice | None]]] = defaultdict(set)

    @contextmanager
    def watching(self, interview_id: str) -> Iterator[asyncio.Queue[Notice | None]]:
        queue: asyncio.Queue[Notice | None] = asyncio.Queue(_QUEUE_LENGTH)
        self._watchers[interview_id].add(queue)
        try:
            yield queue
        finally:
            self._watchers[interview_id].discard(queue)
            if not self._watchers[interview_id]:
                del self._watchers[interview_id]

    def _put(self, interview_id: str, item: Notice | None) -> None:
        for queue in self._watchers.get(interview_id, ()):
            if not queue.full():
                queue.put_nowait(item)

    def events(self, interview_id: str) -> None:
        """The log of this session has grown, or the session is gone."""
        self._put(interview_id, None)

    def notice(self, interview_id: str, notice: Notice) -> None:
        """Something the candidate should hear about that is no part of the log."""
        self._put(interview_id, notice)
