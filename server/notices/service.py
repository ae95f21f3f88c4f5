"""Telling a user something, once, and what became of it."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server import once
from server.context import Context
from server.errors import Problem, not_found
from server.models import Notice, User
from server.notices import repository
from server.notices.schemas import NoticeList, NoticeOut
from server.notices.wording import KINDS


async def tell(
    db: AsyncSession, *, user_id: str, kind: str, key: str, data: dict[str, Any], now: datetime
) -> bool:
    """Have the user told, in the words that `wording.KINDS` has for `kind`; False when they were
    told under this `key` before."""
    values = {
        "id": secrets.token_hex(12),
        "user_id": user_id,
        "kind": kind,
        "key": key,
        "data": data,
        "created_at": now,
    }
    return await once.add(db, Notice, [Notice.user_id, Notice.key], values)


async def list_of(context: Context, user: User, limit: int, cursor: str | None) -> NoticeList:
    async with context.database.read() as db:
        before = await repository.by_id(db, user.id, cursor) if cursor else None
        if cursor and before is None:
            detail = "This cursor is not one that was given out. Begin without one."
            raise Problem(422, "cursor_invalid", detail)
        # A newer version may have left kinds here that this one has no words for.
        found = list(await repository.page(db, user.id, list(KINDS), limit + 1, before))
    more, found = len(found) > limit, found[:limit]
    return NoticeList(
        items=[_to_out(notice) for notice in found], next=found[-1].id if more else None
    )


async def read(context: Context, user: User, notice_id: str) -> None:
    async with context.database.write() as db:
        notice = await repository.by_id(db, user.id, notice_id)
        if notice is None:
            raise not_found("notice")
        if notice.read_at is None:
            notice.read_at = context.clock()


async def read_all(context: Context, user: User) -> None:
    async with context.database.write() as db:
        await repository.mark_read(db, user.id, context.clock())


def _to_out(notice: Notice) -> NoticeOut:
    words = KINDS[notice.kind](notice.data)
    return NoticeOut(
        id=notice.id,
        kind=notice.kind,
        title=words.title,
        text=words.text,
        link=words.link,
        created_at=notice.created_at,
        read_at=notice.read_at,
    )
