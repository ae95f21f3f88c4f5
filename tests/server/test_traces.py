"""What was deleted is found in no file any more: database, write-ahead log, journals."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import httpx

from tests.server.conftest import PASSWORD, World
from tests.server.test_leaving import PLANTED, SAID, THOUGHT, TOLD, planted, swept

CANARY = "zqcanary"


def found_in(directory: Path, word: str) -> list[str]:
    """The files below `directory` that hold `word`, whatever else they are."""
    raw = word.lower().encode()
    return sorted(
        str(path.relative_to(directory))
        for path in directory.rglob("*")
        if path.is_file() and raw in path.read_bytes().lower()
    )


async def test_whoever_leaves_is_found_nowhere(world: World) -> None:
    leaver, _ = await planted(world)
    directory = world.settings.data_dir
    assert [word for word in PLANTED if not found_in(directory, word)] == []
    assert await swept(world) == 0
    answer = await leaver.request("DELETE", "/api/v1/me", json={"password": PASSWORD})
    assert answer.status_code == 204, answer.text
    assert await swept(world) == 1
    assert {word: found_in(directory, word) for word in PLANTED} == {w: [] for w in PLANTED}
    assert found_in(directory, "something harmless") == ["viva.db"]


async def test_a_deleted_session_is_found_nowhere(world: World) -> None:
    leaver, id_ = await planted(world)
    directory = world.settings.data_dir
    for session in (await leaver.get("/api/v1/sessions")).json()["items"]:
        answer = await leaver.delete(f"/api/v1/sessions/{session['id']}")
        assert answer.status_code == 204
    assert await swept(world) == 1
    gone = (SAID, THOUGHT, TOLD)
    assert {word: found_in(directory, word) for word in gone} == {word: [] for word in gone}
    assert "viva.db" in found_in(directory, "zqcanarymail")
    assert (await leaver.get(f"/api/v1/sessions/{id_}")).status_code == 404


async def test_what_an_older_version_left_in_the_file_goes_as_well(
    world: World, owner: httpx.AsyncClient
) -> None:
    path = world.settings.data_dir / "viva.db"
    with sqlite3.connect(path) as careless:
        careless.execute("PRAGMA secure_delete=OFF")
        careless.execute("CREATE TABLE scratch (text TEXT)")
        careless.executemany("INSERT INTO scratch VALUES (?)", [(CANARY * 9,)] * 20_000)
        careless.commit()
        careless.execute("DROP TABLE scratch")
        careless.commit()
    careless.close()
    assert found_in(world.settings.data_dir, CANARY)
    id_ = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    await owner.delete(f"/api/v1/sessions/{id_}")
    assert found_in(world.settings.data_dir, CANARY) == []
