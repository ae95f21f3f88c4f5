"""The report in a real browser: read, heard, written about, shared and taken back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.e2e.browser import PHONE, SOON_MS, Candidate, until, visitor
from tests.e2e.seeded import Seeding, sign_in
from tests.e2e.site import site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

# A report is made at the first look, one of a long interview within seconds.
MADE_MS = 60_000
# The player begins a little earlier than the moment and stops a little after it; besides that, what
# a busy machine takes between two looks at its clock.
LEAD_S = 0.3
LATE_S = 0.8


@asynccontextmanager
async def _at_the_report(
    browser: Browser, recorded: int = 1
) -> AsyncIterator[tuple[Candidate, Seeding]]:
    seeding = Seeding(recorded=recorded)
    async with site(prepare=seeding) as url, visitor(browser, url) as ada:
        await sign_in(ada)
        await _open(ada, seeding.ids[0])
        yield ada, seeding


async def _open(one: Candidate, session_id: str) -> None:
    await one.page.goto(f"{one.url}/sessions/{session_id}/report")
    await expect(one.part("criterion").first).to_be_visible(timeout=MADE_MS)


async def _position(page: Page) -> float:
    found: float = await page.get_by_test_id("report-audio").evaluate("one => one.currentTime")
    return found


async def _span(chip: Locator) -> tuple[float, float]:
    start, end = [await chip.get_attribute(f"data-{name}") or "" for name in ("start", "end")]
    return int(start) / 1000, int(end) / 1000


async def test_a_quote_is_played_where_it_was_said_and_stops_there(browser: Browser) -> None:
    async with _at_the_report(browser) as (ada, seeding):
        chip = ada.page.locator("[data-testid=criterion] [data-testid=evidence]").first
        start, end = await _span(chip)
        await expect(ada.part("dock")).to_be_hidden()
        await chip.click()
        await expect(ada.part("dock")).to_have_attribute("data-state", "playing", timeout=SOON_MS)
        await expect(chip).to_have_attribute("data-playing", "yes")
        assert start - LEAD_S - 0.1 <= await _position(ada.page) < end
        await expect(ada.part("dock")).to_have_attribute(
            "data-state", "stopped", timeout=(end - start) * 1000 + SOON_MS
        )
        assert end <= await _position(ada.page) <= end + LATE_S
        await expect(chip).to_have_attribute("data-playing", "no")

        # Another one takes its place, and the same button stops what it began.
        other = ada.page.locator("[data-testid=criterion] [data-testid=evidence]").nth(1)
        other_start, other_end = await _span(other)
        await other.click()
        await expect(ada.part("dock")).to_have_attribute("data-state", "playing", timeout=SOON_MS)
        assert other_start - LEAD_S - 0.1 <= await _position(ada.page) < other_end
        await other.click()
        await expect(ada.part("dock")).to_have_attribute("data-state", "stopped")
        assert await _position(ada.page) < other_end
        moment = re.compile(rf"/sessions/{seeding.ids[0]}/replay\?t=[\d.]+$")
        await expect(ada.part("dock-replay")).to_have_attribute("href", moment)
        await ada.part("dock-close").click()
        await expect(ada.part("dock")).to_be_hidden()
        assert ada.problems == []


async def test_without_a_recording_a_quote_leads_to_the_transcript(browser: Browser) -> None:
    async with _at_the_report(browser, recorded=0) as (ada, seeding):
        await expect(ada.part("report-sound")).to_contain_text("was not recorded")
        chip = ada.page.locator("[data-testid=criterion] [data-testid=evidence]").first
        start, _ = await _span(chip)
        address = f"/sessions/{seeding.ids[0]}/replay?t={start:.1f}"
        await expect(chip).to_have_attribute("href", address)
        await expect(ada.part("report-delete-recording")).to_be_hidden()
        assert ada.problems == []


async def test_the_report_shows_its_parts_and_the_trend(browser: Browser) -> None:
    async with _at_the_report(browser) as (ada, seeding):
        for name in ("report-summary", "report-glance", "judges", "timeline", "delivery", "trend"):
            await expect(ada.part(name)).to_be_visible(timeout=SOON_MS)
        # Every finished interview is judged by the queue before there is a trend to show.
        for session_id in seeding.ids:
            await ada.get(f"/sessions/{session_id}/report")
        report = await ada.get(f"/sessions/{seeding.ids[0]}/report")
        await ada.page.reload()
        await expect(ada.part("criterion")).to_have_count(len(report["criteria"]), timeout=MADE_MS)
        await expect(ada.page.locator("[data-testid=trend-plot] canvas")).to_be_visible(
            timeout=SOON_MS
        )
        rows = ada.part("trend-table").locator("tbody tr")
        await expect(rows).to_have_count(len(seeding.ids))
        given = sum(score["level"] is not None for score in report["criteria"])
        counted = f"{given} of {len(report['criteria'])} criteria assessed"
        await expect(ada.part("report-mean")).to_contain_text(counted)
        # The history says the same, and leads here.
        await ada.page.goto(f"{ada.url}/history?state=finished")
        listed = ada.page.locator(f"[data-testid=history-item][data-id='{seeding.ids[0]}']")
        await expect(listed.get_by_test_id("history-levels")).to_contain_text(counted)
        await listed.get_by_test_id("history-report").click()
        await expect(ada.part("criterion").first).to_be_visible(timeout=SOON_MS)
        await ada.pictures("report")
        assert ada.problems == []


async def test_a_reflection_is_saved_as_it_is_typed(browser: Browser) -> None:
    async with _at_the_report(browser, recorded=0) as (ada, seeding):
        area = ada.part("draft-reflection")
        await expect(area).to_be_enabled(timeout=SOON_MS)
        await area.fill("I should have asked for the budget first.")
        await expect(ada.part("draft-state-reflection")).to_have_text("Saved", timeout=SOON_MS)
        report = await ada.get(f"/sessions/{seeding.ids[0]}/report")
        assert report["reflection"] == "I should have asked for the budget first."
        await ada.page.reload()
        await expect(area).to_have_value("I should have asked for the budget first.")
        assert ada.problems == []


async def test_a_link_opens_for_anybody_until_it_is_taken_back(browser: Browser) -> None:
    async with _at_the_report(browser) as (ada, _), visitor(browser, ada.url) as stranger:
        await ada.part("report-share").click()
        await expect(ada.part("share-empty")).to_be_visible(timeout=SOON_MS)
        await ada.part("share-label").fill("For Grace")
        await ada.part("share-part-transcript").uncheck()
        await ada.part("share-make").click()
        url = await ada.part("share-url").input_value()
        assert re.search(r"/shared/[\w-]{20,}$", url)
        await expect(ada.part("share")).to_contain_text("For Grace")
        await expect(ada.part("share")).to_contain_text("Report · until")
        await ada.pictures("share")

        await stranger.page.goto(url)
        await expect(stranger.part("criterion").first).to_be_visible(timeout=MADE_MS)
        # What belongs to the owner stays away.
        for own in ("draft-reflection", "trend", "reviewers", "report-share"):
            await expect(stranger.part(own)).to_have_count(0)
        await stranger.page.set_viewport_size(PHONE)
        await stranger.fits()

        await ada.part("share-close").click()
        await ada.part("report-share").click()
        await expect(ada.part("share")).to_contain_text("opened")
        await ada.part("share-revoke").click()
        await ada.part("confirm-yes").click()
        await expect(ada.part("share")).to_have_attribute("data-active", "no", timeout=SOON_MS)
        await stranger.page.reload()
        await expect(stranger.part("criterion")).to_have_count(0)
        await expect(stranger.page.locator("main")).to_be_visible(timeout=SOON_MS)
        assert ada.problems == []


async def test_the_report_is_taken_along_and_the_recording_deleted(
    browser: Browser, tmp_path: Path
) -> None:
    async with _at_the_report(browser) as (ada, seeding):
        endings = {"report-pdf": b"%PDF-", "report-md": b"# ", "report-json": b"{"}
        for name, beginning in endings.items():
            await ada.page.get_by_role("button", name="Download").click()
            async with ada.page.expect_download(timeout=MADE_MS) as waiting:
                await ada.part(name).click()
            path = tmp_path / name
            await (await waiting.value).save_as(path)
            assert path.read_bytes().startswith(beginning), name
        await ada.part("report-delete-recording").click()
        await ada.part("confirm-yes").click()
        await expect(ada.part("report-sound")).to_contain_text("was deleted", timeout=SOON_MS)
        await expect(ada.part("report-delete-recording")).to_be_hidden()
        address = f"/sessions/{seeding.ids[0]}/replay"
        chip = ada.page.locator("[data-testid=criterion] [data-testid=evidence]").first
        await expect(chip).to_have_attribute("href", re.compile(re.escape(address)))


async def test_on_paper_there_is_the_report_and_no_button(browser: Browser, tmp_path: Path) -> None:
    async with _at_the_report(browser) as (ada, _):
        await ada.page.emulate_media(media="print")
        for control in ("report-share", "report-replay", "draft-reflection", "reviewers"):
            await expect(ada.part(control)).to_be_hidden()
        await expect(ada.page.locator(".report button:visible").first).to_have_css(
            "border-top-width", "0px"
        )
        await ada.page.pdf(path=tmp_path / "report.pdf", format="A4")
        assert (tmp_path / "report.pdf").stat().st_size > 10_000


async def test_it_says_so_when_the_server_is_away_and_comes_back_by_itself(
    browser: Browser,
) -> None:
    seeding = Seeding(recorded=0)
    async with site(prepare=seeding) as url, visitor(browser, url) as ada:
        await sign_in(ada)
        asked = 0

        async def refuse_once(route: Route) -> None:
            nonlocal asked
            asked += 1
            await (route.abort() if asked == 1 else route.continue_())

        await ada.page.route("**/report", refuse_once)
        await ada.page.goto(f"{url}/history?state=finished")
        listed = ada.page.locator(f"[data-testid=history-item][data-id='{seeding.ids[0]}']")
        await listed.get_by_test_id("history-report").click()
        await expect(ada.part("report-problem")).to_contain_text("does not answer")
        await expect(ada.part("criterion").first).to_be_visible(timeout=MADE_MS)
        await expect(ada.part("report-problem")).to_be_hidden()


async def test_a_closer_reading_takes_the_first_ones_place_by_itself(browser: Browser) -> None:
    async with _at_the_report(browser, recorded=0) as (ada, seeding):
        read = await ada.get(f"/sessions/{seeding.ids[0]}/report")
        first, *_ = read["criteria"]
        improving = {**read, "status": "improving"}
        better = {**read, "criteria": [{**first, "reason": "Read again."}], "others": [first]}
        asked = 0

        async def answer(route: Route) -> None:
            nonlocal asked
            asked += 1
            await route.fulfill(json=improving if asked == 1 else better)

        await ada.page.route("**/api/v1/sessions/*/report", answer)
        await ada.page.reload()
        await expect(ada.part("report-status")).to_contain_text("closer reading", timeout=SOON_MS)
        await expect(ada.part("criterion")).to_have_count(len(read["criteria"]))
        await expect(ada.part("criterion")).to_have_count(1, timeout=SOON_MS)
        await expect(ada.part("criterion")).to_contain_text("Read again.")
        await expect(ada.part("report-status")).to_be_hidden()
        other = ada.part("other-judge")
        await expect(other.locator("summary .level-line")).to_be_visible()
        await expect(other.get_by_test_id("evidence").first).to_be_hidden()
        await other.locator("summary").first.click()
        await expect(other).to_contain_text(first["reason"])
        assert ada.problems == []


async def test_one_that_goes_on_has_no_report_yet(browser: Browser) -> None:
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        session = await ada.post("/sessions", {})
        await ada.page.goto(f"{url}/sessions/{session['id']}/report")
        await expect(ada.part("report-problem")).to_contain_text("not over yet", timeout=SOON_MS)
        await ada.page.get_by_role("link", name="Back to the interview").click()
        await expect(ada.part("check-screen")).to_be_visible(timeout=SOON_MS)

        async def at_the_interview() -> bool:
            return ada.page.url.endswith(f"/sessions/{session['id']}")

        await until(at_the_interview, 5, "the address is the interview's")
