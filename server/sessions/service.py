"""Making, listing, showing and deleting sessions."""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
from datetime import datetime

from interview.engine import Engine
from server.context import Context
from server.errors import Problem, not_found
from server.leaving import erasing
from server.models import Interview, User
from server.preferences import service as preferences
from server.sessions import fold, planning, presence, repository
from server.sessions.schemas import CreateSession, SegmentOut, SessionList, SessionOut

log = logging.getLogger(__name__)


def to_out(
    interview: Interview, user: User, now: datetime, summary: fold.Summary | None = None
) -> SessionOut:
    """What `user` sees of it at `now`; from the stored fold unless a newer one is given."""
    segments = summary.segments if summary else interview.segments
    here = presence.interviewer_here(interview, now)
    coming = not presence.is_over(interview) and presence.interviewer_coming(interview, now)
    return SessionOut(
        id=interview.id,
        own=interview.owner_id == user.id,
        candidate_name=interview.candidate_name,
        state=interview.state,
        scenario_id=interview.scenario_id,
        scenario_title=interview.scenario_title,
        difficulty=interview.plan["difficulty"],
        tone=interview.plan["tone"],
        audio_only=interview.audio_only,
        voice=interview.plan.get("voice"),
        speaking_rate=interview.plan.get("speaking_rate", 1.0),
        created_at=interview.created_at,
        started_at=interview.started_at,
        ended_at=interview.ended_at,
        segments=[SegmentOut.model_validate(segment) for segment in segments],
        segment=next((s["id"] for s in segments if s["state"] == "live"), None),
        length_s=round(sum(segment["spent_s"] for segment in segments), 3),
        buffer_s=summary.buffer_s if summary else interview.buffer_s,
        interviewer="here" if here else "coming" if coming else "away",
        candidate_present=interview.present,
    )


async def create(context: Context, user: User, body: CreateSession) -> SessionOut:
    """A new session of `user`. Raises PlanError for lengths that no interview can have."""
    async with context.database.read() as db:
        settings = await preferences.values_of(db, user.id)
    interview = Interview(
        id=secrets.token_hex(12),
        owner_id=user.id,
        candidate_name=user.name,
        created_at=context.clock(),
        last_seq=0,
        last_at=0.0,
        epoch=0,
        rooms_made=0,
        dispatches_unanswered=0,
    )
    planning.put(interview, *planning.at_first(context, body, settings))
    async with context.database.write() as db:
        db.add(interview)
    return to_out(interview, user, context.clock())


async def owned(context: Context, user: User, interview_id: str) -> Interview:
    """The session, if it is this user's; 404 otherwise."""
    async with context.database.read() as db:
        interview = await repository.by_id(db, interview_id)
    if interview is None or interview.owner_id != user.id:
        raise not_found()
    return interview


async def show(context: Context, user: User, interview_id: str) -> SessionOut:
    interview = await owned(context, user, interview_id)
    now = context.clock()
    try:
        engine = await folded(context, interview)
        summary = fold.summarise(engine.view(presence.clock_at(interview, now)))
    except Exception as error:
        # A log that this version cannot read must not hide the session; the columns are shown.
        log.error("session %s: its log cannot be folded: %s", interview.id, type(error).__name__)
        summary = None
    return to_out(interview, user, now, summary)


async def folded(context: Context, interview: Interview) -> Engine:
    """The engine after the log of `interview` as read, for looking at only."""
    engine = context.folds.look(interview.id, interview.last_seq)
    if engine is None:
        async with context.database.read() as db:
            events = await repository.events_after(db, interview.id, 0)
            scenario = await repository.scenario_of(db, interview.id)
        engine = fold.replay(interview, scenario, events[: interview.last_seq])
        context.folds.put(interview.id, interview.last_seq, engine)
    return engine


def _encode_cursor(interview: Interview) -> str:
    plain = f"{interview.created_at.isoformat()} {interview.id}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _decode_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        created, _, id_ = base64.urlsafe_b64decode(padded.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(created)
        if moment.tzinfo is None or not id_.isalnum():
            raise ValueError(cursor)
    except (ValueError, binascii.Error) as error:
        detail = "This cursor is not one that was given out. Begin without one."
        raise Problem(422, "cursor_invalid", detail) from error
    return moment, id_


async def list_of(context: Context, user: User, limit: int, cursor: str | None) -> SessionList:
    before = _decode_cursor(cursor) if cursor else None
    async with context.database.read() as db:
        found = list(await repository.page(db, user.id, limit + 1, before))
    now = context.clock()
    more = len(found) > limit
    found = found[:limit]
    return SessionList(
        items=[to_out(interview, user, now) for interview in found],
        next=_encode_cursor(found[-1]) if more else None,
    )


async def remove(context: Context, user: User, interview_id: str) -> None:
    """Delete the session and all it holds; whoever is in its room is put out."""
    await owned(context, user, interview_id)
    await erasing.session(context, interview_id)
