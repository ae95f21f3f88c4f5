"""Mail: the settings it needs, what is stored, and what arrives at a server that may misbehave."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import delete, select

from server import mail
from server.context import Context
from server.jobs import queue, repository
from server.jobs.runner import Runner
from server.jobs.tasks import Task
from server.mail import sending
from server.mail.server import MailServer, read_url, wire_address
from server.models import Job, User
from server.settings import SettingsError, load_settings
from tests.server.conftest import World
from tests.server.mails import asked_for
from tests.smtp_sink import PASSWORD, USER, SmtpSink

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


async def _ask(world: World, key: str = "hello", **changed: Any) -> None:
    letter: dict[str, Any] = {
        "to": "ada@example.org",
        "subject": "Hello, Zoë",
        "text": "Dear <b>Zoë</b>,\n\nopen this link:\nhttp://viva.test/reset/a?b&c\n\nYours\nViva",
        "key": key,
        "now": world.clock(),
    }
    async with world.context.database.write() as db:
        await mail.post(db, **{**letter, **changed})


async def _job(world: World) -> Job:
    async with world.context.database.read() as db:
        job = await db.scalar(select(Job).where(Job.kind == "mail"))
    assert job is not None
    return job


async def _wait_out(world: World) -> None:
    world.clock.move(((await _job(world)).run_at - world.clock()).total_seconds())


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content


async def test_a_mail_arrives_as_text_and_as_html(mailed: World, smtp: SmtpSink) -> None:
    await _ask(mailed)
    await mailed.do_jobs()
    (message,) = smtp.taken
    assert smtp.recipients == ["ada@example.org"]
    assert (message["From"], message["To"]) == ("Viva <viva@viva.test>", "ada@example.org")
    assert message["Subject"] == "Hello, Zoë"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == mailed.clock()
    assert "List-Unsubscribe" not in message
    assert "Dear <b>Zoë</b>,\n\nopen" in _part(message, "plain").replace("\r\n", "\n")
    html = _part(message, "html")
    assert "<p>Dear &lt;b&gt;Zoë&lt;/b&gt;,</p>" in html
    link = "http://viva.test/reset/a?b&amp;c"
    assert f'<a href="{link}">{link}</a>' in html
    assert html.count("http") == 2
    assert "<img" not in html
    job = await _job(mailed)
    assert (job.state, job.payload) == ("done", {})
    await mailed.do_jobs()
    assert len(smtp.taken) == 1


async def test_html_cannot_be_smuggled_into_a_link(mailed: World, smtp: SmtpSink) -> None:
    await _ask(mailed, text='https://x.test/"><script>alert(1)</script>', subject="</title><b>")
    await mailed.do_jobs()
    html = _part(smtp.taken[0], "html")
    assert "<script" not in html
    assert "<b>" not in html


async def test_the_mail_server_is_given_the_password(mailed: World, smtp: SmtpSink) -> None:
    url = f"smtp://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{smtp.port}"
    mailed.context.settings.__dict__.update(smtp_url=SecretStr(url))
    await _ask(mailed)
    await mailed.do_jobs()
    assert (len(smtp.taken), smtp.users) == (1, [USER])


@pytest.mark.parametrize(
    ("command", "answer", "error"),
    [
        ("RCPT", "451 4.3.0 later, ada@example.org", "put off with 451"),
        ("RCPT", "421 4.3.2 closing", "put off with 421"),
        ("DATA", "452 4.3.1 full", "put off with 452"),
        ("DATA", "hang", "SMTPReadTimeoutError"),
    ],
)
async def test_what_is_put_off_is_sent_later(
    mailed: World,
    smtp: SmtpSink,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    command: str,
    answer: str,
    error: str,
) -> None:
    monkeypatch.setattr("server.mail.sending.TIMEOUT_S", 0.3)
    smtp.answers[command].append(answer)
    await _ask(mailed)
    await mailed.do_jobs()
    assert smtp.taken == []
    job = await _job(mailed)
    assert (job.state, job.last_error) == ("waiting", error)
    assert "ada@example.org" not in caplog.text
    await _wait_out(mailed)
    await mailed.do_jobs()
    assert len(smtp.taken) == 1
    assert (await _job(mailed)).state == "done"


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_what_is_refused_for_good_is_given_up(
    mailed: World, smtp: SmtpSink, caplog: pytest.LogCaptureFixture, command: str
) -> None:
    smtp.answers[command].append("550 5.1.1 nobody here is called ada@example.org")
    await _ask(mailed)
    await mailed.do_jobs()
    job = await _job(mailed)
    assert (job.state, job.payload, job.last_error) == ("given_up", {}, "refused with 550")
    assert "refused with 550" in caplog.text
    assert "ada@example.org" not in caplog.text


async def test_mail_waits_for_a_server_that_is_away(mailed: World, smtp: SmtpSink) -> None:
    await smtp.stop()
    await _ask(mailed)
    for _ in range(3):
        await mailed.do_jobs()
        await _wait_out(mailed)
    job = await _job(mailed)
    assert (job.state, job.attempts, job.last_error) == ("waiting", 3, "SMTPConnectError")
    await smtp.start()
    await mailed.do_jobs()
    assert len(smtp.taken) == 1


async def test_a_wrong_password_can_be_mended(mailed: World, smtp: SmtpSink) -> None:
    wrong = SecretStr(f"smtp://{USER}:wrong@127.0.0.1:{smtp.port}")
    mailed.context.settings.__dict__.update(smtp_url=wrong)
    await _ask(mailed)
    await mailed.do_jobs()
    assert (await _job(mailed)).last_error == "SMTPAuthenticationError"
    mailed.context.settings.__dict__.update(smtp_url=SecretStr(smtp.url))
    await _wait_out(mailed)
    await mailed.do_jobs()
    assert len(smtp.taken) == 1


async def test_a_second_copy_after_a_cut_line_can_be_told(mailed: World, smtp: SmtpSink) -> None:
    smtp.answers["DATA"].append("drop")
    await _ask(mailed)
    await _ask(mailed, key="another")
    await mailed.do_jobs()
    mailed.clock.move(60)
    await mailed.do_jobs()
    ids = Counter(message["Message-ID"] for message in smtp.taken)
    assert sorted(ids.values()) == [1, 2]
    assert all(str(id_).endswith("@viva.test>") for id_ in ids)


async def test_a_crash_between_acceptance_and_commit(mailed: World, smtp: SmtpSink) -> None:
    async def sent_but_not_noted(context: Context, task: Task) -> None:
        await sending.send(context, task)
        mailed.clock.move(repository.LEASE.total_seconds())
        await Runner(context, {"mail": sending.send}, ()).run_due()

    await _ask(mailed)
    await Runner(mailed.context, {"mail": sent_but_not_noted}, ()).run_due()
    assert len(smtp.taken) == 2
    assert smtp.taken[0]["Message-ID"] == smtp.taken[1]["Message-ID"]
    await mailed.do_jobs()
    assert ((await _job(mailed)).state, len(smtp.taken)) == ("done", 2)


async def test_mail_to_an_international_address(mailed: World, smtp: SmtpSink) -> None:
    await _ask(mailed, to="zoë@bücher.example")
    await mailed.do_jobs()
    assert smtp.recipients == ["zoë@xn--bcher-kva.example"]
    assert "To: zoë@xn--bcher-kva.example\r\n" in smtp.raw[0].decode()


async def test_long_links_of_unsubscribing_stay_whole(mailed: World, smtp: SmtpSink) -> None:
    token = "t" * 43
    await _ask(mailed, unsubscribe=token)
    await mailed.do_jobs()
    raw = smtp.raw[0].decode()
    assert f"List-Unsubscribe: <http://viva.test/api/v1/unsubscribe/{token}>\r\n" in raw
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert f"http://viva.test/unsubscribe/{token}" in _part(smtp.taken[0], "plain")


async def test_without_a_server_mail_waits(world: World) -> None:
    await _ask(world)
    await world.do_jobs()
    assert (await _job(world)).last_error == "mail is not set up"


async def test_a_server_that_is_killed_while_it_sends(
    mailed: World, smtp: SmtpSink, tmp_path: Path
) -> None:
    smtp.answers["DATA"].append("hang")
    await _ask(mailed)
    ours = ("VIVA_", "LIVEKIT_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)} | {
        "VIVA_DATA_DIR": str(mailed.settings.data_dir),
        "VIVA_SMTP_URL": smtp.url,
        "VIVA_MAIL_FROM": "viva@viva.test",
    }
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "uvicorn", "--factory", "server.app:create_app", "--port", "0"),
        *("--app-dir", str(Path.cwd())),
        cwd=tmp_path,
        env=environment,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await asyncio.wait_for(smtp.hanging.wait(), 60)
    finally:
        server.kill()
        await server.wait()
    assert smtp.taken == []
    mailed.clock.now = datetime.now(UTC)
    await mailed.do_jobs()
    assert smtp.taken == []
    mailed.clock.move(repository.LEASE.total_seconds())
    await mailed.do_jobs()
    assert len(smtp.taken) == 1
    job = await _job(mailed)
    assert (job.state, job.attempts) == ("done", 2)
