"""The job that joins a session's segments to one file, and draws its outline.

It may run again at any point: what was joined before is joined with what has come since, segments
go only when the file that holds them is stored, and the row is written last."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.errors import Problem
from server.jobs.tasks import Failed, Task, Write
from server.models import Recording
from server.recordings import asking, keys, opus, repository
from server.recordings.keys import Segment
from server.recordings.peaks import Peaks
from server.recordings.timeline import Timeline
from server.storage.store import Missing

log = logging.getLogger(__name__)

# Fetched together: a bucket takes tens of milliseconds for each.
_BATCH = 32
# Jobs that this process is at or has in line, which wait for each other by a lock.
_here: set[str] = set()


@dataclass(frozen=True)
class Joined:
    """`unreadable` counts the segments that were left out."""

    duration_ms: int
    gaps: list[list[int]]
    peaks: bytes
    unreadable: int


class Joiner:
    """Writes to `path`. Not for the event loop."""

    def __init__(self, path: Path, earlier: Path | None) -> None:
        self._writer = opus.Writer(path)
        self._peaks = Peaks()
        before = () if earlier is None else opus.packets(earlier)
        self._timeline = Timeline(self._emit, before)
        self._unreadable = 0

    def _emit(self, packet: opus.Packet, recorded: bool) -> None:
        self._writer.write(packet)
        self._peaks.add(packet, recorded)

    def add(self, segments: Sequence[tuple[Segment, bytes | None]]) -> None:
        """None: it was not there any more."""
        for segment, body in segments:
            if body is None:
                continue
            try:
                packets = list(opus.packets(body))
            except opus.NotOpus:
                self._unreadable += 1
                continue
            self._timeline.add(segment, packets)

    def finish(self) -> Joined:
        gaps = self._timeline.finish()
        self._writer.close()
        duration_ms = self._timeline.end * 1000 // opus.RATE
        outline = self._peaks.as_json(duration_ms, gaps)
        return Joined(duration_ms, gaps, outline, self._unreadable)


async def join(context: Context, task: Task) -> Write | None:
    """Handler of the job."""
    _here.add(task.id)
    try:
        async with context.locks.of(f"recording {task.payload['interview_id']}"):
            return await _alone(context, task, str(task.payload["interview_id"]))
    finally:
        _here.discard(task.id)


async def _alone(context: Context, task: Task, interview_id: str) -> Write | None:
    async with context.database.read() as db:
        recording = await repository.of(db, interview_id)
        mine = asking.key_of(interview_id)
        busy = await repository.another_at_it(db, asking.KIND, mine, _here, context.clock())
    if recording is None or recording.state == "deleted":
        return None
    if busy:
        raise Failed("another server is joining it")
    try:
        return await _join(context, recording)
    except (Problem, opus.NotOpus, Missing, OSError) as error:
        await _note_failure(context, interview_id, error)
        raise Failed(type(error).__name__) from error


async def _join(context: Context, recording: Recording) -> Write | None:
    id_ = recording.interview_id
    found = [keys.read_segment(key) for key in await context.storage.keys(keys.segments(id_))]
    segments = sorted(segment for segment in found if segment is not None)
    if not segments and recording.state == "ready":
        return None
    with tempfile.TemporaryDirectory(prefix="viva-join-") as directory:
        place = Path(directory)
        earlier = await _fetch(context, keys.recording(id_), place / "earlier.ogg")
        if not segments and earlier is None:
            return _nothing(context, id_)
        joiner = await asyncio.to_thread(Joiner, place / "joined.ogg", earlier)
        async for batch in _bodies(context, segments):
            await asyncio.to_thread(joiner.add, batch)
        joined = await asyncio.to_thread(joiner.finish)
        if joined.unreadable:
            log.warning("session %s: %d segments cannot be read", id_, joined.unreadable)
        if joined.duration_ms == 0:
            return _nothing(context, id_)
        size = (place / "joined.ogg").stat().st_size
        await context.storage.put(keys.recording(id_), place / "joined.ogg")
        await context.storage.put(keys.peaks(id_), joined.peaks)
    if await _is_gone(context, id_):
        await context.storage.delete_below(keys.below(id_))
        return None
    await context.storage.delete([segment.key for segment in segments])
    return _ready(context, id_, joined, size)


async def _fetch(context: Context, key: str, path: Path) -> Path | None:
    """The object as a file at `path`; None when there is none."""
    found = await context.storage.find(key)
    if found is None:
        return None
    with path.open("wb") as file:
        async for piece in context.storage.read(key, 0, found.size, found.etag):
            await asyncio.to_thread(file.write, piece)
    return path


async def _bodies(
    context: Context, segments: Sequence[Segment]
) -> AsyncIterator[list[tuple[Segment, bytes | None]]]:
    for first in range(0, len(segments), _BATCH):
        batch = segments[first : first + _BATCH]
        bodies = await asyncio.gather(*(_body(context, segment) for segment in batch))
        yield list(zip(batch, bodies, strict=True))


async def _body(context: Context, segment: Segment) -> bytes | None:
    try:
        return await context.storage.get(segment.key)
    except Missing:
        return None


async def _is_gone(context: Context, interview_id: str) -> bool:
    async with context.database.read() as db:
        recording = await repository.of(db, interview_id)
    return recording is None or recording.state == "deleted"


def _ready(context: Context, interview_id: str, joined: Joined, size: int) -> Write:
    async def write(db: AsyncSession) -> None:
        recording = await repository.locked(db, interview_id)
        if recording is None or recording.state == "deleted":
            return
        now = context.clock()
        recording.state, recording.problem = "ready", ""
        recording.duration_ms, recording.gaps = joined.duration_ms, joined.gaps
        recording.bytes, recording.ready_at, recording.changed_at = size, now, now

    return write


def _nothing(context: Context, interview_id: str) -> Write:
    async def write(db: AsyncSession) -> None:
        await _fail(db, context, interview_id, "No sound of this session has arrived.")

    return write


async def _note_failure(context: Context, interview_id: str, error: Exception) -> None:
    sentence = error.detail if isinstance(error, Problem) else "It could not be put together."
    async with context.database.write() as db:
        await _fail(db, context, interview_id, sentence)


async def _fail(db: AsyncSession, context: Context, interview_id: str, sentence: str) -> None:
    recording = await repository.locked(db, interview_id)
    # What can be heard already still can.
    if recording is not None and recording.state in {"recording", "joining", "failed"}:
        recording.state, recording.problem = "failed", sentence[:200]
        recording.changed_at = context.clock()
