"""A disk that is full: what was said is kept, and a new start is refused with a clear word."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from interview.events import UtteranceFinal
from server.accounts.passwords import Passwords
from server.app import create_app
from server.settings import Settings
from tests.disks import fill, small_disk
from tests.fakes.livekit_api import FakeLiveKit
from tests.server.conftest import HASHER, MovableClock, World


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 2048) as where:
        yield where


@pytest.fixture
async def cramped(
    disk: Path, settings: Settings, livekit: FakeLiveKit, reconciles: None
) -> AsyncIterator[World]:
    """A server whose data lie on the small disk."""
    there = settings.model_copy(update={"data_dir": disk / "var", "least_free_mb": 0})
    clock = MovableClock()
    app = create_app(there, clock, Passwords(HASHER))
    async with app.router.lifespan_context(app):
        world = World(app, clock, livekit, there)
        yield world
        for client in world.opened:
            await client.aclose()


def _said(world: World, number: int) -> dict[str, Any]:
    return world.event(
        f"1-{100 + number}",
        "utterance_final",
        10.0 + number,
        utterance_id=f"u{number}",
        text=f"This is sentence {number} " + "and more of it " * 40,
        start_ms=0,
        end_ms=10,
    )


async def test_what_was_said_survives_and_more_is_refused_until_there_is_room(
    cramped: World, disk: Path
) -> None:
    owner, worker = await cramped.user("ada@example.org"), cramped.worker()
    id_, conductor = await cramped.conducted(owner)
    conductor.happens(UtteranceFinal(at=5.0, utterance_id="u0", text="kept", start_ms=0, end_ms=9))
    await cramped.send(id_, conductor)
    filler = fill(disk)
    stored = 0
    answer = None
    for number in range(2000):
        answer = await cramped.append(worker, id_, 1, _said(cramped, number))
        if answer.status_code != 200:
            break
        stored += 1
    assert answer is not None
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
    assert "Free some space" in answer.json()["detail"]
    refused = await owner.post("/api/v1/sessions", json={})
    assert (refused.status_code, refused.json()["code"]) == (507, "disk_full")
    transcript = (await owner.get(f"/api/v1/sessions/{id_}/transcript")).json()
    assert "kept" in str(transcript["turns"])
    filler.unlink()
    for number in range(stored, stored + 3):
        answer = await cramped.append(worker, id_, 1, _said(cramped, number))
        assert answer.status_code == 200, answer.text
    events = (await owner.get(f"/api/v1/sessions/{id_}/events?limit=500")).json()["items"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


async def test_a_start_is_refused_before_the_disk_is_full(
    world: World, owner: httpx.AsyncClient, session_id: str
) -> None:
    begun, _ = await world.conducted(owner)
    short = world.settings.model_copy(update={"least_free_mb": 10**9})
    object.__setattr__(world.context, "settings", short)
    for path in ("", f"/{session_id}/connection"):
        answer = await owner.post(f"/api/v1/sessions{path}", json={})
        assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
        assert "1000000000 MB are needed" in answer.json()["detail"]
    # What has begun goes on: it needs little more.
    assert (await owner.post(f"/api/v1/sessions/{begun}/connection")).status_code == 200
