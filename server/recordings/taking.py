"""Taking in what the worker records, second by second. Acknowledged is what is durable."""

from __future__ import annotations

import asyncio
import logging

from interview.wire import RecordingEnded, SegmentName
from server.context import Context
from server.errors import Problem
from server.middleware import too_large
from server.models import Interview, Recording
from server.recordings import asking, keys, opus, repository
from server.sessions import log as event_log
from server.sessions import presence
from server.sessions import repository as sessions

log = logging.getLogger(__name__)

_MOST_BYTES = 1024 * 1024
# A week; a later one is a mistake of its writer.
_LATEST_MS = 7 * 86_400_000


def may_record(interview: Interview, recording: Recording | None) -> bool:
    """Whether the candidate agrees to be recorded; what they have deleted does not begin again."""
    deleted = recording is not None and recording.state == "deleted"
    return interview.recording_consent is True and not deleted


def _allowed(
    interview: Interview | None, recording: Recording | None, name: SegmentName
) -> Interview:
    """The session, if this segment of its sound may be kept. An older epoch than the session's may
    still deliver what it recorded."""
    if interview is None:
        raise event_log.gone()
    if not may_record(interview, recording):
        detail = "This session may not be recorded; forget what was recorded and not sent."
        raise Problem(409, "recording_refused", detail)
    if name.start_ms < (interview.recorded_from or 0.0) * 1000:
        detail = "The candidate agreed anew after this segment began; forget it."
        raise Problem(409, "segment_too_early", detail)
    if name.epoch > interview.epoch:
        event_log.fence(interview, name.epoch)
    return interview


def _check(name: SegmentName, body: bytes) -> None:
    if len(body) > _MOST_BYTES:
        raise too_large(_MOST_BYTES)
    try:
        if name.start_ms > _LATEST_MS:
            raise opus.NotOpus(f"it begins at {name.start_ms} ms, later than {_LATEST_MS} ms")
        found = sum(1 for _ in opus.packets(body))
        if found != name.packets:
            raise opus.NotOpus(f"it holds {found} packets, and {name.packets} were announced")
    except opus.NotOpus as error:
        detail = f"This segment is not one second or so of Ogg Opus as announced: {error}."
        raise Problem(422, "segment_invalid", detail) from error


async def segment(context: Context, interview_id: str, name: SegmentName, body: bytes) -> None:
    """Keep one segment. Durable when this returns; the same one again changes nothing."""
    async with context.database.read() as db:
        recording = await repository.of(db, interview_id)
        _allowed(await sessions.by_id(db, interview_id), recording, name)
    await asyncio.to_thread(_check, name, body)
    if recording is None:
        await _begin(context, interview_id)
    key = keys.segment(interview_id, name)
    await context.storage.put(key, body)
    # Deleting removes the rows first, then what is in the store: one of us sees the other.
    async with context.database.read() as db:
        try:
            recording = await repository.of(db, interview_id)
            interview = _allowed(await sessions.by_id(db, interview_id), recording, name)
        except Problem:
            await context.storage.delete([key])
            raise
    if presence.is_over(interview):
        await _late(context, interview_id)


async def _begin(context: Context, interview_id: str) -> None:
    async with context.database.write() as db:
        interview = await sessions.locked(db, interview_id)
        if interview is None:
            raise event_log.gone()
        state = "joining" if presence.is_over(interview) else "recording"
        await repository.begin(db, interview_id, state, context.clock())


async def _late(context: Context, interview_id: str) -> None:
    async with context.database.write() as db:
        interview = await sessions.by_id(db, interview_id)
        if interview is not None:
            await asking.when_late(db, interview, context.clock())


async def ended(context: Context, interview_id: str, body: RecordingEnded) -> None:
    """All of that epoch was sent. After the end of the session nothing more is waited for."""
    async with context.database.write() as db:
        interview = await sessions.locked(db, interview_id)
        if interview is None:
            raise event_log.gone()
        recording = await repository.of(db, interview_id)
        if recording is not None and presence.is_over(interview):
            await asking.when_complete(db, interview, body.epoch, context.clock())
