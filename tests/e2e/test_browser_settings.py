"""Settings, and what is done with an account, at a real browser: kept, shown again, never lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Route, expect

from interview.scenario import SEGMENT_IDS
from tests.e2e.browser import PASSWORD, PHONE, SOON_MS, Candidate, visitor
from tests.e2e.site import site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@asynccontextmanager
async def _ada(browser: Browser) -> AsyncIterator[Candidate]:
    """Somebody who has just made an account."""
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        yield ada
        assert ada.problems == []


async def _open(one: Candidate, section: str = "interview") -> None:
    path = "" if section == "interview" else f"/{section}"
    await one.page.goto(f"{one.url}/settings{path}")
    await expect(one.part("settings-screen")).to_be_visible(timeout=SOON_MS)


async def _stands(one: Candidate, field: str, state: str) -> None:
    saving = one.part(f"saving-{field}")
    await expect(saving).to_have_attribute("data-saving", state, timeout=SOON_MS)


async def _values(one: Candidate) -> dict[str, Any]:
    values: dict[str, Any] = (await one.get("/me/settings"))["values"]
    return values


async def test_what_is_set_is_there_after_a_reload_and_at_the_start(browser: Browser) -> None:
    async with _ada(browser) as ada:
        scenarios = (await ada.get("/scenarios"))["items"]
        wanted = next(one for one in scenarios if not one["default"] and len(scenarios) > 1)
        await ada.part("user-menu").click()
        await ada.part("menu-settings").click()
        await ada.part("set-scenario_id").select_option(wanted["id"])
        await ada.part("difficulty-guided").check()
        await ada.part("tone-direct").check()
        await ada.part("set-length-deep_dive").fill("7,5")
        await ada.part("set-length-deep_dive").press("Tab")
        await ada.part("set-buffer_seconds").fill("2")
        await ada.part("set-buffer_seconds").press("Tab")
        await ada.part("set-speaking_rate").fill("1.2")
        await ada.part("set-captions").uncheck()
        await ada.part("set-push_to_talk").check()
        for field in ("segment_seconds", "buffer_seconds", "speaking_rate", "push_to_talk"):
            await _stands(ada, field, "saved")
        await ada.part("section-notifications").click()
        await ada.part("set-reminder_days").select_option("7")
        await ada.part("digest-monthly").check()
        await ada.part("set-time_zone").select_option("Asia/Tokyo")
        for field in ("reminder_days", "digest", "time_zone"):
            await _stands(ada, field, "saved")

        await ada.page.reload()
        assert ada.page.url.endswith("/settings/notifications")
        await expect(ada.part("set-reminder_days")).to_have_value("7", timeout=SOON_MS)
        await expect(ada.part("digest-monthly")).to_be_checked()
        await expect(ada.part("set-time_zone")).to_have_value("Asia/Tokyo")
        await expect(ada.part("no-mail")).to_be_visible()
        await ada.part("section-interview").click()
        await expect(ada.part("set-scenario_id")).to_have_value(wanted["id"])
        await expect(ada.part("set-length-deep_dive")).to_have_value("7.5")
        await expect(ada.part("set-buffer_seconds")).to_have_value("2")
        await expect(ada.part("set-speaking_rate")).to_have_value("1.2")
        await expect(ada.part("set-captions")).not_to_be_checked()
        await expect(ada.part("set-push_to_talk")).to_be_checked()

        await ada.page.goto(ada.url)
        await expect(ada.part("scenario-card")).to_contain_text(wanted["title"], timeout=SOON_MS)
        await expect(ada.part("difficulty-guided")).to_be_checked()
        await expect(ada.part("tone-direct")).to_be_checked()
        await expect(ada.part("part-deep_dive")).to_contain_text("7.5 min")
        await ada.start()
        session = await ada.session()
        assert (session["scenario_id"], session["tone"]) == (wanted["id"], "direct")
        assert (session["buffer_s"], session["segments"][3]["planned_s"]) == (120, 450)


async def test_what_cannot_be_is_named_and_not_sent(browser: Browser) -> None:
    async with _ada(browser) as ada:
        await _open(ada)
        before = await ada.get("/me/settings")
        await ada.part(f"set-length-{SEGMENT_IDS[0]}").fill("never")
        await ada.part(f"set-length-{SEGMENT_IDS[0]}").press("Tab")
        await expect(ada.part("settings-length-problem")).to_contain_text("a number of minutes")
        await ada.part("set-buffer_seconds").fill("45")
        await ada.part("set-buffer_seconds").press("Tab")
        await expect(ada.page.get_by_text("Enter 30 minutes or less.")).to_be_visible()
        # The fields above wait for nobody: this one is stored.
        await ada.part("tone-neutral").check()
        await _stands(ada, "tone", "saved")
        await expect(ada.part(f"set-length-{SEGMENT_IDS[0]}")).to_have_value("never")
        after = await ada.get("/me/settings")
        assert after["values"] == {**before["values"], "tone": "neutral"}


async def test_what_another_device_chose_is_told_and_can_be_had_back(browser: Browser) -> None:
    async with _ada(browser) as ada:
        phone = await ada.another_device()
        await _open(ada)
        await _open(phone)
        await ada.part("tone-neutral").check()
        await _stands(ada, "tone", "saved")

        await phone.part("tone-direct").check()
        await expect(phone.part("trouble-tone")).to_contain_text(
            "Changed on another device to neutral meanwhile", timeout=SOON_MS
        )
        assert (await _values(phone))["tone"] == "direct"
        await phone.fits()
        await phone.part("mine-tone").click()
        await expect(phone.part("trouble-tone")).to_be_empty()

        await ada.part("tone-warm").check()
        await expect(ada.part("trouble-tone")).to_contain_text("to direct", timeout=SOON_MS)
        assert (await _values(ada))["tone"] == "warm"
        await ada.part("theirs-tone").click()
        await _stands(ada, "tone", "saved")
        await expect(ada.part("tone-direct")).to_be_checked()
        assert (await _values(ada))["tone"] == "direct"
        assert phone.problems == []


async def test_what_could_not_be_stored_is_kept_and_tried_again(browser: Browser) -> None:
    async with _ada(browser) as ada:
        await _open(ada)
        path = "**/api/v1/me/settings"

        async def gone(route: Route) -> None:
            await route.abort()

        await ada.page.route(path, gone)
        await ada.part("set-buffer_seconds").fill("12")
        await ada.part("set-buffer_seconds").press("Tab")
        trouble = ada.part("trouble-buffer_seconds")
        await expect(trouble).to_contain_text("not stored yet", timeout=SOON_MS)
        await ada.part("section-devices").click()
        await ada.part("section-interview").click()
        await expect(ada.part("set-buffer_seconds")).to_have_value("12")
        await expect(trouble).to_contain_text("not stored yet")
        assert (await _values(ada))["buffer_seconds"] == 300
        await ada.page.unroute(path, gone)
        await ada.part("again-buffer_seconds").click()
        await _stands(ada, "buffer_seconds", "saved")
        assert (await _values(ada))["buffer_seconds"] == 720
        # The browser itself wrote down that the address could not be reached.
        ada.problems.clear()


async def test_the_browser_s_devices_stay_in_the_browser(browser: Browser) -> None:
    async with _ada(browser) as ada:
        await _open(ada, "devices")
        microphone = ada.part("set-microphone")
        await expect(microphone.locator("option")).not_to_have_count(1, timeout=SOON_MS)
        chosen = await microphone.locator("option").last.get_attribute("value")
        assert chosen
        await microphone.select_option(chosen)
        await expect(ada.part("saving-devices")).to_have_text("Saved in this browser")
        await ada.page.reload()
        await expect(microphone).to_have_value(chosen, timeout=SOON_MS)
        phone = await ada.another_device()
        await _open(phone, "devices")
        await expect(phone.part("set-microphone")).to_have_value("")


async def test_nothing_is_shared_that_was_not_looked_at_first(browser: Browser) -> None:
    async with _ada(browser) as ada:
        await _open(ada, "sharing")
        switch = ada.part("set-share_anonymised")
        await expect(switch).not_to_be_checked()
        await expect(switch).to_be_disabled()
        await ada.part("sharing-look").click()
        await expect(ada.part("sharing-empty")).to_be_visible(timeout=SOON_MS)
        await switch.check()
        await _stands(ada, "share_anonymised", "saved")
        assert (await _values(ada))["share_anonymised"] is True
        await ada.page.reload()
        # To switch it off nothing has to be looked at.
        await expect(switch).to_be_checked(timeout=SOON_MS)
        await switch.uncheck()
        await _stands(ada, "share_anonymised", "saved")
        assert (await _values(ada))["share_anonymised"] is False


async def test_the_menu_and_the_sections_by_keyboard(browser: Browser) -> None:
    async with _ada(browser) as ada:
        keyboard, menu = ada.page.keyboard, ada.part("user-menu")
        await menu.focus()
        await keyboard.press("Enter")
        await expect(menu).to_have_attribute("aria-expanded", "true")
        await keyboard.press("Tab")
        await keyboard.press("Escape")
        await expect(menu).to_have_attribute("aria-expanded", "false")
        await expect(menu).to_be_focused()
        await keyboard.press("Enter")
        while not await ada.part("menu-settings").evaluate("e => e === document.activeElement"):
            await keyboard.press("Tab")
        await keyboard.press("Enter")
        await expect(ada.part("settings-screen")).to_be_visible(timeout=SOON_MS)
        await ada.part("tone-warm").focus()
        await keyboard.press("ArrowRight")
        await _stands(ada, "tone", "saved")
        assert (await _values(ada))["tone"] == "neutral"
        await ada.part("set-push_to_talk").focus()
        await keyboard.press("Space")
        await _stands(ada, "push_to_talk", "saved")
        await ada.page.go_back()
        await expect(ada.part("start-screen")).to_be_visible(timeout=SOON_MS)


async def test_who_was_signed_out_meanwhile_signs_in_and_has_lost_nothing(browser: Browser) -> None:
    async with _ada(browser) as ada:
        email = (await ada.get("/me"))["email"]
        await _open(ada)
        await ada.page.context.clear_cookies()
        await ada.part("tone-direct").check()
        await expect(ada.part("auth-form")).to_be_visible(timeout=SOON_MS)
        await ada.part("auth-email").fill(email)
        await ada.part("auth-password").fill(PASSWORD)
        await ada.part("auth-submit").click()
        await expect(ada.part("settings-screen")).to_be_visible(timeout=SOON_MS)
        await expect(ada.part("tone-direct")).to_be_checked()
        await _stands(ada, "tone", "saved")
        assert (await _values(ada))["tone"] == "direct"


async def test_every_section_fits_a_phone(browser: Browser) -> None:
    async with _ada(browser) as ada:
        await ada.page.set_viewport_size(PHONE)
        for section in ("interview", "devices", "notifications", "sharing", "account", "data"):
            await _open(ada, section)
            link = ada.part(f"section-{section}")
            await expect(link).to_have_attribute("aria-current", "page")
            await ada.fits()
