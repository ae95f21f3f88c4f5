"""A server on a real SQLite file, a clock that tests move, and the fake SFU."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import make_url

from interview.events import CandidateJoined, InterviewerJoined
from interview.wire import SessionForAgent
from server import db
from server.accounts.passwords import Passwords
from server.app import create_app
from server.context import Context
from server.jobs.runner import Runner
from server.settings import Settings
from tests import shipped
from tests.fakes.livekit_api import KEY, SECRET, FakeLiveKit
from tests.postgres import Postgres, running
from tests.server.conducting import Conductor
from tests.smtp_sink import SmtpSink
from tests.smtp_sink import running as smtp_running

AGENT_TOKEN = "the-worker-and-the-server-share-this"
PASSWORD = "correct horse battery"
# Cheap enough for a test; the real parameters are the library's.
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class MovableClock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class World:
    """A running server, and ways to reach it."""

    app: FastAPI
    clock: MovableClock
    livekit: FakeLiveKit
    settings: Settings
    opened: list[httpx.AsyncClient] = field(default_factory=list)

    @property
    def context(self) -> Context:
        context: Context = self.app.state.context
        return context

    def browser(self, scheme: str = "http", **headers: str) -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app, raise_app_exceptions=False),
            base_url=f"{scheme}://viva.test",
            headers=headers,
        )
        self.opened.append(client)
        return client

    async def user(self, email: str) -> httpx.AsyncClient:
        client = self.browser()
        body = {"email": email, "password": PASSWORD, "name": "Ada Lovelace"}
        answer = await client.post("/api/v1/auth/register", json=body)
        assert answer.status_code == 201, answer.text
        return client

    def worker(self) -> httpx.AsyncClient:
        return self.browser(Authorization=f"Bearer {AGENT_TOKEN}")

    def event(self, uid: str, type_: str, at: float, **data: Any) -> dict[str, Any]:
        wall = self.clock.now.isoformat()
        return {"uid": uid, "type": type_, "at": at, "wall": wall, "data": data}

    async def append(
        self, worker: httpx.AsyncClient, id_: str, epoch: int, *events: dict[str, Any]
    ) -> httpx.Response:
        body = {"epoch": epoch, "events": list(events)}
        return await worker.post(f"/internal/v1/sessions/{id_}/events", json=body)

    async def do_jobs(self) -> int:
        """Do all jobs that are due, as the server does; how many were begun."""
        return await Runner(self.context).run_due()

    async def take(self, id_: str, epoch: int) -> SessionForAgent:
        answer = await self.worker().get(f"/internal/v1/sessions/{id_}?epoch={epoch}")
        assert answer.status_code == 200, answer.text
        return SessionForAgent.model_validate(answer.json())

    async def send(self, id_: str, conductor: Conductor) -> None:
        """Store what the conductor has written, and show a sign of its life."""
        worker, bodies = self.worker(), conductor.take_unsent()
        for first in range(0, len(bodies), 100):
            answer = await self.append(worker, id_, conductor.epoch, *bodies[first : first + 100])
            assert answer.status_code == 200, answer.text
        assert (await self.beat(worker, id_, conductor.epoch, conductor.at)).status_code == 200

    async def conducted(self, owner: httpx.AsyncClient, **body: Any) -> tuple[str, Conductor]:
        """A session whose first interviewer has greeted the candidate, and that interviewer."""
        id_ = (await owner.post("/api/v1/sessions", json=body)).json()["id"]
        answer = await owner.post(f"/api/v1/sessions/{id_}/connection")
        assert answer.status_code == 200, answer.text
        conductor = Conductor(await self.take(id_, 1), self.clock.now.isoformat())
        conductor.happens(InterviewerJoined(at=0.0, epoch=1))
        conductor.happens(CandidateJoined(at=0.5))
        await self.send(id_, conductor)
        self.livekit.rooms[f"viva-{id_}-1"] = [f"candidate-{id_}", "agent-1"]
        return id_, conductor

    async def joined(self, owner: httpx.AsyncClient, **body: Any) -> str:
        id_, _ = await self.conducted(owner, **body)
        return id_

    async def beat(
        self, worker: httpx.AsyncClient, id_: str, epoch: int, at: float
    ) -> httpx.Response:
        body = {"epoch": epoch, "at": at}
        return await worker.post(f"/internal/v1/sessions/{id_}/heartbeat", json=body)


@pytest.fixture(autouse=True)
def scenarios_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second for each server that a test starts."""
    monkeypatch.setattr("server.app.load_scenarios", shipped.load)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that has all tables, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "viva.db"
    db.upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(autouse=True)
def migrated_once(monkeypatch: pytest.MonkeyPatch, migrated_file: Path) -> None:
    """A fifth of a second for each server that a test starts with a new SQLite file."""
    migrate = db.upgrade

    def upgrade(url: str, revision: str = "head") -> None:
        path = Path(make_url(url).database or "")
        new = url.startswith("sqlite") and revision == "head" and not path.exists()
        if new and path.parent.is_dir():
            shutil.copyfile(migrated_file, path)
        else:
            migrate(url, revision)

    monkeypatch.setattr(db, "upgrade", upgrade)


@pytest.fixture
async def livekit() -> AsyncIterator[FakeLiveKit]:
    fake = FakeLiveKit()
    await fake.start()
    yield fake
    await fake.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module that sets `BOTH_DATABASES` runs its tests on SQLite and on PostgreSQL."""
    if "database_url" in metafunc.fixturenames and getattr(metafunc.module, "BOTH_DATABASES", 0):
        marked = pytest.param("postgres", marks=pytest.mark.postgres)
        metafunc.parametrize("database_url", ["sqlite", marked], indirect=True)


@pytest.fixture(scope="session")
def migrated() -> Iterator[Postgres]:
    """A PostgreSQL server whose database `migrated` has all tables, to be copied."""
    with running() as server:
        server.admin("CREATE DATABASE migrated")
        db.upgrade(server.url("migrated"))
        yield server


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """None: SQLite in the data directory."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
        return
    server: Postgres = request.getfixturevalue("migrated")
    name = server.database("migrated")
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def settings(tmp_path: Path, livekit: FakeLiveKit, database_url: str | None) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=tmp_path / "var",
        database_url=database_url,
        agent_token=SecretStr(AGENT_TOKEN),
        web_dir=tmp_path / "dist",
        livekit_url=livekit.url,
        livekit_api_key=KEY,
        livekit_api_secret=SecretStr(SECRET),
        livekit_public_url=None,
    )


@pytest.fixture
def reconciles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the caretaker, and what does the jobs, from running by themselves: tests call them, at
    the times they choose."""

    async def never(_: Context) -> None:
        return None

    monkeypatch.setattr("server.sessions.reconcile.run", never)
    monkeypatch.setattr("server.jobs.runner.run", never)


@asynccontextmanager
async def running_world(settings: Settings, livekit: FakeLiveKit) -> AsyncIterator[World]:
    """A server of its own, with a clock of its own."""
    clock = MovableClock()
    app = create_app(settings, clock, Passwords(HASHER))
    async with app.router.lifespan_context(app):
        made = World(app, clock, livekit, settings)
        yield made
        for client in made.opened:
            await client.aclose()


@pytest.fixture
async def world(settings: Settings, livekit: FakeLiveKit, reconciles: None) -> AsyncIterator[World]:
    async with running_world(settings, livekit) as made:
        yield made


@pytest.fixture
async def smtp() -> AsyncIterator[SmtpSink]:
    async with smtp_running() as sink:
        yield sink


@pytest.fixture
async def mailed(
    settings: Settings, livekit: FakeLiveKit, reconciles: None, smtp: SmtpSink
) -> AsyncIterator[World]:
    """A world of its own that hands its mail in at `smtp`, as soon as `do_jobs` is called."""
    update = {
        "smtp_url": SecretStr(smtp.url),
        "mail_from": "Viva <viva@viva.test>",
        "public_url": "http://viva.test",
    }
    async with running_world(settings.model_copy(update=update), livekit) as made:
        yield made


@pytest.fixture
async def owner(world: World) -> httpx.AsyncClient:
    return await world.user("ada@example.org")


@pytest.fixture
async def other(world: World) -> httpx.AsyncClient:
    return await world.user("bob@example.org")


@pytest.fixture
def worker(world: World) -> httpx.AsyncClient:
    return world.worker()


@pytest.fixture
async def session_id(owner: httpx.AsyncClient) -> str:
    answer = await owner.post("/api/v1/sessions", json={})
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_
