"""Addresses that hold secrets: none gets into the log of a server."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx

from server.secret_paths import hidden
from tests.server.conftest import World
from tests.server.reviewing import SAID, over
from tests.server.test_shares import shared

BOTH_DATABASES = True


def test_secrets_are_left_out_of_addresses() -> None:
    for line, expected in (
        ("/shared/s3cret?t=3", "/shared/...?t=3"),
        ("/api/v1/shared/s3cret/recording/peaks", "/api/v1/shared/.../recording/peaks"),
        ("/reset/s3cret", "/reset/..."),
        (
            "/api/v1/auth/oidc/start?next=%2Fshared%2Fs3cret",
            "/api/v1/auth/oidc/start?next=%2Fshared%2F...",
        ),
        ("/api/v1/unsubscribe/s3cret", "/api/v1/unsubscribe/..."),
        ("/api/v1/auth/oidc/callback?code=s3cret&state=x", "/api/v1/auth/oidc/callback?..."),
        ("/sessions/abc/report", "/sessions/abc/report"),
        ("/api/v1/shares/abc", "/api/v1/shares/abc"),
    ):
        assert hidden(line) == expected


async def _answers(url: str, process: asyncio.subprocess.Process) -> httpx.AsyncClient:
    """A client of the server at `url`, once that answers."""
    client = httpx.AsyncClient(base_url=url)
    async with asyncio.timeout(60):
        while True:
            assert process.returncode is None
            try:
                await client.get("/healthz")
                return client
            except httpx.TransportError:
                await asyncio.sleep(0.05)


async def test_a_real_server_writes_no_secret_into_its_log(world: World, tmp_path: Path) -> None:
    world.clock.now = datetime.now(UTC)
    owner = await world.user("ada@example.org")
    id_ = await over(world, owner)
    made = await shared(owner, id_)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ours = ("VIVA_", "LIVEKIT_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)} | {
        "VIVA_DATA_DIR": str(world.settings.data_dir),
        "VIVA_DATABASE_URL": world.settings.resolved_database_url,
    }
    log = tmp_path / "log"
    with log.open("wb") as out:
        server = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "uvicorn", "--factory", "server.app:create_app"),
            *("--port", str(port), "--log-level", "debug", "--app-dir", str(Path.cwd())),
            cwd=tmp_path,
            env=environment,
            stdout=out,
            stderr=out,
        )
        try:
            client = await _answers(f"http://127.0.0.1:{port}", server)
            secret, statuses = made["secret"], []
            for path in (
                secret,
                f"{secret}/transcript",
                f"{secret}/comments?x={SAID}",
                "wrong0000",
            ):
                statuses.append((await client.get(f"/api/v1/shared/{path}")).status_code)
            await client.get(f"/shared/{secret}?t=3")
            await client.aclose()
        finally:
            server.terminate()
            await server.wait()
    written = log.read_text("utf-8", "replace")
    assert statuses == [200, 200, 200, 404]
    assert "/api/v1/shared/.../transcript" in written
    assert "/shared/...?t=3" in written
    assert secret not in written
    assert "wrong0000" not in written
