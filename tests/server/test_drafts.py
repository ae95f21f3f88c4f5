"""Notes and reflections: written from several devices, lost by none in silence."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.server.conftest import World

BOTH_DATABASES = True


def at(id_: str, field: str = "") -> str:
    return f"/api/v1/sessions/{id_}/drafts" + (f"/{field}" if field else "")


async def put(
    client: httpx.AsyncClient, id_: str, text: str, base: int, field: str = "notes"
) -> dict[str, Any]:
    answer = await client.put(at(id_, field), json={"text": text, "base": base})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_what_was_never_written_is_null(owner: httpx.AsyncClient, session_id: str) -> None:
    answer = await owner.get(at(session_id))
    assert answer.json() == {"notes": None, "reflection": None}


async def test_each_field_is_written_by_itself(
    world: World, owner: httpx.AsyncClient, session_id: str
) -> None:
    first = await put(owner, session_id, "Asked too little.", 0)
    assert first == {
        "text": "Asked too little.",
        "version": 1,
        "changed_at": "2026-03-01T12:00:00Z",
        "replaced": None,
    }
    world.clock.move(5)
    second = await put(owner, session_id, "Asked too little of the data.", 1)
    assert (second["version"], second["replaced"]) == (2, None)
    await put(owner, session_id, "Calm in the end.", 0, "reflection")
    drafts = (await owner.get(at(session_id))).json()
    assert drafts["notes"] == second
    assert drafts["reflection"]["text"] == "Calm in the end."


async def test_the_last_writer_wins_and_is_given_what_it_had_not_seen(
    owner: httpx.AsyncClient, session_id: str
) -> None:
    await put(owner, session_id, "from the laptop", 0)
    phone = await put(owner, session_id, "from the phone", 0)
    assert (phone["text"], phone["replaced"]) == ("from the phone", "from the laptop")
    assert (await owner.get(at(session_id))).json()["notes"] == phone
    merged = await put(owner, session_id, "from the laptop, from the phone", phone["version"])
    assert (merged["version"], merged["replaced"]) == (3, None)


async def test_a_write_that_is_sent_again_changes_nothing(
    owner: httpx.AsyncClient, session_id: str
) -> None:
    first = await put(owner, session_id, "once", 0)
    assert await put(owner, session_id, "once", 0) == first


async def test_of_writers_at_once_each_but_the_first_is_told_whom_it_replaced(
    owner: httpx.AsyncClient, session_id: str
) -> None:
    texts = [f"writer {number}" for number in range(6)]
    written = await asyncio.gather(*(put(owner, session_id, text, 0) for text in texts))
    order = sorted(written, key=lambda draft: draft["version"])
    assert [draft["version"] for draft in order] == [1, 2, 3, 4, 5, 6]
    assert [draft["replaced"] for draft in order] == [None, *(d["text"] for d in order[:-1])]
    assert (await owner.get(at(session_id))).json()["notes"] == order[-1]


@pytest.mark.parametrize(
    ("field", "body", "status"),
    [
        ("diary", {"text": "x", "base": 0}, 422),
        ("notes", {"text": "x" * 20_001, "base": 0}, 422),
        ("notes", {"text": "a\0b", "base": 0}, 422),
        ("notes", {"text": "x", "base": -1}, 422),
        ("notes", {"base": 0}, 422),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    owner: httpx.AsyncClient, session_id: str, field: str, body: dict[str, Any], status: int
) -> None:
    await put(owner, session_id, "kept", 0)
    answer = await owner.put(at(session_id, field), json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, "invalid_request")
    assert (await owner.get(at(session_id))).json()["notes"]["text"] == "kept"


async def test_they_go_with_the_session(owner: httpx.AsyncClient, session_id: str) -> None:
    await put(owner, session_id, "mine", 0)
    assert (await owner.delete(f"/api/v1/sessions/{session_id}")).status_code == 204
    for answer in (
        await owner.get(at(session_id)),
        await owner.put(at(session_id, "notes"), json={"text": "x", "base": 0}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "session_not_found")


async def test_nobody_else_reads_or_writes_them(
    owner: httpx.AsyncClient, other: httpx.AsyncClient, session_id: str
) -> None:
    await put(owner, session_id, "mine", 0)
    assert (await other.get(at(session_id))).status_code == 404
    answer = await other.put(at(session_id, "notes"), json={"text": "x", "base": 0})
    assert answer.status_code == 404
    assert (await owner.get(at(session_id))).json()["notes"]["text"] == "mine"
