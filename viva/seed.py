"""`viva seed`: mock users with weeks of interviews, for screenshots and trying things by hand.

Brings the database up to date first. What an earlier run made stays as it is, and only what is
missing is added. Recordings, reports and comments are not among it."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import db as databases
from server.accounts.passwords import Passwords
from server.db import Database
from server.models import Interview, Preference, Reviewer, User
from server.settings import Settings
from viva.database import opened, settings_for
from viva.errors import CommandError
from viva.private import private_scenarios
from viva.seeding.casting import Person, cast
from viva.seeding.staging import store, write_notes

PASSWORD = "practice-makes-better"  # noqa: S105


@dataclass
class Seeded:
    """`logins`: names and addresses. The counts are of what was added."""

    users: int = 0
    sessions: int = 0
    events: int = 0
    logins: list[tuple[str, str, str]] = field(default_factory=list)


def run(arguments: argparse.Namespace) -> int:
    """Seeds `arguments.data_dir`, or a new directory. Raises CommandError."""
    data_dir: Path = arguments.data_dir
    if arguments.fresh:
        data_dir = Path(tempfile.mkdtemp(prefix="viva-mock-"))
    settings = settings_for(data_dir)
    if arguments.fresh and settings.database_url is not None:
        raise CommandError("--fresh makes a directory of its own; leave VIVA_DATABASE_URL unset")
    done = seed(settings, users=arguments.users, number=arguments.seed, anyway=arguments.anyway)
    print(f"added {done.users} users, {done.sessions} sessions and {done.events} events")
    for name, email, role in done.logins:
        print(f"  {email:<24} {name} ({role})")
    print(f"password of all of them: {PASSWORD}")
    print(f"look at it with: viva up --data-dir {data_dir}")
    return 0


def seed(
    settings: Settings,
    *,
    users: int,
    number: int = 1,
    anyway: bool = False,
    passwords: Passwords | None = None,
    now: datetime | None = None,
) -> Seeded:
    """Fill the database of `settings` with `users` people as of `now`. Blocks. Raises CommandError
    for a database that real people have accounts in, unless `anyway`."""
    return asyncio.run(
        _seed(
            settings,
            cast(users, number, list(private_scenarios().values())),
            anyway,
            passwords or Passwords(),
            now or datetime.now(UTC),
        )
    )


async def _seed(
    settings: Settings, people: list[Person], anyway: bool, passwords: Passwords, now: datetime
) -> Seeded:
    scenarios = private_scenarios()
    done = Seeded()
    async with opened(settings) as database:
        await asyncio.to_thread(databases.upgrade, settings.resolved_database_url)
        await _refuse_real_people(database, people, anyway)
        hashed = await passwords.hash(PASSWORD)
        for person in people:
            async with database.write() as db:
                done.users += await _account(db, person, hashed, now)
            for part in person.parts:
                # One at a time: a server that runs meanwhile is not kept waiting.
                async with database.write() as db:
                    if await db.get(Interview, part.id) is None:
                        scenario = scenarios[part.scenario_id]
                        done.events += await store(db, person, part, scenario, now)
                        done.sessions += 1
                    await write_notes(db, part)
            done.logins.append((person.name, person.email, person.role))
        async with database.write() as db:
            await _name_reviewer(db, people, now)
    return done


async def _refuse_real_people(database: Database, people: list[Person], anyway: bool) -> None:
    emails = [person.email for person in people]
    async with database.read() as db:
        others = await db.scalar(
            select(func.count()).select_from(User).where(User.email.not_like("mock%@example.org"))
        )
        taken = await db.scalars(select(User).where(User.email.in_(emails)))
        ids = {person.email: person.id for person in people}
        if clash := [user.email for user in taken if user.id != ids[user.email]]:
            raise CommandError(
                f"{clash[0]} is there already, of another seed; choose another data directory, "
                "such as with --fresh"
            )
    if others and not anyway:
        raise CommandError(
            f"this database has {others} accounts of its own, and mock users have a password that "
            "everybody can read; use --fresh, --data-dir, or --anyway"
        )


async def _account(db: AsyncSession, person: Person, hashed: str, now: datetime) -> bool:
    """Add the user and their settings, as far as they are missing; whether the user was."""
    since = now - timedelta(days=person.since_days)
    missing = await db.get(User, person.id) is None
    if missing:
        user = User(id=person.id, email=person.email, name=person.name, password_hash=hashed)
        user.role, user.created_at = person.role, since
        db.add(user)
        await db.flush()
    values = {
        "time_zone": person.time_zone,
        "share_anonymised": person.shares,
        "reminder_days": person.reminder_days,
    }
    for name, value in values.items():
        if await db.get(Preference, (person.id, name)) is None:
            row = Preference(user_id=person.id, field=name, value=value, version=1)
            row.changed_at = since
            db.add(row)
    return missing


async def _name_reviewer(db: AsyncSession, people: list[Person], now: datetime) -> None:
    """The second person may look at the interviews of the first that are over."""
    if len(people) < 2:
        return
    first, second = people[:2]
    for part in first.parts:
        if part.state not in {"ended", "ended_early"}:
            continue
        named = select(Reviewer.id).where(
            Reviewer.interview_id == part.id, Reviewer.email == second.email
        )
        if await db.scalar(named) is None:
            id_ = secrets.token_hex(12)
            db.add(Reviewer(id=id_, interview_id=part.id, email=second.email, created_at=now))
