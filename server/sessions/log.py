"""Appending to the event log: numbered, idempotent, durable before it is acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from interview.engine import Engine
from interview.errors import EventError, FencedError
from interview.events import AnyEvent
from interview.wire import Appended, EventBody, decode_event, encode_event
from server.context import Context
from server.errors import Problem
from server.models import Interview, LoggedEvent
from server.recordings import asking as joining
from server.reports import asking
from server.sessions import fold, presence, repository
from server.texts import storable

log = logging.getLogger(__name__)

# Thirty days; a larger clock is a mistake of its writer.
AT_MOST = 30 * 86_400.0


@dataclass(frozen=True)
class Entry:
    """An event on its way into the log."""

    uid: str
    wall: datetime
    event: AnyEvent


def read_entry(body: EventBody) -> Entry:
    """`body` checked and decoded. Raises EventError naming what is wrong."""
    if body.at > AT_MOST:
        raise EventError(f"event {body.type!r}: `at` is {body.at:g} s, later than {AT_MOST:g} s")
    try:
        naive = body.wall.tzinfo is None
        wall = body.wall.replace(tzinfo=UTC) if naive else body.wall.astimezone(UTC)
    except OverflowError as error:
        raise EventError(f"event {body.type!r}: `wall` is out of range") from error
    event = decode_event(body.type, body.at, storable(body.data))
    for name in ("start_ms", "end_ms"):
        if not 0 <= getattr(event, name, 0) <= AT_MOST * 1000:
            raise EventError(f"event {body.type!r}: `{name}` is out of range")
    return Entry(storable(body.uid), wall, event)


async def engine_of(context: Context, db: AsyncSession, interview: Interview, seq: int) -> Engine:
    """An engine that has seen the log up to `seq`, for the caller to feed; it is not kept."""
    engine = context.folds.take(interview.id, seq)
    if engine is None:
        with db.no_autoflush:
            events = await repository.events_after(db, interview.id, 0)
        scenario = await repository.scenario_of(db, interview.id)
        engine = await asyncio.to_thread(fold.replay, interview, scenario, events[:seq])
    return engine


def fence(interview: Interview, epoch: int) -> None:
    """Raises unless `epoch` is the one that holds the session."""
    if epoch < interview.epoch:
        raise FencedError(
            f"Epoch {epoch} has been replaced by epoch {interview.epoch}; leave the room."
        )
    if epoch > interview.epoch:
        detail = f"Epoch {epoch} was never dispatched; the newest is {interview.epoch}."
        raise Problem(409, "epoch_unknown", detail)


async def store(
    context: Context, db: AsyncSession, interview: Interview, entries: Sequence[Entry], epoch: int
) -> tuple[list[int], Engine | None]:
    """Number `entries`, add those that are new to the log, and fold them into `interview`.

    Answers the numbers one for one, and the engine to be kept after the commit. Of a session that
    is over a report is asked for in the same transaction."""
    known = await repository.events_with(db, interview.id, [entry.uid for entry in entries])
    seqs: list[int] = []
    fresh: list[fold.Change] = []
    seen = interview.last_seq
    for entry in entries:
        type_, at, data = encode_event(entry.event)
        earlier = known.get(entry.uid)
        if earlier is not None:
            if (earlier.type, earlier.at) != (type_, at):
                detail = f"uid {entry.uid!r} was used for another event; give each its own."
                raise Problem(409, "event_uid_reused", detail)
            seqs.append(earlier.seq)
            continue
        if at < interview.last_at:
            raise Problem(
                409,
                "event_out_of_order",
                f"Event {entry.uid!r} is at {at} s, but the log already reaches "
                f"{interview.last_at} s. Send events in the order of their clock.",
                at=at,
                last_at=interview.last_at,
            )
        interview.last_seq += 1
        interview.last_at = at
        interview.last_wall = entry.wall
        row = LoggedEvent(
            interview_id=interview.id,
            seq=interview.last_seq,
            uid=entry.uid,
            epoch=epoch,
            at=at,
            wall=entry.wall,
            type=type_,
            data=data,
        )
        db.add(row)
        known[entry.uid] = row
        seqs.append(row.seq)
        fresh.append(fold.Change(entry.event, entry.wall))
    if not fresh:
        return seqs, None
    kept: Engine | None = None
    try:
        engine = await engine_of(context, db, interview, seen)
        fold.advance(engine, interview, fresh)
        kept = engine
    except Exception as error:
        # What was said is stored in any case; the columns catch up once the engine can read it.
        kind = type(error).__name__
        log.error("session %s: folding up to %d failed: %s", interview.id, seqs[-1], kind)
    if presence.is_over(interview):
        await asking.ask(db, interview, context.clock())
        await joining.when_over(db, interview, context.clock())
    return seqs, kept


async def append(
    context: Context, interview_id: str, epoch: int, bodies: Sequence[EventBody]
) -> Appended:
    """Store `bodies` for the interviewer of `epoch`. Durable when this returns."""
    entries = [read_entry(body) for body in bodies]
    async with context.database.write() as db:
        interview = await repository.locked(db, interview_id)
        if interview is None:
            raise gone()
        fence(interview, epoch)
        seqs, engine = await store(context, db, interview, entries, epoch)
        last_seq = interview.last_seq
    if engine is not None:
        context.folds.put(interview_id, last_seq, engine)
    context.notifier.events(interview_id)
    return Appended(seqs=seqs, last_seq=last_seq)


def gone() -> Problem:
    detail = "This session does not exist any more; leave the room."
    return Problem(410, "session_gone", detail)
