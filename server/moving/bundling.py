"""One session as a zip of its own, which another Viva takes in."""

from __future__ import annotations

import asyncio
from typing import IO

from server.context import Context
from server.models import User
from server.moving import archive, readable, session_writing
from server.moving.files import scratch
from server.moving.writing import Writer
from server.recordings import service as recordings
from server.recordings.repository import of as recording_of
from server.sessions import presence, service

_COMING = frozenset({"recording", "joining"})


async def bundle(context: Context, user: User, interview_id: str) -> IO[bytes]:
    """The session as a zip in a file without a name, at its beginning. Raises Problem 409
    `recording_not_ready` while the recording of one that is over is still put together."""
    interview = await service.owned(context, user, interview_id)
    over = presence.is_over(interview)
    async with context.database.read() as db:
        recording = await recording_of(db, interview_id)
    if over and recording is not None and recording.state in _COMING:
        await recordings.ready(context, interview)
    turns = await readable.prepare(context, interview)
    file = scratch(context.settings)
    try:
        writer = Writer(file, context.clock(), archive.BUNDLE)
        await session_writing.add(context, writer, interview_id, "")
        await readable.add_transcripts(writer, interview, turns, "")
        await asyncio.to_thread(writer.finish)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file
