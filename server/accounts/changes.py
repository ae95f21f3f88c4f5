"""Changing name, password and address, and getting in with a forgotten password."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import letters, links, logins, repository
from server.accounts.callers import Caller
from server.accounts.letters import Letter
from server.accounts.schemas import ChangeEmail, ChangeMe, ChangePassword, Confirm, Reset
from server.accounts.service import email_taken
from server.accounts.tokens import new_id
from server.accounts.visitors import Visitor
from server.context import Context
from server.errors import Problem
from server.mail import post
from server.models import User


async def change_name(context: Context, user: User, body: ChangeMe) -> User:
    async with context.database.write() as db:
        changed = await _still_there(db, user.id)
        changed.name = body.name
    return changed


async def change_password(
    context: Context, caller: Caller, body: ChangePassword, visitor: Visitor
) -> None:
    """Set a new password. Every other sign-in of theirs ends; API tokens stay."""
    known = await proved(context, caller.user, body.current, visitor)
    hash_ = await context.passwords.hash(body.new.get_secret_value())
    async with context.database.write() as db:
        user = await _still_there(db, caller.user.id, known)
        await _set_password(context, db, user, hash_, letters.password_changed)
        await repository.forget_logins_but(db, user.id, caller.login.id if caller.login else None)


async def change_email(
    context: Context, caller: Caller, body: ChangeEmail, visitor: Visitor
) -> User | None:
    """The user with the new address; None when it takes a link that was sent there."""
    known = await proved(context, caller.user, body.password, visitor)
    if not context.settings.mail_set_up:
        try:
            async with context.database.write() as db:
                user = await _still_there(db, caller.user.id, known)
                await _set_email(db, user, body.email)
        except IntegrityError as error:
            raise email_taken() from error
        return user
    now, base = context.clock(), context.settings.resolved_public_url
    async with context.database.write() as db:
        user = await _still_there(db, caller.user.id, known)
        taken = await repository.user_by_email(db, body.email)
        token = await links.make(db, "email", now, user_id=user.id, data={"email": body.email})
        letter = letters.new_address(links.address(base, "email", token))
        if taken is not None:
            letter = letters.account_exists(base)
        await send(context, db, body.email, letter)
        await send(context, db, user.email, letters.address_asked_for(base), user.id)
    return None


async def confirm_email(context: Context, body: Confirm, visitor: Visitor) -> User:
    """The user whose address is now the one that the link was sent to."""
    await context.attempts.count("link", visitor.address)
    try:
        async with context.database.write() as db:
            link = await links.take(db, "email", body.token, context.clock())
            user = await _still_there(db, link.user_id)
            await _set_email(db, user, link.data["email"])
    except IntegrityError as error:
        raise email_taken() from error
    return user


async def forgotten(context: Context, email: str, visitor: Visitor) -> None:
    """Send a link to set a new password, if there is an account; if not, a link is made all the
    same, and nobody gets it."""
    await context.attempts.count("forgotten", visitor.address, email)
    if not context.settings.mail_set_up:
        return
    base = context.settings.resolved_public_url
    async with context.database.write() as db:
        user = await repository.user_by_email(db, email)
        user_id = None if user is None else user.id
        token = await links.make(db, "reset", context.clock(), user_id=user_id)
        if user is not None:
            letter = letters.reset(links.address(base, "reset", token))
            await send(context, db, user.email, letter, user.id)


async def reset(context: Context, body: Reset, visitor: Visitor) -> tuple[User, str]:
    """Set a new password by a link, and log in. Every other way in ends, sign-ins, API tokens and
    linked accounts elsewhere: who forgot a password may have lost it to somebody."""
    await context.attempts.count("link", visitor.address)
    hash_ = await context.passwords.hash(body.password.get_secret_value())
    async with context.database.write() as db:
        link = await links.take(db, "reset", body.token, context.clock())
        user = await _still_there(db, link.user_id)
        await _set_password(context, db, user, hash_, letters.password_set)
        await repository.forget_logins_but(db, user.id, None)
        await repository.forget_api_tokens_of(db, user.id)
        await repository.forget_identities_of(db, user.id)
        token = await logins.begin(context, db, user, visitor.user_agent)
    return user, token


async def proved(
    context: Context, user: User, password: SecretStr | None, visitor: Visitor
) -> str | None:
    """The hash of the password that `password` was found to be; None when there is none to know.
    Raises 403 for a wrong one."""
    await context.attempts.count("password", visitor.address, user.id)
    if user.password_hash is None and password is None:
        return None
    given = "" if password is None else password.get_secret_value()
    if not await context.passwords.verify(user.password_hash, given):
        raise Problem(403, "password_wrong", "This is not the password. Check it and try again.")
    await context.attempts.forgive("password", visitor.address, user.id)
    return user.password_hash


_ANY = "any"


async def _still_there(db: AsyncSession, user_id: str | None, hash_: str | None = _ANY) -> User:
    """The user as they are now. Raises 410 for a link whose user is gone, 409 when the password is
    not the one of `hash_` any more."""
    user = await repository.user_by_id(db, user_id) if user_id is not None else None
    if user is None:
        raise links.gone()
    if hash_ not in (_ANY, user.password_hash):
        detail = "The password was changed meanwhile. Log in and try again."
        raise Problem(409, "password_changed", detail)
    return user


async def _set_password(
    context: Context, db: AsyncSession, user: User, hash_: str, letter: Callable[[str], Letter]
) -> None:
    user.password_hash = hash_
    await repository.forget_links_of(db, user.id, "reset", "email")
    page = context.settings.resolved_public_url
    await send(context, db, user.email, letter(page), user.id)


async def _set_email(db: AsyncSession, user: User, email: str) -> None:
    user.email = email
    await repository.forget_links_of(db, user.id, "reset", "email")
    await db.flush()


async def send(
    context: Context, db: AsyncSession, to: str, letter: Letter, user_id: str | None = None
) -> None:
    """Send a mail, where this server sends any, in the transaction of `db`."""
    if context.settings.mail_set_up:
        key, now = f"account:{new_id()}", context.clock()
        await post(db, to=to, **letter._asdict(), key=key, now=now, user_id=user_id)
