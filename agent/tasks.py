"""Tasks that run beside an interview. None dies unnoticed, and none takes the interview with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from tenacity import AsyncRetrying, RetryCallState, wait_exponential

from agent.log import logger

# A part that died is begun again after so many seconds, doubled at each death up to the most.
AGAIN_S = 1.0
AGAIN_MOST_S = 30.0


def watch(
    task: asyncio.Task[Any], what: str, on_death: Callable[[], object] = lambda: None
) -> None:
    """Have it logged, by type alone, when `task` ends with an exception; then `on_death` is called.

    The exception's message and traceback are kept out of the log: they may quote the candidate."""

    def done(finished: asyncio.Task[Any]) -> None:
        if finished.cancelled() or (error := finished.exception()) is None:
            return
        logger.error("%s failed: %s", what, type(error).__name__)
        on_death()

    task.add_done_callback(done)


class Tasks:
    """The background of one interview."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(
        self,
        run: Coroutine[Any, Any, None],
        what: str,
        on_death: Callable[[], object] = lambda: None,
    ) -> None:
        """Run it until `aclose`. `what` names it in the log."""
        task = asyncio.create_task(run, name=what)
        self._running.add(task)
        watch(task, what, on_death)

    def keep(self, run: Callable[[], Awaitable[None]], what: str) -> None:
        """Run it until `aclose`, and again whenever it dies; what returns is done."""

        def died(state: RetryCallState) -> None:
            error = state.outcome and state.outcome.exception()
            logger.error("%s failed: %s; begun again", what, type(error).__name__)

        again = AsyncRetrying(
            wait=wait_exponential(multiplier=AGAIN_S, max=AGAIN_MOST_S), before_sleep=died
        )
        self.start(again(run), what)

    async def aclose(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
