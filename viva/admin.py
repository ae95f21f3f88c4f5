"""`viva admin`: roles, and links to set a password, on the database itself.

Whoever can run this can read the database anyway; so it asks for no password. The server may be
running meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts import administration, links, repository
from server.accounts.schemas import Email, Name
from server.models import User
from server.settings import Settings
from viva.database import check_there, opened, settings_for
from viva.errors import CommandError

_PAGE = 200
_Step = Callable[[AsyncSession, datetime], Awaitable[str]]


def run(arguments: argparse.Namespace) -> int:
    """Does `arguments.what`: "make", "role", "link" or "list". Raises CommandError."""
    settings = settings_for(arguments.data_dir)
    steps: dict[str, Callable[[argparse.Namespace, Settings], _Step]] = {
        "make": _make,
        "role": _role,
        "link": _link,
        "list": _list,
    }
    step = steps[arguments.what](arguments, settings)
    check_there(settings)
    print(asyncio.run(_on_database(settings, step)))
    return 0


async def _on_database(settings: Settings, step: _Step) -> str:
    async with opened(settings) as database, database.write() as db:
        return await step(db, datetime.now(UTC))


def _read(kind: TypeAdapter[str], what: str, text: str) -> str:
    try:
        return kind.validate_python(text)
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        raise CommandError(f"{text!r} is no {what}: {reason}") from None


def _email(arguments: argparse.Namespace) -> str:
    return _read(TypeAdapter(Email), "address", arguments.email)


async def _found(db: AsyncSession, email: str) -> User:
    user = await repository.user_by_email(db, email)
    if user is None:
        raise CommandError(f"nobody has an account with {email}; viva admin list shows who has one")
    return user


async def _new_link(db: AsyncSession, user: User, settings: Settings, now: datetime) -> str:
    token = await administration.password_link(db, user, now)
    return links.address(settings.resolved_public_url, "reset", token)


def _make(arguments: argparse.Namespace, settings: Settings) -> _Step:
    email = _email(arguments)
    name = _read(TypeAdapter(Name), "name", arguments.name) if arguments.name else None

    async def step(db: AsyncSession, now: datetime) -> str:
        user, new = await administration.make_admin(db, email, name, now)
        if not new:
            return f"{email} is an admin now."
        await db.flush()
        link = await _new_link(db, user, settings, now)
        return (
            f"{email} has an account now and is an admin. The password is set here, once:\n{link}"
        )

    return step


def _role(arguments: argparse.Namespace, settings: Settings) -> _Step:
    email = _email(arguments)

    async def step(db: AsyncSession, now: datetime) -> str:
        await administration.set_role(db, await _found(db, email), arguments.role)
        return f"{email}: {arguments.role}"

    return step


def _link(arguments: argparse.Namespace, settings: Settings) -> _Step:
    email = _email(arguments)

    async def step(db: AsyncSession, now: datetime) -> str:
        return await _new_link(db, await _found(db, email), settings, now)

    return step


def _list(arguments: argparse.Namespace, settings: Settings) -> _Step:
    async def step(db: AsyncSession, now: datetime) -> str:
        users: list[User] = []
        after: str | None = None
        while True:
            page, after = await administration.page(db, None, after, _PAGE)
            users += page
            if after is None:
                return _as_json(users) if arguments.json else _as_lines(users)

    return step


def _as_json(users: list[User]) -> str:
    listed = [
        {
            "email": user.email,
            "name": user.name,
            "role": user.role,
            "has_password": bool(user.password_hash),
            "created_at": user.created_at.isoformat(),
        }
        for user in users
    ]
    return json.dumps(listed, indent=2)


def _as_lines(users: list[User]) -> str:
    if not users:
        return "Nobody has an account yet."
    width = max(len(user.email) for user in users)
    return "\n".join(f"{user.email:<{width}}  {user.role:<9}  {user.name}" for user in users)
