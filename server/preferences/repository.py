"""SQL of settings."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Preference, User


async def of(db: AsyncSession, user_id: str) -> dict[str, Preference]:
    """What the user has ever set, by field."""
    found = await db.scalars(select(Preference).where(Preference.user_id == user_id))
    return {row.field: row for row in found}


async def locked(db: AsyncSession, user_id: str) -> dict[str, Preference]:
    """The same, kept from other writers until the transaction ends. Empty for nobody."""
    await db.scalar(select(User.id).where(User.id == user_id).with_for_update())
    return await of(db, user_id)
