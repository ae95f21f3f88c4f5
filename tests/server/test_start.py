"""Settings, migrations, health and the page."""

from __future__ import annotations

import asyncio
import importlib.util
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from server import db
from server.accounts.passwords import Passwords
from server.app import create_app
from server.settings import Settings, SettingsError, load_settings
from tests.server.conftest import HASHER, MovableClock, World


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("VIVA_PORT", "eighty", "integer"),
        ("VIVA_PORT", "0", "greater than or equal to 1"),
        ("VIVA_DATABASE_URL", "mysql://x", "sqlite+aiosqlite"),
        ("VIVA_DATABASE_URL", "nonsense", "sqlite+aiosqlite"),
        ("VIVA_AGENT_TOKEN", "s3cret", "16"),
        ("LIVEKIT_URL", "localhost:7880", "ws://"),
        ("VIVA_LIVEKIT_PUBLIC_URL", "ftp://x", "ws://"),
        ("VIVA_RESUME_HOURS", "-1", "greater than 0"),
        ("VIVA_SECRET_KEY", "s3cret", "32"),
        ("VIVA_OIDC_ISSUER", "http://id.example.org", "https://"),
        ("VIVA_OIDC_ISSUER", "https://id.example.org/?tenant=1", "without query"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{name}: expected ")
    assert expected in str(caught.value)
    assert "s3cret" not in str(caught.value)
    with pytest.raises(SystemExit, match=name):
        create_app()


@pytest.mark.parametrize("missing", ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"])
def test_half_a_sign_in_stops_the_start(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    known = {
        "ISSUER": "https://id.example.org/",
        "CLIENT_ID": "viva",
        "CLIENT_SECRET": "s3cret",
    }
    for name, value in known.items():
        monkeypatch.setenv(f"VIVA_OIDC_{name}", value)
    assert load_settings().oidc_issuer == "https://id.example.org/"
    monkeypatch.delenv(f"VIVA_OIDC_{missing}")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).endswith(f"or none of them; without VIVA_OIDC_{missing}")
    assert "s3cret" not in str(caught.value)


def test_a_database_without_its_driver_is_named(settings: Settings) -> None:
    url = "postgresql+asyncpg://viva@127.0.0.1/viva"
    if importlib.util.find_spec("asyncpg") is None:
        with pytest.raises(SystemExit, match=r"VIVA_DATABASE_URL.*asyncpg"):
            create_app(settings.model_copy(update={"database_url": url}))
    else:
        create_app(settings.model_copy(update={"database_url": url}))


def test_the_server_needs_nothing_of_the_worker() -> None:
    program = (
        "import sys, server.app\n"
        "names = {n for n in sys.modules if n.split('.')[0] in {'agent', 'viva'}}\n"
        "names |= {n for n in sys.modules if n.startswith(('livekit.agents', 'livekit.rtc'))}\n"
        "print(sorted(names))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (found.stdout, found.returncode) == ("[]\n", 0)


def test_an_empty_setting_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVA_DATABASE_URL", "")
    monkeypatch.setenv("VIVA_AGENT_TOKEN", "")
    settings = load_settings()
    assert settings.agent_token is None
    assert settings.resolved_database_url.startswith("sqlite+aiosqlite:///")


def test_secrets_do_not_show(settings: Settings) -> None:
    shown = repr(settings) + str(settings.model_dump())
    assert settings.agent_token is not None
    for secret in (settings.agent_token, settings.livekit_api_secret):
        assert secret.get_secret_value() not in shown


def test_a_broken_scenario_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: [")
    with pytest.raises(SystemExit, match=r"broken\.yaml"):
        create_app(settings.model_copy(update={"scenarios_dir": tmp_path}))


async def test_migrating_keeps_what_is_there(world: World, owner: httpx.AsyncClient) -> None:
    await world.joined(owner)
    path = world.settings.data_dir / "viva.db"
    with sqlite3.connect(path) as connection:
        before = connection.execute("SELECT * FROM events ORDER BY seq").fetchall()
        assert before
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    await asyncio.to_thread(db.upgrade, world.settings.resolved_database_url)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM events ORDER BY seq").fetchall() == before


async def test_each_step_down_and_up_keeps_the_log(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await world.joined(owner)
    before = (await owner.get(f"/api/v1/sessions/{id_}")).json()
    events = (await owner.get(f"/api/v1/sessions/{id_}/events")).json()
    assert events["items"]
    url = world.settings.resolved_database_url
    await world.context.database.close()
    await asyncio.to_thread(db.downgrade, url, "0001")
    await asyncio.to_thread(db.upgrade, url)
    world.context.folds.drop(id_)
    assert (await owner.get(f"/api/v1/sessions/{id_}")).json() == before
    assert (await owner.get(f"/api/v1/sessions/{id_}/events")).json() == events


async def test_what_was_stored_is_there_after_a_restart(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    before = (await owner.get(f"/api/v1/sessions/{id_}")).json()
    again = create_app(world.settings, world.clock, Passwords(HASHER))
    async with (
        again.router.lifespan_context(again),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=again),
            base_url="http://viva.test",
            cookies=owner.cookies,
        ) as client,
    ):
        assert (await client.get(f"/api/v1/sessions/{id_}")).json() == before


async def test_health_tells_what_is_missing(world: World) -> None:
    client = world.browser()
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    assert (await client.get("/readyz")).status_code == 200
    world.livekit.broken = True
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "unready")
    assert answer.json()["database"] == "ok"
    assert "audio server" in answer.json()["livekit"]


async def test_a_page_that_is_not_built_says_so(world: World) -> None:
    answer = await world.browser().get("/")
    assert answer.status_code == 503
    assert "not built" in answer.text


async def test_the_page_is_served_for_its_own_routes(settings: Settings) -> None:
    (settings.web_dir / "assets").mkdir(parents=True)
    (settings.web_dir / "index.html").write_text("<!doctype html><title>Viva</title>")
    (settings.web_dir / "assets" / "app-1a2b.js").write_text("export {}")
    app = create_app(settings, MovableClock(), Passwords(HASHER))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://viva.test") as client:
        for path in ("/", "/sessions/abc", "/start"):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
            assert "<title>Viva</title>" in answer.text
            assert "connect-src 'self' ws://" in answer.headers["content-security-policy"]
        answer = await client.get("/assets/app-1a2b.js")
        assert "immutable" in answer.headers["cache-control"]
        assert "javascript" in answer.headers["content-type"]
        for path in ("/assets/gone.js", "/api/v1/gone", "/api", "/%00", "/../conftest.py"):
            answer = await client.get(path)
            assert answer.status_code == 404, path
            assert "immutable" not in answer.headers.get("cache-control", "")


async def test_a_database_error_does_not_carry_what_was_to_be_stored(world: World) -> None:
    with pytest.raises(SQLAlchemyError) as caught:
        async with world.context.database.write() as session:
            await session.execute(text("INSERT INTO users (id) VALUES (:id)"), {"id": "a secret"})
    assert "a secret" not in str(caught.value)


async def test_nobody_else_on_the_machine_can_read_the_database(world: World) -> None:
    await world.context.database.check()
    files = list(world.settings.data_dir.glob("viva.db*"))
    assert files
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
