"""What the tests of accounts have in common."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.server.conftest import PASSWORD, World
from tests.server.mails import AskedFor, asked_for

API = "/api/v1"
OTHER_PASSWORD = "a second one, no better"


def registration(email: str, **changes: Any) -> dict[str, Any]:
    return {"email": email, "password": PASSWORD, "name": "Eve"} | changes


async def last_mail(world: World, to: str) -> AskedFor:
    """The one that was asked for last; move the clock between mails to tell them apart."""
    return (await asked_for(world, to))[-1]


async def member(world: World, email: str) -> httpx.AsyncClient:
    """A browser of a new user, where registering takes a mail."""
    client = world.browser()
    answer = await client.post(f"{API}/auth/register", json=registration(email))
    assert answer.status_code == 202, answer.text
    token = (await last_mail(world, email)).token("confirm")
    answer = await client.post(f"{API}/auth/confirm", json={"token": token})
    assert answer.status_code == 201, answer.text
    world.clock.move(1)
    return client


async def logged_in(world: World, email: str, password: str = PASSWORD) -> httpx.AsyncClient:
    """Another browser of a user."""
    client = world.browser()
    body = {"email": email, "password": password}
    answer = await client.post(f"{API}/auth/login", json=body)
    assert answer.status_code == 200, answer.text
    return client


async def is_in(client: httpx.AsyncClient) -> bool:
    status = (await client.get(f"{API}/me")).status_code
    assert status in {200, 401}
    return status == 200


class Hashing:
    """Counts what is hashed and what is checked: nearly all the time that an answer takes."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hashed = self.verified = 0
        passwords = world.context.passwords
        hash_, verify = passwords.hash, passwords.verify

        async def counting_hash(password: str) -> str:
            self.hashed += 1
            return await hash_(password)

        async def counting_verify(known: str | None, password: str) -> bool:
            self.verified += 1
            return await verify(known, password)

        monkeypatch.setattr(passwords, "hash", counting_hash)
        monkeypatch.setattr(passwords, "verify", counting_verify)

    def take(self) -> tuple[int, int]:
        """How many were hashed and checked since the last call."""
        counted = (self.hashed, self.verified)
        self.hashed = self.verified = 0
        return counted
