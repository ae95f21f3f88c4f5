"""What every part of the server shares, made once at the start."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated
from weakref import WeakValueDictionary

from fastapi import Depends, Request

from interview.scenario import Scenario
from server.accounts.attempts import Attempts
from server.accounts.oidc_state import Oidc
from server.accounts.passwords import Passwords
from server.db import Database
from server.lines import Lines
from server.notifier import Notifier
from server.rooms import Rooms
from server.sessions.fold import Folds
from server.settings import Settings
from server.storage.store import Storage

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def steady_clock() -> Clock:
    """The time as it was when this was called, going on at its own pace: nobody's signs of life
    grow old, or young, when the machine's clock is put right."""
    began, ticks = utc_now(), time.monotonic()
    return lambda: began + timedelta(seconds=time.monotonic() - ticks)


class Locks:
    """One lock for each session that somebody is working on right now."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, interview_id: str) -> asyncio.Lock:
        lock = self._locks.get(interview_id)
        if lock is None:
            lock = self._locks[interview_id] = asyncio.Lock()
        return lock


@dataclass(frozen=True)
class Context:
    """`clock` tells the date, `steady` how old a sign of life is. `began`: when this server
    started, by `steady`."""

    settings: Settings
    clock: Clock
    steady: Clock
    began: datetime
    database: Database
    rooms: Rooms
    scenarios: dict[str, Scenario]
    passwords: Passwords
    attempts: Attempts
    storage: Storage
    oidc: Oidc | None = None
    lines: Lines = field(default_factory=Lines)
    notifier: Notifier = field(default_factory=Notifier)
    folds: Folds = field(default_factory=Folds)
    locks: Locks = field(default_factory=Locks)
    # Reading an export takes a core for a while.
    imports: asyncio.Lock = field(default_factory=asyncio.Lock)


def get_context(request: Request) -> Context:
    context: Context = request.app.state.context
    return context


Ctx = Annotated[Context, Depends(get_context)]
