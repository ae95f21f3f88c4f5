"""An event loop whose clock jumps to the next timer, so that minutes pass in milliseconds.

No test sleeps to see something happen: with this loop, waiting costs nothing and is exact. A test
that waits for what can never happen fails at once, and so does one that leaves a task behind.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine, Mapping
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
# Real seconds that a thread may take.
THREAD_SECONDS = 10.0


class NothingLeftToHappen(AssertionError):
    """Every task waits, and no timer is set."""


class _JumpingSelector(selectors.BaseSelector):
    """`patience`: real seconds that the network has to bring something before the clock jumps."""

    def __init__(self, patience: float) -> None:
        self._real = selectors.DefaultSelector()
        self._patience = patience
        self.now = 0.0
        self.threads = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self.threads and timeout != 0:
            # A thread's result is on its way; it wakes the loop when it is there.
            return self._real.select(THREAD_SECONDS)
        if self._patience and timeout is None:
            # No timer to jump to: whatever comes, comes from the network.
            return self._real.select(THREAD_SECONDS) or self._stuck()
        ready = self._real.select(0 if timeout == 0 else self._patience)
        if not ready and timeout is None:
            self._stuck()
        if not ready and timeout:
            self.now += timeout
        return ready

    def _stuck(self) -> NoReturn:
        raise NothingLeftToHappen

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """`time()` starts at 0 and moves only when every task waits for a timer."""

    def __init__(self, patience: float = 0.0) -> None:
        self._jumping = _JumpingSelector(patience)
        super().__init__(self._jumping)
        # asyncio takes a timer as due within the clock's resolution; a virtual clock is exact.
        self._clock_resolution = 1e-9

    def time(self) -> float:
        return self._jumping.now

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> asyncio.Future[Any]:
        def done(_: object) -> None:
            self._jumping.threads -= 1

        self._jumping.threads += 1
        result = super().run_in_executor(executor, func, *args)
        result.add_done_callback(done)
        return result


def run_virtual(main: Coroutine[Any, Any, T], patience: float = 0.0) -> T:
    """Run `main` to its end on a virtual clock, which stands still while threads work.

    With sockets of this machine in it, `patience` is how long they have, in real seconds, before
    nothing is taken to be on its way; a few milliseconds do."""

    async def watched() -> T:
        before = asyncio.all_tasks()
        result = await main
        left = {task for task in asyncio.all_tasks() - before if not task.done()}
        assert not left, f"tasks left behind: {sorted(task.get_name() for task in left)}"
        return result

    with asyncio.Runner(loop_factory=lambda: VirtualTimeLoop(patience)) as runner:
        return runner.run(watched())
