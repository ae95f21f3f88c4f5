"""Sign-ins and API tokens: listed, used, revoked, over."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from server.accounts.api_tokens import MOST
from server.accounts.logins import browser_label
from server.models import ApiToken
from tests.server.accounting import API, is_in, logged_in
from tests.server.conftest import World
from tests.server.serving import serving
from tests.server.test_stream import Frames

BOTH_DATABASES = True
ADA = "ada@example.org"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
HOUR, DAY = 3600, 86_400


async def _logins(client: httpx.AsyncClient) -> list[dict[str, object]]:
    answer = await client.get(f"{API}/me/logins")
    assert answer.status_code == 200
    assert answer.json()["next"] is None
    items: list[dict[str, object]] = answer.json()["items"]
    return items


async def _token(client: httpx.AsyncClient, **body: object) -> dict[str, str]:
    answer = await client.post(f"{API}/me/tokens", json={"name": "script"} | body)
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


async def _all(frames: Frames) -> None:
    while True:
        await frames.next()


def _script(world: World, token: str) -> httpx.AsyncClient:
    return world.browser(Authorization=f"Bearer {token}")


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Mobile Safari on iOS"),
        ("", ""),
        ("\x00\xff" + "x" * 5000, ""),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(user_agent: str, label: str) -> None:
    assert browser_label(user_agent) == label


async def test_sign_ins_are_listed_the_last_seen_first(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    world.clock.move(HOUR)
    phone = await logged_in(world, ADA)
    phone.headers["User-Agent"] = PHONE
    world.clock.move(2 * HOUR)
    laptop = world.browser(**{"User-Agent": FIREFOX})
    body = {"email": ADA, "password": "correct horse battery"}
    await laptop.post(f"{API}/auth/login", json=body)
    found = await _logins(laptop)
    assert [login["browser"] for login in found] == ["Firefox on Linux", "", ""]
    assert [login["current"] for login in found] == [True, False, False]
    assert found[1]["seen_at"] == found[1]["created_at"] == "2026-03-01T13:00:00Z"
    assert len({login["id"] for login in found}) == 3
    assert set(found[0]) == {"id", "browser", "created_at", "seen_at", "current"}


async def test_that_a_sign_in_was_seen_is_kept_to_the_hour(
    world: World, owner: httpx.AsyncClient
) -> None:
    world.clock.move(HOUR - 1)
    await owner.get(f"{API}/me")
    assert (await _logins(owner))[0]["seen_at"] == "2026-03-01T12:00:00Z"
    world.clock.move(1)
    await owner.get(f"{API}/me")
    assert (await _logins(owner))[0]["seen_at"] == "2026-03-01T13:00:00Z"


async def test_a_database_that_takes_nothing_keeps_nobody_out(
    world: World, owner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = _script(world, (await _token(owner))["token"])

    async def full(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    monkeypatch.setattr("server.accounts.repository.saw_login", full)
    monkeypatch.setattr("server.accounts.repository.used_api_token", full)
    world.clock.move(HOUR)
    assert await is_in(owner)
    assert await is_in(script)


async def test_a_sign_in_that_is_over_is_not_listed(world: World, owner: httpx.AsyncClient) -> None:
    world.clock.move(world.settings.login_days * DAY - 1)
    late = await logged_in(world, ADA)
    world.clock.move(1)
    assert len(await _logins(late)) == 1


async def test_one_sign_in_is_revoked(world: World, owner: httpx.AsyncClient) -> None:
    phone = await logged_in(world, ADA)
    theirs = next(login for login in await _logins(phone) if login["current"])
    assert (await owner.delete(f"{API}/me/logins/{theirs['id']}")).status_code == 204
    assert [await is_in(client) for client in (owner, phone)] == [True, False]
    again = await owner.delete(f"{API}/me/logins/{theirs['id']}")
    assert (again.status_code, again.json()["code"]) == (404, "login_not_found")


async def test_all_others_are_revoked_at_once(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    phones = [await logged_in(world, ADA) for _ in range(2)]
    assert (await owner.delete(f"{API}/me/logins")).status_code == 204
    assert [await is_in(client) for client in (owner, other, *phones)] == [True, True, False, False]


async def test_nobody_revokes_what_is_somebody_elses(
    owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    login = (await _logins(owner))[0]["id"]
    token = (await _token(owner))["id"]
    for kind, id_ in (("logins", login), ("tokens", token)):
        theirs = await other.delete(f"{API}/me/{kind}/{id_}")
        nothing = await other.delete(f"{API}/me/{kind}/{'0' * 24}")
        assert theirs.status_code == 404
        assert theirs.content == nothing.content
    assert await is_in(owner)
    assert len((await owner.get(f"{API}/me/tokens")).json()["items"]) == 1


async def test_a_token_is_told_once_and_kept_as_its_hash(
    world: World, owner: httpx.AsyncClient
) -> None:
    made = await _token(owner, days=7)
    token = made.pop("token")
    assert token.startswith("viva_")
    assert len(token) >= 48
    listed = await owner.get(f"{API}/me/tokens")
    assert listed.json() == {"items": [made], "next": None}
    assert set(made) == {"id", "name", "created_at", "used_at", "expires_at"}
    assert (made["used_at"], made["expires_at"]) == (None, "2026-03-08T12:00:00Z")
    async with world.context.database.read() as db:
        row = (await db.scalars(select(ApiToken))).one()
    kept = str(vars(row))
    assert token not in kept
    assert token.removeprefix("viva_") not in kept


async def test_a_token_stands_for_the_cookie(world: World, owner: httpx.AsyncClient) -> None:
    script = _script(world, (await _token(owner))["token"])
    made = await script.post(f"{API}/sessions", json={})
    assert made.status_code == 201
    ours = (await owner.get(f"{API}/sessions")).json()["items"]
    assert [item["id"] for item in ours] == [made.json()["id"]]
    assert "set-cookie" not in made.headers


async def test_a_token_decides_nothing_about_who_gets_in(
    world: World, owner: httpx.AsyncClient
) -> None:
    made = await _token(owner)
    script = _script(world, made["token"])
    body = {"current": "correct horse battery", "new": "correct horse battery"}
    mail = {"email": "new@example.org", "password": "correct horse battery"}
    answers = [
        await script.get(f"{API}/me/tokens"),
        await script.post(f"{API}/me/tokens", json={"name": "another"}),
        await script.delete(f"{API}/me/tokens/{made['id']}"),
        await script.post(f"{API}/me/password", json=body),
        await script.post(f"{API}/me/email", json=mail),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (403, "token_refused")
    assert await is_in(script)


async def test_the_use_of_a_token_is_kept_to_the_hour(
    world: World, owner: httpx.AsyncClient
) -> None:
    script = _script(world, (await _token(owner))["token"])

    async def used_at() -> str:
        at: str = (await owner.get(f"{API}/me/tokens")).json()["items"][0]["used_at"]
        return at

    await is_in(script)
    assert await used_at() == "2026-03-01T12:00:00Z"
    world.clock.move(HOUR - 1)
    await is_in(script)
    assert await used_at() == "2026-03-01T12:00:00Z"
    world.clock.move(1)
    await is_in(script)
    assert await used_at() == "2026-03-01T13:00:00Z"


async def test_a_token_ends_on_its_day_or_when_it_is_revoked(
    world: World, owner: httpx.AsyncClient
) -> None:
    week, ever, revoked = [await _token(owner, days=days) for days in (7, None, None)]
    scripts = [_script(world, made["token"]) for made in (week, ever, revoked)]
    assert (await owner.delete(f"{API}/me/tokens/{revoked['id']}")).status_code == 204
    world.clock.move(7 * DAY - 1)
    assert [await is_in(script) for script in scripts] == [True, True, False]
    world.clock.move(1)
    assert [await is_in(script) for script in scripts] == [False, True, False]


async def test_a_token_lasts_a_year_unless_told_otherwise(owner: httpx.AsyncClient) -> None:
    assert (await _token(owner))["expires_at"] == "2027-03-01T12:00:00Z"


@pytest.mark.parametrize(
    "sent", ["Bearer viva_wrong", "Bearer", "bearer ", "Bearer " + "x" * 5000, "Bearer viva_\xff"]
)
async def test_a_token_that_is_none_is_told_from_none_at_all(
    world: World, owner: httpx.AsyncClient, sent: str
) -> None:
    """A cookie that comes along does not help a wrong token."""
    headers = {"Authorization": sent.encode("latin-1")}
    for client in (world.browser(), owner):
        answer = await client.get(f"{API}/me", headers=headers)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_another_scheme_is_somebody_elses_business(owner: httpx.AsyncClient) -> None:
    """A proxy in front may want a password of its own."""
    answer = await owner.get(f"{API}/me", headers={"Authorization": "Basic eDp5"})
    assert answer.status_code == 200


async def test_the_cookie_is_no_token_and_the_token_no_cookie(
    world: World, owner: httpx.AsyncClient
) -> None:
    token = (await _token(owner))["token"]
    assert not await is_in(_script(world, owner.cookies["viva"]))
    assert not await is_in(world.browser(Cookie=f"viva={token}"))


async def test_there_is_an_end_to_tokens(world: World, owner: httpx.AsyncClient) -> None:
    for _ in range(MOST):
        await _token(owner)
    answer = await owner.post(f"{API}/me/tokens", json={"name": "one more"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_tokens")


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": "x" * 101}, {"name": "x", "days": 0}, {"name": "a\0"}]
)
async def test_a_token_that_cannot_be_kept(
    owner: httpx.AsyncClient, body: dict[str, object]
) -> None:
    answer = await owner.post(f"{API}/me/tokens", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_programs_pass_without_an_origin_and_pages_elsewhere_do_not(
    world: World, owner: httpx.AsyncClient
) -> None:
    script = _script(world, (await _token(owner))["token"])
    assert (await script.post(f"{API}/sessions", json={})).status_code == 201
    foreign = {"Origin": "https://evil.test"}
    answer = await script.post(f"{API}/sessions", json={}, headers=foreign)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")


@pytest.mark.parametrize("ends", [True, False])
async def test_a_stream_is_open_to_a_token_until_it_is_revoked(
    world: World, owner: httpx.AsyncClient, ends: bool
) -> None:
    id_ = await world.joined(owner)
    made = await _token(owner)
    headers = {"Accept": "text/event-stream", "Authorization": f"Bearer {made['token']}"}
    async with serving(world.app) as url, httpx.AsyncClient(timeout=20) as client:
        path = f"{url}{API}/sessions/{id_}/events"
        async with client.stream("GET", path, headers=headers) as answer:
            frames = Frames(answer)
            assert (await frames.next())["id"] == "1"
            if not ends:
                return
            assert (await owner.delete(f"{API}/me/tokens/{made['id']}")).status_code == 204
            with pytest.raises(StopAsyncIteration):
                await _all(frames)
