"""What holds for every request: methods, sizes, origins, headers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from server.app import create_app
from server.internal import endpoints as internal
from server.middleware import BODY_LIMIT
from server.settings import Settings
from tests.server.conftest import AGENT_TOKEN, World

INDEX = "<!doctype html><title>Viva</title>"


@pytest.fixture
def built(settings: Settings) -> Settings:
    settings.web_dir.mkdir()
    (settings.web_dir / "index.html").write_text(INDEX)
    return settings


@pytest.fixture
async def with_page(built: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A server whose page is built. Its database is never asked."""
    transport = httpx.ASGITransport(app=create_app(built))
    async with httpx.AsyncClient(transport=transport, base_url="http://viva.test") as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("POST", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/nothing/at/all", 404),
        ("GET", "/api", 404),
        ("POST", "/internal/v1/nothing", 404),
        ("PUT", "/api/v1/scenarios", 405),
        ("POST", "/settings", 405),
    ],
)
async def test_an_address_that_is_none_is_404_and_a_wrong_method_405(
    with_page: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await with_page.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/sessions/0123", "/reset/token", "/apiary"])
async def test_what_is_no_address_of_the_api_is_the_page(
    with_page: httpx.AsyncClient, path: str
) -> None:
    answer = await with_page.get(path)
    assert (answer.status_code, answer.text) == (200, INDEX)


@pytest.mark.parametrize("page", ["reset", "confirm", "email", "unsubscribe"])
async def test_an_address_with_a_token_is_told_to_nobody(
    with_page: httpx.AsyncClient, page: str
) -> None:
    answer = await with_page.get(f"/{page}/the-token")
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_every_answer_says_what_a_browser_may_do(with_page: httpx.AsyncClient) -> None:
    for path in ("/", "/api/v1/nothing", "/healthz"):
        headers = (await with_page.get(path)).headers
        policy = headers["content-security-policy"]
        for part in ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert part in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == ("no-referrer" if "api" in path else "same-origin")
    assert (await with_page.get("/api/v1/nothing")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/api/v1/me", "/api/v1/sessions", "/healthz"])
async def test_head_is_get_without_its_body(owner: httpx.AsyncClient, path: str) -> None:
    got, head = await owner.get(path), await owner.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length"):
        assert head.headers[name] == got.headers[name]


async def test_head_tells_what_get_would_refuse(world: World, owner: httpx.AsyncClient) -> None:
    assert (await world.browser().head("/api/v1/me")).status_code == 401
    assert (await owner.head("/api/v1/nothing")).status_code == 404
    assert (await owner.head("/api/v1/auth/login")).status_code == 405


async def test_head_of_a_stream_ends(owner: httpx.AsyncClient, session_id: str) -> None:
    headers = {"Accept": "text/event-stream"}
    answer = await owner.head(f"/api/v1/sessions/{session_id}/events", headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ({}, 413),
        ({"Authorization": "Bearer not-the-token-of-the-worker"}, 413),
        ({"Authorization": f"Basic {AGENT_TOKEN}"}, 413),
        ({"Authorization": f"Bearer {AGENT_TOKEN}"}, 422),
    ],
)
@pytest.mark.parametrize("announced", [True, False])
async def test_only_the_worker_may_send_much(
    world: World, authorization: dict[str, str], status: int, announced: bool
) -> None:
    read = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(40):
            read += 16_384
            yield b" " * 16_384

    content: Any = b" " * 40 * 16_384 if announced else pieces()
    answer = await world.browser().post(
        f"/internal/v1/sessions/{'0' * 24}/events",
        content=content,
        headers={"Content-Type": "application/json", **authorization},
    )
    assert answer.status_code == status, answer.text
    if status == 413 and not announced:
        assert read <= BODY_LIMIT + 2 * 16_384


async def test_what_is_the_workers_is_open_to_nobody_else(
    world: World, owner: httpx.AsyncClient
) -> None:
    made = await owner.post("/api/v1/me/tokens", json={"name": "script"})
    script = world.browser(Authorization=f"Bearer {made.json()['token']}")
    empty = world.browser(Authorization="Bearer ")
    routes = [route for route in internal.router.routes if isinstance(route, APIRoute)]
    assert len(routes) >= 3
    for route in routes:
        for method in route.methods:
            url = re.sub(r"{\w+}", "0" * 24, route.path)
            for client in (world.browser(), owner, script, empty):
                answer = await client.request(method, url)
                assert (answer.status_code, answer.json()["code"]) == (401, "agent_token_wrong")
