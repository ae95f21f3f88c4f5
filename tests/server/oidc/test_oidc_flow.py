"""The way to the provider and back: state, redirects, cookies, limits."""

from __future__ import annotations

import logging

import pytest
from pydantic import SecretStr

from server.accounts.oidc import own_path
from server.accounts.oidc_state import LIFETIME, Journeys
from server.settings import Settings
from tests.oidc.process import CLIENT_SECRET
from tests.server.conftest import World
from tests.server.oidc.visitor import (
    CALLBACK,
    START,
    Browser,
    another_server,
    changed,
    query,
    with_provider,
)


async def test_what_the_provider_is_asked(browser: Browser, issuer: str) -> None:
    one, other = query(await browser.departs()), query(await browser.departs())
    assert one["response_type"] == "code"
    assert one["code_challenge_method"] == "S256"
    assert one["redirect_uri"] == f"http://viva.test{CALLBACK}"
    assert one["scope"].split() == ["openid", "email", "profile"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(one[name]) >= 20
        assert one[name] != other[name]
    assert (await browser.departs()).startswith(f"{issuer}/auth?")


async def test_the_state_is_in_a_cookie_of_ten_minutes_and_gone_after(
    world: World, browser: Browser
) -> None:
    kept = (await browser.web.get(START)).headers["set-cookie"]
    assert kept.startswith("viva-oidc=")
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    assert "Max-Age=600" in kept
    await browser.signs_in("ada")
    assert "viva-oidc" not in browser.web.cookies
    secure = (await Browser(world, "https").web.get(START)).headers["set-cookie"]
    assert secure.startswith("__Host-viva-oidc=")
    assert "Secure" in secure
    assert "Path=/" in secure
    assert "Domain" not in secure


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\/evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "/\n/evil.test",
        " //evil.test",
        "https://evil.test",
        "https:evil.test",
        "javascript:alert(1)",
        "evil.test",
        "@evil.test",
        "/a\\b",
        "/" + "a" * 600,
        "/api/v1/auth/oidc/start",
        "",
    ],
)
def test_next_leads_nowhere_else(wanted: str) -> None:
    assert own_path(wanted) == "/"


async def test_the_whole_way_with_another_site_as_next_ends_at_the_page(world: World) -> None:
    for wanted in ("//evil.test", "/\\evil.test", "/\t/evil.test", "https://evil.test"):
        assert await Browser(world).signs_in("ada", wanted) == "/"


@pytest.mark.parametrize("path", ["/", "/settings", "/sessions/ab12?t=3", "/a//b", "/a#b", "/é"])
def test_next_is_a_path_of_the_page(path: str) -> None:
    assert own_path(path) == path


async def test_a_state_is_good_in_its_own_browser_alone(world: World, browser: Browser) -> None:
    """Else a stranger could have somebody sign in to the stranger's account unawares."""
    victim = Browser(world)
    back = await browser.signs_in_there(await browser.departs(), "eve")
    assert await victim.comes_back(back) == "/?problem=oidc_state"
    await victim.departs()
    assert await victim.comes_back(back) == "/?problem=oidc_state"
    assert await victim.is_nobody()


@pytest.mark.parametrize("state", ["", "x", "é", "\ud800".encode("utf-8", "replace").decode()])
async def test_a_wrong_state_is_refused(browser: Browser, state: str) -> None:
    back = changed(await browser.signs_in_there(await browser.departs(), "ada"), state=state)
    assert await browser.comes_back(back) == "/?problem=oidc_state"
    assert await browser.is_nobody()


async def test_a_replayed_code_is_refused(world: World, browser: Browser) -> None:
    back = await browser.signs_in_there(await browser.departs(), "ada")
    kept = browser.web.cookies["viva-oidc"]
    assert await browser.comes_back(back) == "/"
    assert await browser.comes_back(back) == "/?problem=oidc_state"
    thief = Browser(world)
    thief.web.cookies.set("viva-oidc", kept, domain="viva.test")
    assert await thief.comes_back(back) == "/?problem=oidc_failed"
    assert await thief.is_nobody()


async def test_a_code_without_its_verifier_is_worth_nothing(world: World, browser: Browser) -> None:
    thief = Browser(world)
    stolen = query(await browser.signs_in_there(await browser.departs(), "ada"))["code"]
    own = query(await thief.departs())["state"]
    assert await thief.comes_back(f"{CALLBACK}?code={stolen}&state={own}") == (
        "/?problem=oidc_failed"
    )
    assert await thief.is_nobody()


async def test_a_sign_in_does_not_wait_for_ever(world: World, browser: Browser) -> None:
    back = await browser.signs_in_there(await browser.departs(), "ada")
    # The server alone: a browser would have dropped the cookie.
    browser.web.cookies.set("viva-oidc", browser.web.cookies["viva-oidc"], domain="viva.test")
    world.clock.move(LIFETIME.total_seconds())
    assert await browser.comes_back(back) == "/?problem=oidc_state"
    assert await browser.is_nobody()


async def test_the_cookie_cannot_be_written_by_its_holder(
    world: World, settings: Settings, browser: Browser
) -> None:
    back = await browser.signs_in_there(await browser.departs(), "ada")
    kept = browser.web.cookies["viva-oidc"]
    forged = Journeys(settings.model_copy(update={"secret_key": SecretStr("x" * 32)}))
    serializer = forged._serializer
    _, values = serializer.loads_unsafe(kept)
    for value in (serializer.dumps(values), kept[:-1], kept[1:], "", "a.b", "é"):
        browser.web.cookies.clear()
        browser.web.headers["cookie"] = f"viva-oidc={value}".encode().decode("latin-1")
        assert await browser.comes_back(back) == "/?problem=oidc_state"


async def test_with_a_key_of_its_own_a_restarted_server_knows_the_cookie(
    world: World, settings: Settings
) -> None:
    keyed = settings.model_copy(update={"secret_key": SecretStr("k" * 32)})
    leaving = Browser(another_server(world, keyed))
    coming = Browser(another_server(world, keyed))
    back = await leaving.signs_in_there(await leaving.departs(), "ada")
    coming.web.cookies = leaving.web.cookies
    assert await coming.comes_back(back) == "/"
    assert (await coming.me())["email"] == "ada@example.org"


async def test_who_says_no_at_the_provider_is_back_at_the_sign_in(browser: Browser) -> None:
    back = await browser.signs_in_there(await browser.departs(), "ada", refuse=True)
    assert await browser.comes_back(back) == "/?problem=oidc_refused"
    assert await browser.is_nobody()


async def test_trying_again_and_again_is_slowed_down(world: World, settings: Settings) -> None:
    few = settings.model_copy(update={"login_attempts_per_address": 3})
    browser = Browser(another_server(world, few))
    answers = [await browser.departs() for _ in range(3)]
    assert "/?problem=too_many_attempts" not in answers
    assert await browser.departs() == "/?problem=too_many_attempts"
    assert await browser.comes_back(f"{CALLBACK}?code=x&state=y") == "/?problem=too_many_attempts"


async def test_neither_token_nor_secret_is_logged(
    world: World, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        back = await browser.signs_in_there(await browser.departs(), "ada")
        kept = browser.web.cookies["viva-oidc"]
        await browser.comes_back(back)
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    text = "\n".join(ours)
    _, values = world.context.oidc.journeys._serializer.loads_unsafe(kept)  # type: ignore[union-attr]
    hidden = [query(back)["code"], *values["pending"].values(), CLIENT_SECRET, kept]
    hidden.append(browser.web.cookies["viva"])
    assert [secret for secret in hidden if secret in text] == []


async def test_without_a_provider_the_way_is_closed(world: World, settings: Settings) -> None:
    none = settings.model_copy(update={"oidc_issuer": None})
    browser = Browser(another_server(world, none))
    assert await browser.departs() == "/?problem=oidc_not_set_up"
    assert await browser.comes_back(f"{CALLBACK}?code=x") == "/?problem=oidc_not_set_up"
    assert (await browser.web.get("/api/v1/auth/ways")).json()["oidc"] is None


async def test_the_page_is_told_what_to_call_it(world: World, browser: Browser) -> None:
    ways = (await browser.web.get("/api/v1/auth/ways")).json()
    assert ways["oidc"] == {"title": world.settings.oidc_title}


async def test_the_public_address_is_where_the_provider_sends_people_back(
    world: World, settings: Settings, issuer: str
) -> None:
    public = with_provider(settings, issuer, public_url="https://viva.test")
    url = await Browser(another_server(world, public)).departs()
    assert query(url)["redirect_uri"] == f"https://viva.test{CALLBACK}"
