"""What goes wrong at a candidate's browser or behind it, and the way on from there."""

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
    process_of,
    until,
)
from viva.temporary import TemporaryViva

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MINUTES = (3, 0.5, 0.5, 0.5, 0.5)


async def _in_an_interview(ada: Candidate) -> None:
    await ada.register()
    await ada.set_minutes(MINUTES)
    await ada.start()
    # A microphone that was heard is not checked again in another tab.
    await expect(ada.part("mic-heard")).to_have_text("You can be heard.", timeout=SOON_MS)
    await ada.join()


async def _said(ada: Candidate) -> list[str]:
    return [turn["text"] for turn in await ada.turns("candidate")]


async def test_a_refused_microphone_leaves_typing(running_viva: TemporaryViva) -> None:
    async with candidate(running_viva, None, may_listen=False) as ada:
        await ada.register()
        await ada.set_minutes(MINUTES)
        await ada.start()
        await expect(ada.part("mic-problem")).to_contain_text(
            "not letting this page use the microphone", timeout=SOON_MS
        )
        await expect(ada.part("check-join")).to_be_hidden()
        await ada.part("check-type").click()
        await expect(ada.part("type-form")).to_be_visible(timeout=SOON_MS)
        await ada.has_begun()
        await expect(ada.part("floor")).not_to_have_attribute(
            "data-floor", "interviewer", timeout=INTERVIEWER_COMES_MS
        )
        answer = "I built a ranking model for a large online shop."
        await ada.part("type-input").fill(answer)
        await ada.part("type-send").click()
        await expect(ada.part("caption-candidate")).to_contain_text(answer)

        async def answered() -> bool:
            turns = await ada.turns()
            typed = [turn["index"] for turn in turns if turn["text"] == answer]
            return bool(typed) and turns[-1]["index"] > typed[0]

        await until(answered, 60, "the interviewer's answer to what was typed")
        assert ada.problems == []


async def test_two_tabs_hold_one_interview(running_viva: TemporaryViva, microphone: Path) -> None:
    async with candidate(running_viva, microphone) as ada:
        await _in_an_interview(ada)
        segment = await ada.segment()
        second = await ada.page.context.new_page()
        other = Candidate(second, ada.url)
        await second.goto(ada.page.url)
        await other.part("watch-here").click(timeout=SOON_MS)
        await other.is_in("live", timeout_ms=30_000)
        assert "another tab" in await ada.notice("elsewhere", SOON_MS)
        await ada.part("notice-action").click()
        await ada.is_in("live", timeout_ms=30_000)
        await other.notice("elsewhere", SOON_MS)
        assert await ada.segment() == segment
        assert await ada.greetings() <= 1


async def test_a_server_that_is_gone_for_a_moment(
    running_viva: TemporaryViva, microphone: Path
) -> None:
    async with candidate(running_viva, microphone) as ada:
        await _in_an_interview(ada)
        start = Candidate(await ada.page.context.new_page(), ada.url)
        await start.page.goto(ada.url)
        await expect(start.part("resume-card")).to_be_visible(timeout=SOON_MS)
        # The interviewer's last turn may yet be cut short by the candidate; what was heard stands.
        segment, before = await ada.segment(), await _said(ada)

        process_of(running_viva, "server.app:create_app").kill()
        await start.part("start-session").click()
        await expect(start.part("start-problem")).to_contain_text("does not answer just now")
        assert "The interview goes on" in await ada.notice("server_silent", SOON_MS)
        await ada.is_in("live")
        await expect(ada.part("notice")).to_be_hidden(timeout=INTERVIEWER_COMES_MS)

        async def more_saved() -> bool:
            return len(await _said(ada)) > len(before)

        await until(more_saved, RECOGNISED_MS / 1000, "what is said being saved again")
        assert (await _said(ada))[: len(before)] == before
        assert await ada.segment() == segment
        assert await ada.greetings() <= 1


@pytest.mark.timeout(300)
async def test_an_interviewer_that_is_killed_comes_back(
    running_viva: TemporaryViva, microphone: Path
) -> None:
    async with candidate(running_viva, microphone) as ada:
        await _in_an_interview(ada)
        await expect(ada.part("caption-candidate")).to_contain_text(
            re.compile(r"\w+"), timeout=RECOGNISED_MS
        )
        segment, before = await ada.segment(), await ada.remaining_s()

        process_of(running_viva, "livekit.agents start").kill()
        notice = await ada.notice("interviewer_reconnecting", INTERVIEWER_COMES_MS)
        assert "coming back" in notice
        await expect(ada.part("notice")).to_be_hidden(timeout=120_000)
        await ada.is_in("live", timeout_ms=INTERVIEWER_COMES_MS)

        said = len(await ada.turns())

        async def goes_on() -> bool:
            return len(await ada.turns()) > said

        await until(goes_on, RECOGNISED_MS / 1000, "the interview going on")
        assert await ada.segment() == segment
        assert before - await ada.remaining_s() < 90, "time without an interviewer was counted"
        assert await ada.greetings() <= 1
