"""Who gets in, and how they are told that they do not."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from server.models import User
from tests.server.conftest import PASSWORD, World

BOTH_DATABASES = True

REGISTER, LOGIN = "/api/v1/auth/register", "/api/v1/auth/login"


def _body(**changes: object) -> dict[str, object]:
    return {"email": "eve@example.org", "password": PASSWORD, "name": "Eve"} | changes


async def test_registering_logs_in_and_logging_out_ends_it(world: World) -> None:
    client = world.browser()
    made = await client.post(REGISTER, json=_body(email="  Eve@Example.ORG ", name=" Eve  Q "))
    assert made.status_code == 201
    assert (made.json()["email"], made.json()["name"]) == ("eve@example.org", "Eve Q")
    assert (await client.get("/api/v1/me")).json() == made.json()
    token = client.cookies["viva"]
    assert (await client.post("/api/v1/auth/logout")).status_code == 204
    assert (await client.get("/api/v1/me")).status_code == 401
    stolen = world.browser(Cookie=f"viva={token}")
    assert (await stolen.get("/api/v1/me")).json()["code"] == "not_logged_in"


async def test_the_cookie_is_for_this_site_and_no_script(world: World) -> None:
    plain = (await world.browser().post(REGISTER, json=_body())).headers["set-cookie"]
    assert plain.startswith("viva=")
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Secure" not in plain
    body = _body(email="tls@example.org")
    answer = await world.browser("https").post(REGISTER, json=body)
    secure = answer.headers["set-cookie"]
    assert secure.startswith("__Host-viva=")
    assert "Secure" in secure
    assert "Path=/" in secure
    assert "Domain" not in secure
    assert "max-age" in answer.headers["strict-transport-security"]


async def test_neither_password_nor_token_is_stored(world: World) -> None:
    client = world.browser()
    await client.post(REGISTER, json=_body())
    token = client.cookies["viva"]
    for path in filter(Path.is_file, world.settings.data_dir.rglob("*")):
        content = path.read_bytes()
        assert token.encode() not in content
        assert PASSWORD.encode() not in content
    async with world.context.database.read() as db:
        [hash_] = await db.scalars(select(User.password_hash))
    assert hash_ is not None
    assert hash_.startswith("$argon2id$")


async def test_an_unknown_address_and_a_wrong_password_look_alike(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.user("eve@example.org")
    checked: list[str | None] = []
    verify = world.context.passwords.verify

    async def spy(known: str | None, password: str) -> bool:
        checked.append(known)
        return await verify(known, password)

    monkeypatch.setattr(world.context.passwords, "verify", spy)
    wrong = {"email": "eve@example.org", "password": "not this one"}
    unknown = {"email": "nobody@example.org", "password": "not this one"}
    answers = [await world.browser().post(LOGIN, json=body) for body in (wrong, unknown)]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content
    assert [known is None for known in checked] == [False, True]


async def test_a_login_is_good_for_its_time_only(world: World) -> None:
    client = await world.user("eve@example.org")
    world.clock.move(world.settings.login_days * 86_400 - 1)
    assert (await client.get("/api/v1/me")).status_code == 200
    world.clock.move(2)
    assert (await client.get("/api/v1/me")).status_code == 401


async def test_an_address_is_taken_once(world: World) -> None:
    await world.user("eve@example.org")
    answer = await world.browser().post(REGISTER, json=_body(email="EVE@example.org"))
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


async def test_guessing_is_slowed_down(world: World) -> None:
    await world.user("eve@example.org")
    client = world.browser()
    wrong = {"email": "eve@example.org", "password": "not this one"}
    codes = [(await client.post(LOGIN, json=wrong)).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]
    answer = await client.post(LOGIN, json={"email": "eve@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert int(answer.headers["retry-after"]) > 0


async def test_logging_in_rightly_forgives_earlier_mistakes(world: World) -> None:
    await world.user("eve@example.org")
    client = world.browser()
    for _ in range(3):
        for password in ["not this one"] * 8 + [PASSWORD]:
            body = {"email": "eve@example.org", "password": password}
            answer = await client.post(LOGIN, json=body)
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"password": "short"}, "10 to 128"),
        ({"password": "x" * 129}, "10 to 128"),
        ({"email": "no-address"}, "email"),
        ({"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"}, "email"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 101}, "100"),
        ({"name": "a\0b"}, "NUL"),
        ({"admin": True}, "admin"),
    ],
)
async def test_a_registration_that_cannot_be_kept_says_why(
    world: World, changes: dict[str, object], names: str
) -> None:
    answer = await world.browser().post(REGISTER, json=_body(**changes))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert names in answer.json()["detail"]
    assert PASSWORD not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.test"}, 403),
        ({"Origin": "https://viva.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://viva.test"}, 201),
        ({"Origin": "http://viva.test"}, 201),
        ({}, 201),
    ],
)
async def test_other_sites_cannot_make_a_browser_act(
    owner: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    answer = await owner.post("/api/v1/sessions", json={}, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "origin_refused"


async def test_reading_needs_no_origin(owner: httpx.AsyncClient) -> None:
    answer = await owner.get("/api/v1/sessions", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
