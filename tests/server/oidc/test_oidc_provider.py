"""A provider that errs, cheats, changes its keys or is gone lets nobody in."""

from __future__ import annotations

import logging
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import SecretStr

from server.models import User
from server.settings import Settings
from tests.oidc.process import oidc_provider
from tests.server.conftest import World
from tests.server.oidc.visitor import (
    ACCOUNTS,
    CALLBACK,
    FAULTS,
    Browser,
    another_server,
    changed,
    count,
    query,
    with_provider,
)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_token_that_is_not_good_lets_nobody_in(
    world: World, browser: Browser, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert await browser.signs_in(fault) == "/?problem=oidc_failed"
    assert await browser.is_nobody()
    assert await count(world, User) == 0
    assert "sign-in failed" in caplog.text
    assert "Traceback" not in caplog.text
    assert "viva-oidc" not in browser.web.cookies


async def test_the_nonce_is_that_of_this_sign_in(world: World, browser: Browser) -> None:
    url = changed(await browser.departs(), nonce="of-another-sign-in")
    back = await browser.signs_in_there(url, "ada")
    assert await browser.comes_back(back) == "/?problem=oidc_failed"
    assert await browser.is_nobody()


@pytest.mark.parametrize("error", ["server_error", "<script>", "a" * 500])
async def test_an_error_of_the_provider_is_told_in_our_own_words(
    browser: Browser, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    state = query(await browser.departs())["state"]
    there = httpx.QueryParams(error=error, error_description="what they say", state=state)
    assert await browser.comes_back(f"{CALLBACK}?{there}") == "/?problem=oidc_failed"
    assert "what they say" not in caplog.text
    assert "<script>" not in caplog.text


async def test_discovery_is_asked_for_once_an_hour(
    world: World, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    def asked() -> int:
        return sum("openid-configuration" in record.getMessage() for record in caplog.records)

    with caplog.at_level(logging.INFO):
        await browser.departs()
        await browser.signs_in("ada")
        assert asked() == 1
        world.clock.move(3601)
        await browser.departs()
        assert asked() == 2


async def test_new_keys_of_the_provider_are_fetched(world: World, settings: Settings) -> None:
    with oidc_provider(ACCOUNTS) as issuer:
        moved = another_server(world, with_provider(settings, issuer))
        assert await Browser(moved).signs_in("ada") == "/"
        away = Browser(moved)
        back = await away.signs_in_there(await away.departs(), "ada")
    assert await away.comes_back(back) == "/?problem=oidc_unreachable"
    with oidc_provider(ACCOUNTS, urlsplit(issuer).port or 0) as same:
        assert same == issuer
        assert await Browser(moved).signs_in("ada") == "/"


async def test_a_provider_out_of_reach_is_told(world: World, settings: Settings) -> None:
    gone = another_server(world, with_provider(settings, "http://127.0.0.1:9"))
    assert await Browser(gone).departs() == "/?problem=oidc_unreachable"


async def test_a_provider_that_does_not_answer_is_not_waited_for(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.accounts.oidc_provider._TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        server = another_server(world, with_provider(settings, issuer))
        assert await Browser(server).departs() == "/?problem=oidc_unreachable"


async def test_whoever_answers_must_be_the_issuer_meant(
    world: World, settings: Settings, issuer: str, caplog: pytest.LogCaptureFixture
) -> None:
    other_name = issuer.replace("127.0.0.1", "localhost")
    server = another_server(world, with_provider(settings, other_name))
    assert await Browser(server).departs() == "/?problem=oidc_failed"
    assert "VIVA_OIDC_ISSUER" in caplog.text


async def test_a_wrong_secret_lets_nobody_in(
    world: World, settings: Settings, issuer: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = with_provider(settings, issuer, oidc_client_secret=SecretStr("not this one"))
    browser = Browser(another_server(world, wrong))
    assert await browser.signs_in("ada") == "/?problem=oidc_failed"
    assert "invalid_client" in caplog.text
    assert "not this one" not in caplog.text
