"""Bringing candidate and interviewer together in a room."""

from __future__ import annotations

import logging
from datetime import datetime

from server.context import Context
from server.errors import Problem, not_found
from server.models import Interview, User
from server.rooms import RoomsUnavailable
from server.sessions import presence, repository, service
from server.sessions.schemas import Connection
from server.space import require_space

log = logging.getLogger(__name__)


def ended() -> Problem:
    detail = "This session has ended. Read its transcript, or start a new one."
    return Problem(409, "session_ended", detail)


async def connect(context: Context, user: User, interview_id: str) -> Connection:
    """A place in the session's room, which is made, and an interviewer sent for, when needed.

    A room that lives and has, or awaits, an interviewer is kept; otherwise a fresh one takes its
    place. Of two tabs the newest wins: both have the same identity."""
    async with context.locks.of(interview_id):
        interview = await service.owned(context, user, interview_id)
        if presence.is_over(interview):
            raise ended()
        if interview.started_at is None:
            require_space(context.settings)
        now = context.steady()
        room = interview.room
        if room is None or not await _is_kept(context, interview, room, now):
            room = await _fresh_room(context, interview_id, room)
        else:
            await _note_connection(context, interview_id)
    return Connection(
        server_url=context.settings.browser_livekit_url,
        participant_token=context.rooms.token(room, interview_id, interview.candidate_name),
    )


async def _is_kept(context: Context, interview: Interview, room: str, now: datetime) -> bool:
    """Whether the room lives and has, or awaits, an interviewer."""
    if presence.interviewer_here(interview, now) or presence.interviewer_coming(interview, now):
        return await context.rooms.exists(room)
    if now - context.began > presence.HEARTBEAT_STALE:
        return False
    # While this server was down nobody could show it a sign of life.
    there = await context.rooms.present(room)
    return there is not None and bool(there.interviewers)


async def _fresh_room(context: Context, interview_id: str, old: str | None) -> str:
    await context.rooms.check()
    now = context.steady()
    async with context.database.write() as db:
        interview = await _still_open(await repository.locked(db, interview_id))
        interview.rooms_made += 1
        interview.dispatches_unanswered = 0
        room = interview.room = f"viva-{interview_id}-{interview.rooms_made}"
        interview.connected_at = now
        epoch = presence.new_epoch(interview, now)
    await context.rooms.make(room)
    await context.rooms.dispatch(room, interview_id, epoch)
    log.info("session %s: room %s made, epoch %d sent for", interview_id, room, epoch)
    if old is not None:
        try:
            await context.rooms.remove(old)
        except RoomsUnavailable:
            log.warning("session %s: room %s could not be closed", interview_id, old)
    return room


async def _note_connection(context: Context, interview_id: str) -> None:
    async with context.database.write() as db:
        interview = await _still_open(await repository.locked(db, interview_id))
        interview.connected_at = context.steady()


async def _still_open(interview: Interview | None) -> Interview:
    if interview is None:
        raise not_found()
    if presence.is_over(interview):
        raise ended()
    return interview
