"""Which account somebody gets, and that nobody gets another one."""

from __future__ import annotations

import asyncio

import pytest

from server.models import Identity, User
from server.settings import Settings
from tests.server.conftest import PASSWORD, World
from tests.server.oidc.visitor import Browser, another_server, count, registered

BOTH_DATABASES = True


async def test_a_new_person_gets_an_account_and_the_same_one_again(
    world: World, browser: Browser
) -> None:
    assert await browser.signs_in("ada", "/history?q=ranking") == "/history?q=ranking"
    me = await browser.me()
    assert (me["email"], me["name"]) == ("ada@example.org", "Ada Example")
    assert (me["role"], me["has_password"]) == ("candidate", False)
    again = Browser(world)
    assert await again.signs_in("ada") == "/"
    assert (await again.me())["id"] == me["id"]
    assert (await count(world, User), await count(world, Identity)) == (1, 1)


async def test_the_sign_in_is_one_like_any_other(world: World, browser: Browser) -> None:
    browser.web.headers["user-agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"
    back = await browser.signs_in_there(await browser.departs(), "ada")
    cookies = (await browser.web.get(back)).headers.get_list("set-cookie")
    [login] = [cookie for cookie in cookies if cookie.startswith("viva=")]
    assert "HttpOnly" in login
    assert "SameSite=lax" in login
    [row] = (await browser.web.get("/api/v1/me/logins")).json()["items"]
    assert (row["browser"], row["current"]) == ("Firefox on Linux", True)
    assert (await browser.web.post("/api/v1/auth/logout")).status_code == 204
    assert await browser.is_nobody()


@pytest.mark.parametrize(
    ("login", "problem"),
    [
        ("no-email", "oidc_email_missing"),
        ("odd-email", "oidc_email_missing"),
        ("unverified", "oidc_email_unverified"),
        ("unsaid", "oidc_email_unverified"),
    ],
)
async def test_without_an_address_that_is_theirs_nobody_gets_an_account(
    world: World, browser: Browser, login: str, problem: str
) -> None:
    assert await browser.signs_in(login) == f"/?problem={problem}"
    assert await count(world, User) == 0
    await registered(world, "ada@example.org")
    assert await Browser(world).signs_in(login) == f"/?problem={problem}"
    assert await count(world, Identity) == 0


async def test_addresses_are_trusted_where_the_settings_say_so(
    world: World, settings: Settings
) -> None:
    trusting = another_server(world, settings.model_copy(update={"oidc_trusts_email": True}))
    assert await Browser(trusting).signs_in("unsaid") == "/"
    assert await Browser(trusting).signs_in("unverified") == "/?problem=oidc_email_unverified"


@pytest.mark.parametrize(
    ("login", "called"),
    [("nameless", "nameless"), ("odd-name", "odd-name"), ("long-name", "Ada Lovelace xxx")],
)
async def test_who_has_no_name_that_can_be_kept_is_called_by_their_address(
    browser: Browser, login: str, called: str
) -> None:
    assert await browser.signs_in(login) == "/"
    name = (await browser.me())["name"]
    assert name.startswith(called)
    assert len(name) <= 100


async def test_an_account_with_a_password_is_not_taken_over(world: World) -> None:
    owner = await registered(world, "ada@example.org")
    stranger = Browser(world)
    assert await stranger.signs_in("ada") == "/?problem=link_first"
    assert await stranger.is_nobody()
    assert await count(world, Identity) == 0
    assert await owner.signs_in("ada", "/settings") == "/settings"
    assert await stranger.signs_in("ada") == "/"
    assert (await stranger.me())["id"] == (await owner.me())["id"]
    assert (await stranger.me())["has_password"] is True


async def test_an_identity_may_have_another_address_than_the_account(world: World) -> None:
    owner = await registered(world, "countess@example.org")
    assert await owner.signs_in("no-email", "/settings") == "/settings"
    elsewhere = Browser(world)
    assert await elsewhere.signs_in("no-email") == "/"
    assert (await elsewhere.me())["email"] == "countess@example.org"


async def test_an_address_that_the_provider_gave_to_another_opens_nothing(
    world: World, browser: Browser
) -> None:
    assert await browser.signs_in("ada") == "/"
    stranger = Browser(world)
    assert await stranger.signs_in("second-ada") == "/?problem=link_first"
    assert await stranger.is_nobody()


async def test_an_account_that_nobody_can_get_into_yet_goes_to_its_verified_address(
    world: World, browser: Browser
) -> None:
    async with world.context.database.write() as db:
        now = world.clock()
        made = User(id="1" * 24, email="ada@example.org", name="A", role="admin", created_at=now)
        db.add(made)
    assert await browser.signs_in("unverified") == "/?problem=oidc_email_unverified"
    assert await Browser(world).signs_in("ada") == "/"
    assert await count(world, User) == 1


async def test_one_identity_opens_one_account(world: World, browser: Browser) -> None:
    assert await browser.signs_in("eve") == "/"
    other = await registered(world, "bob@example.org")
    assert await other.signs_in("eve", "/settings") == "/?problem=identity_taken"
    assert (await other.me())["email"] == "bob@example.org"
    assert await browser.signs_in("eve", "/settings") == "/settings"
    assert await count(world, Identity) == 1


async def test_another_site_cannot_link_an_identity(world: World, issuer: str) -> None:
    owner = await registered(world, "ada@example.org")
    for site in ("cross-site", "same-site"):
        assert await owner.departs("/settings", **{"sec-fetch-site": site}) == "/settings"
    for site in ("same-origin", "none"):
        assert (await owner.departs(**{"sec-fetch-site": site})).startswith(issuer)
    somebody = Browser(world)
    assert (await somebody.departs(**{"sec-fetch-site": "cross-site"})).startswith(issuer)


async def test_linking_ends_when_the_login_does(world: World) -> None:
    owner = await registered(world, "ada@example.org")
    back = await owner.signs_in_there(await owner.departs("/settings"), "ada")
    await owner.web.post("/api/v1/auth/logout")
    assert await owner.comes_back(back) == "/?problem=oidc_state"
    assert await count(world, Identity) == 0


async def test_an_api_token_links_nothing(world: World) -> None:
    owner = await registered(world, "ada@example.org")
    made = await owner.web.post("/api/v1/me/tokens", json={"name": "script"})
    script = Browser(world)
    bearer = {"authorization": f"Bearer {made.json()['token']}"}
    back = await script.signs_in_there(await script.departs(**bearer), "eve")
    assert await script.comes_back(back) == "/"
    assert (await script.me())["email"] == "eve@example.org"


async def test_somebody_new_in_two_tabs_at_once_gets_one_account(world: World) -> None:
    tabs = [Browser(world) for _ in range(3)]
    backs = [await tab.signs_in_there(await tab.departs(), "ada") for tab in tabs]
    ends = await asyncio.gather(
        *(tab.comes_back(url) for tab, url in zip(tabs, backs, strict=True))
    )
    assert ends == ["/"] * 3
    assert len({(await tab.me())["id"] for tab in tabs}) == 1
    assert (await count(world, User), await count(world, Identity)) == (1, 1)


async def test_who_came_by_the_provider_may_set_a_password_and_come_by_that(
    world: World, browser: Browser
) -> None:
    assert await browser.signs_in("ada") == "/"
    body: dict[str, str | None] = {"current": None, "new": PASSWORD}
    assert (await browser.web.post("/api/v1/me/password", json=body)).status_code == 204
    elsewhere = Browser(world)
    who = {"email": "ada@example.org", "password": PASSWORD}
    assert (await elsewhere.web.post("/api/v1/auth/login", json=who)).status_code == 200
    assert (await elsewhere.me())["id"] == (await browser.me())["id"]
    assert await Browser(world).signs_in("ada") == "/"


async def test_an_identity_goes_with_its_account(world: World, browser: Browser) -> None:
    assert await browser.signs_in("ada") == "/"
    first = (await browser.me())["id"]
    gone = await browser.web.request("DELETE", "/api/v1/me", json={})
    assert gone.status_code == 204, gone.text
    assert (await count(world, User), await count(world, Identity)) == (0, 0)
    assert await browser.signs_in("ada") == "/"
    assert (await browser.me())["id"] != first
