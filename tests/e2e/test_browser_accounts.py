"""Getting in, by whatever way, at a real browser: a real OIDC provider, real mail, real forms."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect
from pydantic import SecretStr

from tests import smtp_sink
from tests.e2e.browser import SOON_MS, Candidate, candidate, until
from tests.e2e.site import site
from tests.oidc.process import CLIENT_ID, CLIENT_SECRET, oidc_provider
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.browser

PASSWORD, OTHER_PASSWORD = "correct horse battery", "staple, differently correct"
ACCOUNTS = {
    "ada": {"email": "ada@example.com", "email_verified": True, "name": "Ada Example"},
    "grace": {"email": "grace@example.com", "email_verified": True, "name": "Grace Example"},
}


async def _no_fonts(route: Route) -> None:
    """The provider's own page asks the internet for one."""
    await route.fulfill(content_type="text/css", body="")


async def _registers(page: Page, url: str, email: str) -> None:
    one = Candidate(page, url)
    await page.goto(url)
    await one.part("auth-switch").click()
    await one.part("auth-name").fill("Ada Example")
    await one.part("auth-email").fill(email)
    await one.part("auth-password").fill(PASSWORD)
    await one.part("auth-submit").click()


async def _logs_in(one: Candidate, email: str, password: str) -> None:
    await one.page.goto(one.url)
    await one.part("auth-email").fill(email)
    await one.part("auth-password").fill(password)
    await one.part("auth-submit").click()


async def _signs_out(one: Candidate) -> None:
    await one.part("user-menu").click()
    await one.part("sign-out").click()
    await expect(one.part("auth-submit")).to_be_visible(timeout=SOON_MS)


async def _is_in(one: Candidate) -> None:
    await expect(one.part("start-screen")).to_be_visible(timeout=SOON_MS)


@asynccontextmanager
async def _second_browser(first: Candidate) -> AsyncIterator[Candidate]:
    """Another browser of somebody's, which shares nothing with their first."""
    browser = first.page.context.browser
    assert browser is not None
    context = await browser.new_context()
    one = Candidate(await context.new_page(), first.url)
    one.watch(one.page)
    yield one
    await context.close()


# --- By an OIDC provider


@asynccontextmanager
async def _with_provider() -> AsyncIterator[Candidate]:
    # By another name: for the browser it is another site, and cookies are sent as they would be.
    with oidc_provider(ACCOUNTS, host="localhost") as issuer:
        settings: dict[str, Any] = {
            "oidc_issuer": issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": SecretStr(CLIENT_SECRET),
            "oidc_title": "Example University",
        }
        async with site(**settings) as url, candidate(url, None) as one:
            await one.page.context.route("https://fonts.googleapis.com/**", _no_fonts)
            yield one


async def _at_the_provider(page: Page, login: str) -> None:
    await expect(page).to_have_url(re.compile(r"^http://localhost:"), timeout=SOON_MS)
    await page.locator("input[name=login]").fill(login)
    await page.locator("input[name=password]").fill("any")
    await page.locator("button[type=submit]").click()
    await page.get_by_role("button", name="Continue").click()


async def test_signing_in_by_a_provider_leads_to_where_one_wanted_to_go() -> None:
    async with _with_provider() as ada:
        await ada.page.goto(f"{ada.url}/settings/devices")
        button = ada.part("auth-oidc")
        await expect(button).to_have_text("Sign in with Example University", timeout=SOON_MS)
        await button.click()
        await _at_the_provider(ada.page, "ada")
        await expect(ada.part("settings-screen")).to_be_visible(timeout=SOON_MS)
        assert ada.page.url == f"{ada.url}/settings/devices"
        await expect(ada.part("user-name")).to_have_text("Ada Example")
        await ada.page.reload()
        await expect(ada.part("settings-screen")).to_be_visible(timeout=SOON_MS)
        await _signs_out(ada)
        assert ada.problems == []


async def test_who_says_no_there_is_told_and_can_try_again() -> None:
    async with _with_provider() as ada:
        await ada.page.goto(ada.url)
        await ada.part("auth-oidc").click()
        await expect(ada.page).to_have_url(re.compile(r"^http://localhost:"), timeout=SOON_MS)
        await ada.page.get_by_role("link", name=re.compile("cancel", re.IGNORECASE)).click()
        told = ada.part("auth-came-back")
        await expect(told).to_contain_text("not let in", timeout=SOON_MS)
        assert ada.page.url == f"{ada.url}/"
        await ada.part("auth-oidc").click()
        await _at_the_provider(ada.page, "ada")
        await _is_in(ada)
        assert ada.problems == []


async def test_an_account_with_a_password_is_connected_from_its_settings() -> None:
    async with _with_provider() as ada:
        await _registers(ada.page, ada.url, "ada@example.com")
        await _is_in(ada)
        async with _second_browser(ada) as stranger:
            await stranger.page.context.route("https://fonts.googleapis.com/**", _no_fonts)
            await stranger.page.goto(stranger.url)
            await stranger.part("auth-oidc").click()
            await _at_the_provider(stranger.page, "ada")
            told = stranger.part("auth-came-back")
            await expect(told).to_contain_text("an account with your address", timeout=SOON_MS)
        me = await ada.get("/me")
        await ada.page.goto(f"{ada.url}/settings/account")
        await ada.part("connect-oidc").click()
        await _at_the_provider(ada.page, "ada")
        await expect(ada.part("connect-oidc")).to_be_visible(timeout=SOON_MS)
        assert ada.page.url == f"{ada.url}/settings/account"
        await _signs_out(ada)
        await ada.part("auth-oidc").click()
        # The provider remembers who is there and what they allowed.
        await expect(ada.part("user-name")).to_have_text("Ada Example", timeout=SOON_MS)
        assert await ada.get("/me") == me
        assert ada.problems == []


# --- Passwords


async def test_a_new_password_signs_out_every_other_browser() -> None:
    async with site() as url, candidate(url, None) as ada, _second_browser(ada) as phone:
        await _registers(ada.page, url, "ada@example.com")
        await _is_in(ada)
        await _logs_in(phone, "ada@example.com", PASSWORD)
        await _is_in(phone)
        await ada.page.goto(f"{url}/settings/account")
        await expect(ada.part("login")).to_have_count(2, timeout=SOON_MS)
        await ada.part("password-open").click()
        await ada.part("field-current").fill("not this one")
        await ada.part("field-new").fill(OTHER_PASSWORD)
        await ada.part("password-submit").click()
        await expect(ada.part("password-form")).to_contain_text(
            re.compile("password", re.IGNORECASE), timeout=SOON_MS
        )
        await expect(ada.part("field-current")).to_have_attribute("aria-invalid", "true")
        await ada.part("field-current").fill(PASSWORD)
        await ada.part("password-submit").click()
        await expect(ada.part("login")).to_have_count(1, timeout=SOON_MS)
        await phone.page.reload()
        await expect(phone.part("auth-submit")).to_be_visible(timeout=SOON_MS)
        await _logs_in(phone, "ada@example.com", PASSWORD)
        await expect(phone.part("auth-problem")).to_contain_text(
            "do not fit together", timeout=SOON_MS
        )
        await _logs_in(phone, "ada@example.com", OTHER_PASSWORD)
        await _is_in(phone)


async def _link_in_mail(sink: SmtpSink, url: str, kind: str) -> str:
    """The link of the last mail, once there is one."""

    def found() -> list[str]:
        bodies = [mail.get_body(("plain",)) for mail in sink.taken]
        text = "\n".join(body.get_content() for body in bodies if body is not None)
        return re.findall(rf"{re.escape(url)}/{kind}/\S+", text)

    async def there() -> bool:
        return bool(found())

    await until(there, 30.0, f"a mail with a link to /{kind}")
    return found()[-1]


async def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once() -> None:
    async with (
        smtp_sink.running() as sink,
        site(sink.url) as url,
        candidate(url, None) as ada,
        _second_browser(ada) as phone,
    ):
        await _registers(ada.page, url, "ada@example.com")
        await expect(ada.part("auth-confirm")).to_be_visible(timeout=SOON_MS)
        await ada.page.goto(await _link_in_mail(sink, url, "confirm"))
        await ada.part("link-submit").click()
        await _is_in(ada)

        await phone.page.goto(url)
        await phone.part("auth-forgotten").click()
        await phone.part("forgotten-email").fill("ada@example.com")
        await phone.part("forgotten-submit").click()
        await expect(phone.page.get_by_role("status")).to_contain_text(
            "a link is on its way", timeout=SOON_MS
        )
        link = await _link_in_mail(sink, url, "reset")
        await phone.page.goto(link)
        # The token is in no address that the browser keeps.
        await expect(phone.page).to_have_url(f"{url}/reset")
        await phone.part("reset-password").fill(OTHER_PASSWORD)
        await phone.part("reset-submit").click()
        await _is_in(phone)
        await ada.page.goto(url)
        await expect(ada.part("auth-submit")).to_be_visible(timeout=SOON_MS)

        await ada.page.goto(link)
        await ada.part("reset-password").fill("a third one, later")
        await ada.part("reset-submit").click()
        await expect(ada.part("link-over")).to_be_visible(timeout=SOON_MS)
        await _logs_in(ada, "ada@example.com", OTHER_PASSWORD)
        await _is_in(ada)


async def test_a_new_address_holds_once_the_link_sent_to_it_is_opened() -> None:
    async with (
        smtp_sink.running() as sink,
        site(sink.url) as url,
        candidate(url, None) as ada,
    ):
        await _registers(ada.page, url, "ada@example.com")
        await ada.page.goto(await _link_in_mail(sink, url, "confirm"))
        await ada.part("link-submit").click()
        await _is_in(ada)
        await ada.page.goto(f"{url}/settings/account")
        await ada.part("email-open").click()
        await ada.part("new-email").fill("ada.king@example.com")
        await ada.part("field-email-password").fill(PASSWORD)
        await ada.part("email-submit").click()
        told = ada.part("email-form").get_by_role("status")
        await expect(told).to_contain_text("when you open it", timeout=SOON_MS)
        await expect(ada.part("account-email")).to_have_text("ada@example.com")
        link = await _link_in_mail(sink, url, "email")
        await ada.page.goto(link)
        # The link is not used up by whatever only looks at it.
        assert (await ada.get("/me"))["email"] == "ada@example.com"
        await ada.part("link-submit").click()
        await expect(ada.part("link-told")).to_contain_text("ada.king@example.com", timeout=SOON_MS)
        await expect(ada.page).to_have_url(f"{url}/email")
        await ada.page.reload()
        await expect(ada.part("link-over")).to_be_visible(timeout=SOON_MS)
        await ada.page.goto(f"{url}/settings/account")
        await expect(ada.part("account-email")).to_have_text(
            "ada.king@example.com", timeout=SOON_MS
        )
        assert ada.problems == []


async def test_without_mail_it_is_said_who_can_help() -> None:
    async with site() as url, candidate(url, None) as ada:
        await ada.page.goto(url)
        await ada.part("auth-forgotten").click()
        await expect(ada.part("forgotten-no-mail")).to_be_visible(timeout=SOON_MS)
        await expect(ada.page.get_by_text("viva admin link")).to_be_visible()
        assert ada.problems == []


# --- Where one is signed in


async def test_a_browser_that_one_does_not_know_is_signed_out() -> None:
    async with site() as url, candidate(url, None) as ada:
        await _registers(ada.page, url, "ada@example.com")
        await _is_in(ada)
        async with _second_browser(ada) as phone, _second_browser(ada) as stranger:
            for one in (phone, stranger):
                await _logs_in(one, "ada@example.com", PASSWORD)
                await _is_in(one)
            await ada.page.goto(f"{url}/settings/account")
            logins = ada.part("login")
            await expect(logins).to_have_count(3, timeout=SOON_MS)
            await expect(logins.first).to_contain_text("This browser")
            await expect(logins.first).to_contain_text("Chrom")
            await expect(logins.first.get_by_test_id("login-end")).to_have_count(0)
            # The last seen comes first among the others.
            await logins.nth(1).get_by_test_id("login-end").click()
            await expect(logins).to_have_count(2, timeout=SOON_MS)
            await stranger.page.reload()
            await phone.page.reload()
            await expect(stranger.part("auth-submit")).to_be_visible(timeout=SOON_MS)
            await _is_in(phone)
            await ada.part("logins-end-others").click()
            await expect(logins).to_have_count(1, timeout=SOON_MS)
            await expect(ada.part("logins-end-others")).to_be_hidden()
            await phone.page.reload()
            await expect(phone.part("auth-submit")).to_be_visible(timeout=SOON_MS)
        assert ada.problems == []
