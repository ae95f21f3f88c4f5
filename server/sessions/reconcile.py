"""Sends for another interviewer when a session has lost its own, or never got one.

The SFU answers a dispatch with yes even when no worker takes it, and does nothing when an
interviewer dies. So the server compares what should be with what is, over and over."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import datetime, timedelta

from server.context import Context
from server.errors import Problem
from server.models import Interview
from server.rooms import RoomsUnavailable, candidate_identity
from server.sessions import control, presence, repository

log = logging.getLogger(__name__)

NOTICE_TOPIC = "viva.notice"
_RECONNECTING = {
    "code": "interviewer_reconnecting",
    "message": "Your interviewer was lost; another one is on its way. The clock has stopped.",
}
_DELAYED = {
    "code": "interviewer_delayed",
    "message": "Your interviewer takes longer than usual and was sent for again. Please stay.",
}
_EVERY_SECONDS = 1.0
# The same while the SFU does not answer: it may be back, without its rooms, at any moment.
_WITHOUT_SFU_SECONDS = 0.25
# So long after this server's start its interviewers have all shown that they live.
_SETTLING_SECONDS = 3.0
_SHORTEST_GRACE = timedelta(seconds=8)
# So long after asking for a place a candidate may still be on the way into the room.
_ARRIVING = timedelta(seconds=20)
# So long after the end a goodbye may still be under way.
_LINGERING = timedelta(seconds=60)
# So long a candidate's page keeps trying to return to a room that the SFU has lost.
_RETURNING = timedelta(minutes=2)


async def reconcile(context: Context) -> bool:
    """Look once at every unfinished session without an interviewer, and at rooms left over or
    lost; False when the SFU did not answer."""
    now = context.steady()
    await _close_rooms(context, now)
    async with context.database.read() as db:
        found = await repository.without_interviewer(
            db, now, now - presence.HEARTBEAT_STALE, now - _SHORTEST_GRACE
        )
        held = await repository.held(db, now - presence.HEARTBEAT_STALE)
    due = [i for i in found if not presence.interviewer_coming(i, now)]
    try:
        rooms = await context.rooms.existing([i.room for i in (*due, *held) if i.room is not None])
        for interview in held:
            if interview.room is not None and interview.room not in rooms:
                await _make_again(context, interview.id, interview.room)
    except RoomsUnavailable as error:
        log.warning("%d sessions without an interviewer: %s", len(due), error)
        return False
    for interview in due:
        try:
            await _look_after(context, interview, interview.room in rooms, now)
        except Problem as error:
            log.warning("session %s: left alone: %s", interview.id, error.code)
        except Exception as error:
            # Whatever it was, the others still need looking after.
            log.error("session %s: left alone: %s", interview.id, type(error).__name__)
    return True


async def _make_again(context: Context, interview_id: str, room: str) -> None:
    """The SFU has forgotten the room of an interviewer who lives: it and the candidate are on their
    way back to it."""
    async with context.locks.of(interview_id):
        async with context.database.read() as db:
            current = await repository.by_id(db, interview_id)
        if current is None or current.room != room or presence.is_over(current):
            return
        await context.rooms.make(room)
    log.info("session %s: room %s made again", interview_id, room)


async def _close_rooms(context: Context, now: datetime) -> None:
    """Put out whoever is still in the room of a session that is over."""
    async with context.database.read() as db:
        over = await repository.over_with_room(db, now - _LINGERING)
    for interview in over:
        room = interview.room
        if room is None:
            continue
        try:
            await context.rooms.remove(room)
        except RoomsUnavailable as error:
            log.warning("session %s: its room is still open: %s", interview.id, error)
            return
        async with context.database.write() as db:
            current = await repository.locked(db, interview.id)
            if current is not None and current.room == room:
                current.room = None


async def _look_after(
    context: Context, interview: Interview, room_there: bool, now: datetime
) -> None:
    if _deserted(context, interview, now):
        await control.end(context, interview.id, abandoned=True)
    elif room_there or _expected(interview, True, now):
        await _restore(context, interview, now)


def _deserted(context: Context, interview: Interview, now: datetime) -> bool:
    last = max(
        moment
        for moment in (interview.created_at, interview.connected_at, interview.last_wall)
        if moment is not None
    )
    return now - last > timedelta(hours=context.settings.resume_hours)


def _expected(interview: Interview, room_is_lost: bool, now: datetime) -> bool:
    """Whether a candidate who is not in the room is likely to be there in a moment."""
    connected = interview.connected_at
    if connected is not None and now - connected <= _ARRIVING:
        return True
    signs = [m for m in (connected, interview.last_wall) if m is not None]
    recent = bool(signs) and now - max(signs) <= _RETURNING
    return room_is_lost and interview.present and recent


async def _restore(context: Context, interview: Interview, now: datetime) -> None:
    room = interview.room
    if room is None:
        return
    there = await context.rooms.present(room)
    here = there is not None and candidate_identity(interview.id) in there.candidates
    if not here and not _expected(interview, there is None, now):
        return
    async with context.locks.of(interview.id):
        async with context.database.write() as db:
            current = await repository.locked(db, interview.id)
            taken = current is None or current.epoch != interview.epoch or current.room != room
            if current is None or taken or presence.is_over(current):
                return
            if presence.interviewer_here(current, now):
                return
            epoch = presence.new_epoch(current, now)
        notice = _RECONNECTING if interview.last_seq else _DELAYED
        context.notifier.notice(interview.id, notice)
        if there is None:
            await context.rooms.make(room)
        await context.rooms.dispatch(room, interview.id, epoch)
        log.info("session %s: no heartbeat, epoch %d sent for", interview.id, epoch)
    await context.rooms.send(room, NOTICE_TOPIC, json.dumps(notice))


async def run(context: Context) -> None:
    """Reconcile for as long as the server lives."""
    # While this server was down nobody could show it a sign of life: who still lives does so now.
    await asyncio.sleep(_SETTLING_SECONDS)
    while True:
        answered = True
        try:
            answered = await reconcile(context)
        except Exception as error:
            # The next look may succeed.
            log.error("reconciling failed: %s", type(error).__name__)
        await context.lines.stirred(_EVERY_SECONDS if answered else _WITHOUT_SFU_SECONDS)
