"""What an interviewer needs to take a session, and its signs of life."""

from __future__ import annotations

from datetime import datetime, timedelta

from interview.wire import (
    Heartbeat,
    HeartbeatTaken,
    NumberedEvent,
    Plan,
    SessionForAgent,
    SessionIds,
)
from server.context import Context
from server.errors import Problem
from server.models import Interview, LoggedEvent
from server.recordings import repository as recordings
from server.recordings.taking import may_record
from server.rooms import candidate_identity
from server.sessions import log as event_log
from server.sessions import presence, repository

# An interviewer is still saying goodbye when the log says that the interview has ended.
_GOODBYE = timedelta(seconds=60)


def _over(interview: Interview, now: datetime) -> None:
    if interview.ended_at is not None and now - interview.ended_at > _GOODBYE:
        raise Problem(410, "session_ended", "This session has ended; leave the room.")


def numbered(event: LoggedEvent) -> NumberedEvent:
    """Without what models were asked and answered: no fold reads it, and it is most of a log."""
    data = event.data
    if event.type == "model_called":
        data = {**data, "prompt": "", "response": ""}
    return NumberedEvent(
        seq=event.seq,
        uid=event.uid,
        at=event.at,
        wall=event.wall,
        type=event.type,
        data=data,
    )


async def take(context: Context, interview_id: str, epoch: int) -> SessionForAgent:
    """The session for the interviewer of `epoch`. Asking for it is a sign of life."""
    now = context.steady()
    async with context.database.write() as db:
        interview = await repository.locked(db, interview_id)
        if interview is None:
            raise event_log.gone()
        event_log.fence(interview, epoch)
        _over(interview, now)
        interview.heartbeat_wall = now
        events = await repository.events_after(db, interview_id, 0)
        return SessionForAgent(
            session_id=interview.id,
            state=interview.state,
            epoch=interview.epoch,
            candidate_name=interview.candidate_name,
            candidate_identity=candidate_identity(interview.id),
            plan=Plan.model_validate(interview.plan),
            scenario=await repository.scenario_of(db, interview_id),
            events=[numbered(event) for event in events],
            live_until=interview.live_until,
            clock_wall=interview.last_wall,
            clock_at=interview.last_at if interview.last_wall is not None else None,
            record=may_record(interview, await recordings.of(db, interview_id)),
        )


async def beat(context: Context, interview_id: str, body: Heartbeat) -> HeartbeatTaken:
    """Note that the interviewer of `body.epoch` lives, and tell it what it may do."""
    now = context.steady()
    async with context.database.write() as db:
        interview = await repository.locked(db, interview_id)
        if interview is None:
            raise event_log.gone()
        event_log.fence(interview, body.epoch)
        _over(interview, now)
        interview.heartbeat_wall = now
        interview.heartbeat_at = max(body.at, interview.heartbeat_at or 0.0)
        if presence.has_settled(interview, now):
            interview.dispatches_unanswered = 0
        recording = await recordings.of(db, interview_id)
        return HeartbeatTaken(record=may_record(interview, recording))


async def gone(context: Context, asked: SessionIds) -> SessionIds:
    """Those of the sessions `asked` about that do not exist."""
    async with context.database.read() as db:
        there = await repository.existing(db, asked.session_ids)
    return SessionIds(session_ids=[id_ for id_ in asked.session_ids if id_ not in there])
