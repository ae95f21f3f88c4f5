"""What a handler of jobs is given, and what it may answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context


@dataclass(frozen=True)
class Task:
    """A job that this process holds the `lease` of. `attempt` counts from 1."""

    id: str
    key: str
    kind: str
    user_id: str | None
    payload: dict[str, Any] = field(repr=False)
    created_at: datetime
    lease: str
    attempt: int


class Failed(Exception):
    """It did not work this time. The message is kept and logged: it holds nothing private."""


class Hopeless(Failed):
    """Trying again would not help."""


# What a job stores: done in the transaction that marks it done, hence exactly once.
Write = Callable[[AsyncSession], Awaitable[None]]
# What a job does. It runs outside any transaction and may run again after a crash; with an error it
# is tried again later, with `Hopeless` it is not.
Handler = Callable[[Context, Task], Awaitable[Write | None]]


@dataclass(frozen=True)
class Recurring:
    """A job of `kind` that is asked for in every stretch of `every`, once by all servers. What fell
    into a time when none ran is not made up for."""

    kind: str
    every: timedelta
