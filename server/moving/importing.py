"""Taking an export in: all of it or, with an error, nothing. Taking it in again changes nothing."""

from __future__ import annotations

import asyncio
import secrets
from typing import IO

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.context import Context
from server.models import Notice, Preference, User
from server.moving import reading
from server.moving.archive import KeptNotice, KeptPreference
from server.moving.storing import Storing
from server.moving.zip_reading import refuse
from server.notices.wording import KINDS
from server.preferences.schemas import Values

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


class Taken(BaseModel):
    """The session of a bundle. `was_there`: the caller had it already, and it stayed as it is."""

    id: str
    was_there: bool


async def take(context: Context, user: User, file: IO[bytes]) -> Imported:
    """Give `user` what is in the export or bundle `file`. Raises Problem, and has stored nothing
    then. Who may review the session of a bundle is not taken over: it may be somebody else's."""
    async with context.imports:
        brought = await asyncio.to_thread(reading.read, file)
        values = {
            kept.field: kept.value for kept in brought.preferences if kept.field != _NOT_BROUGHT
        }
        reading.problems_of(values, Values)
        _check_notices(brought.notices)
        storing = Storing(context, user, brought.sessions, reviewers=not brought.bundle)
        async with storing, context.database.write() as db:
            await storing.write(db)
            settings = await _settings(context, db, user, brought.preferences)
            notices = await _notices(db, user, brought.notices, storing.renamed)
    return Imported(
        sessions=len(storing.new),
        settings=settings,
        notices=notices,
        already_here=storing.already_here,
        renamed=storing.renamed,
    )


async def take_bundle(context: Context, user: User, file: IO[bytes]) -> Taken:
    """Give `user` the session that is in the bundle `file`. Raises Problem, and has stored nothing
    then."""
    async with context.imports:
        brought = await asyncio.to_thread(reading.read_bundle, file)
        storing = Storing(context, user, [brought], reviewers=False)
        async with storing, context.database.write() as db:
            await storing.write(db)
    if storing.already_here:
        return Taken(id=storing.already_here[0], was_there=True)
    return Taken(id=storing.new[0], was_there=False)


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
            refuse(f"'notices.json': a notice of kind {kept.kind!r} cannot be read.")


async def _notices(
    db: AsyncSession, user: User, brought: list[KeptNotice], renamed: dict[str, str]
) -> int:
    here = set(await db.scalars(select(Notice.key).where(Notice.user_id == user.id)))
    fresh = {kept.key: kept for kept in brought if kept.key not in here}
    for kept in fresh.values():
        about = kept.data.get("session_id")
        if isinstance(about, str) and about in renamed:
            kept.data["session_id"] = renamed[about]
        db.add(Notice(id=secrets.token_hex(12), user_id=user.id, **kept.model_dump()))
    return len(fresh)
