"""Deleting a session and an account: what goes, what stays, and who may."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent.journal import Journal
from agent.link import HttpLink, ServerUnreachable
from agent.sweeping import sweep
from interview.events import TurnEnded, UtteranceFinal
from interview.transcript import Word
from interview.wire import EventBody
from server.db import ScrubPostponed
from server.jobs import queue
from server.jobs.runner import Runner
from server.leaving import erasing
from server.models import (
    Base,
    Comment,
    Draft,
    HumanScore,
    Job,
    Login,
    Notice,
    Preference,
    Reviewer,
    Share,
    User,
)
from tests.server.conducting import Conductor
from tests.server.conftest import AGENT_TOKEN, PASSWORD, World

BOTH_DATABASES = True
EMAIL = "zqcanarymail@example.org"
NAME = "Zqcanaryname Quist"
SAID, THOUGHT, SET, TOLD, QUEUED, SHARED, REVIEWED = (
    f"zqcanary{word}" for word in ("said", "thought", "set", "told", "queued", "shared", "reviewed")
)
PLANTED = ("zqcanarymail", "Zqcanaryname", SAID, THOUGHT, SET, TOLD, QUEUED, SHARED, REVIEWED)


def speaks(conductor: Conductor, text: str, times: int) -> None:
    """The candidate says `text` so many times, and the interviewer answers."""
    for number in range(times):
        at = conductor.at + 1.0
        start = round(at * 1000)
        word = Word(text.split()[0], start, start + 400, 0.9)
        said = UtteranceFinal(
            at=at,
            utterance_id=f"{conductor.epoch}-{number}",
            text=f"{text} {number}",
            start_ms=start,
            end_ms=start + 900,
            words=(word,),
        )
        conductor.happens(said)
        conductor.happens(TurnEnded(at=conductor.at + 0.1))


async def me(client: httpx.AsyncClient) -> str:
    return str((await client.get("/api/v1/me")).json()["id"])


async def planted(world: World) -> tuple[httpx.AsyncClient, str]:
    """A user whose every table and journal holds a canary, among others who hold none."""
    other = await world.user("bob@example.org")
    leaver = world.browser()
    body = {"email": EMAIL, "password": PASSWORD, "name": NAME}
    assert (await leaver.post("/api/v1/auth/register", json=body)).status_code == 201
    ids = []
    for index in range(3):
        id_, conductor = await world.conducted(leaver)
        speaks(conductor, SAID * (1 + 20 * index), 15)
        await world.send(id_, conductor)
        ids.append(id_)
        theirs, conductor = await world.conducted(other)
        speaks(conductor, "something harmless", 15)
        await world.send(theirs, conductor)
    user_id, now = await me(leaver), world.clock()
    other_id = await me(other)
    async with world.context.database.write() as db:
        db.add(
            Draft(interview_id=ids[0], field="notes", text=THOUGHT, version=1, changed_at=now),
        )
        db.add(
            Preference(user_id=user_id, field="voice", value=SET, version=1, changed_at=now),
        )
        notice = {"text": TOLD, "session_id": ids[0]}
        for number, whose in enumerate((user_id, other_id)):
            key = f"told-{number}"
            row = Notice(id=key, user_id=whose, key=key, kind="x", data=notice, created_at=now)
            db.add(row)
        db.add(Reviewer(id="r1", interview_id=ids[0], email="bob@example.org", created_at=now))
        db.add(Reviewer(id="r2", interview_id=theirs, email=EMAIL, created_at=now))
        _review(db, theirs, user_id, now)
        _review(db, ids[1], other_id, now)
        db.add(
            Share(
                id="s",
                interview_id=ids[1],
                secret_sha256="0" * 64,
                label=REVIEWED,
                parts=["audio"],
                created_at=now,
            )
        )
        payload = {"text": QUEUED}
        later = now + timedelta(days=3)
        await queue.add(
            db, kind="x", key="mine", now=now, run_at=later, payload=payload, user_id=user_id
        )
        shared = {"to": "carol@example.org", "text": f"{SHARED} /sessions/{ids[1]}"}
        await queue.add(db, kind="x", key="about", now=now, run_at=later, payload=shared)
        await queue.add(
            db, kind="x", key="to", now=now, run_at=later, payload={"to": EMAIL, "text": SHARED}
        )
        await queue.add(db, kind="x", key="others", now=now, run_at=later, payload={"to": "bob"})
    journal = Journal(world.settings.data_dir / "journal", ids[2])
    event = world.event("1-900", "turn_ended", 900.0, note=SAID)
    journal.append(EventBody.model_validate(event))
    journal.close()
    kept = Journal(world.settings.data_dir / "journal", theirs)
    kept.append(EventBody.model_validate(world.event("1-900", "turn_ended", 900.0)))
    kept.close()
    return leaver, ids[0]


def _review(db: AsyncSession, interview_id: str, author_id: str, now: datetime) -> None:
    """A comment and a score by somebody: they go with the session, and with whoever wrote them."""
    both = {"interview_id": interview_id, "author_id": author_id, "author_name": NAME}
    both |= {"id": author_id, "created_at": now, "changed_at": now}
    db.add(Comment(**both, at_ms=1, text=REVIEWED))
    db.add(HumanScore(**both, criterion="depth", level=2, note=REVIEWED, blind=False))


def link_to(world: World) -> HttpLink:
    transport = httpx.ASGITransport(app=world.app)
    return HttpLink("http://viva.test", AGENT_TOKEN, transport=transport)


async def swept(world: World) -> int:
    link = link_to(world)
    removed = await sweep(link, world.settings.data_dir / "journal")
    await link.aclose()
    return removed


async def test_only_what_is_theirs_goes(world: World) -> None:
    leaver, _ = await planted(world)
    user_id = await me(leaver)
    await leaver.request("DELETE", "/api/v1/me", json={"password": PASSWORD})
    async with world.context.database.read() as db:
        left = {
            table.name: await db.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
        keys = (await db.scalars(select(Job.key))).all()
        assert await db.get(User, user_id) is None
    assert keys == ["others"]
    assert (left["users"], left["logins"], left["interviews"]) == (1, 1, 3)
    assert (left["drafts"], left["preferences"], left["notices"], left["reviewers"]) == (0, 0, 0, 0)
    assert (left["comments"], left["human_scores"], left["shares"]) == (0, 0, 0)
    assert left["events"] > 0
    assert len(list((world.settings.data_dir / "journal").iterdir())) == 2


async def test_their_rooms_close_and_they_are_logged_out(world: World) -> None:
    leaver, id_ = await planted(world)
    rooms = set(world.livekit.rooms)
    answer = await leaver.request("DELETE", "/api/v1/me", json={"password": PASSWORD})
    assert 'viva=""' in answer.headers["set-cookie"]
    assert len(rooms - set(world.livekit.rooms)) == 3
    assert (await leaver.get("/api/v1/me")).status_code == 401
    beat = await world.beat(world.worker(), id_, 1, 5.0)
    assert (beat.status_code, beat.json()["code"]) == (410, "session_gone")
    again = world.browser()
    body = {"email": EMAIL, "password": PASSWORD}
    assert (await again.post("/api/v1/auth/login", json=body)).status_code == 401


@pytest.mark.parametrize("body", [None, {}, {"password": None}, {"password": "not my password"}])
async def test_leaving_takes_the_password(
    world: World, owner: httpx.AsyncClient, body: dict[str, str] | None
) -> None:
    answer = await owner.request("DELETE", "/api/v1/me", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "password_wrong")
    assert (await owner.get("/api/v1/me")).status_code == 200


async def test_guessing_the_password_is_slow(world: World, owner: httpx.AsyncClient) -> None:
    for _ in range(world.settings.login_attempts_per_account):
        await owner.request("DELETE", "/api/v1/me", json={"password": "guess"})
    answer = await owner.request("DELETE", "/api/v1/me", json={"password": PASSWORD})
    assert answer.status_code == 429


async def test_who_has_no_password_leaves_without(world: World, owner: httpx.AsyncClient) -> None:
    user_id = await me(owner)
    async with world.context.database.write() as db:
        user = await db.get(User, user_id)
        assert user is not None
        user.password_hash = None
    assert (await owner.delete("/api/v1/me")).status_code == 204
    async with world.context.database.read() as db:
        assert (await db.scalars(select(Login))).all() == []


async def test_a_scrub_that_cannot_be_done_is_left_to_a_job(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def postponed(_: object) -> None:
        raise ScrubPostponed("busy")

    id_ = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    with monkeypatch.context() as patched:
        patched.setattr(world.context.database, "scrub", postponed)
        assert (await owner.delete(f"/api/v1/sessions/{id_}")).status_code == 204
    async with world.context.database.read() as db:
        [job] = (await db.scalars(select(Job))).all()
    assert (job.kind, job.state, job.payload) == (erasing.SCRUB, "waiting", {})
    world.clock.move(600)
    assert await Runner(world.context, recurring=()).run_due() == 1
    async with world.context.database.read() as db:
        [job] = (await db.scalars(select(Job))).all()
    assert job.state == "done"


async def test_no_journal_goes_while_the_server_is_away(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "a" * 24)
    journal.append(
        EventBody(uid="1-1", at=1.0, wall="2026-01-01T00:00:00Z", type="turn_ended")  # type: ignore[arg-type]
    )
    journal.close()

    def broken(_: httpx.Request) -> httpx.Response:
        return httpx.Response(502)

    link = HttpLink("http://viva.test", AGENT_TOKEN, transport=httpx.MockTransport(broken))
    with pytest.raises(ServerUnreachable):
        await sweep(link, tmp_path)
    await link.aclose()
    assert journal.path.exists()


async def test_a_session_that_is_there_keeps_its_journal(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    journal = Journal(world.settings.data_dir / "journal", id_)
    journal.append(EventBody.model_validate(world.event("1-900", "turn_ended", 900.0)))
    journal.close()
    assert await swept(world) == 0
    assert journal.path.exists()


async def test_a_large_database_is_written_anew_once_no_interview_goes_on(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    scrubbed = []

    async def counted(tables: list[str]) -> None:
        scrubbed.append(tables)

    async def large() -> int:
        return erasing.REWRITE_AT_ONCE + 1

    live, _ = await world.conducted(owner)
    id_ = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    monkeypatch.setattr(world.context.database, "scrub", counted)
    monkeypatch.setattr(world.context.database, "rewrite_bytes", large)
    assert (await owner.delete(f"/api/v1/sessions/{id_}")).status_code == 204
    runner = Runner(world.context, recurring=())
    for _ in range(3):
        world.clock.move(3600)
        assert (await world.beat(world.worker(), live, 1, 4000.0)).status_code == 200
        assert await runner.run_due() == 1
        assert scrubbed == []
    world.clock.move(3600)
    assert await runner.run_due() == 1
    assert len(scrubbed) == 1
