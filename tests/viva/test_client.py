"""The simulated candidate's calls, against the real server's routes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from pydantic import SecretStr

from server import db
from server.accounts.passwords import Passwords
from server.app import create_app
from server.settings import Settings
from tests.server.serving import serving
from viva.client import Client
from viva.errors import CommandError

MAIL = {"smtp_url": SecretStr("smtp://127.0.0.1:9"), "mail_from": "viva@viva.test"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(_env_file=None, data_dir=tmp_path, web_dir=tmp_path / "dist")
    db.upgrade(made.resolved_database_url)
    return made


def _app(settings: Settings) -> FastAPI:
    return create_app(settings, passwords=Passwords(PasswordHasher(1, 8, 1)))


@pytest.fixture
async def url(settings: Settings) -> AsyncIterator[str]:
    app = _app(settings)
    async with serving(app) as address:
        yield address
    await app.state.context.database.close()


async def test_a_fresh_account_is_used_at_once(url: str) -> None:
    async with Client(url) as client:
        await client.register("Simulated")
        made = await client.create_session("general-ml-system-design", None)
        assert (await client.session(made["id"]))["id"] == made["id"]


async def test_no_mail_is_sent_to_who_does_not_exist(settings: Settings) -> None:
    app = _app(settings.model_copy(update=MAIL))
    async with serving(app) as address, Client(address) as client:
        with pytest.raises(CommandError, match="--email and VIVA_PASSWORD"):
            await client.register("Simulated")
    await app.state.context.database.close()


async def test_the_servers_words_are_passed_on(url: str) -> None:
    async with Client(url) as client:
        with pytest.raises(CommandError, match="401 Address and password do not fit"):
            await client.log_in("nobody@example.com", "not this one")


async def test_nobody_there_is_said_so() -> None:
    async with Client("http://127.0.0.1:1") as client:
        with pytest.raises(CommandError, match="is `viva up` running there"):
            await client.register("Simulated")
