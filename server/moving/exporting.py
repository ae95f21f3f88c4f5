"""Writing an export. One session is in memory at a time, and of its log a page."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.transcript import Turn
from server.context import Context
from server.models import (
    ApiToken,
    Comment,
    HumanScore,
    Identity,
    Interview,
    Login,
    Notice,
    Preference,
    User,
)
from server.moving import archive, readable, session_writing
from server.moving.archive import KeptNotice, KeptPreference
from server.moving.files import scratch
from server.moving.writing import Writer
from server.sessions import repository as sessions

log = logging.getLogger(__name__)


async def export(context: Context, user: User) -> IO[bytes]:
    """All that is `user`'s, as a zip in a file without a name, at its beginning."""
    file = scratch(context.settings)
    try:
        writer = Writer(file, context.clock(), archive.EXPORT)
        async with context.database.read() as db:
            await _account(db, writer, user)
            mine = select(Interview.id).where(Interview.owner_id == user.id)
            ids = (await db.scalars(mine.order_by(Interview.created_at, Interview.id))).all()
        for interview_id in ids:
            await _session(context, writer, interview_id)
        await asyncio.to_thread(writer.finish)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


async def _session(context: Context, writer: Writer, interview_id: str) -> None:
    """All of it also where this version cannot read its log: one that can takes it in."""
    async with context.database.read() as db:
        interview = await sessions.by_id(db, interview_id)
    if interview is None:
        return
    turns: list[Turn] | None = None
    try:
        turns = await readable.prepare(context, interview)
    except Exception as error:
        # Type only: the message may quote the candidate.
        log.error("session %s: no transcript to export: %s", interview_id, type(error).__name__)
    folder = archive.session_folder(interview_id)
    await session_writing.add(context, writer, interview_id, folder)
    if turns is not None:
        await readable.add_transcripts(writer, interview, turns, folder)


async def _account(db: AsyncSession, writer: Writer, user: User) -> None:
    profile = {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "role": user.role,
        "created_at": user.created_at.isoformat(),
    }
    writer.add(archive.PROFILE, profile)
    preferences = await db.scalars(
        select(Preference).where(Preference.user_id == user.id).order_by(Preference.field)
    )
    kept = [KeptPreference.model_validate(row, from_attributes=True) for row in preferences]
    writer.add(archive.SETTINGS, kept)
    notices = await db.scalars(
        select(Notice).where(Notice.user_id == user.id).order_by(Notice.created_at, Notice.key)
    )
    told = [KeptNotice.model_validate(row, from_attributes=True) for row in notices]
    writer.add(archive.NOTICES, told)
    writer.add(archive.SIGN_INS, await _sign_ins(db, user))
    writer.add(archive.REVIEWS, await _reviews(db, user))


async def _reviews(db: AsyncSession, user: User) -> dict[str, Any]:
    """What the user wrote about sessions of others, whose owners' it is as much."""

    async def written(table: type[Comment] | type[HumanScore], *names: str) -> list[dict[str, Any]]:
        query = select(table, Interview.scenario_title).join(
            Interview, Interview.id == table.interview_id
        )
        query = query.where(table.author_id == user.id, Interview.owner_id != user.id)
        rows = (await db.execute(query.order_by(table.created_at, table.id))).all()
        return [{"scenario_title": title, **_plain(row, *names)} for row, title in rows]

    return {
        "comments": await written(Comment, "at_ms", "text", "created_at", "changed_at"),
        "scores": await written(
            HumanScore, "criterion", "level", "note", "blind", "done_at", "created_at"
        ),
    }


def _plain(row: object, *names: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}


async def _sign_ins(db: AsyncSession, user: User) -> dict[str, Any]:
    logins = await db.scalars(select(Login).where(Login.user_id == user.id))
    tokens = await db.scalars(select(ApiToken).where(ApiToken.user_id == user.id))
    identities = await db.scalars(select(Identity).where(Identity.user_id == user.id))
    return {
        "logins": [_plain(row, "browser", "created_at", "seen_at", "expires_at") for row in logins],
        "tokens": [_plain(row, "name", "created_at", "used_at", "expires_at") for row in tokens],
        "identities": [_plain(row, "issuer", "subject", "created_at") for row in identities],
    }
