"""What admins see and change."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import update

from server.models import User
from tests.server.accounting import API
from tests.server.conftest import World

BOTH_DATABASES = True


@pytest.fixture
async def admin(world: World) -> httpx.AsyncClient:
    client = await world.user("root@example.org")
    async with world.context.database.write() as db:
        await db.execute(update(User).where(User.email == "root@example.org").values(role="admin"))
    return client


async def _ids(admin: httpx.AsyncClient) -> dict[str, str]:
    items = (await admin.get(f"{API}/admin/users")).json()["items"]
    return {item["email"]: item["id"] for item in items}


async def test_users_come_in_pages_in_the_order_of_their_addresses(
    world: World, admin: httpx.AsyncClient
) -> None:
    for name in ("cy", "bob", "ada", "dan"):
        await world.user(f"{name}@example.org")
    found, cursor, pages = [], None, 0
    while pages == 0 or cursor is not None:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await admin.get(f"{API}/admin/users", params=params)).json()
        found += [user["email"].partition("@")[0] for user in page["items"]]
        cursor, pages = page["next"], pages + 1
    assert (found, pages) == (["ada", "bob", "cy", "dan", "root"], 3)


@pytest.mark.parametrize(
    ("q", "names"),
    [("BOB@", ["bob"]), ("lovelace", ["ada", "bob", "root"]), ("%", []), ("_", []), ("zz", [])],
)
async def test_users_are_found_by_address_and_name(
    world: World, admin: httpx.AsyncClient, q: str, names: list[str]
) -> None:
    for name in ("ada", "bob"):
        await world.user(f"{name}@example.org")
    answer = await admin.get(f"{API}/admin/users", params={"q": q})
    assert [user["email"].partition("@")[0] for user in answer.json()["items"]] == names


async def test_no_secret_is_listed(admin: httpx.AsyncClient) -> None:
    [user] = (await admin.get(f"{API}/admin/users")).json()["items"]
    assert set(user) == {"id", "email", "name", "role", "has_password", "created_at"}


async def test_a_role_is_given_and_taken(
    world: World, admin: httpx.AsyncClient, owner: httpx.AsyncClient
) -> None:
    ada = (await _ids(admin))["ada@example.org"]
    for role, allowed in (("admin", 200), ("reviewer", 403), ("candidate", 403)):
        answer = await admin.patch(f"{API}/admin/users/{ada}", json={"role": role})
        assert (answer.status_code, answer.json()["role"]) == (200, role)
        assert (await owner.get(f"{API}/me")).json()["role"] == role
        assert (await owner.get(f"{API}/admin/users")).status_code == allowed


async def test_the_last_admin_stays_one(admin: httpx.AsyncClient, owner: httpx.AsyncClient) -> None:
    ids = await _ids(admin)
    root, ada = (f"{API}/admin/users/{ids[f'{name}@example.org']}" for name in ("root", "ada"))
    answer = await admin.patch(root, json={"role": "candidate"})
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
    assert (await admin.patch(root, json={"role": "admin"})).status_code == 200
    assert (await admin.patch(ada, json={"role": "admin"})).status_code == 200
    assert (await admin.patch(root, json={"role": "candidate"})).status_code == 200
    assert (await admin.get(f"{API}/admin/users")).status_code == 403


@pytest.mark.parametrize("body", [{}, {"role": "king"}, {"role": "admin", "email": "x@y.z"}])
async def test_what_is_no_role(
    admin: httpx.AsyncClient, owner: httpx.AsyncClient, body: dict[str, str]
) -> None:
    ada = (await _ids(admin))["ada@example.org"]
    answer = await admin.patch(f"{API}/admin/users/{ada}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_nobody_has_no_role(admin: httpx.AsyncClient) -> None:
    answer = await admin.patch(f"{API}/admin/users/{'0' * 24}", json={"role": "admin"})
    assert (answer.status_code, answer.json()["code"]) == (404, "user_not_found")


async def test_an_admins_token_is_an_admins(world: World, admin: httpx.AsyncClient) -> None:
    made = await admin.post(f"{API}/me/tokens", json={"name": "script"})
    script = world.browser(Authorization=f"Bearer {made.json()['token']}")
    assert (await script.get(f"{API}/admin/users")).status_code == 200
