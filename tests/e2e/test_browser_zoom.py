"""The strip of a long interview, seen closer, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.browser import Candidate, until, visitor
from tests.e2e.replaying import SCROLL, is_at, open_page, pause, plays, words_of
from tests.e2e.seeded import TALKER, Replays, sign_in
from tests.e2e.site import site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LENGTH_MS = 2_700_000
# What is drawn, what is seen of it, and where the position stands in that.
SEEN = """
() => {
  const part = (name) => document.querySelector(`[data-testid=${name}]`);
  const scroller = part("replay-scroll");
  const box = scroller.getBoundingClientRect();
  const canvas = document.querySelector(".strip-canvas").getBoundingClientRect();
  const head = document.querySelector(".strip-head").getBoundingClientRect();
  return {
    width: scroller.clientWidth, whole: scroller.scrollWidth, left: scroller.scrollLeft,
    canvas: canvas.width, canvasAt: canvas.left - box.left, head: head.left - box.left,
  };
}
"""


@asynccontextmanager
async def _long(browser: Browser, query: str) -> AsyncIterator[Candidate]:
    seeding = Replays(recorded=4)
    async with site(prepare=seeding) as url, visitor(browser, url) as ada:
        await sign_in(ada)
        # Its log takes seconds to read; how fast it opens is another test's question.
        await words_of(ada, seeding.ids[TALKER])
        await open_page(ada, f"/sessions/{seeding.ids[TALKER]}/replay{query}")
        yield ada


async def _seen(ada: Candidate) -> dict[str, float]:
    found: dict[str, float] = await ada.page.evaluate(SEEN)
    return found


async def _zoomed(ada: Candidate, zoom: int) -> dict[str, float]:
    await expect(ada.part("replay-strip")).to_have_attribute("data-zoom", str(zoom))
    return await _seen(ada)


async def test_one_can_come_closer_and_go_back(browser: Browser) -> None:
    async with _long(browser, "?t=1500") as ada:
        closer, wider = ada.part("replay-closer"), ada.part("replay-wider")
        before = await _zoomed(ada, 1)
        assert before["whole"] == before["width"]
        await expect(wider).to_have_attribute("aria-disabled", "true")
        await ada.page.keyboard.press("+")
        await ada.page.keyboard.press("=")
        seen = await _zoomed(ada, 4)
        assert abs(seen["whole"] - 4 * seen["width"]) <= 4
        # What is at the position stays where it is seen; only that is drawn.
        assert abs(seen["head"] - before["head"]) <= 4
        assert abs(seen["canvas"] - seen["width"]) <= 4
        assert abs(seen["canvasAt"]) <= 2
        await expect(ada.part("replay-told")).to_contain_text("The strip shows 11 minutes 15 s")
        await expect(wider).to_have_attribute("aria-disabled", "false")
        await ada.pictures("replay-zoomed")
        for zoom in (8, 16, 32, 32):
            await closer.focus()
            await ada.page.keyboard.press("Enter")
            await _zoomed(ada, zoom)
            await expect(closer).to_be_focused()
        await expect(closer).to_have_attribute("aria-disabled", "true")
        along = {"part": "replay-scroll", "side": "scrollLeft", "step": 40, "count": 200}
        frames: list[float] = (await ada.page.evaluate(SCROLL, along))["frames"]
        print(
            f"\n32 times closer, scrolled through: median {frames[100]:.1f} ms a frame, 95th "
            f"percentile {frames[190]:.1f} ms, longest {frames[-1]:.1f} ms"
        )
        assert frames[190] < 100
        for zoom in (16, 8, 4, 2, 1, 1):
            await ada.page.keyboard.press("-")
            seen = await _zoomed(ada, zoom)
        assert seen["whole"] == seen["width"]
        await expect(ada.part("replay-told")).to_have_text("The strip shows the whole interview.")
        assert ada.problems == []


async def test_a_press_goes_where_it_is_seen_and_the_position_stays_in_sight(
    browser: Browser,
) -> None:
    async with _long(browser, "?t=1500") as ada:
        for zoom in (2, 4, 8):
            await ada.page.keyboard.press("+")
            seen = await _zoomed(ada, zoom)
        wave = ada.part("replay-slider")
        offset = (await wave.bounding_box() or {"x": 0.0})["x"]
        at = seen["left"] + 100
        await ada.page.mouse.click(offset + at, (await _middle(ada)))
        await is_at(ada, at / seen["whole"] * LENGTH_MS, within=2000)
        # A key that goes far takes the view along, and so does the sound.
        for key, nearly in (("End", LENGTH_MS), ("Home", 0), ("PageDown", 60_000)):
            await wave.focus()
            await ada.page.keyboard.press(key)
            await is_at(ada, nearly)

            async def in_sight() -> bool:
                now = await _seen(ada)
                return -2 <= now["head"] <= now["width"] + 2

            await until(in_sight, 5, f"the position is seen after {key}")
        edge = (await _seen(ada))["width"] / seen["whole"] * LENGTH_MS
        await ada.page.evaluate(
            f"document.querySelector('[data-testid=replay-audio]').currentTime = {edge / 1000 - 1}"
        )
        await ada.page.keyboard.press("k")
        await plays(ada)

        async def followed() -> bool:
            now = await _seen(ada)
            return now["left"] > 0 and 0 <= now["head"] < now["width"] / 2

        await until(followed, 10, "the view turns a page for the position")
        await pause(ada)
        # Who looks at something else is left alone.
        await ada.page.evaluate(
            "document.querySelector('[data-testid=replay-scroll]').scrollLeft = 4000"
        )
        await ada.page.keyboard.press("k")
        await plays(ada)
        await ada.page.wait_for_function(
            "from => document.querySelector('[data-testid=replay-audio]').currentTime > from",
            arg=edge / 1000 + 1,
        )
        assert (await _seen(ada))["left"] == 4000
        assert ada.problems == []


async def _middle(ada: Candidate) -> float:
    box = await ada.part("replay-slider").bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2
