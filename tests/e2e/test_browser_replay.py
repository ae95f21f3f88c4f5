"""The replay in a real browser, with sound that a real media element plays."""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Route, expect

from tests.e2e.browser import SOON_MS, Candidate, until, visitor
from tests.e2e.replaying import FRAME_MS, is_at, open_page, pause, plays, position, words_of
from tests.e2e.seeded import THINKER, Replays, sign_in
from tests.e2e.site import site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

# So long a word stays marked after it, in pauses.
LINGER_MS = 600

# The position and the word that is marked, together, once a frame.
WATCH = """
(frames) => new Promise((done) => {
  const audio = document.querySelector("[data-testid=replay-audio]");
  const seen = [];
  // Behind the page's own work for this frame.
  const next = () => requestAnimationFrame(() => setTimeout(look));
  const look = () => {
    const now = document.querySelector(".line .now");
    seen.push([audio.currentTime * 1000, now ? Number(now.dataset.w) : -1]);
    if (seen.length < frames) next();
    else done(seen);
  };
  next();
})
"""


@asynccontextmanager
async def _at_the_replay(
    browser: Browser, query: str = "", which: int = 0
) -> AsyncIterator[tuple[Candidate, str]]:
    seeding = Replays(recorded=4)
    async with site(prepare=seeding) as url, visitor(browser, url) as ada:
        await sign_in(ada)
        id_ = seeding.ids[which]
        await open_page(ada, f"/sessions/{id_}/replay{query}")
        yield ada, id_


async def test_the_word_being_said_is_the_one_that_is_shown(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_):
        words = await words_of(ada, id_)
        first = next(at for at, word in enumerate(words) if word.known)
        await ada.page.locator(f"[data-w='{first}']").click()
        await plays(ada)
        assert await position(ada.page) >= words[first].start_ms - FRAME_MS
        seen = await ada.page.evaluate(WATCH, 240)
        await pause(ada)
        assert len({word for _, word in seen}) > 4
        for ms, marked in seen:
            saying = [
                at
                for at, word in enumerate(words)
                if word.known and word.start_ms + FRAME_MS <= ms < word.end_ms - FRAME_MS
            ]
            assert not saying or marked in saying, (ms, marked, saying)
            if marked >= 0 and words[marked].known:
                word = words[marked]
                assert word.start_ms - FRAME_MS <= ms <= word.end_ms + LINGER_MS + FRAME_MS
        assert ada.problems == []


async def test_a_word_that_is_pressed_is_heard(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_):
        words = await words_of(ada, id_)
        known = [at for at, word in enumerate(words) if word.known and word.end_ms < 500_000]
        for at in (known[3], known[-1], known[len(known) // 2]):
            await ada.page.locator(f"[data-w='{at}']").evaluate("one => one.click()")
            await plays(ada)
            await pause(ada)
            at_ms = await position(ada.page)
            assert words[at].start_ms - FRAME_MS <= at_ms < words[at].start_ms + 3000


async def test_an_address_opens_it_at_its_moment_and_one_is_given_for_any(browser: Browser) -> None:
    async with _at_the_replay(browser, "?t=123.4") as (ada, id_):
        await is_at(ada, 123_400)
        await expect(ada.part("replay-time")).to_have_text(re.compile(r"^2:03 / "))
        # The turn of then is in sight.
        await expect(ada.page.locator(".line[aria-current]")).to_be_in_viewport()
        await ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await ada.page.keyboard.press("ArrowRight")
        await ada.part("replay-link").click()
        await expect(ada.part("replay-told")).to_contain_text("copied")
        link = await ada.page.evaluate("navigator.clipboard.readText()")
        assert link == f"{ada.url}/sessions/{id_}/replay?t=128.4"
        # The address follows by itself, so that a reload comes back.
        await expect(ada.page).to_have_url(link)
        await ada.page.reload()
        await expect(ada.part("replay")).to_have_attribute("data-sound", "ready", timeout=SOON_MS)
        await is_at(ada, 128_400)
        assert ada.problems == []


async def test_a_moment_with_an_end_stops_there(browser: Browser) -> None:
    async with _at_the_replay(browser, "?t=60&end=61.5") as (ada, _):
        await is_at(ada, 60_000)
        await ada.page.keyboard.press("Space")
        await expect(ada.part("replay-play")).to_have_attribute("data-playing", "yes")
        await expect(ada.part("replay-play")).to_have_attribute("data-playing", "no")
        assert 61_500 <= await position(ada.page) < 62_500


async def test_speeds_keep_the_pitch(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, _):
        audio = ada.part("replay-audio")
        await ada.part("replay-speed").select_option("2")
        rate = "one => [one.playbackRate, one.preservesPitch]"
        assert await audio.evaluate(rate) == [2, True]
        await ada.page.locator("h1").click()
        await ada.page.keyboard.press("<")
        assert await audio.evaluate(rate) == [1.75, True]
        await expect(ada.part("replay-speed")).to_have_value("1.75")


async def _is_jumped(one: Candidate, key: str, from_ms: int, to_ms: int) -> None:
    """With what `key` turns on, what lies between is not played."""
    path = one.page.url.split("?")[0].removeprefix(one.url)
    await open_page(one, f"{path}?t={max(0, from_ms - 500) / 1000}")
    await one.page.keyboard.press(key)
    await one.page.keyboard.press("k")

    async def beyond() -> bool:
        return bool(await position(one.page) >= to_ms - 700)

    await until(beyond, (to_ms - from_ms) / 1000 - 1, f"{from_ms} to {to_ms} ms are jumped over")
    await pause(one)
    assert await position(one.page) < to_ms + 10_000


async def test_silence_is_skipped_and_questions_can_be_heard_alone(browser: Browser) -> None:
    async with _at_the_replay(browser, which=THINKER) as (ada, id_):
        stored = (await ada.get(f"/sessions/{id_}/transcript"))["turns"]
        spoken = sorted((turn["start_ms"], turn["end_ms"]) for turn in stored)
        silence = next(
            (before, after)
            for (_, before), (after, _) in itertools.pairwise(spoken)
            if after - before > 6000
        )
        await _is_jumped(ada, "s", *silence)
        await expect(ada.part("replay-silence")).to_have_attribute("aria-pressed", "true")

        asked = [
            turn for turn in stored if turn["speaker"] == "interviewer" and "?" in turn["text"]
        ]
        answer = next(
            (before["end_ms"], after["start_ms"])
            for before, after in itertools.pairwise(asked)
            if after["start_ms"] - before["end_ms"] > 8000
        )
        await _is_jumped(ada, "q", *answer)
        shown = ada.page.locator("[data-testid=replay-turn]:visible")
        assert len(asked) <= await shown.count() < len(stored)
        assert ada.problems == []


async def test_search_goes_through_what_was_found(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_):
        words = await words_of(ada, id_)
        text = max(
            (word.text.strip(".,?").lower() for word in words if word.text.isalpha()),
            key=lambda one: (sum(one == word.text.lower() for word in words) in range(3, 9), one),
        )
        await ada.page.keyboard.press("/")
        await expect(ada.part("replay-search")).to_be_focused()
        await ada.part("replay-search").fill(text)
        found = await ada.part("replay-found").inner_text()
        count = int(re.fullmatch(r"1 of (\d+)", found).group(1))  # type: ignore[union-attr]
        assert count >= 3
        await ada.page.keyboard.press("Enter")
        await expect(ada.part("replay-found")).to_have_text(f"2 of {count}")
        await expect(ada.page.locator(".hit-now")).to_be_in_viewport()
        await ada.page.keyboard.press("Shift+Enter")
        await ada.part("replay-found-back").click()
        await expect(ada.part("replay-found")).to_have_text(f"{count} of {count}")
        await ada.part("replay-search").fill("no such words at all")
        await expect(ada.part("replay-found")).to_have_text("Not found")
        await ada.page.keyboard.press("Escape")
        await expect(ada.page.locator(".hit")).to_have_count(0)
        assert ada.problems == []


async def test_keys_and_following(browser: Browser) -> None:
    async with _at_the_replay(browser, "?t=200") as (ada, _):
        await is_at(ada, 200_000)
        for key, ms in (
            ("ArrowRight", 205_000),
            ("l", 220_000),
            ("j", 205_000),
            ("ArrowLeft", 200_000),
        ):
            await ada.page.keyboard.press(key)
            await is_at(ada, ms)
        slider = ada.part("replay-slider")
        await expect(slider).to_have_attribute(
            "aria-valuetext", re.compile("^3 minutes 20 seconds of")
        )
        before = await ada.page.locator(".line[aria-current]").get_attribute("data-turn")
        await ada.page.keyboard.press("ArrowDown")
        await expect(ada.page.locator(".line[aria-current]")).to_have_attribute(
            "data-turn", str(int(before or 0) + 1)
        )
        # Scrolling by hand sets it free; a press takes it back.
        follow = ada.part("replay-follow")
        await expect(follow).to_have_attribute("aria-pressed", "true")
        await ada.part("replay-transcript").hover()
        await ada.page.mouse.wheel(0, 4000)
        await expect(follow).to_have_attribute("aria-pressed", "false")
        await ada.page.keyboard.press("f")
        await expect(follow).to_have_attribute("aria-pressed", "true")
        await expect(ada.page.locator(".line[aria-current]")).to_be_in_viewport()
        await ada.page.keyboard.press("?")
        await expect(ada.part("replay-help")).to_contain_text("Skip silence")
        await ada.page.keyboard.press("Escape")
        await expect(ada.part("replay-help")).to_have_count(0)
        # Marks lead to what they mark.
        await ada.page.keyboard.press("]")
        await expect(ada.part("replay-told")).not_to_be_empty()
        assert ada.problems == []


async def test_without_sound_what_was_said_can_be_read(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_):
        # A page that still fetches sound would be told that it is gone.
        await ada.page.goto("about:blank")
        answer = await ada.page.request.delete(
            f"{ada.url}/api/v1/sessions/{id_}/recording", headers={"origin": ada.url}
        )
        assert answer.ok
        await open_page(ada, f"/sessions/{id_}/replay?t=100", sound=False)
        await expect(ada.part("replay-note")).to_contain_text("was deleted")
        for hearing in ("replay-play", "replay-speed", "replay-silence", "replay-audio"):
            await expect(ada.part(hearing)).to_be_hidden()
        await expect(ada.page.locator(".line[aria-current]")).to_be_in_viewport()
        await ada.part("replay-part").nth(1).click()
        await expect(ada.page.locator(".line[aria-current]")).to_be_in_viewport()
        await ada.pictures("replay-silent")
        assert ada.problems == []


async def test_a_recording_that_is_not_ready_yet_comes_by_itself(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, _):
        asked = 0

        async def not_yet(route: Route) -> None:
            nonlocal asked
            asked += 1
            if asked > 1:
                await route.continue_()
                return
            problem = {"code": "recording_not_ready", "title": "Not ready", "detail": "Later."}
            await route.fulfill(status=409, json=problem)

        await ada.page.route("**/recording/peaks", not_yet)
        await ada.page.reload()
        await expect(ada.part("replay-note")).to_contain_text("still being put together")
        await expect(ada.part("replay")).to_have_attribute("data-sound", "ready", timeout=SOON_MS)
        await expect(ada.part("replay-note")).to_be_hidden()
        await expect(ada.part("replay-play")).to_be_visible()


async def test_one_that_goes_on_is_not_replayed(browser: Browser) -> None:
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        session = await ada.post("/sessions", {})
        await ada.page.goto(f"{url}/sessions/{session['id']}/replay")
        await expect(ada.part("replay-not-over")).to_be_visible(timeout=SOON_MS)
