"""What users change of their own account, on a server that sends no mail."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import update

from server.models import User
from tests.server.accounting import API, OTHER_PASSWORD, Hashing, is_in, logged_in, registration
from tests.server.conftest import PASSWORD, World

ADA = "ada@example.org"


async def _without_password(world: World, email: str = ADA) -> None:
    """As somebody is who only ever signed in by a provider."""
    async with world.context.database.write() as db:
        await db.execute(update(User).where(User.email == email).values(password_hash=None))


async def test_the_ways_in(world: World) -> None:
    answer = await world.browser().get(f"{API}/auth/ways")
    assert answer.json() == {"password": True, "mail": False, "oidc": None}


async def test_one_sees_who_one_is(owner: httpx.AsyncClient) -> None:
    me = (await owner.get(f"{API}/me")).json()
    assert me.pop("id")
    assert me.pop("created_at") == "2026-03-01T12:00:00Z"
    name = "Ada Lovelace"
    assert me == {"email": ADA, "name": name, "role": "candidate", "has_password": True}


async def test_a_name_is_changed(owner: httpx.AsyncClient) -> None:
    answer = await owner.patch(f"{API}/me", json={"name": "  Ada  King "})
    assert (answer.status_code, answer.json()["name"]) == (200, "Ada King")
    assert (await owner.get(f"{API}/me")).json() == answer.json()


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": "x", "role": "admin"}])
async def test_nothing_else_is_changed_with_it(
    owner: httpx.AsyncClient, body: dict[str, str]
) -> None:
    before = (await owner.get(f"{API}/me")).json()
    assert (await owner.patch(f"{API}/me", json=body)).status_code == 422
    assert (await owner.get(f"{API}/me")).json() == before


async def test_a_new_password_ends_the_other_sign_ins_and_keeps_the_tokens(
    world: World, owner: httpx.AsyncClient
) -> None:
    elsewhere = await logged_in(world, ADA)
    made = await owner.post(f"{API}/me/tokens", json={"name": "script"})
    script = world.browser(Authorization=f"Bearer {made.json()['token']}")
    body = {"current": PASSWORD, "new": OTHER_PASSWORD}
    assert (await owner.post(f"{API}/me/password", json=body)).status_code == 204
    assert [await is_in(client) for client in (owner, elsewhere, script)] == [True, False, True]
    await logged_in(world, ADA, OTHER_PASSWORD)
    old = {"email": ADA, "password": PASSWORD}
    assert (await world.browser().post(f"{API}/auth/login", json=old)).status_code == 401


@pytest.mark.parametrize("current", ["not this one", None])
async def test_a_new_password_takes_the_old_one(
    owner: httpx.AsyncClient, current: str | None
) -> None:
    body = {"current": current, "new": OTHER_PASSWORD}
    answer = await owner.post(f"{API}/me/password", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "password_wrong")
    assert await is_in(owner)


async def test_who_has_no_password_sets_one(world: World, owner: httpx.AsyncClient) -> None:
    await _without_password(world)
    assert (await owner.get(f"{API}/me")).json()["has_password"] is False
    guess = {"current": PASSWORD, "new": OTHER_PASSWORD}
    assert (await owner.post(f"{API}/me/password", json=guess)).status_code == 403
    body = {"current": None, "new": OTHER_PASSWORD}
    assert (await owner.post(f"{API}/me/password", json=body)).status_code == 204
    await logged_in(world, ADA, OTHER_PASSWORD)
    assert (await owner.get(f"{API}/me")).json()["has_password"] is True


async def test_nobody_logs_in_to_an_account_without_a_password(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _without_password(world)
    counted, seen = Hashing(world, monkeypatch), []
    for email in (ADA, "nobody@example.org"):
        body = {"email": email, "password": PASSWORD}
        answer = await world.browser().post(f"{API}/auth/login", json=body)
        seen.append((answer.status_code, answer.content, counted.take()))
    assert seen[0] == seen[1] == (401, seen[0][1], (0, 1))


async def test_a_password_that_was_changed_while_it_was_checked_lets_nobody_in(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = world.context.passwords.verify

    async def slowly(known: str | None, password: str) -> bool:
        right = await verify(known, password)
        monkeypatch.setattr(world.context.passwords, "verify", verify)
        body = {"current": PASSWORD, "new": OTHER_PASSWORD}
        assert (await owner.post(f"{API}/me/password", json=body)).status_code == 204
        return right

    monkeypatch.setattr(world.context.passwords, "verify", slowly)
    body = {"email": ADA, "password": PASSWORD}
    assert (await world.browser().post(f"{API}/auth/login", json=body)).status_code == 401


async def test_a_new_address_counts_at_once(world: World, owner: httpx.AsyncClient) -> None:
    body = {"email": "New@Example.org", "password": PASSWORD}
    answer = await owner.post(f"{API}/me/email", json=body)
    assert (answer.status_code, answer.json()["email"]) == (200, "new@example.org")
    await logged_in(world, "new@example.org")


async def test_an_address_is_not_taken_from_somebody(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    body = {"email": "bob@example.org", "password": PASSWORD}
    answer = await owner.post(f"{API}/me/email", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")
    assert (await owner.get(f"{API}/me")).json()["email"] == ADA


async def test_forgotten_without_mail_says_the_same_to_everybody(
    world: World, owner: httpx.AsyncClient
) -> None:
    for email in (ADA, "nobody@example.org"):
        answer = await world.browser().post(f"{API}/auth/forgotten", json={"email": email})
        assert (answer.status_code, answer.json()) == (202, {})


async def test_registering_logs_in_at_once(world: World) -> None:
    client = world.browser()
    answer = await client.post(f"{API}/auth/register", json=registration("eve@example.org"))
    assert answer.status_code == 201
    assert await is_in(client)
