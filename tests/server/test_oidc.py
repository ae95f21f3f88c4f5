"""Sign-in by a real provider: a process of its own, with its own forms and real redirects."""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from server.accounts.oidc import own_path
from server.accounts.oidc_state import LIFETIME, Journeys
from server.accounts.passwords import Passwords
from server.app import create_app
from server.models import Identity, Login, User
from server.settings import Settings
from tests.oidc.process import CLIENT_ID, CLIENT_SECRET, abort_link, form_action, oidc_provider
from tests.server.conftest import HASHER, PASSWORD, World

START, CALLBACK = "/api/v1/auth/oidc/start", "/api/v1/auth/oidc/callback"
FAULTS = ("audience", "party", "issuer", "nonce", "expired", "signature", "unsigned", "symmetric")
FAULTS += ("absent", "nonsense")


def _person(subject: str, **claims: Any) -> dict[str, Any]:
    email = f"{subject}@example.org"
    return {"email": email, "email_verified": True, "name": f"{subject.title()} Example"} | claims


ACCOUNTS = {subject: _person(subject) for subject in ("ada", "bob", "eve")} | {
    "second-ada": _person("second-ada", email="ADA@example.org"),
    "unverified": _person("unverified", email="ada@example.org", email_verified=False),
    "unsaid": {"email": "unsaid@example.org"},
    "nameless": {"email": "nameless@example.org", "email_verified": True},
    "long-name": _person("long", name=" Ada\0 \ud800 "),
    "no-email": {"name": "No Email"},
    "odd-email": {"email": "not an address", "email_verified": True},
    **{fault: _person(fault, fault=fault) for fault in FAULTS},
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider(ACCOUNTS) as found:
        yield found


@pytest.fixture
def settings(settings: Settings, issuer: str) -> Settings:
    return with_provider(settings, issuer)


def with_provider(settings: Settings, issuer: str, **changes: Any) -> Settings:
    known = {
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": SecretStr(CLIENT_SECRET),
    }
    return settings.model_copy(update=known | changes)


def _another_server(world: World, settings: Settings) -> World:
    """One beside `world`, over the same database."""
    app = create_app(settings, world.clock, Passwords(HASHER))
    app.state.context = replace(
        app.state.context, database=world.context.database, rooms=world.context.rooms
    )
    return World(app, world.clock, world.livekit, settings, world.opened)


class Browser:
    """Somebody at a browser: `web` reaches Viva and, on real sockets, the provider."""

    def __init__(self, world: World, scheme: str = "http") -> None:
        self.home = f"{scheme}://viva.test"
        transport = httpx.ASGITransport(app=world.app, raise_app_exceptions=False)
        self.web = httpx.AsyncClient(
            mounts={f"{scheme}://viva.test": transport},
            base_url=self.home,
            trust_env=False,
            verify=False,  # Reading the certificates takes long, and there is no TLS here.
        )
        world.opened.append(self.web)

    async def departs(self, next_: str | None = None, **headers: str) -> str:
        """Where the page's link leads."""
        params = {} if next_ is None else {"next": next_}
        answer = await self.web.get(START, params=params, headers=headers)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    async def signs_in_there(self, url: str, login: str, *, refuse: bool = False) -> str:
        """Fills in the provider's forms; the address at Viva that it sends the browser back to."""
        answer = await self.web.get(url)
        for _ in range(12):
            while answer.is_redirect:
                there = str(answer.url.join(answer.headers["location"]))
                if there.startswith(self.home):
                    return there
                answer = await self.web.get(there)
            assert answer.status_code == 200, answer.text
            if refuse:
                answer = await self.web.get(abort_link(answer.text))
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert prompt is not None, answer.text
            typed = {"prompt": prompt[1], "login": login, "password": "any"}
            answer = await self.web.post(form_action(answer.text), data=typed)
        raise AssertionError("the provider goes round in circles")

    async def signs_in(self, login: str, next_: str | None = None) -> str:
        """The whole way; where the browser is sent in the end."""
        back = await self.signs_in_there(await self.departs(next_), login)
        return await self.comes_back(back)

    async def comes_back(self, url: str) -> str:
        answer = await self.web.get(url)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    async def me(self) -> dict[str, Any]:
        answer = await self.web.get("/api/v1/me")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def is_nobody(self) -> bool:
        return (await self.web.get("/api/v1/me")).status_code == 401


@pytest.fixture
def browser(world: World) -> Browser:
    return Browser(world)


async def _registered(world: World, email: str) -> Browser:
    browser = Browser(world)
    body = {"email": email, "password": PASSWORD, "name": "Ada Lovelace"}
    answer = await browser.web.post("/api/v1/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    return browser


async def _count(world: World, table: type[User] | type[Identity] | type[Login]) -> int:
    async with world.context.database.read() as db:
        return await db.scalar(select(func.count()).select_from(table)) or 0


def _query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def _changed(url: str, **changes: str) -> str:
    query = httpx.QueryParams(_query(url) | changes)
    return urlunsplit(urlsplit(url)._replace(query=str(query)))


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
    assert (await _count(world, User), await _count(world, Identity)) == (1, 1)


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


async def test_what_the_provider_is_asked(browser: Browser, issuer: str) -> None:
    one, other = _query(await browser.departs()), _query(await browser.departs())
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


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_token_that_is_not_good_lets_nobody_in(
    world: World, browser: Browser, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert await browser.signs_in(fault) == "/?problem=oidc_failed"
    assert await browser.is_nobody()
    assert await _count(world, User) == 0
    assert "sign-in failed" in caplog.text
    assert "Traceback" not in caplog.text
    assert "viva-oidc" not in browser.web.cookies


async def test_the_nonce_is_that_of_this_sign_in(world: World, browser: Browser) -> None:
    url = _changed(await browser.departs(), nonce="of-another-sign-in")
    back = await browser.signs_in_there(url, "ada")
    assert await browser.comes_back(back) == "/?problem=oidc_failed"
    assert await browser.is_nobody()


async def test_a_code_without_its_verifier_is_worth_nothing(world: World, browser: Browser) -> None:
    thief = Browser(world)
    stolen = _query(await browser.signs_in_there(await browser.departs(), "ada"))["code"]
    own = _query(await thief.departs())["state"]
    assert await thief.comes_back(f"{CALLBACK}?code={stolen}&state={own}") == (
        "/?problem=oidc_failed"
    )
    assert await thief.is_nobody()


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
    back = _changed(await browser.signs_in_there(await browser.departs(), "ada"), state=state)
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
    leaving = Browser(_another_server(world, keyed))
    coming = Browser(_another_server(world, keyed))
    back = await leaving.signs_in_there(await leaving.departs(), "ada")
    coming.web.cookies = leaving.web.cookies
    assert await coming.comes_back(back) == "/"
    assert (await coming.me())["email"] == "ada@example.org"


async def test_who_says_no_at_the_provider_is_back_at_the_sign_in(browser: Browser) -> None:
    back = await browser.signs_in_there(await browser.departs(), "ada", refuse=True)
    assert await browser.comes_back(back) == "/?problem=oidc_refused"
    assert await browser.is_nobody()


@pytest.mark.parametrize("error", ["server_error", "<script>", "a" * 500])
async def test_an_error_of_the_provider_is_told_in_our_own_words(
    browser: Browser, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    state = _query(await browser.departs())["state"]
    there = httpx.QueryParams(error=error, error_description="what they say", state=state)
    assert await browser.comes_back(f"{CALLBACK}?{there}") == "/?problem=oidc_failed"
    assert "what they say" not in caplog.text
    assert "<script>" not in caplog.text


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
    assert await _count(world, User) == 0
    await _registered(world, "ada@example.org")
    assert await Browser(world).signs_in(login) == f"/?problem={problem}"
    assert await _count(world, Identity) == 0


async def test_addresses_are_trusted_where_the_settings_say_so(
    world: World, settings: Settings
) -> None:
    trusting = _another_server(world, settings.model_copy(update={"oidc_trusts_email": True}))
    assert await Browser(trusting).signs_in("unsaid") == "/"
    assert await Browser(trusting).signs_in("unverified") == "/?problem=oidc_email_unverified"


async def test_who_has_no_name_is_called_by_their_address(browser: Browser) -> None:
    assert await browser.signs_in("nameless") == "/"
    assert (await browser.me())["name"] == "nameless"


async def test_an_account_with_a_password_is_not_taken_over(world: World) -> None:
    owner = await _registered(world, "ada@example.org")
    stranger = Browser(world)
    assert await stranger.signs_in("ada") == "/?problem=link_first"
    assert await stranger.is_nobody()
    assert await _count(world, Identity) == 0
    assert await owner.signs_in("ada", "/settings") == "/settings"
    assert await stranger.signs_in("ada") == "/"
    assert (await stranger.me())["id"] == (await owner.me())["id"]
    assert (await stranger.me())["has_password"] is True


async def test_an_identity_may_have_another_address_than_the_account(world: World) -> None:
    owner = await _registered(world, "countess@example.org")
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
    assert await _count(world, User) == 1


async def test_one_identity_opens_one_account(world: World, browser: Browser) -> None:
    assert await browser.signs_in("eve") == "/"
    other = await _registered(world, "bob@example.org")
    assert await other.signs_in("eve", "/settings") == "/?problem=identity_taken"
    assert (await other.me())["email"] == "bob@example.org"
    assert await browser.signs_in("eve", "/settings") == "/settings"
    assert await _count(world, Identity) == 1


async def test_another_site_cannot_link_an_identity(world: World, issuer: str) -> None:
    owner = await _registered(world, "ada@example.org")
    for site in ("cross-site", "same-site"):
        assert await owner.departs("/settings", **{"sec-fetch-site": site}) == "/settings"
    for site in ("same-origin", "none"):
        assert (await owner.departs(**{"sec-fetch-site": site})).startswith(issuer)
    somebody = Browser(world)
    assert (await somebody.departs(**{"sec-fetch-site": "cross-site"})).startswith(issuer)


async def test_linking_ends_when_the_login_does(world: World) -> None:
    owner = await _registered(world, "ada@example.org")
    back = await owner.signs_in_there(await owner.departs("/settings"), "ada")
    await owner.web.post("/api/v1/auth/logout")
    assert await owner.comes_back(back) == "/?problem=oidc_state"
    assert await _count(world, Identity) == 0


async def test_an_api_token_links_nothing(world: World) -> None:
    owner = await _registered(world, "ada@example.org")
    made = await owner.web.post("/api/v1/me/tokens", json={"name": "script"})
    script = Browser(world)
    bearer = {"authorization": f"Bearer {made.json()['token']}"}
    back = await script.signs_in_there(await script.departs(**bearer), "eve")
    assert await script.comes_back(back) == "/"
    assert (await script.me())["email"] == "eve@example.org"


async def test_trying_again_and_again_is_slowed_down(world: World, settings: Settings) -> None:
    few = settings.model_copy(update={"login_attempts_per_address": 3})
    browser = Browser(_another_server(world, few))
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
    hidden = [_query(back)["code"], *values["pending"].values(), CLIENT_SECRET, kept]
    hidden.append(browser.web.cookies["viva"])
    assert [secret for secret in hidden if secret in text] == []


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
        moved = _another_server(world, with_provider(settings, issuer))
        assert await Browser(moved).signs_in("ada") == "/"
        away = Browser(moved)
        back = await away.signs_in_there(await away.departs(), "ada")
    assert await away.comes_back(back) == "/?problem=oidc_unreachable"
    with oidc_provider(ACCOUNTS, urlsplit(issuer).port or 0) as same:
        assert same == issuer
        assert await Browser(moved).signs_in("ada") == "/"


async def test_a_provider_out_of_reach_is_told(world: World, settings: Settings) -> None:
    gone = _another_server(world, with_provider(settings, "http://127.0.0.1:9"))
    assert await Browser(gone).departs() == "/?problem=oidc_unreachable"


async def test_a_provider_that_does_not_answer_is_not_waited_for(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.accounts.oidc_provider._TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        server = _another_server(world, with_provider(settings, issuer))
        assert await Browser(server).departs() == "/?problem=oidc_unreachable"


async def test_whoever_answers_must_be_the_issuer_meant(
    world: World, settings: Settings, issuer: str, caplog: pytest.LogCaptureFixture
) -> None:
    other_name = issuer.replace("127.0.0.1", "localhost")
    server = _another_server(world, with_provider(settings, other_name))
    assert await Browser(server).departs() == "/?problem=oidc_failed"
    assert "VIVA_OIDC_ISSUER" in caplog.text


async def test_a_wrong_secret_lets_nobody_in(
    world: World, settings: Settings, issuer: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = with_provider(settings, issuer, oidc_client_secret=SecretStr("not this one"))
    browser = Browser(_another_server(world, wrong))
    assert await browser.signs_in("ada") == "/?problem=oidc_failed"
    assert "invalid_client" in caplog.text
    assert "not this one" not in caplog.text


async def test_without_a_provider_the_way_is_closed(world: World, settings: Settings) -> None:
    none = settings.model_copy(update={"oidc_issuer": None})
    browser = Browser(_another_server(world, none))
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
    url = await Browser(_another_server(world, public)).departs()
    assert _query(url)["redirect_uri"] == f"https://viva.test{CALLBACK}"
