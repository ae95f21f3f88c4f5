"""`viva bench writers`: several interviews are written down at once, one event at a time."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.exc import OperationalError

from interview.events import (
    AnyEvent,
    CandidateJoined,
    CandidateSilent,
    CandidateSpeaking,
    InterviewerJoined,
    UtteranceFinal,
)
from interview.transcript import Word
from interview.wire import EventBody, encode_event
from server import db
from server.app import create_app
from server.context import Context
from server.models import User
from server.sessions import log as event_log
from server.sessions import presence, repository, service
from server.sessions.schemas import CreateSession
from server.settings import Settings
from viva.figures import percentile

WRITERS = 8
EVENTS = 1000
_TEXT = "I would begin with a small model of the clicks, so that the answer stays fast and stable."


async def writers(
    say: Callable[[str], None],
    *,
    writers: int = WRITERS,
    events: int = EVENTS,
    directory: Path | None = None,
) -> dict[str, Any]:
    """`writers` interviewers append `events` events each, as fast as they are acknowledged, through
    the server's own append, to one SQLite file below `directory`, else a temporary one."""
    if directory is None:
        with TemporaryDirectory(prefix="viva-writers-") as made:
            return await _write(say, writers, events, Path(made))
    return await _write(say, writers, events, directory)


async def _write(
    say: Callable[[str], None], count: int, events: int, directory: Path
) -> dict[str, Any]:
    settings = Settings(_env_file=None, data_dir=directory, database_url=None, least_free_mb=0)
    context: Context = create_app(settings).state.context
    await asyncio.to_thread(db.upgrade, settings.resolved_database_url)
    try:
        ids = [await _begun(context) for _ in range(count)]
        took: list[float] = []
        failed: Counter[str] = Counter()
        began = time.perf_counter()

        async def write(interview_id: str) -> None:
            for number in range(events):
                body = _event(number)
                asked = time.perf_counter()
                try:
                    await event_log.append(context, interview_id, 1, [body])
                except OperationalError as error:
                    failed[str(error.orig)] += 1
                took.append(time.perf_counter() - asked)
                if len(took) % 1000 == 0:
                    say(f"{len(took)} of {count * events} appended")

        async with asyncio.TaskGroup() as group:
            for interview_id in ids:
                group.create_task(write(interview_id))
        wall_s = time.perf_counter() - began
        stored = [await _stored(context, interview_id) for interview_id in ids]
    finally:
        await context.rooms.close()
        await context.database.close()
    return _figures(took, failed, stored, events, wall_s)


def _figures(
    took: list[float], failed: Counter[str], stored: list[list[int]], events: int, wall_s: float
) -> dict[str, Any]:
    def ms(percent: float) -> float | None:
        value = percentile(took, percent)
        return None if value is None else round(value * 1000, 1)

    return {
        "writers": len(stored),
        "events_each": events,
        "stored": sum(len(one) for one in stored),
        "in_order": all(one == list(range(1, events + 1)) for one in stored),
        "database_is_locked": sum(n for text, n in failed.items() if "locked" in text),
        "failed": dict(failed),
        "p50_ms": ms(50),
        "p99_ms": ms(99),
        "max_ms": round(max(took) * 1000, 1),
        "events_per_s": round(len(took) / wall_s, 1),
        "wall_s": round(wall_s, 1),
    }


async def _begun(context: Context) -> str:
    """A session of a user of its own, whose first interviewer was sent for."""
    now = datetime.now(UTC)
    name = secrets.token_hex(8)
    user = User(
        id=secrets.token_hex(12),
        email=f"writer-{name}@example.com",
        name="Writer",
        password_hash=None,
        role="candidate",
        created_at=now,
    )
    async with context.database.write() as session:
        session.add(user)
    made = await service.create(context, user, CreateSession())
    async with context.database.write() as session:
        interview = await repository.locked(session, made.id)
        if interview is not None:
            presence.new_epoch(interview, now)
    return made.id


def _event(number: int) -> EventBody:
    at = number * 2.0
    event: AnyEvent
    if number == 0:
        event = InterviewerJoined(at=at, epoch=1)
    elif number == 1:
        event = CandidateJoined(at=at)
    elif number % 3 == 0:
        event = CandidateSpeaking(at=at)
    elif number % 3 == 1:
        event = CandidateSilent(at=at)
    else:
        begins = round(at * 1000)
        said = tuple(
            Word(word, begins + 100 * place, begins + 100 * place + 90, 0.9)
            for place, word in enumerate(_TEXT.split())
        )
        event = UtteranceFinal(
            at=at,
            utterance_id=f"utterance-{number}",
            text=_TEXT,
            start_ms=begins,
            end_ms=begins + 1800,
            words=said,
        )
    type_, _, data = encode_event(event)
    return EventBody(uid=f"1-{number}", at=at, wall=datetime.now(UTC), type=type_, data=data)


async def _stored(context: Context, interview_id: str) -> list[int]:
    async with context.database.read() as session:
        return [event.seq for event in await repository.events_after(session, interview_id, 0)]


def table(figures: dict[str, Any]) -> str:
    """The figures, for a person."""
    return (
        f"{figures['writers']} writers, {figures['stored']} events stored in "
        f"{figures['wall_s']} s: p50 {figures['p50_ms']} ms, p99 {figures['p99_ms']} ms, "
        f'{figures["database_is_locked"]} times "database is locked"'
    )
