"""Writing the files of one session, for an export or for a bundle of its own."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.comments import service as comments
from server.context import Context
from server.errors import Problem
from server.models import Comment, Draft, HumanScore, Interview, Recording, Reviewer
from server.moving import archive
from server.moving.archive import (
    KeptComment,
    KeptDraft,
    KeptRecording,
    KeptReviewer,
    KeptScore,
    KeptSession,
)
from server.moving.writing import Writer
from server.recordings import keys
from server.reports import repository as reports
from server.scoring import repository as scores
from server.sessions import repository
from server.storage.store import Missing

_PAGE = 500


async def add(context: Context, writer: Writer, interview_id: str, folder: str) -> None:
    """Write a session's files, their names after `folder`; nothing for one that is gone. Raises
    Problem when its recording cannot be had just now."""
    # A transaction of its own: a long one would keep the write-ahead log from being emptied.
    async with context.database.read() as db:
        interview = await repository.by_id(db, interview_id)
        if interview is None:
            return
        recording = await _ready(context, db, interview_id)
        kept = await _kept(db, interview, recording)
        comments_kept, scores_kept = await _written(db, interview)
        report, _ = await reports.stored(db, interview_id)
        writer.add(folder + archive.SESSION, kept)
        writer.add(folder + archive.SCENARIO, await repository.scenario_of(db, interview_id))
        writer.add(folder + archive.COMMENTS, comments_kept)
        writer.add(folder + archive.SCORES, scores_kept)
        if report is not None:
            writer.add(folder + archive.REPORT, report.body)
        await _log(db, writer, interview, folder + archive.EVENTS)
    if recording is not None:
        await _sound(context, writer, recording, folder)


async def _log(db: AsyncSession, writer: Writer, interview: Interview, path: str) -> None:
    with writer.file(path) as write:
        after = 0
        while after < interview.last_seq:
            page = await repository.events_after(db, interview.id, after, _PAGE)
            # A database may show what was appended meanwhile; the columns know nothing of it yet.
            events = [event for event in page if event.seq <= interview.last_seq]
            if not events:
                break
            lines = [
                {
                    "seq": event.seq,
                    "uid": event.uid,
                    "epoch": event.epoch,
                    "at": event.at,
                    "wall": event.wall.isoformat(),
                    "type": event.type,
                    "data": event.data,
                }
                for event in events
            ]
            after = events[-1].seq
            for event in page:
                db.expunge(event)
            await asyncio.to_thread(_write_lines, write, lines)


async def _ready(context: Context, db: AsyncSession, interview_id: str) -> Recording | None:
    """The recording, if there is one to be taken along. Raises Problem when it is being joined
    anew just now."""
    recording = await db.get(Recording, interview_id)
    if recording is None or recording.state != "ready":
        return None
    found = await context.storage.find(keys.recording(interview_id))
    if found is None or found.size != recording.bytes:
        raise _changing()
    return recording


async def _sound(context: Context, writer: Writer, recording: Recording, folder: str) -> None:
    id_, size = recording.interview_id, recording.bytes
    try:
        found = await context.storage.find(keys.recording(id_))
        if found is None or found.size != size:
            raise _changing()
        with writer.file(folder + archive.RECORDING, packed=False) as write:
            async for piece in context.storage.read(keys.recording(id_), 0, size, found.etag):
                await asyncio.to_thread(write, piece)
        writer.add_parts(folder + archive.PEAKS, [await context.storage.get(keys.peaks(id_))])
    except Missing:
        raise _changing() from None


def _changing() -> Problem:
    detail = "A recording was put together anew, or deleted, while it was read. Try again."
    return Problem(503, "recording_changing", detail, headers={"Retry-After": "10"})


def _write_lines(write: Any, lines: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write(text.encode("utf-8", "replace"))


async def _written(
    db: AsyncSession, interview: Interview
) -> tuple[list[KeptComment], list[KeptScore]]:
    """Comments and scores, as far as the owner sees them."""

    def by_owner(row: Comment | HumanScore) -> bool:
        return row.author_id == interview.owner_id

    comments_kept = [
        KeptComment(
            at_ms=row.at_ms,
            text=row.text,
            author_name=row.author_name,
            by_owner=by_owner(row),
            created_at=row.created_at,
            changed_at=row.changed_at,
        )
        for row in await comments.shown(db, interview.id)
    ]
    scores_kept = [
        KeptScore(
            author_name=row.author_name,
            by_owner=by_owner(row),
            criterion=row.criterion,
            level=row.level,
            note=row.note,
            blind=row.blind,
            done_at=row.done_at,
            created_at=row.created_at,
            changed_at=row.changed_at,
        )
        for row in await scores.of(db, interview.id)
        if by_owner(row) or row.done_at is not None
    ]
    return comments_kept, scores_kept


async def _kept(db: AsyncSession, interview: Interview, recording: Recording | None) -> KeptSession:
    drafts = await db.scalars(
        select(Draft).where(Draft.interview_id == interview.id).order_by(Draft.field)
    )
    reviewers = await db.scalars(
        select(Reviewer).where(Reviewer.interview_id == interview.id).order_by(Reviewer.email)
    )
    return KeptSession.model_validate(
        {
            "id": interview.id,
            "candidate_name": interview.candidate_name,
            "scenario_id": interview.scenario_id,
            "scenario_title": interview.scenario_title,
            "plan": interview.plan,
            "audio_only": interview.audio_only,
            "created_at": interview.created_at,
            "state": interview.state,
            "abandoned": interview.state == "abandoned",
            "started_at": interview.started_at,
            "ended_at": interview.ended_at,
            "epoch": interview.epoch,
            "rooms_made": interview.rooms_made,
            "events": interview.last_seq,
            "drafts": [KeptDraft.model_validate(row, from_attributes=True) for row in drafts],
            "reviewers": [
                KeptReviewer.model_validate(row, from_attributes=True) for row in reviewers
            ],
            "recording_consent": interview.recording_consent,
            "consented_at": interview.consented_at,
            "recording": recording
            and KeptRecording(
                duration_ms=recording.duration_ms,
                bytes=recording.bytes,
                started_at=recording.started_at,
            ),
        }
    )
