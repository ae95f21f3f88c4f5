"""Every route, as nobody, as the owner and as somebody else. New routes are found by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
from fastapi import FastAPI

from tests.server.conftest import World

OPEN = {
    ("post", "/api/v1/auth/register"),
    ("post", "/api/v1/auth/login"),
    ("post", "/api/v1/auth/logout"),
    ("get", "/api/v1/scenarios"),
    ("get", "/api/v1/scenarios/{scenario_id}"),
    ("get", "/healthz"),
    ("get", "/readyz"),
}
BODIES: dict[str, dict[str, Any]] = {"/api/v1/sessions/{session_id}/control": {"action": "pause"}}
LAST = ("delete", "/api/v1/sessions/{session_id}")


def _routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    found = [
        (method, path) for path, methods in app.openapi()["paths"].items() for method in methods
    ]
    yield from sorted(found, key=lambda route: route == LAST)


async def _call(client: httpx.AsyncClient, method: str, path: str, id_: str) -> httpx.Response:
    url = path.format(session_id=id_, scenario_id="none", extension="vtt")
    body = None if method in {"get", "delete"} else BODIES.get(path, {})
    return await client.request(method, url, json=body)


async def test_nobody_gets_past_what_is_open(world: World, session_id: str) -> None:
    for route in _routes(world.app):
        answer = await _call(world.browser(), *route, session_id)
        if route in OPEN:
            assert answer.status_code not in {401, 403}, route
        else:
            assert (answer.status_code, answer.json()["code"]) == (401, "not_logged_in"), route


async def test_somebody_elses_session_is_404(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    id_ = await world.joined(owner)
    checked = 0
    for route in _routes(world.app):
        if "{session_id}" not in route[1]:
            continue
        theirs = await _call(other, *route, id_)
        nothing = await _call(other, *route, "0" * 24)
        assert (theirs.status_code, theirs.json()["code"]) == (404, "session_not_found"), route
        assert theirs.content == nothing.content, route
        checked += 1
    assert checked >= 8
    assert (await other.get("/api/v1/sessions")).json()["items"] == []
    assert list(world.livekit.rooms) == [f"viva-{id_}-1"]


async def test_the_owner_gets_everywhere(world: World, owner: httpx.AsyncClient) -> None:
    id_ = await world.joined(owner)
    for route in _routes(world.app):
        if "{session_id}" in route[1]:
            answer = await _call(owner, *route, id_)
            assert answer.status_code < 300, (route, answer.text)


async def test_what_only_the_interviewer_knows_stays_on_the_server(
    world: World, owner: httpx.AsyncClient
) -> None:
    id_, _ = await world.conducted(owner)
    seen = ""
    for path in ("scenarios", "sessions", f"sessions/{id_}", f"sessions/{id_}/events"):
        seen += (await owner.get(f"/api/v1/{path}")).text
    scenario = next(s for s in world.context.scenarios.values() if s.default)
    assert scenario.title in seen
    private = [fact.answer for fact in scenario.facts]
    private += [segment.goal for segment in scenario.segments]
    private += [level for criterion in scenario.rubric for level in criterion.levels]
    for segment in scenario.segments[1:]:
        for question in segment.questions:
            private += [question.ask, *question.hints, *(p.ask for p in question.probes)]
    assert private
    assert [text for text in private if text in seen] == []
