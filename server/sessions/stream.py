"""The event log as a live stream of server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic_core import to_json

from server.context import Context
from server.sessions import repository
from server.sessions.showing import to_out

PAGE = 500
_POLL_SECONDS = 2.0
_POLLS_A_KEEPALIVE = 5


def _frame(data: Any, event: str | None = None, id_: str | None = None) -> bytes:
    return format_sse_event(data_str=to_json(data).decode(), event=event, id=id_)


async def follow(
    context: Context,
    interview_id: str,
    after: int,
    allowed: Callable[[], Awaitable[bool]],
    poll_seconds: float = _POLL_SECONDS,
) -> AsyncGenerator[bytes]:
    """Frames of every event past `after`, in order, then of each new one as it is stored.

    Events have their `seq` as id and no event name; notices are named `notice`. What is shown of an
    event depends on whether the session has ended when it is sent. Ends when `allowed` says no:
    logged out, or the session deleted."""
    quiet = 0
    with context.notifier.watching(interview_id) as queue:
        yield format_sse_event(comment="open", retry=2000)
        while await allowed():
            async with context.database.read() as db:
                interview = await repository.by_id(db, interview_id)
                events = await repository.events_after(db, interview_id, after, PAGE)
            if interview is None:
                return
            for event in events:
                yield _frame(to_out(event, interview), id_=str(event.seq))
                after = event.seq
            if len(events) == PAGE:
                continue
            try:
                notice = await asyncio.wait_for(queue.get(), poll_seconds)
            except TimeoutError:
                # Another process may have written; the log is read again either way.
                quiet += 1
                if quiet % _POLLS_A_KEEPALIVE == 0:
                    yield KEEPALIVE_COMMENT
                continue
            if notice is not None:
                yield _frame(notice, event="notice")
