"""Somebody who signs in by a real provider, with its own forms and real redirects."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import httpx
from pydantic import SecretStr
from sqlalchemy import func, select

from server.accounts.passwords import Passwords
from server.app import create_app
from server.models import Identity, Login, User
from server.settings import Settings
from tests.oidc.process import CLIENT_ID, CLIENT_SECRET, abort_link, form_action
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
    "odd-name": _person("odd-name", name="Ada\0"),
    "long-name": _person("long-name", name=" Ada  Lovelace " + "x" * 300),
    "no-email": {"name": "No Email"},
    "odd-email": {"email": "not an address", "email_verified": True},
    **{fault: _person(fault, fault=fault) for fault in FAULTS},
}


def with_provider(settings: Settings, issuer: str, **changes: Any) -> Settings:
    known = {
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": SecretStr(CLIENT_SECRET),
    }
    return settings.model_copy(update=known | changes)


def another_server(world: World, settings: Settings) -> World:
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


async def registered(world: World, email: str) -> Browser:
    browser = Browser(world)
    body = {"email": email, "password": PASSWORD, "name": "Ada Lovelace"}
    answer = await browser.web.post("/api/v1/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    return browser


async def count(world: World, table: type[User] | type[Identity] | type[Login]) -> int:
    async with world.context.database.read() as db:
        return await db.scalar(select(func.count()).select_from(table)) or 0


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def changed(url: str, **changes: str) -> str:
    """`url` with other values in its query."""
    asked = httpx.QueryParams(query(url) | changes)
    return urlunsplit(urlsplit(url)._replace(query=str(asked)))
