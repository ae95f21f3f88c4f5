"""Taking an export in: all of it or, with an error, nothing. Taking it in again changes nothing."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import IO, Any

from pydantic import BaseModel
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.wire import encode_event
from server.context import Context
from server.models import Draft, Interview, LoggedEvent, Notice, Preference, Reviewer, User
from server.moving import reading
from server.moving.archive import KeptNotice, KeptPreference, KeptSession
from server.moving.reading import Brought
from server.notices.wording import KINDS
from server.preferences.schemas import Values
from server.reports import asking
from server.sessions import presence

_BATCH = 500
# Consent is given anew: whoever hands somebody a file must not give it for them.
_NOT_BROUGHT = "share_anonymised"


class Imported(BaseModel):
    """How much was taken in. `already_here`: sessions that stayed as they are. `renamed`: those
    whose id is somebody else's here, with the id that they have now."""

    sessions: int
    settings: int
    notices: int
    already_here: list[str]
    renamed: dict[str, str]


async def take(context: Context, user: User, file: IO[bytes]) -> Imported:
    """Give `user` what is in the export `file`. Raises Problem, and has stored nothing then."""
    async with context.imports:
        brought = await asyncio.to_thread(reading.read, file)
        values = {
            kept.field: kept.value for kept in brought.preferences if kept.field != _NOT_BROUGHT
        }
        reading.problems_of(values, Values)
        _check_notices(brought.notices)
        async with context.database.write() as db:
            done = Imported(sessions=0, settings=0, notices=0, already_here=[], renamed={})
            for kept, interview in brought.interviews:
                await _session(db, user, brought, kept, interview, done, context.clock())
            done.settings = await _settings(context, db, user, brought.preferences)
            done.notices = await _notices(db, user, brought.notices)
    return done


def renamed(user_id: str, session_id: str) -> str:
    """The id of a session of `user_id` whose own is taken: the same one each time."""
    return hashlib.sha256(f"{user_id}/{session_id}".encode()).hexdigest()[:24]


async def _session(
    db: AsyncSession,
    user: User,
    brought: Brought,
    kept: KeptSession,
    interview: Interview,
    done: Imported,
    now: datetime,
) -> None:
    for id_ in (kept.id, renamed(user.id, kept.id)):
        owner = await db.scalar(select(Interview.owner_id).where(Interview.id == id_))
        if owner == user.id:
            done.already_here.append(id_)
            return
        if owner is None:
            break
    else:
        # Only somebody who reckons with hashes gets here.
        reading.refuse(f"Session {kept.id!r} cannot be given an id.")
    if id_ != kept.id:
        done.renamed[kept.id] = id_
    interview.id, interview.owner_id = id_, user.id
    db.add(interview)
    await db.flush()
    for draft in kept.drafts:
        db.add(Draft(interview_id=id_, **draft.model_dump()))
    for email, reviewer in {reviewer.email: reviewer for reviewer in kept.reviewers}.items():
        row_id, at = secrets.token_hex(12), reviewer.created_at
        db.add(Reviewer(id=row_id, interview_id=id_, email=email, created_at=at))
    await db.flush()
    rows = _rows(brought, kept.id, id_)
    while batch := await asyncio.to_thread(lambda: list(islice(rows, _BATCH))):
        await db.execute(insert(LoggedEvent), batch)
    if presence.is_over(interview):
        await asking.ask(db, interview, now)
    # It is large, and nobody needs it any more.
    db.expunge(interview)
    done.sessions += 1


def _rows(brought: Brought, session_id: str, id_: str) -> Iterator[dict[str, Any]]:
    for kept, entry in brought.events(session_id):
        type_, at, data = encode_event(entry.event)
        yield {
            "interview_id": id_,
            "seq": kept.seq,
            "uid": entry.uid,
            "epoch": kept.epoch,
            "at": at,
            "wall": entry.wall,
            "type": type_,
            "data": data,
        }


async def _settings(
    context: Context, db: AsyncSession, user: User, brought: list[KeptPreference]
) -> int:
    """Settings that were not set here, or longer ago. What names a scenario or a voice that this
    set-up does not have stays away."""
    voices = {voice.id for voice in context.settings.voices}
    offered = {"scenario_id": set(context.scenarios), "voice": voices}
    rows = await db.scalars(select(Preference).where(Preference.user_id == user.id))
    here = {row.field: row for row in rows}
    count = 0
    for kept in brought:
        missing = kept.value is not None and kept.value not in offered.get(kept.field, {kept.value})
        if kept.field == _NOT_BROUGHT or missing:
            continue
        row = here.get(kept.field)
        if row is None:
            db.add(Preference(user_id=user.id, **kept.model_dump()))
        elif row.changed_at < kept.changed_at and row.value != kept.value:
            row.value, row.changed_at, row.version = kept.value, kept.changed_at, row.version + 1
        else:
            continue
        count += 1
    return count


def _check_notices(brought: list[KeptNotice]) -> None:
    """Raises Problem for a notice that could not be put into words. Of a kind that this version
    does not know nothing is shown."""
    for kept in brought:
        try:
            if kept.kind in KINDS:
                KINDS[kept.kind](kept.data)
        except (KeyError, TypeError, ValueError, AttributeError):
            reading.refuse(f"'notices.json': a notice of kind {kept.kind!r} cannot be read.")


async def _notices(db: AsyncSession, user: User, brought: list[KeptNotice]) -> int:
    here = set(await db.scalars(select(Notice.key).where(Notice.user_id == user.id)))
    fresh = {kept.key: kept for kept in brought if kept.key not in here}
    for kept in fresh.values():
        db.add(Notice(id=secrets.token_hex(12), user_id=user.id, **kept.model_dump()))
    return len(fresh)
