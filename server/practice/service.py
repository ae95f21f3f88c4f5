"""Reads the sessions that ended last for what was weak in them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from interview.practice import READ, Past, look_back, suggest
from interview.scenario import scenario_from_dict
from interview.wire import decode_event
from server.context import Context
from server.models import Interview, LoggedEvent, User
from server.practice.schemas import NextPractice
from server.reports import repository as reports
from server.sessions import repository

log = logging.getLogger(__name__)

_SESSIONS_MOST = 5


async def next_of(context: Context, user: User) -> NextPractice | None:
    """None when nothing has ended, or nothing was weak."""
    ended = (
        select(Interview)
        .where(Interview.owner_id == user.id, Interview.ended_at.is_not(None))
        .order_by(Interview.ended_at.desc(), Interview.id.desc())
        .limit(_SESSIONS_MOST)
    )
    past = []
    async with context.database.read() as db:
        last = (await db.scalars(ended)).all()
        briefs = await reports.briefs(db, [interview.id for interview in last])
        for interview in last:
            brief = briefs.get(interview.id)
            try:
                past.append(await _past(db, interview, brief.levels if brief else {}))
            except Exception as error:
                # A log that this version cannot read must not hide what the others say.
                kind = type(error).__name__
                log.error("session %s: its log cannot be read: %s", interview.id, kind)
    found = suggest(past, context.scenarios)
    return NextPractice.model_validate(asdict(found)) if found else None


async def _past(db: AsyncSession, interview: Interview, levels: Mapping[str, int | None]) -> Past:
    query = (
        select(LoggedEvent)
        .where(LoggedEvent.interview_id == interview.id, LoggedEvent.type.in_(READ))
        .order_by(LoggedEvent.seq)
    )
    return look_back(
        interview.id,
        interview.plan["difficulty"],
        scenario_from_dict(await repository.scenario_of(db, interview.id)),
        [decode_event(event.type, event.at, event.data) for event in await db.scalars(query)],
        levels,
    )
