"""Consent to a recording, and what is known of it."""

from __future__ import annotations

from server.context import Context
from server.errors import Problem, not_found
from server.models import Interview, Recording, User
from server.recordings import asking, erasing, repository
from server.recordings.schemas import ConsentOut
from server.sessions import presence, service
from server.sessions import repository as sessions

_NOT_READY = (
    "The recording of this session is put together once the session is over; try again in a moment."
)


async def consent(context: Context, user: User, interview_id: str, granted: bool) -> ConsentOut:
    """Note what the candidate answered. A no during the session ends the recording; what was
    recorded until then stays until it is deleted. After a yes that follows a no only
    what is said from then on is taken, also from an interviewer that never heard of the no."""
    await service.owned(context, user, interview_id)
    async with context.database.write() as db:
        interview = await sessions.locked(db, interview_id)
        if interview is None:
            raise not_found()
        if granted and presence.is_over(interview):
            detail = "This session is over; nothing more is recorded of it."
            raise Problem(409, "session_over", detail)
        now = context.clock()
        if interview.recording_consent is not granted:
            if interview.recording_consent is False:
                interview.recorded_from = presence.clock_by_now(interview, context.steady(), now)
            interview.recording_consent, interview.consented_at = granted, now
        return ConsentOut(granted=granted, at=interview.consented_at or now)


async def remove(context: Context, user: User, interview_id: str) -> None:
    """Delete the recording; log, transcript and the rest stay. None there is no error."""
    await service.owned(context, user, interview_id)
    # Whoever is joining it sees that it is gone, and removes what they have stored.
    await erasing.forget(context, interview_id)


async def ready(context: Context, interview: Interview) -> Recording:
    """The recording, if it can be played: Problem 404 `no_recording` without one, 409
    `recording_not_ready` or `recording_failed` otherwise. Asking for one that is missed has it
    joined."""
    async with context.database.read() as db:
        recording = await repository.of(db, interview.id)
    if recording is None or recording.state == "deleted":
        raise no_recording()
    if recording.state == "ready":
        return recording
    if presence.is_over(interview):
        async with context.database.write() as db:
            await asking.when_late(db, interview, context.clock())
    headers = {"Retry-After": "10"}
    if recording.state == "failed":
        detail = f"The recording cannot be played: {recording.problem} It is tried again."
        raise Problem(409, "recording_failed", detail, headers=headers)
    raise Problem(409, "recording_not_ready", _NOT_READY, headers=headers)


def no_recording() -> Problem:
    return Problem(404, "no_recording", "Nothing was recorded of this session, or it was deleted.")
