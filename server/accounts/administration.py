"""What an admin may do with accounts; `viva admin` does the same on the database itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import links, repository
from server.accounts.tokens import new_id
from server.errors import Problem, not_found
from server.models import User

# Somebody has to hand the link over, by whatever way they have.
LINK_LIFETIME = timedelta(days=1)


async def page(
    db: AsyncSession, q: str | None, after: str | None, limit: int
) -> tuple[Sequence[User], str | None]:
    """Users in the order of their addresses, past `after`, and where the next page begins."""
    found = await repository.users(db, q, after or "", limit + 1)
    return found[:limit], found[limit - 1].email if len(found) > limit else None


async def set_role(db: AsyncSession, user: User | None, role: str) -> User:
    """Give `user` a role. Raises 404 for nobody, 409 when nobody would be admin any more."""
    if user is None:
        raise not_found("user")
    if user.role == "admin" and role != "admin" and await repository.admins(db) == 1:
        detail = "This is the only admin. Make somebody else one first."
        raise Problem(409, "last_admin", detail)
    user.role = role
    return user


async def make_admin(
    db: AsyncSession, email: str, name: str | None, now: datetime
) -> tuple[User, bool]:
    """The admin with this address, and whether the account is new; a new one has no password."""
    user = await repository.user_by_email(db, email)
    if user is not None:
        user.role = "admin"
        return user, False
    user = User(
        id=new_id(),
        email=email,
        name=name or email.partition("@")[0][:100],
        password_hash=None,
        role="admin",
        created_at=now,
    )
    db.add(user)
    return user, True


async def password_link(db: AsyncSession, user: User, now: datetime) -> str:
    """The token of a link by which `user` sets a new password."""
    return await links.make(db, "reset", now, user_id=user.id, lifetime=LINK_LIFETIME)
