"""`viva seed`: mock users with weeks of interviews, for screenshots and trying things by hand.

Brings the database up to date first. What an earlier run made stays as it is, and only what is
missing is added. Recordings take Piper a while and are made of a few interviews alone."""

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

from interview.scenario import Scenario
from interview.wire import decode_event
from server import db as databases
from server.accounts.passwords import Passwords
from server.db import Database
from server.models import Interview, Preference, Recording, Reviewer, User
from server.sessions import repository as sessions
from server.settings import Settings
from server.storage.store import Storage
from viva.database import opened, settings_for
from viva.errors import CommandError
from viva.judge_set import transcripts_of
from viva.private import private_scenarios
from viva.seeding.casting import Person, cast
from viva.seeding.sounding import Studio, keep
from viva.seeding.staging import store, write_comments, write_notes, write_report

PASSWORD = "practice-makes-better"  # noqa: S105


@dataclass
class Seeded:
    """`logins`: names and addresses. The counts are of what was added."""

    users: int = 0
    sessions: int = 0
    events: int = 0
    recordings: int = 0
    logins: list[tuple[str, str, str]] = field(default_factory=list)


def run(arguments: argparse.Namespace) -> int:
    """Seeds `arguments.data_dir`, or a new directory. Raises CommandError."""
    data_dir: Path = arguments.data_dir
    if arguments.fresh:
        data_dir = Path(tempfile.mkdtemp(prefix="viva-mock-"))
    settings = settings_for(data_dir)
    if arguments.fresh and settings.database_url is not None:
        raise CommandError("--fresh makes a directory of its own; leave VIVA_DATABASE_URL unset")
    done = seed(
        settings,
        users=arguments.users,
        number=arguments.seed,
        anyway=arguments.anyway,
        recordings=arguments.recordings,
    )
    print(
        f"added {done.users} users, {done.sessions} sessions, {done.events} events and "
        f"{done.recordings} recordings"
    )
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
    recordings: int = 0,
    passwords: Passwords | None = None,
    now: datetime | None = None,
) -> Seeded:
    """Fill the database of `settings` with `users` people as of `now`. Blocks. Raises CommandError
    for a database that real people have accounts in, unless `anyway`."""
    return asyncio.run(
        _seed(
            settings,
            cast(users, number, _answerable(list(private_scenarios().values()))),
            anyway,
            recordings,
            passwords or Passwords(),
            now or datetime.now(UTC),
        )
    )


def _answerable(scenarios: list[Scenario]) -> list[Scenario]:
    """Those with answers that were written for their questions, or all where there is none."""
    return [one for one in scenarios if transcripts_of(one.id)] or scenarios


async def _seed(
    settings: Settings,
    people: list[Person],
    anyway: bool,
    recordings: int,
    passwords: Passwords,
    now: datetime,
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
                    await write_report(db, part)
            done.logins.append((person.name, person.email, person.role))
        async with database.write() as db:
            await _name_reviewer(db, people, now)
            await _comment(db, people)
        done.recordings = await _record(database, Storage(settings.storage), people, recordings)
    return done


async def _record(database: Database, storage: Storage, people: list[Person], most: int) -> int:
    """Recordings of the `most` shortest interviews that were held to their end, where there are
    none yet; how many were added."""
    held = [part for person in people for part in person.parts if part.state == "ended"]
    studio, added = Studio(), 0
    for part in sorted(held, key=lambda part: sum(part.lengths))[:most]:
        async with database.read() as db:
            if await db.get(Recording, part.id) is not None:
                continue
            interview = await db.get_one(Interview, part.id)
            stored = await sessions.events_after(db, part.id, 0)
        events = [decode_event(event.type, event.at, event.data) for event in stored]
        at = interview.ended_at or interview.created_at
        row = await keep(storage, part.id, events, studio, at)
        async with database.write() as db:
            interview = await db.get_one(Interview, part.id)
            interview.recording_consent = True
            interview.consented_at = interview.created_at
            db.add(row)
        added += 1
    return added


async def _comment(db: AsyncSession, people: list[Person]) -> None:
    """What the second person had to say to the first one's interviews."""
    if len(people) < 2:
        return
    author = people[1]
    for part in people[0].parts:
        if part.state in {"ended", "ended_early"}:
            await write_comments(db, part, author)


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
            db.add(
                Reviewer(
                    id=id_,
                    interview_id=part.id,
                    email=second.email,
                    blind=False,
                    created_at=now,
                )
            )
