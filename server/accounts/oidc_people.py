"""Which account a person from the provider has.

Issuer and subject are the identity; an address is not. An account that has the address already is
taken over only when the provider has verified the address and nobody else can get in there: it has
neither a password nor another identity. Otherwise its owner logs in first and links the identity.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import letters, logins, repository
from server.accounts.changes import send
from server.accounts.oidc_provider import Person, SignInFailed
from server.accounts.schemas import Email, Name
from server.accounts.service import new_user
from server.context import Context
from server.models import Identity, User

_Result = TypeVar("_Result")
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_NAME: TypeAdapter[str] = TypeAdapter(Name)
_NAME_LONGEST = 100


async def log_in(context: Context, person: Person, user_agent: str) -> str:
    """The token of a new sign-in, to an account that is made if need be.

    Raises SignInFailed: `oidc_email_missing`, `oidc_email_unverified`, `link_first`."""

    async def within(db: AsyncSession) -> str:
        user = await _holder(db, person) or await _received(context, db, person)
        return await logins.begin(context, db, user, user_agent)

    return await _once_more(context, within)


async def link(context: Context, user: User, person: Person) -> None:
    """Let `person` get into the account of `user` from now on. Raises SignInFailed
    (`identity_taken`) when they get into another one."""

    async def within(db: AsyncSession) -> None:
        holder = await _holder(db, person)
        if holder is None:
            _add(context, db, user, person)
            settings = context.settings
            letter = letters.identity_linked(settings.oidc_title, settings.resolved_public_url)
            await send(context, db, user.email, letter, user.id)
        elif holder.id != user.id:
            raise SignInFailed("identity_taken")

    await _once_more(context, within)


async def _once_more(
    context: Context, within: Callable[[AsyncSession], Awaitable[_Result]]
) -> _Result:
    try:
        async with context.database.write() as db:
            return await within(db)
    except (IntegrityError, SignInFailed):
        # The same person was faster in another tab, between two looks even; what they made is there
        # now. Who is refused for another reason is refused again.
        async with context.database.write() as db:
            return await within(db)


async def _holder(db: AsyncSession, person: Person) -> User | None:
    return await db.scalar(
        select(User)
        .join(Identity, Identity.user_id == User.id)
        .where(Identity.issuer == person.issuer, Identity.subject == person.subject)
    )


async def _received(context: Context, db: AsyncSession, person: Person) -> User:
    email = _email(context, person)
    user = await repository.user_by_email(db, email)
    if user is None:
        user = new_user(context, email, _name(person, email), None)
        db.add(user)
        await db.flush()
    elif user.password_hash is not None or await _has_identity(db, user):
        raise SignInFailed("link_first")
    _add(context, db, user, person)
    return user


async def _has_identity(db: AsyncSession, user: User) -> bool:
    # A provider may give a person's address to another later: a second subject is no proof.
    query = select(Identity.subject).where(Identity.user_id == user.id).limit(1)
    return await db.scalar(query) is not None


def _add(context: Context, db: AsyncSession, user: User, person: Person) -> None:
    db.add(
        Identity(
            issuer=person.issuer,
            subject=person.subject,
            user_id=user.id,
            created_at=context.clock(),
        )
    )


def _email(context: Context, person: Person) -> str:
    try:
        email = _EMAIL.validate_python(person.email)
    except ValidationError:
        raise SignInFailed("oidc_email_missing") from None
    verified = person.email_verified
    if verified is None:
        verified = context.settings.oidc_trusts_email
    if not verified:
        # Sessions are shared by address: nobody gets one that they have not shown to be theirs.
        raise SignInFailed("oidc_email_unverified")
    return email


def _name(person: Person, email: str) -> str:
    for name in (person.name, email.partition("@")[0]):
        try:
            return _NAME.validate_python((name or "")[:_NAME_LONGEST])
        except ValidationError:
            continue
    return "Candidate"
