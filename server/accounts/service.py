"""Registering, logging in and out."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import letters, links, logins, repository
from server.accounts.schemas import Confirm, LogIn, Register
from server.accounts.tokens import new_id
from server.accounts.visitors import Visitor
from server.context import Context
from server.errors import Problem
from server.mail import post
from server.models import User


def email_taken() -> Problem:
    detail = "There is an account with this address already. Log in, or use another address."
    return Problem(409, "email_taken", detail)


def new_user(context: Context, email: str, name: str, password_hash: str | None) -> User:
    return User(
        id=new_id(),
        email=email,
        name=name,
        password_hash=password_hash,
        role="candidate",
        created_at=context.clock(),
    )


async def register(context: Context, body: Register, visitor: Visitor) -> tuple[User, str]:
    """A new user, logged in, and the token of the login: for a server that sends no mail, which
    cannot keep to itself whether an address has an account."""
    await context.attempts.count("register", visitor.address, body.email)
    hash_ = await context.passwords.hash(body.password.get_secret_value())
    user = new_user(context, body.email, body.name, hash_)
    try:
        async with context.database.write() as db:
            token = await _add(context, db, user, visitor)
    except IntegrityError as error:
        raise email_taken() from error
    return user, token


async def _add(context: Context, db: AsyncSession, user: User, visitor: Visitor) -> str:
    db.add(user)
    await db.flush()
    return await logins.begin(context, db, user, visitor.user_agent)


async def register_by_mail(context: Context, body: Register, visitor: Visitor) -> None:
    """Send a link that makes the account; or, to who has one, a mail that says so. Both are the
    same work."""
    await context.attempts.count("register", visitor.address, body.email)
    hash_ = await context.passwords.hash(body.password.get_secret_value())
    now, base = context.clock(), context.settings.resolved_public_url
    data = {"email": body.email, "name": body.name, "password_hash": hash_}
    async with context.database.write() as db:
        known = await repository.user_by_email(db, body.email)
        # Who has an account is made a link as well, that says nothing and is sent to nobody.
        token = await links.make(db, "confirm", now, data=data if known is None else {})
        letter = letters.confirm(links.address(base, "confirm", token))
        if known is not None:
            letter = letters.account_exists(base)
        await post(db, to=body.email, **letter._asdict(), key=f"register:{new_id()}", now=now)


async def confirm(context: Context, body: Confirm, visitor: Visitor) -> tuple[User, str]:
    """The user that the link was sent to, now that they have an account, logged in."""
    await context.attempts.count("link", visitor.address)
    try:
        async with context.database.write() as db:
            link = await links.take(db, "confirm", body.token, context.clock())
            user = new_user(context, **link.data)
            await repository.forget_links_for(db, user.email)
            token = await _add(context, db, user, visitor)
    except IntegrityError as error:
        raise links.gone() from error
    return user, token


async def log_in(context: Context, body: LogIn, visitor: Visitor) -> tuple[User, str]:
    """The user and a token. The same answer after the same work for a wrong address and password,
    and for who has none."""
    await context.attempts.count("login", visitor.address, body.email)
    async with context.database.read() as db:
        found = await repository.user_by_email(db, body.email)
    known = found.password_hash if found is not None else None
    right = await context.passwords.verify(known, body.password.get_secret_value())
    async with context.database.write() as db:
        user = await repository.user_by_email(db, body.email) if right else None
        # The password may have been changed while it was being checked.
        if user is None or user.password_hash != known:
            detail = "Address and password do not fit together. Check both and try again."
            raise Problem(401, "login_failed", detail)
        token = await logins.begin(context, db, user, visitor.user_agent)
    await context.attempts.forgive("login", visitor.address, body.email)
    return user, token
