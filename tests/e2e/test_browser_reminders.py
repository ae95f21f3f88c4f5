"""Reminders at a real browser: asked for, told at the bell and by mail, and ended by one link."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect
from sqlalchemy import update

from server.db import Database
from server.jobs import queue
from server.models import Interview, Preference
from server.reminders import planning
from tests import smtp_sink
from tests.e2e.browser import PASSWORD, SOON_MS, Candidate, candidate, until
from tests.e2e.site import site
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.browser


async def _mail(sink: SmtpSink, number: int, link: str) -> str:
    """The link that begins with `link` in the mail of this number, once it has come."""

    async def there() -> bool:
        return len(sink.taken) >= number

    await until(there, 30.0, f"mail number {number}")
    body = sink.taken[number - 1].get_body(("plain",))
    assert body is not None
    found = re.search(rf"{re.escape(link)}\S+", body.get_content())
    assert found is not None, body.get_content()
    return found[0]


async def _has_account(ada: Candidate, sink: SmtpSink) -> None:
    await ada.page.goto(ada.url)
    await ada.part("auth-switch").click()
    await ada.part("auth-name").fill("Ada Example")
    await ada.part("auth-email").fill("ada@example.com")
    await ada.part("auth-password").fill(PASSWORD)
    await ada.part("auth-submit").click()
    await ada.page.goto(await _mail(sink, 1, f"{ada.url}/confirm/"))
    await ada.part("link-submit").click()
    await expect(ada.part("start-screen")).to_be_visible(timeout=SOON_MS)


async def _wants_reminders(ada: Candidate) -> None:
    await ada.page.goto(f"{ada.url}/settings/notifications")
    await ada.part("set-reminder_days").select_option("1")
    await ada.part("set-email_notifications").check()
    for field in ("reminder_days", "email_notifications"):
        saving = ada.part(f"saving-{field}")
        await expect(saving).to_have_attribute("data-saving", "saved", timeout=SOON_MS)


def _where_it_is_noon(now: datetime) -> str:
    ahead = 12 - now.hour
    # The sign of these zones is the other way round.
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


async def _practised_days_ago(ada: Candidate, database_url: str) -> None:
    """An interview of the day before yesterday; the settings stand since then. The server is told
    to look now, which it else does every ten minutes."""
    now = datetime.now(UTC)
    zone = {"values": {"time_zone": _where_it_is_noon(now)}, "base": {}}
    answer = await ada.page.request.patch(
        f"{ada.url}/api/v1/me/settings", data=zone, headers={"origin": ada.url}
    )
    assert answer.ok, await answer.text()
    session = await ada.post("/sessions", {})
    await ada.post(f"/sessions/{session['id']}/control", {"action": "end"})
    then = now - timedelta(days=2)
    database = Database(database_url)
    try:
        async with database.write() as db:
            await db.execute(update(Preference).values(changed_at=then))
            began = then - timedelta(hours=1)
            held = {"started_at": began, "ended_at": then, "last_at": 3600.0}
            await db.execute(update(Interview).values(**held))
            await queue.add(db, kind=planning.KIND, key="look now", now=now)
    finally:
        await database.close()


async def test_a_reminder_comes_to_the_bell_and_by_mail_until_it_is_ended(tmp_path: Path) -> None:
    database_url = f"sqlite+aiosqlite:///{tmp_path}/viva.db"
    async with (
        smtp_sink.running() as sink,
        site(sink.url, database_url=database_url) as url,
        candidate(url, None) as ada,
    ):
        await _has_account(ada, sink)
        await _wants_reminders(ada)
        await _practised_days_ago(ada, database_url)
        link = await _mail(sink, 2, f"{url}/unsubscribe/")
        reminder = sink.taken[1]
        assert reminder["Subject"] == "It is 2 days since you practised"
        assert reminder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

        await ada.page.goto(url)
        await expect(ada.part("bell-count")).to_have_text("1", timeout=SOON_MS)
        await ada.part("bell").click()
        await expect(ada.part("bell-item")).to_contain_text("It is 2 days since you practised")

        browser = ada.page.context.browser
        assert browser is not None
        stranger = Candidate(await (await browser.new_context()).new_page(), url)
        await stranger.page.goto(link)
        await expect(stranger.part("link-told")).to_contain_text("a…@example.com", timeout=SOON_MS)
        await ada.page.goto(f"{url}/settings/notifications")
        await expect(ada.part("set-email_notifications")).not_to_be_checked(timeout=SOON_MS)
        assert ada.problems == []
