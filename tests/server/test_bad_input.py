"""Whatever comes in, the answer is a problem document that says what to change; never a 500."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.server.conftest import PASSWORD, World

BOTH_DATABASES = True

JSON = {"Content-Type": "application/json"}
HUGE = "9" * 5000
STRANGE: list[tuple[str, bytes]] = [
    ("empty", b""),
    ("not json", b"{"),
    ("no object", b"[]"),
    ("null", b"null"),
    ("not utf-8", b'{"name": "\xff\xfe"}'),
    ("deep", b"[" * 60_000 + b"]" * 60_000),
    ("duplicate keys", b'{"email": 1, "email": 2}'),
    ("strange key", b'{"\\ud800": 1}'),
    ("long key", b'{"' + b"k" * 10_000 + b'": 1}'),
]
VALUES = [
    '"\\u0000"',
    '"\\ud800"',
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    HUGE,
    "-" + HUGE,
    "1" + "0" * 400,
    "null",
    "[]",
    "{}",
    "true",
    json.dumps("x" * 100_000),
    "[NaN, 1, 1, 1, 1]",
    f"[{'1' + '0' * 400}, 1, 1, 1, 1]",
    "[5, 5, 5, 5, 1e999]",
    f"[{','.join(['1'] * 10_000)}]",
    '["\\ud800", 1, 1, 1, 1]',
]
FIELDS = {
    "/auth/register": {"email": '"new@example.org"', "password": f'"{PASSWORD}"', "name": '"N"'},
    "/auth/login": {"email": '"ada@example.org"', "password": f'"{PASSWORD}"'},
    "/auth/forgotten": {"email": '"ada@example.org"'},
    "/auth/reset": {"token": '"wrong"', "password": f'"{PASSWORD}"'},
    "/auth/confirm": {"token": '"wrong"'},
    "/me/password": {"current": f'"{PASSWORD}"', "new": f'"{PASSWORD}"'},
    "/me/email": {"email": '"ada@example.org"', "password": f'"{PASSWORD}"'},
    "/me/tokens": {"name": '"script"', "days": "1"},
    "/sessions": {
        "scenario_id": "null",
        "difficulty": "null",
        "tone": '"warm"',
        "segment_seconds": "null",
        "buffer_seconds": "0",
        "audio_only": "false",
    },
    "/sessions/ID/control": {"action": '"extend"', "seconds": "1"},
}


def _is_problem(answer: httpx.Response) -> bool:
    if answer.status_code < 400:
        return True
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["status"] == answer.status_code
    assert body["code"]
    assert body["detail"]
    assert len(answer.content) < 10_000
    return answer.status_code < 500


@pytest.mark.parametrize("path", sorted(FIELDS))
async def test_bodies_that_are_no_bodies(
    owner: httpx.AsyncClient, session_id: str, path: str
) -> None:
    for name, content in STRANGE:
        url = "/api/v1" + path.replace("ID", session_id)
        answer = await owner.post(url, content=content, headers=JSON)
        assert _is_problem(answer), (name, answer.text)
        assert 400 <= answer.status_code < 500, name


@pytest.mark.parametrize(
    ("path", "field"), [(path, field) for path in sorted(FIELDS) for field in FIELDS[path]]
)
async def test_values_that_no_field_expects(
    owner: httpx.AsyncClient, session_id: str, path: str, field: str
) -> None:
    url = "/api/v1" + path.replace("ID", session_id)
    for value in VALUES:
        fields = {**FIELDS[path], field: value}
        content = "{" + ", ".join(f'"{name}": {text}' for name, text in fields.items()) + "}"
        answer = await owner.post(url, content=content.encode(), headers=JSON)
        assert _is_problem(answer), (value[:50], answer.text[:500])


@pytest.mark.parametrize("field", ["epoch", "uid", "at", "wall", "type", "data", "events"])
async def test_values_that_no_worker_sends(
    world: World, owner: httpx.AsyncClient, worker: httpx.AsyncClient, field: str
) -> None:
    id_ = await world.joined(owner)
    for value in VALUES:
        event = {
            "uid": '"u"',
            "at": "1e6",
            "wall": '"2026-01-01T00:00:00Z"',
            "type": '"candidate_left"',
            "data": "{}",
        }
        outer = {"epoch": "1"}
        (event if field in event else outer)[field] = value
        inner = "{" + ", ".join(f'"{name}": {text}' for name, text in event.items()) + "}"
        outer.setdefault("events", f"[{inner}]")
        content = "{" + ", ".join(f'"{name}": {text}' for name, text in outer.items()) + "}"
        answer = await worker.post(
            f"/internal/v1/sessions/{id_}/events", content=content.encode(), headers=JSON
        )
        assert _is_problem(answer), (value[:50], answer.text[:500])


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/sessions/%00",
        "/api/v1/sessions/%ff%fe",
        "/api/v1/sessions/" + "x" * 5000,
        "/api/v1/sessions/..%2f..%2fme",
        "/api/v1/sessions/ID/events?after=-1",
        "/api/v1/sessions/ID/events?after=" + HUGE[:40],
        "/api/v1/sessions/ID/events?after=x",
        "/api/v1/sessions/ID/transcript.exe",
        "/api/v1/sessions?limit=0",
        "/api/v1/sessions?limit=" + HUGE[:40],
        "/api/v1/sessions?cursor=%00",
        "/api/v1/sessions?cursor=zzzz",
        "/api/v1/sessions?cursor=MjAyNi0wMS0wMVQwMDowMDowMCBh",
        "/api/v1/sessions?cursor=" + "A" * 4000,
        "/api/v1/scenarios/%00",
        "/api/v1/nothing",
        "/%00",
        "/" + "x" * 5000,
    ],
)
async def test_addresses_that_lead_nowhere(
    owner: httpx.AsyncClient, session_id: str, url: str
) -> None:
    answer = await owner.get(url.replace("ID", session_id))
    assert _is_problem(answer), answer.text
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("value", ["-1", "x", HUGE, "1\u00b2"])
async def test_an_event_id_that_is_none(
    owner: httpx.AsyncClient, session_id: str, value: str
) -> None:
    headers = {"Accept": "text/event-stream", "Last-Event-ID": value.encode("latin-1")}
    raw: Any = headers
    answer = await owner.get(f"/api/v1/sessions/{session_id}/events", headers=raw)
    assert (answer.status_code, answer.json()["code"]) == (422, "last_event_id_invalid")


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_that_is_too_large(owner: httpx.AsyncClient, announced: bool) -> None:
    async def pieces() -> Any:
        for _ in range(300):
            yield b"x" * 1024

    content = b"x" * 300 * 1024 if announced else pieces()
    answer = await owner.post("/api/v1/sessions", content=content, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_cookie_that_is_nonsense(world: World) -> None:
    for cookie in (b"viva=\xff\xfe", b"viva=" + b"x" * 5000, b"viva=;;;=", b"\x00"):
        headers: Any = {"Cookie": cookie}
        answer = await world.browser().get("/api/v1/me", headers=headers)
        assert answer.status_code == 401


async def test_a_mistake_of_the_servers_own_is_a_problem_document_too(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: Any) -> None:
        raise RuntimeError("do not show this")

    monkeypatch.setattr("server.sessions.history.list_of", breaks)
    answer = await owner.get("/api/v1/sessions")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "do not show this" not in answer.text
