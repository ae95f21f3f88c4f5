"""Accounts of a server that sends mail: registering, forgotten passwords, new addresses."""

from __future__ import annotations

import logging

import httpx
import pytest
from sqlalchemy import func, select

from server.accounts import administration, oidc_people
from server.accounts.oidc_provider import Person
from server.models import Identity, Job, OneTimeLink, User
from server.settings import Settings
from tests.server import mails
from tests.server.accounting import (
    API,
    OTHER_PASSWORD,
    Hashing,
    is_in,
    last_mail,
    logged_in,
    member,
    registration,
)
from tests.server.conftest import PASSWORD, World
from tests.server.mails import asked_for

BOTH_DATABASES = True
EVE = "eve@example.org"
HOUR, DAY = 3600, 86_400


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return mails.with_mail(settings)


async def _count(world: World, table: type[OneTimeLink | Job | Identity]) -> int:
    async with world.context.database.read() as db:
        return await db.scalar(select(func.count()).select_from(table)) or 0


async def _forgotten(world: World, email: str = EVE) -> str:
    answer = await world.browser().post(f"{API}/auth/forgotten", json={"email": email})
    assert (answer.status_code, answer.json()) == (202, {})
    return (await last_mail(world, email)).token("reset")


async def _reset(
    world: World, token: str, password: str = OTHER_PASSWORD
) -> tuple[httpx.AsyncClient, httpx.Response]:
    client = world.browser()
    body = {"token": token, "password": password}
    return client, await client.post(f"{API}/auth/reset", json=body)


async def _subjects(world: World, to: str) -> set[str]:
    return {mail.subject for mail in await asked_for(world, to)}


async def _link_identity(world: World, client: httpx.AsyncClient) -> None:
    me = (await client.get(f"{API}/me")).json()
    async with world.context.database.read() as db:
        user = await db.get(User, me["id"])
    assert user is not None
    person = Person("https://id.test", "subject", EVE, True, "Eve")
    await oidc_people.link(world.context, user, person)
    world.clock.move(1)


def _is_over(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["code"]) == (410, "link_over")


async def test_the_ways_in_tell_of_mail(world: World) -> None:
    answer = await world.browser().get(f"{API}/auth/ways")
    assert answer.json() == {"password": True, "mail": True, "oidc": None}


async def test_an_account_is_made_by_the_link_and_by_nothing_before(world: World) -> None:
    client = world.browser()
    body = registration(" Eve@Example.org", name="Eve Q")
    answer = await client.post(f"{API}/auth/register", json=body)
    assert (answer.status_code, answer.json()) == (202, {"status": "confirm"})
    assert "set-cookie" not in answer.headers
    login = {"email": EVE, "password": PASSWORD}
    assert (await client.post(f"{API}/auth/login", json=login)).status_code == 401
    [mail] = await asked_for(world)
    assert mail.to == EVE
    assert "http://viva.test/confirm/" in mail.text
    other_device = world.browser()
    link = {"token": mail.token("confirm")}
    made = await other_device.post(f"{API}/auth/confirm", json=link)
    assert made.status_code == 201
    assert (made.json()["email"], made.json()["name"]) == (EVE, "Eve Q")
    assert await is_in(other_device)
    assert await is_in(await logged_in(world, EVE))
    assert _is_over(await client.post(f"{API}/auth/confirm", json=link))


async def test_registering_tells_nobody_who_has_an_account(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await member(world, EVE)
    counted, answers, rows = Hashing(world, monkeypatch), [], []
    for email in (EVE, "nobody@example.org"):
        before = await _count(world, OneTimeLink), await _count(world, Job)
        body = registration(email, password=OTHER_PASSWORD)
        answer = await world.browser().post(f"{API}/auth/register", json=body)
        after = await _count(world, OneTimeLink), await _count(world, Job)
        answers.append((answer.status_code, answer.content, counted.take()))
        rows.append((after[0] - before[0], after[1] - before[1]))
    assert answers[0] == answers[1] == (202, b'{"status":"confirm"}', (1, 0))
    assert rows == [(1, 1), (1, 1)]
    mail = await last_mail(world, EVE)
    assert "/confirm/" not in mail.text
    assert "have an account" in mail.subject
    await logged_in(world, EVE)


async def test_a_mail_holds_nothing_that_a_stranger_wrote(world: World) -> None:
    body = registration(EVE, name="Win a prize at http://evil.test")
    await world.browser().post(f"{API}/auth/register", json=body)
    [mail] = await asked_for(world)
    assert "evil" not in mail.subject + mail.text


async def test_of_two_links_for_one_address_one_makes_the_account(world: World) -> None:
    tokens = []
    for _ in range(2):
        await world.browser().post(f"{API}/auth/register", json=registration(EVE))
        tokens.append((await last_mail(world, EVE)).token("confirm"))
        world.clock.move(1)
    assert len(set(tokens)) == 2
    client = world.browser()
    assert (await client.post(f"{API}/auth/confirm", json={"token": tokens[0]})).status_code == 201
    assert _is_over(await client.post(f"{API}/auth/confirm", json={"token": tokens[1]}))


async def test_an_address_is_forgotten_with_its_account(world: World) -> None:
    client = await member(world, EVE)
    other = await member(world, "bob@example.org")
    await world.browser().post(f"{API}/auth/register", json=registration(EVE))
    await other.post(f"{API}/me/email", json={"email": EVE, "password": PASSWORD})
    gone = await client.request("DELETE", f"{API}/me", json={"password": PASSWORD})
    assert gone.status_code == 204, gone.text
    async with world.context.database.read() as db:
        kept = (await db.scalars(select(OneTimeLink.data))).all()
    assert EVE not in str(kept)


async def test_links_that_nobody_used_are_forgotten(world: World) -> None:
    await world.browser().post(f"{API}/auth/register", json=registration(EVE))
    assert await _count(world, OneTimeLink) == 1
    world.clock.move(2 * DAY)
    await world.do_jobs()
    assert await _count(world, OneTimeLink) == 0


async def test_a_link_that_makes_an_account_lasts_a_day(world: World) -> None:
    await world.browser().post(f"{API}/auth/register", json=registration(EVE))
    token = (await last_mail(world, EVE)).token("confirm")
    world.clock.move(DAY)
    assert _is_over(await world.browser().post(f"{API}/auth/confirm", json={"token": token}))


async def test_forgotten_tells_nobody_who_has_an_account(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await member(world, EVE)
    counted, seen = Hashing(world, monkeypatch), []
    for email in (EVE, "nobody@example.org"):
        before = await _count(world, OneTimeLink)
        answer = await world.browser().post(f"{API}/auth/forgotten", json={"email": email})
        links = await _count(world, OneTimeLink) - before
        seen.append((answer.status_code, answer.content, counted.take(), links))
    assert seen[0] == seen[1] == (202, b"{}", (0, 0), 1)
    assert await asked_for(world, "nobody@example.org") == []


async def test_a_reset_logs_in_here_and_out_everywhere_else(world: World) -> None:
    browsers = [await member(world, EVE), await logged_in(world, EVE)]
    made = await browsers[0].post(f"{API}/me/tokens", json={"name": "script"})
    script = world.browser(Authorization=f"Bearer {made.json()['token']}")
    assert await is_in(script)
    await _link_identity(world, browsers[0])
    client, answer = await _reset(world, await _forgotten(world))
    assert (answer.status_code, answer.json()["email"]) == (200, EVE)
    assert await is_in(client)
    assert [await is_in(browser) for browser in (*browsers, script)] == [False] * 3
    assert await is_in(await logged_in(world, EVE, OTHER_PASSWORD))
    body = {"email": EVE, "password": PASSWORD}
    assert (await world.browser().post(f"{API}/auth/login", json=body)).status_code == 401
    assert await _count(world, Identity) == 0
    assert "Your password at Viva was changed" in await _subjects(world, EVE)


async def test_a_new_way_in_is_told_to_the_owner(world: World) -> None:
    client = await member(world, EVE)
    await _link_identity(world, client)
    assert await _count(world, Identity) == 1
    assert "Another way into your account at Viva" in await _subjects(world, EVE)


async def test_a_link_works_once_and_for_an_hour(world: World) -> None:
    await member(world, EVE)
    token = await _forgotten(world)
    assert (await _reset(world, token))[1].status_code == 200
    assert _is_over((await _reset(world, token))[1])
    world.clock.move(1)
    token = await _forgotten(world)
    world.clock.move(HOUR)
    assert _is_over((await _reset(world, token))[1])


async def test_asking_again_does_not_spoil_the_first_link_but_using_one_does(world: World) -> None:
    await member(world, EVE)
    first = await _forgotten(world)
    world.clock.move(1)
    second = await _forgotten(world)
    assert first != second
    assert (await _reset(world, first))[1].status_code == 200
    assert _is_over((await _reset(world, second))[1])


async def test_links_of_another_purpose_are_good_for_nothing_else(world: World) -> None:
    await member(world, EVE)
    token = await _forgotten(world)
    client = world.browser()
    for path in ("confirm", "email"):
        assert _is_over(await client.post(f"{API}/auth/{path}", json={"token": token}))
    assert (await _reset(world, token))[1].status_code == 200


async def test_wrong_used_and_outlived_links_are_the_same_answer_and_work(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await member(world, EVE)
    used = await _forgotten(world)
    await _reset(world, used)
    world.clock.move(1)
    outlived = await _forgotten(world)
    await world.browser().post(f"{API}/auth/forgotten", json={"email": "nobody@example.org"})
    world.clock.move(HOUR + 1)
    counted, seen = Hashing(world, monkeypatch), []
    for token in (used, outlived, "wrong", "\U0001f600", "A" * 43):
        _, answer = await _reset(world, token)
        seen.append((answer.status_code, answer.content, counted.take()))
    assert set(seen) == {(410, seen[0][1], (1, 0))}


async def test_a_link_in_the_hands_of_a_server_that_was_read_is_worthless(world: World) -> None:
    """What the database keeps of a link does not open anything."""
    await member(world, EVE)
    await _forgotten(world)
    async with world.context.database.read() as db:
        link = (await db.scalars(select(OneTimeLink).where(OneTimeLink.purpose == "reset"))).one()
    assert _is_over((await _reset(world, link.token_sha256))[1])


async def test_tokens_reach_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await member(world, EVE)
    token = await _forgotten(world)
    await _reset(world, token)
    await _reset(world, token)
    assert token not in caplog.text
    assert OTHER_PASSWORD not in caplog.text


async def test_a_new_address_counts_when_its_link_is_opened(world: World) -> None:
    client = await member(world, EVE)
    body = {"email": "new@example.org", "password": PASSWORD}
    answer = await client.post(f"{API}/me/email", json=body)
    assert (answer.status_code, answer.json()) == (202, {"status": "confirm"})
    assert (await client.get(f"{API}/me")).json()["email"] == EVE
    [warned] = [mail for mail in await asked_for(world, EVE) if "about to change" in mail.subject]
    token = (await last_mail(world, "new@example.org")).token("email")
    assert token not in warned.text
    anywhere = world.browser()
    answer = await anywhere.post(f"{API}/auth/email", json={"token": token})
    assert (answer.status_code, answer.json()["email"]) == (200, "new@example.org")
    assert not await is_in(anywhere)
    assert (await client.get(f"{API}/me")).json()["email"] == "new@example.org"
    assert _is_over(await anywhere.post(f"{API}/auth/email", json={"token": token}))
    await logged_in(world, "new@example.org")


async def test_a_new_address_takes_the_password(world: World) -> None:
    client = await member(world, EVE)
    before = len(await asked_for(world))
    for password in ("not this one", None):
        body = {"email": "new@example.org", "password": password}
        answer = await client.post(f"{API}/me/email", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "password_wrong")
    assert len(await asked_for(world)) == before


async def test_changing_the_address_tells_nobody_who_has_an_account(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await member(world, "bob@example.org")
    client = await member(world, EVE)
    counted, seen = Hashing(world, monkeypatch), []
    for email in ("bob@example.org", "nobody@example.org"):
        before = await _count(world, OneTimeLink), await _count(world, Job)
        answer = await client.post(f"{API}/me/email", json={"email": email, "password": PASSWORD})
        after = await _count(world, OneTimeLink), await _count(world, Job)
        made = (after[0] - before[0], after[1] - before[1])
        seen.append((answer.status_code, answer.content, counted.take(), made))
    assert seen[0] == seen[1] == (202, b'{"status":"confirm"}', (0, 1), (1, 2))
    assert "have an account" in (await last_mail(world, "bob@example.org")).subject


async def test_an_address_that_was_taken_meanwhile_stays_with_who_took_it(world: World) -> None:
    client = await member(world, EVE)
    body = {"email": "new@example.org", "password": PASSWORD}
    await client.post(f"{API}/me/email", json=body)
    token = (await last_mail(world, "new@example.org")).token("email")
    async with world.context.database.write() as db:
        await administration.make_admin(db, "new@example.org", None, world.clock())
    answer = await client.post(f"{API}/auth/email", json={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")
    assert (await client.get(f"{API}/me")).json()["email"] == EVE


async def test_who_registers_an_address_voids_what_others_began_with_it(world: World) -> None:
    client = await member(world, EVE)
    body = {"email": "new@example.org", "password": PASSWORD}
    await client.post(f"{API}/me/email", json=body)
    token = (await last_mail(world, "new@example.org")).token("email")
    world.clock.move(1)
    await member(world, "new@example.org")
    assert _is_over(await client.post(f"{API}/auth/email", json={"token": token}))


async def test_who_changes_the_password_stops_what_a_thief_began(world: World) -> None:
    """A stolen password must not move the account to the thief's address afterwards."""
    thief = await member(world, EVE)
    body = {"email": "thief@example.org", "password": PASSWORD}
    await thief.post(f"{API}/me/email", json=body)
    moved = (await last_mail(world, "thief@example.org")).token("email")
    owner = await logged_in(world, EVE)
    world.clock.move(1)
    await _forgotten(world)
    change = {"current": PASSWORD, "new": OTHER_PASSWORD}
    assert (await owner.post(f"{API}/me/password", json=change)).status_code == 204
    assert not await is_in(thief)
    assert _is_over(await thief.post(f"{API}/auth/email", json={"token": moved}))
    assert await is_in(owner)
    assert "Your password at Viva was changed" in await _subjects(world, EVE)
