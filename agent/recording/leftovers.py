"""Recordings that nobody holds any more: what their interviewer left behind when it died."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from agent.link import RecordingLink
from agent.recording.delivery import Delivery
from agent.recording.spool import Spool, spooled_sessions
from agent.sweeping import again_and_again
from interview.errors import FencedError

_AT_ONCE = 500


class Registry(RecordingLink, Protocol):
    async def gone(self, session_ids: Sequence[str]) -> set[str]: ...


async def deliver_leftovers(registry: Registry, directory: Path) -> int:
    """Deliver every spool in `directory` that nobody records into, and delete those of sessions
    that were deleted; how many spools are gone afterwards.

    Raises ServerUnreachable, ServerRefused or OSError; what was not delivered stays."""
    ids = spooled_sessions(directory)
    gone: set[str] = set()
    for first in range(0, len(ids), _AT_ONCE):
        gone |= await registry.gone(ids[first : first + _AT_ONCE])
    done = 0
    for session_id in ids:
        spool = Spool(directory, session_id)
        with spool.alone() as alone:
            if session_id in gone:
                await asyncio.to_thread(spool.forget)
            elif alone:
                await _deliver(registry, spool)
        done += not spool.path.exists()
    return done


async def keep_delivered(registry: Registry, directory: Path) -> None:
    """Deliver at once and then now and again, until cancelled."""
    await again_and_again(
        lambda: deliver_leftovers(registry, directory),
        "%d recordings that were left behind are delivered, or deleted with their sessions",
    )


async def _deliver(registry: Registry, spool: Spool) -> None:
    left = await asyncio.to_thread(spool.waiting)
    delivery = Delivery(registry, spool)
    try:
        await delivery.once()
        counts = {name.epoch: name.number + 1 for name in left}
        for epoch, segments in counts.items():
            await delivery.ended(epoch, segments)
    except FencedError:
        # Another interviewer holds the session; what is left is for later.
        return
    await asyncio.to_thread(spool.remove_if_empty)
