"""Making, showing, changing and deleting sessions, and who may see them."""

from __future__ import annotations

import asyncio
import logging
import secrets
from datetime import datetime

from interview.engine import Engine
from interview.scenario import scenario_from_dict
from server.context import Context
from server.errors import Problem, not_found
from server.leaving import erasing
from server.models import Interview, Recording, User
from server.preferences import service as preferences
from server.recordings import repository as recordings
from server.recordings.schemas import RecordingOut
from server.reports import repository as reports
from server.reports.brief import Brief
from server.reviewers import blinding
from server.reviewers import repository as reviewers
from server.sessions import fold, planning, presence, repository
from server.sessions.schemas import ChangeSession, CreateSession, SegmentOut, SessionOut
from server.space import require_space

log = logging.getLogger(__name__)


def to_out(
    interview: Interview,
    user: User,
    now: datetime,
    summary: fold.Summary | None = None,
    brief: Brief | None = None,
    recording: Recording | None = None,
) -> SessionOut:
    """What `user` sees of it at `now`; from the stored fold unless a newer one is given. `brief`:
    what it came to, where `user` may see that."""
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
        recording=RecordingOut.of(interview, recording),
        **(brief.counts() if brief else {}),
    )


async def create(context: Context, user: User, body: CreateSession) -> SessionOut:
    """A new session of `user`. Raises PlanError for lengths that no interview can have."""
    require_space(context.settings)
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
    return to_out(interview, user, context.steady())


async def owned(context: Context, user: User, interview_id: str) -> Interview:
    """The session, if it is this user's; 404 otherwise."""
    async with context.database.read() as db:
        interview = await repository.by_id(db, interview_id)
    if interview is None or interview.owner_id != user.id:
        raise not_found()
    return interview


async def visible(context: Context, user: User, interview_id: str) -> Interview:
    """The session, if it is this user's or they are named as one of its reviewers; 404 otherwise.
    What may be changed, steered or listened to live is `owned`."""
    async with context.database.read() as db:
        interview = await repository.by_id(db, interview_id)
        may = interview is not None and (
            interview.owner_id == user.id or await reviewers.is_named(db, interview_id, user.email)
        )
    if interview is None or not may:
        raise not_found()
    return interview


async def sighted(context: Context, user: User, interview_id: str) -> Interview:
    """The same, for what tells how good it was: 403 while the user is to score it blind."""
    interview = await visible(context, user, interview_id)
    async with context.database.read() as db:
        if await blinding.is_blind(db, interview, user):
            raise blinding.scoring_first()
    return interview


async def show(context: Context, user: User, interview_id: str) -> SessionOut:
    interview = await visible(context, user, interview_id)
    now = context.steady()
    try:
        engine = await folded(context, interview)
        summary = fold.summarise(engine.view(presence.clock_at(interview, now)))
    except Exception as error:
        # A log that this version cannot read must not hide the session; the columns are shown.
        log.error("session %s: its log cannot be folded: %s", interview.id, type(error).__name__)
        summary = None
    async with context.database.read() as db:
        blind = await blinding.is_blind(db, interview, user)
        briefs = {} if blind else await reports.briefs(db, [interview.id])
        recording = await recordings.of(db, interview.id)
    return to_out(interview, user, now, summary, briefs.get(interview.id), recording)


async def folded(context: Context, interview: Interview) -> Engine:
    """The engine after the log of `interview` as read, for looking at only."""
    engine = context.folds.look(interview.id, interview.last_seq)
    if engine is None:
        async with context.database.read() as db:
            events = await repository.events_after(db, interview.id, 0)
            scenario = await repository.scenario_of(db, interview.id)
        seen = events[: interview.last_seq]
        # A long log takes seconds: nobody else has to wait for it.
        engine = await asyncio.to_thread(fold.replay, interview, scenario, seen)
        context.folds.put(interview.id, interview.last_seq, engine)
    return engine


async def change(
    context: Context, user: User, interview_id: str, body: ChangeSession
) -> SessionOut:
    """Change how a session is to be, as long as no interviewer has been sent for."""
    await owned(context, user, interview_id)
    async with context.locks.of(interview_id):
        async with context.database.write() as db:
            interview = await repository.locked(db, interview_id)
            if interview is None:
                raise not_found()
            # An interviewer takes the plan along as soon as it is sent for.
            if interview.state != "created" or interview.epoch > 0:
                detail = "This session has begun, and stays as it was planned. Make another one."
                raise Problem(409, "session_begun", detail)
            scenario = scenario_from_dict(await repository.scenario_of(db, interview_id))
            planning.put(interview, *planning.changed(context, body, interview, scenario))
        context.folds.drop(interview_id)
    return to_out(interview, user, context.steady())


async def remove(context: Context, user: User, interview_id: str) -> None:
    """Delete the session and all it holds; whoever is in its room is put out."""
    await owned(context, user, interview_id)
    await erasing.session(context, interview_id)
