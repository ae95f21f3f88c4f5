"""Asking for mail: the settings it needs, and what is stored."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import httpx
import pytest
from sqlalchemy import delete

from server import mail
from server.jobs import queue
from server.mail.server import MailServer, read_url, wire_address
from server.models import User
from server.settings import SettingsError, load_settings
from tests.server.conftest import World
from tests.server.mails import asked_for

SECRET = "hunter2-and-more"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 25, "offered")),
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525, "none")),
        ("smtp://localhost", MailServer("localhost", 25, "none")),
        ("smtps://mail.example.org/", MailServer("mail.example.org", 465, "implicit")),
        (
            "smtp://viva%40example.org:p%40ss%2Fword@mail.example.org",
            MailServer("mail.example.org", 587, "required", "viva@example.org", "p@ss/word"),
        ),
        ("smtp://[::1]:26", MailServer("::1", 26, "none")),
    ],
)
def test_a_mail_servers_address_is_read(url: str, expected: MailServer) -> None:
    assert read_url(url) == expected
    assert "p@ss/word" not in repr(read_url(url))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VIVA_SMTP_URL", f"http://viva:{SECRET}@mail.example.org"),
        ("VIVA_SMTP_URL", f"smtp://viva:{SECRET}@"),
        ("VIVA_SMTP_URL", f"smtp://viva:{SECRET}@mail.example.org:many"),
        ("VIVA_SMTP_URL", f"smtp://viva:{SECRET}@mail.example.org:0"),
        ("VIVA_SMTP_URL", f"smtp://viva:{SECRET}@mail.example.org/path"),
        ("VIVA_SMTP_URL", f"smtp://{SECRET}@mail.example.org"),
        ("VIVA_SMTP_URL", f"smtp://[{SECRET}"),
        ("VIVA_MAIL_FROM", "nobody"),
        ("VIVA_MAIL_FROM", "Viva <viva@example.org>, eve@example.org"),
        ("VIVA_MAIL_FROM", "Viva <viva@example.org>\nBcc: eve@example.org"),
        ("VIVA_PUBLIC_URL", "viva.example.org"),
        ("VIVA_PUBLIC_URL", "https://viva.example.org/?next=/"),
    ],
)
def test_a_wrong_setting_of_mail_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("VIVA_MAIL_FROM", "viva@example.org")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{name}: expected ")
    assert SECRET not in str(caught.value)


def test_mail_needs_an_address_that_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVA_SMTP_URL", f"smtp://viva:{SECRET}@mail.example.org")
    with pytest.raises(SettingsError, match=r"VIVA_MAIL_FROM: expected .*VIVA_SMTP_URL"):
        load_settings()
    monkeypatch.setenv("VIVA_MAIL_FROM", "Viva <viva@example.org>")
    settings = load_settings()
    assert settings.mail_set_up
    assert settings.resolved_public_url == "http://localhost:8000"
    assert SECRET not in repr(settings) + repr(settings.mail_server)


def test_international_domains_are_written_in_ascii() -> None:
    assert wire_address("ada@bücher.example") == "ada@xn--bcher-kva.example"
    assert wire_address("zoë@bücher.example") == "zoë@xn--bcher-kva.example"


async def test_mail_is_asked_for_once_and_with_its_transaction(world: World) -> None:
    now, database = world.clock(), world.context.database
    letter: dict[str, Any] = {
        "to": "ada@example.org",
        "subject": "Hello",
        "text": "Dear Ada",
        "now": now,
    }
    async with database.write() as db:
        assert await mail.post(db, key="one", **letter)
        assert not await mail.post(db, key="one", **letter)
    with suppress(RuntimeError):
        async with database.write() as db:
            assert await mail.post(db, key="two", **letter)
            raise RuntimeError
    async with database.write() as db:
        assert not await mail.post(db, key="one", **letter)
    assert [(m.key, m.to, m.subject) for m in await asked_for(world)] == [
        ("one", "ada@example.org", "Hello")
    ]


async def test_no_header_can_be_smuggled_in(world: World) -> None:
    now = world.clock()
    async with world.context.database.write() as db:
        await mail.post(
            db,
            to="ada@example.org",
            subject="Hello\r\nBcc: eve@example.org\u2028\0there",
            text="x",
            key="k",
            now=now,
        )
        with pytest.raises(ValueError, match="one line"):
            await mail.post(
                db, to="ada@example.org\nBcc: eve", subject="x", text="x", key="l", now=now
            )
    (asked,) = await asked_for(world)
    assert asked.subject == "Hello Bcc: eve@example.org there"


async def test_mail_that_waits_goes_with_its_user(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    ids = [(await client.get("/api/v1/me")).json()["id"] for client in (owner, other)]
    async with world.context.database.write() as db:
        for id_ in ids:
            await mail.post(
                db,
                to=f"{id_}@example.org",
                subject="s",
                text="t",
                key=id_,
                now=world.clock(),
                user_id=id_,
            )
    async with world.context.database.write() as db:
        await db.execute(delete(User).where(User.id == ids[0]))
    assert [mail.key for mail in await asked_for(world)] == [ids[1]]


async def test_a_key_that_no_database_keeps_is_refused(world: World) -> None:
    async with world.context.database.write() as db:
        with pytest.raises(ValueError, match="200"):
            await queue.add(db, kind="x", key="k" * 201, now=world.clock())
