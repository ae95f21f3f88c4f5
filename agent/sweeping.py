"""What was deleted from the server is deleted from the worker's disk as well, and what was left
behind for the server is delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from agent.link import ServerRefused, ServerUnreachable
from agent.log import logger

SWEEP_SECONDS = 5.0
_AT_ONCE = 500


class Registry(Protocol):
    async def gone(self, session_ids: Sequence[str]) -> set[str]: ...


async def sweep(registry: Registry, directory: Path) -> int:
    """Remove the journals in `directory` of sessions that were deleted; how many there were.

    An interviewer that still writes to one writes to a file without a name, which goes with it.
    Raises ServerUnreachable or ServerRefused."""
    ids = _journalled(directory)
    removed = 0
    for first in range(0, len(ids), _AT_ONCE):
        batch = ids[first : first + _AT_ONCE]
        for session_id in await registry.gone(batch):
            if session_id in batch:
                (directory / f"{session_id}.jsonl").unlink(missing_ok=True)
                removed += 1
    return removed


def _journalled(directory: Path) -> list[str]:
    return sorted(path.stem for path in directory.glob("*.jsonl"))


async def keep_swept(registry: Registry, directory: Path) -> None:
    """Sweep at once and then every SWEEP_SECONDS, until cancelled."""
    await again_and_again(
        lambda: sweep(registry, directory), "%d journals of deleted sessions removed"
    )


async def again_and_again(look: Callable[[], Awaitable[int]], done: str) -> None:
    """Call `look` at once and then every SWEEP_SECONDS, until cancelled; what it answers, if it is
    not 0, is logged with the words `done`."""
    while True:
        try:
            if count := await look():
                logger.info(done, count)
        except (ServerUnreachable, ServerRefused, OSError) as error:
            logger.debug("what was left behind was not looked through: %s", error)
        await asyncio.sleep(SWEEP_SECONDS)
