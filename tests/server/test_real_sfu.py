"""The same calls against a real livekit-server: the fake is only as good as it agrees with it."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from pydantic import SecretStr

from server.accounts.passwords import Passwords
from server.app import create_app
from server.rooms import RoomsUnavailable
from server.settings import Settings
from tests.fakes.livekit_api import KEY, SECRET, FakeLiveKit
from tests.server.conftest import AGENT_TOKEN, HASHER, MovableClock, World

pytestmark = pytest.mark.slow

_BUILT = Path(__file__).parents[2] / ".cache" / "bin" / "livekit-server"
_START_SECONDS = 30.0


def _binary() -> str:
    for candidate in (os.environ.get("VIVA_LIVEKIT_SERVER"), str(_BUILT)):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    found = shutil.which("livekit-server")
    if found is None:
        pytest.fail("there is no livekit-server: run `make setup`, or set VIVA_LIVEKIT_SERVER")
    return found


def _free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def sfu(tmp_path: Path) -> Iterator[str]:
    """A livekit-server of this test's own on loopback; its address."""
    port = _free_port(socket.SOCK_STREAM)
    config = tmp_path / "livekit.yaml"
    config.write_text(
        f"port: {port}\n"
        "bind_addresses: [127.0.0.1]\n"
        f"rtc: {{udp_port: {_free_port(socket.SOCK_DGRAM)}, tcp_port: 0, node_ip: 127.0.0.1}}\n"
        "room: {auto_create: false}\n"
        f"keys: {{{KEY}: {SECRET}}}\n"
    )
    with (tmp_path / "livekit.log").open("wb") as log:
        process = subprocess.Popen([_binary(), "--config", str(config)], stdout=log, stderr=log)
        yield f"ws://127.0.0.1:{port}"
        process.terminate()
        process.wait(10)


@pytest.fixture
async def real(tmp_path: Path, sfu: str, reconciles: None) -> AsyncIterator[World]:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path / "var",
        agent_token=SecretStr(AGENT_TOKEN),
        web_dir=tmp_path / "dist",
        livekit_url=sfu,
        livekit_api_key=KEY,
        livekit_api_secret=SecretStr(SECRET),
    )
    app = create_app(settings, MovableClock(), Passwords(HASHER))
    async with app.router.lifespan_context(app):
        world = World(app, MovableClock(), FakeLiveKit(), settings)
        client = world.browser()
        async with asyncio.timeout(_START_SECONDS):
            while (await client.get("/readyz")).status_code != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.1)  # a real process is awaited
        yield world
        for opened in world.opened:
            await opened.aclose()


async def _allowed_in(sfu: str, token: str) -> int:
    """What the SFU answers to a token at its door."""
    url = sfu.replace("ws:", "http:") + "/rtc/validate"
    async with httpx.AsyncClient() as client:
        return (await client.get(url, params={"access_token": token})).status_code


async def test_a_session_from_joining_to_deleting(real: World, sfu: str) -> None:
    owner = await real.user("ada@example.org")
    id_ = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    answer = await owner.post(f"/api/v1/sessions/{id_}/connection")
    assert answer.status_code == 200, answer.text
    token = answer.json()["participant_token"]
    room = jwt.decode(token, SECRET, algorithms=["HS256"])["video"]["room"]
    rooms = real.context.rooms
    assert await _allowed_in(sfu, token) == 200
    assert await rooms.exists(room)
    present = await rooms.present(room)
    assert present is not None
    assert (present.candidates, present.interviewers) == ((), ())
    assert await rooms.present(f"{room}-that-never-was") is None
    await rooms.send(room, "viva.notice", "{}")
    await rooms.dispatch(room, id_, 2)
    assert (await owner.delete(f"/api/v1/sessions/{id_}")).status_code == 204
    assert not await rooms.exists(room)
    assert await _allowed_in(sfu, token) == 404
    await rooms.remove(room)
    with pytest.raises(RoomsUnavailable):
        await rooms.dispatch(room, id_, 3)


async def _connected(owner: httpx.AsyncClient, id_: str) -> tuple[str, str]:
    """A token, and the room that it opens."""
    answer = await owner.post(f"/api/v1/sessions/{id_}/connection")
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["participant_token"]
    return token, jwt.decode(token, SECRET, algorithms=["HS256"])["video"]["room"]


def _changed(token: str, secret: str = SECRET, **claims: Any) -> str:
    """The same token with other claims, signed with `secret`."""
    said = jwt.decode(token, SECRET, algorithms=["HS256"])
    return jwt.encode({**said, **claims}, secret, algorithm="HS256")


async def test_a_token_opens_its_room_for_a_minute_and_nothing_else(real: World, sfu: str) -> None:
    owner = await real.user("ada@example.org")
    id_ = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    token, room = await _connected(owner, id_)
    claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    assert 0 < claims["exp"] - time.time() <= 60
    assert await _allowed_in(sfu, token) == 200
    past = int(time.time()) - 90
    assert await _allowed_in(sfu, _changed(token, exp=past, nbf=past - 60)) == 401
    assert await _allowed_in(sfu, _changed(token, secret="x" * 40)) == 401
    other = {**claims["video"], "room": f"{room}-of-somebody-else"}
    assert await _allowed_in(sfu, _changed(token, video=other)) == 404


async def test_a_token_that_is_used_again_opens_no_room_that_was_left(
    real: World, sfu: str
) -> None:
    """Neither the room that another one took the place of, nor that of a session that is over."""
    owner = await real.user("ada@example.org")
    id_ = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    old, old_room = await _connected(owner, id_)
    assert await _allowed_in(sfu, old) == 200
    # No interviewer came: whoever asks again is given a fresh room.
    steady = real.context.steady
    object.__setattr__(real.context, "steady", lambda: steady() + timedelta(minutes=5))
    new, new_room = await _connected(owner, id_)
    assert new_room != old_room
    assert await _allowed_in(sfu, new) == 200
    assert await _allowed_in(sfu, old) == 404
    ended = await owner.post(f"/api/v1/sessions/{id_}/control", json={"action": "end"})
    assert ended.status_code == 202
    assert await _allowed_in(sfu, new) == 404
    assert await _allowed_in(sfu, old) == 404
