"""What reminders and digests have in common: what to practise next, and the way by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server import mail
from server.context import Context
from server.mail import unsubscribing
from server.models import User
from server.practice import service as practice
from server.preferences.schemas import Values
from server.reminders.letters import Letter


async def what_next(context: Context, user_id: str) -> dict[str, Any] | None:
    """The "scenario_title" of what the user should practise next, and the titles of its "focus"."""
    async with context.database.read() as db:
        user = await db.get(User, user_id)
    found = None if user is None else await practice.next_of(context, user)
    if found is None or not found.focus:
        return None
    return {
        "scenario_title": found.scenario_title,
        "focus": [focus.title for focus in found.focus],
    }


async def by_mail(
    context: Context,
    db: AsyncSession,
    user: User,
    values: Values,
    letter: Letter,
    key: str,
    now: datetime,
) -> None:
    """Have `letter` sent, with a link to get no more of them, if the user wants mail at all."""
    if not (values.email_notifications and context.settings.mail_set_up):
        return
    await mail.post(
        db,
        to=user.email,
        subject=letter.subject,
        text=letter.text,
        key=key,
        now=now,
        user_id=user.id,
        unsubscribe=await unsubscribing.make(db, user.id, now),
    )
