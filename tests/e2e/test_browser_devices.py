"""One interview, several devices: reloading, looking on, taking over, and how one speaks in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.browser import (
    INTERVIEWER_COMES_MS,
    RECOGNISED_MS,
    SOON_MS,
    Candidate,
    candidate,
    until,
)
from viva.temporary import TemporaryViva

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MINUTES = (4, 0.5, 0.5, 0.5, 0.5)


async def _in_an_interview(ada: Candidate) -> None:
    await ada.register()
    await ada.set_minutes(MINUTES)
    await ada.start()
    await ada.join()


async def _come_in(one: Candidate) -> None:
    """By way of the device check, where this browser has not passed it yet."""
    await expect(one.part("check-screen").or_(one.screen)).to_be_visible(timeout=SOON_MS)
    if await one.part("check-screen").is_visible():
        await expect(one.part("check-join")).to_be_enabled(timeout=SOON_MS)
        await one.part("check-join").click()
    await one.is_in("live", timeout_ms=30_000)


async def test_a_reload_lands_where_it_was(running_viva: TemporaryViva, microphone: Path) -> None:
    async with candidate(running_viva, microphone) as ada:
        await _in_an_interview(ada)
        segment, before = await ada.segment(), await ada.remaining_s()
        await ada.page.reload()
        await ada.is_in("live", timeout_ms=30_000)
        assert await ada.segment() == segment
        # While nobody is there the clock stands still; a lost page is missed after a moment.
        assert 0 <= before - await ada.remaining_s() <= 12

        await ada.part("control-pause").click()
        await ada.is_in("paused")
        stood_at = await ada.remaining_s()
        await ada.page.reload()
        await ada.is_in("paused", timeout_ms=30_000)
        assert await ada.segment() == segment
        assert abs(await ada.remaining_s() - stood_at) <= 1
        assert await ada.greetings() <= 1


@pytest.mark.timeout(300)
async def test_another_device_looks_on_and_takes_over(
    running_viva: TemporaryViva, microphone: Path
) -> None:
    async with candidate(running_viva, microphone) as ada:
        await _in_an_interview(ada)
        address, segment = ada.page.url, await ada.segment()
        phone = await ada.another_device()
        await expect(phone.part("resume-card")).to_contain_text("another device")
        await phone.part("session-resume").click()
        await expect(phone.part("watch-screen")).to_be_visible(timeout=SOON_MS)
        await expect(phone.part("watch-state")).to_contain_text("goes on on another device")
        await expect(phone.part("watch-screen")).to_have_attribute("data-segment", segment)
        await expect(phone.part("watch-line").first).to_contain_text(re.compile(r"\w+ \w+"))
        assert abs(await phone.remaining_s() - await ada.remaining_s()) <= 3
        await ada.is_in("live")
        await phone.pictures("watch")

        left = await ada.remaining_s()
        await phone.part("watch-here").click()
        await _come_in(phone)
        assert "Continued on another device" in await ada.notice("elsewhere", SOON_MS)
        await ada.pictures("elsewhere")
        assert await phone.segment() == segment
        assert left - await phone.remaining_s() <= 20
        assert await ada.greetings() <= 1

        # Reloading what was put out looks on; it does not put the other out in turn.
        await ada.page.reload()
        await expect(ada.part("watch-screen")).to_be_visible(timeout=SOON_MS)
        await phone.is_in("live")
        await ada.part("watch-here").click()
        await _come_in(ada)
        await phone.notice("elsewhere", SOON_MS)
        await phone.part("notice-action").click()
        await phone.is_in("live", timeout_ms=30_000)
        assert await ada.notice("elsewhere", SOON_MS)
        assert ada.page.url == address
        assert await ada.greetings() <= 1


@pytest.mark.timeout(300)
async def test_the_microphone_is_heard_while_held(
    running_viva: TemporaryViva, microphone: Path
) -> None:
    async with candidate(running_viva, microphone) as ada:
        await ada.register()
        answer = await ada.page.request.patch(
            f"{ada.url}/api/v1/me/settings",
            data={
                "values": {"push_to_talk": True, "captions": False},
                "base": {"push_to_talk": 0, "captions": 0},
            },
            headers={"origin": ada.url},
        )
        assert answer.ok, answer.status
        await ada.set_minutes(MINUTES)
        await ada.start()
        await expect(ada.part("check-join")).to_be_enabled(timeout=SOON_MS)
        await ada.page.keyboard.down("Space")
        await expect(ada.part("mic-heard")).to_have_text("You can be heard.", timeout=30_000)
        await ada.page.keyboard.up("Space")
        await ada.pictures("check-hold")
        await ada.part("check-join").click()
        await ada.is_in("live", timeout_ms=INTERVIEWER_COMES_MS)
        await expect(ada.part("caption-interviewer")).to_have_count(0)
        floor = ada.part("floor")
        await expect(floor).to_contain_text("Hold to speak", timeout=INTERVIEWER_COMES_MS)
        await ada.pictures("hold")
        assert await ada.turns("candidate") == []

        await ada.part("control-type").click()
        await ada.page.keyboard.press("Space")
        await expect(ada.part("type-input")).to_have_value(" ")
        await expect(floor).to_have_attribute("data-heard", "no")
        await ada.page.keyboard.press("Escape")
        await ada.page.mouse.click(5, 400)

        await ada.page.keyboard.down("Space")
        await expect(ada.part("hold-to-speak")).to_have_attribute("aria-pressed", "true")

        async def heard() -> bool:
            return await ada.turns("candidate") != []

        await until(heard, RECOGNISED_MS / 1000, "what was said while Space was held")
        await ada.page.keyboard.up("Space")
        await expect(floor).to_have_attribute("data-heard", "no")
        assert ada.problems == []
