"""SQL of accounts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import Login, User


async def user_by_email(db: AsyncSession, email: str) -> User | None:
    return await db.scalar(select(User).where(User.email == email))


async def user_by_token(db: AsyncSession, token_sha256: str, now: datetime) -> User | None:
    """The user whose login has this token and is not over at `now`."""
    return await db.scalar(
        select(User)
        .join(Login, Login.user_id == User.id)
        .where(Login.token_sha256 == token_sha256, Login.expires_at > now)
    )


async def forget_login(db: AsyncSession, token_sha256: str) -> None:
    await db.execute(delete(Login).where(Login.token_sha256 == token_sha256))


async def forget_expired(db: AsyncSession, now: datetime) -> None:
    await db.execute(delete(Login).where(Login.expires_at <= now))
