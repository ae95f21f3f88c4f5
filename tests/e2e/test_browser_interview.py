"""An interview in a real browser, from the first visit to the transcript."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from interview.scenario import SEGMENT_IDS
from tests.e2e.browser import RECOGNISED_MS, SOON_MS, Candidate, candidate, until
from viva.temporary import TemporaryViva

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Collects what the clock shows for a while, by the page's own time.
_CLOCK_FOR_3_S = """
() => new Promise((resolve) => {
  const clock = document.querySelector('[data-testid=segment-clock]');
  const seen = [clock.textContent];
  new MutationObserver(() => seen.push(clock.textContent))
    .observe(clock, { childList: true, characterData: true, subtree: true });
  setTimeout(() => resolve(seen), 3000);
})
"""
_FILLED = """
() => new DOMMatrix(getComputedStyle(
  document.querySelector('[data-testid=progress-warm_up] .fill')).transform).a
"""

# From before there is an interview's screen on.
_RECORD_SEGMENTS = """
() => {
  window.segmentsSeen = [];
  new MutationObserver(() => {
    const screen = document.querySelector('[data-testid=interview-screen]');
    const now = screen?.dataset.segment;
    if (now && now !== window.segmentsSeen.at(-1)) window.segmentsSeen.push(now);
  }).observe(document.body, { subtree: true, attributes: true, childList: true });
}
"""


@pytest.mark.timeout(420)
async def test_an_interview_by_voice(running_viva: TemporaryViva, microphone: Path) -> None:
    async with candidate(running_viva, microphone) as ada:
        await ada.register()
        await ada.pictures("start")
        await ada.set_minutes((3, 0.5, 0.5, 0.5, 0.5))
        await ada.start()
        await expect(ada.part("mic-heard")).to_have_text("You can be heard.", timeout=SOON_MS)
        await ada.pictures("check")

        await ada.join()
        assert await ada.segment() == "warm_up"
        await expect(ada.part("caption-candidate")).to_contain_text("goal", timeout=RECOGNISED_MS)
        await _time_moves(ada)
        await expect(ada.part("floor")).to_have_attribute(
            "data-floor", "interviewer", timeout=RECOGNISED_MS
        )
        # A caption of some length, so that the pictures show how one sits.
        await expect(ada.part("caption-interviewer")).to_contain_text(
            re.compile(r".{40,}"), timeout=RECOGNISED_MS
        )
        await ada.pictures("interview")

        await _pauses_and_resumes(ada)
        await _extends(ada)
        await _comes_back_after_a_reload(ada)

        await ada.press_end()
        await _reads_the_transcript(ada)
        await ada.pictures("end")
        assert ada.problems == []


async def _time_moves(ada: Candidate) -> None:
    shown = await ada.part("segment-clock").inner_text()
    filled = await ada.page.evaluate(_FILLED)
    await expect(ada.part("segment-clock")).not_to_have_text(shown, timeout=SOON_MS)

    async def fuller() -> bool:
        return bool(await ada.page.evaluate(_FILLED) > filled)

    await until(fuller, 15, "the first part of the bar filling")
    total = await ada.part("total-clock").inner_text()
    await expect(ada.part("total-clock")).not_to_have_text(total, timeout=SOON_MS)
    await expect(ada.part("progress-warm_up")).to_have_attribute("data-part", "live")
    await expect(ada.part("progress-problem_framing")).to_have_attribute("data-part", "pending")


async def _pauses_and_resumes(ada: Candidate) -> None:
    await ada.part("control-pause").click()
    await ada.is_in("paused")
    seen = await ada.page.evaluate(_CLOCK_FOR_3_S)
    assert len(set(seen)) == 1, f"the clock moved while paused: {seen}"
    assert (await ada.session())["state"] == "paused"
    await ada.pictures("paused")
    stood_at = await ada.remaining_s()
    await ada.part("control-pause").click()
    await ada.is_in("live")
    assert stood_at - await ada.remaining_s() <= 3
    await expect(ada.part("segment-clock")).not_to_have_text(seen[0], timeout=SOON_MS)


async def _extends(ada: Candidate) -> None:
    before = await ada.remaining_s()
    await ada.part("control-extend").click()

    async def longer() -> bool:
        return await ada.remaining_s() > before + 10

    await until(longer, 15, "more time on the clock")


async def _comes_back_after_a_reload(ada: Candidate) -> None:
    segment, before = await ada.segment(), await ada.remaining_s()
    said = len(await ada.turns("candidate"))
    await ada.page.reload()
    await ada.is_in("live", timeout_ms=30_000)
    assert await ada.segment() == segment
    assert before - 30 <= await ada.remaining_s() <= before

    async def heard_again() -> bool:
        return len(await ada.turns("candidate")) > said

    await until(heard_again, RECOGNISED_MS / 1000, "words spoken after the reload")
    assert await ada.greetings() <= 1


async def _reads_the_transcript(ada: Candidate) -> None:
    assert (await ada.session())["state"] in {"ended", "scored"}
    mine = ada.page.locator("[data-testid=transcript-turn][data-speaker=candidate]")
    theirs = ada.page.locator("[data-testid=transcript-turn][data-speaker=interviewer]")
    await expect(mine.filter(has_text="goal").first).to_be_visible()
    assert await theirs.count() >= 2
    assert await ada.greetings() <= 1
    for ending in ("md", "txt", "vtt"):
        link = await ada.part(f"download-{ending}").get_attribute("href")
        answer = await ada.page.request.get(f"{ada.url}{link}")
        assert answer.ok
        assert "goal" in await answer.text()


@pytest.mark.timeout(300)
async def test_five_segments_run_out_by_the_clock(
    running_viva: TemporaryViva, microphone: Path
) -> None:
    async with candidate(running_viva, microphone) as ada:
        await ada.register()
        await ada.set_minutes((0.2,) * 5)
        await ada.start()
        await ada.page.evaluate(_RECORD_SEGMENTS)
        await ada.join()
        await expect(ada.part("end-screen")).to_be_visible(timeout=240_000)
        assert await ada.page.evaluate("window.segmentsSeen") == list(SEGMENT_IDS)
        session = await ada.session()
        assert session["state"] in {"ended", "scored"}
        assert {segment["state"] for segment in session["segments"]} == {"done"}
        assert await ada.greetings() <= 1
        assert ada.problems == []
