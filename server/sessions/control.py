"""Steering a session from outside its room."""

from __future__ import annotations

import logging
import secrets

from interview.wire import CONTROL_TOPIC, ControlMessage
from server.context import Context
from server.errors import Problem, not_found
from server.models import User
from server.rooms import RoomsUnavailable
from server.sessions import fold, presence, repository, service
from server.sessions import log as event_log
from server.sessions.joining import ended
from server.sessions.schemas import Control, ControlOut

log = logging.getLogger(__name__)


async def control(context: Context, user: User, interview_id: str, body: Control) -> ControlOut:
    """Pass `body` on to the interviewer. Without one, only `end` can be done, by the server."""
    interview = await service.owned(context, user, interview_id)
    if presence.is_over(interview):
        raise ended()
    request_id = secrets.token_hex(8)
    if presence.interviewer_here(interview, context.steady()) and interview.room is not None:
        message = ControlMessage(request_id=request_id, action=body.action, seconds=body.seconds)
        there = await context.rooms.present(interview.room)
        if there is not None and there.interviewers:
            payload = message.model_dump_json()
            await context.rooms.send(interview.room, CONTROL_TOPIC, payload, there.interviewers)
            return ControlOut(request_id=request_id, passed_on=True)
    if body.action != "end":
        raise Problem(
            409,
            "interviewer_absent",
            "The interviewer is not in the room right now. Join, or wait until it is back, and "
            "try again.",
        )
    await end(context, interview_id)
    return ControlOut(request_id=request_id, passed_on=False)


async def end(context: Context, interview_id: str, *, abandoned: bool = False) -> None:
    """End a session that no interviewer holds. A latecomer is fenced off by a new epoch."""
    async with context.locks.of(interview_id):
        now = context.steady()
        async with context.database.write() as db:
            interview = await repository.locked(db, interview_id)
            if interview is None:
                raise not_found()
            if presence.is_over(interview):
                return
            at = presence.clock_at(interview, now)
            epoch = presence.new_epoch(interview, now)
            entries = [
                event_log.Entry(f"server-{epoch}-{index}", context.clock(), event)
                for index, event in enumerate(fold.closing_events(at))
            ]
            _, kept = await event_log.store(context, db, interview, entries, epoch)
            if interview.ended_at is None:
                raise RuntimeError("the engine did not end the interview")
            if abandoned:
                interview.state = "abandoned"
            room, last_seq = interview.room, interview.last_seq
        if kept is not None:
            context.folds.put(interview_id, last_seq, kept)
        context.notifier.events(interview_id)
        log.info("session %s: ended by the server", interview_id)
        if room is not None:
            try:
                await context.rooms.remove(room)
            except RoomsUnavailable:
                log.warning("session %s: room %s could not be closed", interview_id, room)
