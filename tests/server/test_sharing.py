"""What would leave, and what leaves: the same, and nothing that tells who spoke."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from interview.events import EndRequested
from server.sharing import service
from server.sharing.schemas import TERMS
from tests.server.conftest import World
from tests.server.test_leaving import speaks
from viva.errors import CommandError
from viva.export_shared import run

URL = "/api/v1/me/sharing/preview"


async def spoken(world: World, client: httpx.AsyncClient, text: str, *, ended: bool = True) -> str:
    id_, conductor = await world.conducted(client)
    speaks(conductor, text, 1)
    if ended:
        conductor.happens(EndRequested(at=conductor.at + 1))
        while not conductor.ended:
            conductor.wake()
    await world.send(id_, conductor)
    return id_


async def opt_in(client: httpx.AsyncClient) -> None:
    body = {"values": {"share_anonymised": True}, "base": {}}
    assert (await client.patch("/api/v1/me/settings", json=body)).is_success


async def written(world: World) -> list[dict[str, Any]]:
    """The records that `viva export-shared` writes of this world's database."""
    lines = []
    users = await service.opted_in(world.context.database)
    key = service.key_of(world.settings)
    async for record in service.records_of(world.context.database, key, users):
        lines.append(record.model_dump(mode="json"))
    return lines


async def test_only_ended_sessions_with_words_would_leave(
    world: World, owner: httpx.AsyncClient
) -> None:
    assert (await owner.get(URL)).json() == {"records": [], "removed": {}}
    await owner.post("/api/v1/sessions", json={})
    await spoken(world, owner, "I would cache it.", ended=False)
    assert (await owner.get(URL)).json()["records"] == []
    await spoken(world, owner, "I would cache it.")
    assert len((await owner.get(URL)).json()["records"]) == 1


async def test_nothing_that_tells_who_spoke_is_in_it(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_ = await spoken(
        world,
        owner,
        "My name is Ada, ada@example.org, plus four four seven nine one one one two three four, "
        "and I worked at Zalando with 48213 sellers, see www.lovelace.dev.",
    )
    [record] = (await owner.get(URL)).json()["records"]
    raw = json.dumps(record)
    assert not re.search(rf"ada\b|lovelace|zalando|48213|example\.org|seven nine|{id_}", raw, re.I)
    [turn] = [t for t in record["turns"] if t["speaker"] == "candidate"]
    assert turn["text"].startswith("My name is <name>, <email>, <phone>, and I worked at")
    assert record["removed"]["email"] == record["removed"]["url"] == 1
    assert not re.search(r"20\d\d-\d\d-\d\d", raw)
    assert turn["start_s"] >= 0


async def test_the_interviewer_does_not_tell_it_either(
    world: World, owner: httpx.AsyncClient
) -> None:
    await spoken(world, owner, "Hello.")
    [record] = (await owner.get(URL)).json()["records"]
    greeting = record["turns"][0]
    assert greeting["speaker"] == "interviewer"
    assert "Ada" not in greeting["text"]
    assert "<name>" in greeting["text"]


async def test_what_leaves_is_what_was_shown_and_only_of_who_agreed(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await spoken(world, owner, "I would cache it, said Priya.")
    await spoken(world, owner, "And I'd look at the labels.")
    await spoken(world, other, "I keep this to myself.")
    assert await written(world) == []
    await opt_in(owner)
    shown = (await owner.get(URL)).json()
    assert await written(world) == shown["records"]
    assert shown["removed"]["name"] >= 1
    body = {"values": {"share_anonymised": False}, "base": {"share_anonymised": 1}}
    await owner.patch("/api/v1/me/settings", json=body)
    assert await written(world) == []


async def test_the_command_writes_a_header_and_the_records(
    world: World,
    owner: httpx.AsyncClient,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    await spoken(world, owner, "I would cache it, said Priya.")
    await opt_in(owner)
    token = world.settings.agent_token
    assert token is not None
    monkeypatch.setenv("VIVA_AGENT_TOKEN", token.get_secret_value())
    out = tmp_path / "shared.jsonl"
    arguments = argparse.Namespace(data_dir=world.settings.data_dir, out=out)
    assert await asyncio.to_thread(run, arguments) == 0
    header, *records = [json.loads(line) for line in out.read_text().splitlines()]
    assert header == {
        "kind": "header",
        "format": "viva-shared",
        "version": 1,
        "terms": TERMS,
        "records": 1,
    }
    assert records == (await owner.get(URL)).json()["records"]
    assert out.stat().st_mode & 0o777 == 0o600
    told = capsys.readouterr().err
    assert told.startswith("1 sessions; removed: ")
    assert "Priya" not in told


def test_the_command_names_what_it_cannot_use(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is no database"):
        run(argparse.Namespace(data_dir=tmp_path, out=None))


async def test_another_key_makes_other_ids(world: World, owner: httpx.AsyncClient) -> None:
    await spoken(world, owner, "Hello.")
    user_id = (await owner.get("/api/v1/me")).json()["id"]
    ids = []
    for key in (b"one", b"one", b"two"):
        database = world.context.database
        ids += [record.id async for record in service.records_of(database, key, [user_id])]
    assert ids[0] == ids[1] != ids[2]
