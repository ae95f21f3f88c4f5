"""SQL of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.models import ApiToken, Identity, Login, OneTimeLink, User


async def user_by_email(db: AsyncSession, email: str) -> User | None:
    return await db.scalar(select(User).where(User.email == email))


async def user_by_id(db: AsyncSession, user_id: str) -> User | None:
    return await db.get(User, user_id)


async def users(db: AsyncSession, q: str | None, after: str, limit: int) -> Sequence[User]:
    """Users whose address comes after `after`, in the order of addresses; with `q` only those who
    have it in their address or name."""
    query = select(User).where(User.email > after).order_by(User.email).limit(limit)
    if q:
        part = q.casefold()
        query = query.where(
            or_(
                User.email.contains(part, autoescape=True),
                func.lower(User.name).contains(part, autoescape=True),
            )
        )
    return (await db.scalars(query)).all()


async def admins(db: AsyncSession) -> int:
    """How many there are. They stay so until the transaction ends."""
    query = select(User.id).where(User.role == "admin").with_for_update()
    return len((await db.scalars(query)).all())


async def login_by_token(
    db: AsyncSession, token_sha256: str, now: datetime
) -> tuple[User, Login] | None:
    """The login that has this token and is not over at `now`, and whose it is."""
    query = (
        select(User, Login)
        .join(Login, Login.user_id == User.id)
        .where(Login.token_sha256 == token_sha256, Login.expires_at > now)
    )
    row = (await db.execute(query)).one_or_none()
    return None if row is None else (row[0], row[1])


async def saw_login(db: AsyncSession, login_id: str, now: datetime) -> None:
    await db.execute(update(Login).where(Login.id == login_id).values(seen_at=now))


async def logins_of(db: AsyncSession, user_id: str, now: datetime) -> Sequence[Login]:
    query = (
        select(Login)
        .where(Login.user_id == user_id, Login.expires_at > now)
        .order_by(Login.seen_at.desc(), Login.created_at.desc(), Login.id)
    )
    return (await db.scalars(query)).all()


async def forget_login(db: AsyncSession, token_sha256: str) -> None:
    await db.execute(delete(Login).where(Login.token_sha256 == token_sha256))


async def forget_login_of(db: AsyncSession, user_id: str, login_id: str) -> bool:
    """Whether there was such a login of this user's."""
    query = delete(Login).where(Login.user_id == user_id, Login.id == login_id)
    return await db.scalar(query.returning(Login.id)) is not None


async def forget_logins_but(db: AsyncSession, user_id: str, login_id: str | None) -> None:
    query = delete(Login).where(Login.user_id == user_id)
    if login_id is not None:
        query = query.where(Login.id != login_id)
    await db.execute(query)


async def forget_expired(db: AsyncSession, now: datetime) -> None:
    await db.execute(delete(Login).where(Login.expires_at <= now))


async def holder_of_api_token(
    db: AsyncSession, token_sha256: str, now: datetime
) -> tuple[User, ApiToken] | None:
    """The API token that has this hash and is not over at `now`, and whose it is."""
    query = (
        select(User, ApiToken)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(
            ApiToken.token_sha256 == token_sha256,
            or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now),
        )
    )
    row = (await db.execute(query)).one_or_none()
    return None if row is None else (row[0], row[1])


async def used_api_token(db: AsyncSession, token_id: str, now: datetime) -> None:
    await db.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=now))


async def api_tokens_of(db: AsyncSession, user_id: str) -> Sequence[ApiToken]:
    """Newest first, those that are over among them."""
    query = (
        select(ApiToken)
        .where(ApiToken.user_id == user_id)
        .order_by(ApiToken.created_at.desc(), ApiToken.id)
    )
    return (await db.scalars(query)).all()


async def forget_api_token_of(db: AsyncSession, user_id: str, token_id: str) -> bool:
    """Whether there was such a token of this user's."""
    query = delete(ApiToken).where(ApiToken.user_id == user_id, ApiToken.id == token_id)
    return await db.scalar(query.returning(ApiToken.id)) is not None


async def forget_api_tokens_of(db: AsyncSession, user_id: str) -> None:
    await db.execute(delete(ApiToken).where(ApiToken.user_id == user_id))


async def forget_identities_of(db: AsyncSession, user_id: str) -> None:
    await db.execute(delete(Identity).where(Identity.user_id == user_id))


async def take_link(
    db: AsyncSession, purpose: str, token_sha256: str, now: datetime
) -> OneTimeLink | None:
    """The link of this purpose, which is gone with that; None when there is none or it is over."""
    query = delete(OneTimeLink).where(
        OneTimeLink.purpose == purpose,
        OneTimeLink.token_sha256 == token_sha256,
        OneTimeLink.expires_at > now,
    )
    return await db.scalar(query.returning(OneTimeLink))


async def forget_links_of(db: AsyncSession, user_id: str, *purposes: str) -> None:
    await db.execute(
        delete(OneTimeLink).where(OneTimeLink.user_id == user_id, OneTimeLink.purpose.in_(purposes))
    )


async def forget_links_for(db: AsyncSession, email: str) -> None:
    """Forget the links that would give somebody this address, new users and others."""
    named = OneTimeLink.data["email"].as_string()
    await db.execute(delete(OneTimeLink).where(named == email))


async def forget_old_links(db: AsyncSession, now: datetime) -> None:
    await db.execute(delete(OneTimeLink).where(OneTimeLink.expires_at <= now))
