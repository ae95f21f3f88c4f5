"""Reminders and digests: in the page and by mail, once, and at the right time."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from server.preferences.schemas import Values
from server.preferences.service import values_of
from tests.server.conftest import World
from tests.server.finishing import finished
from tests.server.mails import asked_for
from tests.server.test_next import SAID, answered, end
from tests.smtp_sink import SmtpSink

BOTH_DATABASES = True
# The clock of a world begins on Sunday, 1 March 2026, at noon.


async def set_(client: httpx.AsyncClient, **values: Any) -> None:
    answer = await client.patch("/api/v1/me/settings", json={"values": values, "base": {}})
    assert answer.status_code == 200, answer.text


async def practise(world: World, client: httpx.AsyncClient) -> str:
    """A session that was begun, and ended by its owner."""
    id_ = await world.joined(client)
    world.clock.move(3600)
    answer = await client.post(f"/api/v1/sessions/{id_}/control", json={"action": "end"})
    assert answer.status_code == 202, answer.text
    return id_


async def notices(client: httpx.AsyncClient, kind: str = "") -> list[dict[str, Any]]:
    answer = await client.get("/api/v1/me/notices")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return [item for item in items if kind in ("", item["kind"])]


async def pass_until(world: World, when: str) -> None:
    """Let the server do its jobs twice a day, and at `when`."""
    end = datetime.fromisoformat(when).replace(tzinfo=UTC)
    while world.clock.now < end:
        await world.do_jobs()
        world.clock.now = min(world.clock.now + timedelta(hours=12), end)
    await world.do_jobs()


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


async def test_a_reminder_comes_some_mornings_after(world: World, owner: httpx.AsyncClient) -> None:
    await set_(owner, reminder_days=3, time_zone="Europe/Berlin")
    await practise(world, owner)
    await pass_until(world, "2026-03-04T07:59")
    assert await notices(owner) == []
    await pass_until(world, "2026-03-04T08:01")
    (notice,) = await notices(owner)
    assert notice["kind"] == "reminder"
    assert notice["title"] == "It is 3 days since you practised"
    assert (notice["link"], notice["read_at"]) == ("/", None)
    await pass_until(world, "2026-03-20T12:00")
    assert len(await notices(owner)) == 1
    assert await asked_for(world) == []


async def test_a_reminder_on_the_morning_after_summer_time_began(
    world: World, owner: httpx.AsyncClient
) -> None:
    await set_(owner, reminder_days=1, time_zone="Europe/Berlin")
    world.clock.now = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    await practise(world, owner)
    await pass_until(world, "2026-03-29T06:59")
    assert await notices(owner) == []
    await pass_until(world, "2026-03-29T07:01")
    assert len(await notices(owner)) == 1


async def test_who_practised_since_is_not_reminded(world: World, owner: httpx.AsyncClient) -> None:
    await set_(owner, reminder_days=2)
    await practise(world, owner)
    await pass_until(world, "2026-03-02T12:00")
    await practise(world, owner)
    await pass_until(world, "2026-03-03T20:00")
    assert await notices(owner) == []
    await pass_until(world, "2026-03-04T10:00")
    assert len(await notices(owner)) == 1


async def test_who_is_in_the_middle_is_not_reminded(world: World, owner: httpx.AsyncClient) -> None:
    await set_(owner, reminder_days=1)
    await practise(world, owner)
    await world.joined(owner)
    await pass_until(world, "2026-03-03T12:00")
    assert await notices(owner) == []


async def test_a_planned_session_is_none_that_was_begun(
    world: World, owner: httpx.AsyncClient
) -> None:
    await set_(owner, reminder_days=1, digest="weekly")
    await practise(world, owner)
    await owner.post("/api/v1/sessions", json={})
    given_up = (await owner.post("/api/v1/sessions", json={})).json()["id"]
    await owner.post(f"/api/v1/sessions/{given_up}/control", json={"action": "end"})
    await pass_until(world, "2026-03-02T10:00")
    assert len(await notices(owner, "reminder")) == 1
    (digest,) = await notices(owner, "digest")
    assert digest["title"].startswith("Your week: 1 interview")


async def test_a_changed_setting_holds_at_once(world: World, owner: httpx.AsyncClient) -> None:
    await set_(owner, reminder_days=30)
    await practise(world, owner)
    await pass_until(world, "2026-03-03T12:00")
    await set_(owner, reminder_days=2)
    await pass_until(world, "2026-03-03T20:00")
    assert await notices(owner) == []
    await pass_until(world, "2026-03-04T09:01")
    assert len(await notices(owner)) == 1


async def test_who_wants_no_reminders_any_more_gets_none(
    world: World, owner: httpx.AsyncClient
) -> None:
    await set_(owner, reminder_days=1)
    await practise(world, owner)
    await set_(owner, reminder_days=None)
    await pass_until(world, "2026-03-04T12:00")
    assert await notices(owner) == []


async def test_moving_east_moves_the_reminder(world: World, owner: httpx.AsyncClient) -> None:
    await set_(owner, reminder_days=1, time_zone="America/New_York")
    await practise(world, owner)
    await set_(owner, time_zone="Asia/Tokyo")
    await pass_until(world, "2026-03-02T00:01")
    assert len(await notices(owner)) == 1


async def test_what_was_due_long_ago_is_dropped(world: World, owner: httpx.AsyncClient) -> None:
    await set_(owner, reminder_days=1)
    await practise(world, owner)
    world.clock.now = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
    await world.do_jobs()
    assert await notices(owner) == []


async def test_a_server_that_was_off_tells_it_at_the_next_decent_hour(
    world: World, owner: httpx.AsyncClient
) -> None:
    await set_(owner, reminder_days=1)
    await practise(world, owner)
    world.clock.now = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)
    await world.do_jobs()
    assert await notices(owner) == []
    await pass_until(world, "2026-03-05T09:01")
    (notice,) = await notices(owner)
    assert notice["title"] == "It is 4 days since you practised"


async def test_a_digest_on_monday_tells_of_the_week(
    world: World, owner: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    await set_(owner, digest="weekly", time_zone="Europe/Berlin")
    await set_(other, digest="weekly")
    await practise(world, owner)
    await practise(world, owner)
    await pass_until(world, "2026-03-02T06:59")
    assert await notices(owner) == []
    await pass_until(world, "2026-03-02T07:01")
    (notice,) = await notices(owner)
    assert notice["kind"] == "digest"
    assert notice["title"].startswith("Your week: 2 interviews")
    assert notice["link"] == "/history?since=2026-02-23&until=2026-03-01"
    await pass_until(world, "2026-03-20T07:01")
    assert len(await notices(owner)) == 1
    assert await notices(other) == []


async def test_a_digest_on_the_first_tells_of_the_month(world: World) -> None:
    world.clock.now = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
    owner = await world.user("ada@example.org")
    await set_(owner, digest="monthly")
    await practise(world, owner)
    await pass_until(world, "2026-04-01T07:59")
    assert await notices(owner) == []
    await pass_until(world, "2026-04-01T08:01")
    (notice,) = await notices(owner)
    assert notice["title"].startswith("Your month: 1 interview")
    assert notice["link"] == "/history?since=2026-03-01&until=2026-03-31"


async def test_a_digest_that_was_just_asked_for_begins_with_the_next(
    world: World, owner: httpx.AsyncClient
) -> None:
    await practise(world, owner)
    world.clock.now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    await set_(owner, digest="weekly")
    await pass_until(world, "2026-03-08T12:00")
    assert await notices(owner) == []
    await practise(world, owner)
    await pass_until(world, "2026-03-09T08:01")
    assert len(await notices(owner)) == 1


async def test_after_a_week_off_there_is_one_digest(world: World, owner: httpx.AsyncClient) -> None:
    await set_(owner, digest="weekly")
    for _ in range(3):
        await practise(world, owner)
        world.clock.move(5 * 86_400)
    assert world.clock.now.isoweekday() == 1
    await world.do_jobs()
    (notice,) = await notices(owner)
    assert notice["title"].startswith("Your week: 1 interview")


async def test_no_digest_for_who_turned_it_off(world: World, owner: httpx.AsyncClient) -> None:
    await set_(owner, digest="weekly")
    await practise(world, owner)
    await set_(owner, digest="off")
    await pass_until(world, "2026-03-03T12:00")
    assert await notices(owner) == []


async def test_what_goes_wrong_for_one_user_keeps_nothing_from_the_others(
    world: World,
    owner: httpx.AsyncClient,
    other: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unlucky = (await owner.get("/api/v1/me")).json()["id"]

    async def values(db: AsyncSession, user_id: str) -> Values:
        if user_id == unlucky:
            raise OverflowError
        return await values_of(db, user_id)

    for client in (owner, other):
        await set_(client, reminder_days=1)
        await practise(world, client)
    monkeypatch.setattr("server.reminders.planning.values_of", values)
    await pass_until(world, "2026-03-02T09:01")
    assert (await notices(owner), len(await notices(other))) == ([], 1)


async def signed_up(mailed: World, email: str = "ada@example.org") -> httpx.AsyncClient:
    """Registering takes a link from a mail where mail is set up."""
    client = mailed.browser()
    body = {"email": email, "password": "correct horse battery", "name": "Ada <b>L</b>"}
    assert (await client.post("/api/v1/auth/register", json=body)).status_code == 202
    (asked,) = await asked_for(mailed, email)
    token = {"token": asked.token("confirm")}
    answer = await client.post("/api/v1/auth/confirm", json=token)
    assert answer.status_code == 201, answer.text
    await mailed.do_jobs()
    return client


@pytest.fixture
async def mailing(mailed: World, smtp: SmtpSink) -> httpx.AsyncClient:
    """A user who gets mail; that of the registration is forgotten."""
    client = await signed_up(mailed)
    await set_(client, email_notifications=True)
    smtp.taken.clear()
    smtp.raw.clear()
    return client


async def test_two_servers_tell_it_once(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, digest="weekly", reminder_days=1)
    await practise(mailed, mailing)
    mailed.clock.now = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    await asyncio.gather(*(mailed.do_jobs() for _ in range(3)))
    await mailed.do_jobs()
    assert sorted(n["kind"] for n in await notices(mailing)) == ["digest", "reminder"]
    assert len(smtp.taken) == 2


async def test_a_reminder_by_mail(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, reminder_days=1)
    await practise(mailed, mailing)
    await pass_until(mailed, "2026-03-02T09:01")
    (message,) = smtp.taken
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "It is 1 day since you practised"
    assert "Hello Ada <b>L</b>,\n" in plain(message)
    html = message.get_body(("html",))
    assert html is not None
    assert "Hello Ada &lt;b&gt;L&lt;/b&gt;," in html.get_content()
    assert len(await notices(mailing)) == 1


async def test_a_digest_by_mail_links_to_the_sessions(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, digest="weekly")
    id_ = await practise(mailed, mailing)
    await pass_until(mailed, "2026-03-02T08:01")
    (message,) = smtp.taken
    assert message["Subject"] == "Your week of practice"
    text = plain(message)
    assert "your week from 23 February to 1 March: 1 interview" in text
    assert f"\nhttp://viva.test/sessions/{id_}\n" in text
    assert "\nhttp://viva.test/history?since=2026-02-23&until=2026-03-01\n" in text


async def test_a_digest_tells_the_level_of_a_session_that_has_a_report(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, digest="weekly")
    id_, _ = await finished(mailed, mailing)
    await pass_until(mailed, "2026-03-02T08:01")
    report = (await mailing.get(f"/api/v1/sessions/{id_}/report")).json()
    levels = {score["title"]: score["level"] for score in report["criteria"] if score["level"]}
    text = " ".join(plain(smtp.taken[0]).split())
    assert f"Level {report['level_mean']:.1f} of 4 on average." in text
    best, worst = max(levels, key=levels.__getitem__), min(levels, key=levels.__getitem__)
    assert (f"Strongest: {best}. To work on: {worst}." in text) == (levels[best] > levels[worst])


async def test_a_digest_sets_the_levels_beside_those_of_the_week_before(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, digest="weekly")

    async def level(*answers: str) -> float:
        id_, _ = await finished(mailed, mailing, *answers)
        await mailed.do_jobs()
        report = (await mailing.get(f"/api/v1/sessions/{id_}/report")).json()
        return float(report["level_mean"])

    first = await level()
    await pass_until(mailed, "2026-03-02T08:01")
    assert "the week before" not in plain(smtp.taken[0])
    # Said once: of the only session it is the same.
    assert " ".join(plain(smtp.taken[0]).split()).count("of 4 on average") == 1
    levels = [await level(), await level()]
    await pass_until(mailed, "2026-03-09T08:01")
    told = f"Level {sum(levels) / 2:.1f} of 4 on average, {first:.1f} the week before."
    assert told in " ".join(plain(smtp.taken[1]).split())
    assert [told in notice["text"] for notice in await notices(mailing, "digest")] == [True, False]


async def test_flags_and_what_is_next_but_no_words_that_were_said(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, digest="weekly", reminder_days=1)
    id_, conductor = await answered(mailed, mailing)
    await end(mailed, id_, conductor)
    await pass_until(mailed, "2026-03-02T09:01")
    suggested = (await mailing.get("/api/v1/me/next")).json()
    following = f"Next: “{suggested['scenario_title']}”, with an eye on "
    following += f"{suggested['focus'][0]['title']}."
    told = {notice["kind"]: notice["text"] for notice in await notices(mailing)}
    assert told["digest"].startswith("1 answer that stayed thin. ")
    assert told["digest"].endswith(f" {following}")
    assert told["reminder"].endswith(following)
    assert len(smtp.taken) == 2
    for message in smtp.taken:
        assert following in plain(message)
        assert SAID not in message.as_string() + plain(message)


async def test_mail_only_for_who_wants_it(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, digest="weekly", reminder_days=1, email_notifications=False)
    await practise(mailed, mailing)
    await pass_until(mailed, "2026-03-02T10:00")
    assert len(await notices(mailing)) == 2
    assert smtp.taken == []


async def test_one_click_ends_the_mails(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, reminder_days=1)
    await practise(mailed, mailing)
    await pass_until(mailed, "2026-03-02T10:00")
    (message,) = smtp.taken
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(message["List-Unsubscribe"])
    found = re.fullmatch(r"<http://viva\.test(/api/v1/unsubscribe/[\w-]{43})>", address)
    assert found is not None
    program = mailed.browser()
    looked = await program.get(found[1])
    assert looked.status_code == 303
    assert f"http://viva.test{looked.headers['location']}" in plain(message)
    assert (await mailing.get("/api/v1/me/settings")).json()["values"]["email_notifications"]
    for _ in range(2):
        answer = await program.post(found[1], data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.json()) == (200, {"email": "a…@example.org"})
    settings = (await mailing.get("/api/v1/me/settings")).json()
    assert settings["values"]["email_notifications"] is False
    assert settings["versions"]["email_notifications"] == 2
    await practise(mailed, mailing)
    await pass_until(mailed, "2026-03-05T10:00")
    assert (len(await notices(mailing)), len(smtp.taken)) == (2, 1)


async def test_a_wrong_or_old_link_ends_nothing(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, reminder_days=1)
    await practise(mailed, mailing)
    await pass_until(mailed, "2026-03-02T10:00")
    found = re.search(r"/unsubscribe/([\w-]{43})", plain(smtp.taken[0]))
    assert found is not None
    program = mailed.browser()
    mailed.clock.move(366 * 86_400)
    for token in ("x", found[1][:-1], found[1], "a" * 5000):
        answer = await program.post(f"/api/v1/unsubscribe/{token}")
        assert (answer.status_code, answer.json()["code"]) == (404, "link_unknown")


async def test_a_deleted_user_is_told_nothing(
    mailed: World, smtp: SmtpSink, mailing: httpx.AsyncClient
) -> None:
    await set_(mailing, digest="weekly", reminder_days=1)
    await practise(mailed, mailing)
    await smtp.stop()
    await pass_until(mailed, "2026-03-02T10:00")
    assert len(await asked_for(mailed)) == 2
    body = {"password": "correct horse battery"}
    answer = await mailing.request("DELETE", "/api/v1/me", json=body)
    assert answer.status_code == 204, answer.text
    assert await asked_for(mailed) == []
    await smtp.start()
    await pass_until(mailed, "2026-03-03T10:00")
    assert smtp.taken == []
