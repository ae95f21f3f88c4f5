"""The history in a real browser: found again, written about, shared and deleted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Route, expect

from tests.e2e.browser import SOON_MS, Candidate, visitor
from tests.e2e.site import site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

A_PAGE = 20


async def _made(ada: Candidate, number: int) -> list[dict[str, Any]]:
    """So many interviews that were never begun, each of another scenario as far as there are."""
    scenarios = (await ada.get("/scenarios"))["items"]
    return [
        await ada.post("/sessions", {"scenario_id": scenarios[index % len(scenarios)]["id"]})
        for index in range(number)
    ]


async def _end(ada: Candidate, session: dict[str, Any]) -> None:
    await ada.post(f"/sessions/{session['id']}/control", {"action": "end"})


async def _shows(ada: Candidate, *titles: str) -> None:
    await expect(ada.part("history-open")).to_have_text(list(titles), timeout=SOON_MS)


async def _opens_history(ada: Candidate, query: str = "") -> None:
    await ada.page.goto(f"{ada.url}/history{query}")
    await expect(ada.part("history-screen")).to_be_visible(timeout=SOON_MS)


async def test_search_and_filters_live_in_the_address(browser: Browser) -> None:
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        first, second, third = await _made(ada, 3)
        await _end(ada, first)
        await ada.part("user-menu").click()
        await ada.part("menu-history").click()
        every = [one["scenario_title"] for one in (third, second, first)]
        await _shows(ada, *every)
        await ada.pictures("history")

        noted = ada.page.locator(f"[data-testid=history-item][data-id='{second['id']}']")
        await noted.get_by_test_id("history-notes").click()
        await noted.get_by_test_id("draft-notes").fill("Read about isotonic regression.")
        await expect(noted.get_by_test_id("draft-state-notes")).to_have_text("Saved")
        await ada.part("history-search").fill("isotonic")
        await _shows(ada, second["scenario_title"])
        await expect(ada.page).to_have_url(re.compile(r"\?q=isotonic$"))
        await ada.page.reload()
        await expect(ada.part("history-search")).to_have_value("isotonic")
        await _shows(ada, second["scenario_title"])

        await ada.part("history-search").fill("")
        await ada.part("history-state").select_option("finished")
        await _shows(ada, first["scenario_title"])
        await ada.part("history-open").click()
        await expect(ada.part("end-screen")).to_be_visible(timeout=SOON_MS)
        await ada.page.go_back()
        await expect(ada.part("history-state")).to_have_value("finished")
        await _shows(ada, first["scenario_title"])

        await ada.part("history-since").fill("2099-01-01")
        await expect(ada.part("history-empty")).to_contain_text("No interview fits")
        await ada.part("history-clear").click()
        await _shows(ada, *every)
        await ada.part("history-scenario").select_option(third["scenario_id"])
        await _shows(ada, third["scenario_title"])
        assert ada.problems == []


async def test_older_ones_are_a_press_away(browser: Browser) -> None:
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        await _made(ada, A_PAGE + 2)
        await _opens_history(ada)
        await expect(ada.part("history-item")).to_have_count(A_PAGE)
        await ada.part("history-more").click()
        await expect(ada.part("history-item")).to_have_count(A_PAGE + 2)
        await expect(ada.part("history-more")).to_be_hidden()


async def test_deleting_asks_first(browser: Browser) -> None:
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        kept, gone = await _made(ada, 2)
        await _opens_history(ada)
        await ada.part("history-delete").first.click()
        await expect(ada.part("confirm-dialog")).to_contain_text("cannot be brought back")
        await ada.part("confirm-no").click()
        await _shows(ada, gone["scenario_title"], kept["scenario_title"])
        await ada.part("history-delete").first.click()
        await ada.part("confirm-yes").click()
        await _shows(ada, kept["scenario_title"])
        assert [one["id"] for one in (await ada.get("/sessions"))["items"]] == [kept["id"]]
        assert ada.problems == []


async def test_a_text_is_kept_while_the_server_is_away(browser: Browser) -> None:
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        (session,) = await _made(ada, 1)
        await _end(ada, session)

        async def no_answer(route: Route) -> None:
            if route.request.method == "PUT":
                await route.abort()
            else:
                await route.continue_()

        drafts = re.compile("/drafts")
        await ada.page.route(drafts, no_answer)
        await ada.page.goto(f"{ada.url}/sessions/{session['id']}")
        field, state = ada.part("draft-reflection"), ada.part("draft-state-reflection")
        await field.fill("I rushed the metrics.")
        await expect(state).to_contain_text("kept in this browser", timeout=SOON_MS)
        await ada.page.reload()
        await expect(field).to_have_value("I rushed the metrics.", timeout=SOON_MS)
        await expect(state).to_contain_text("kept in this browser", timeout=SOON_MS)
        await ada.page.unroute(drafts)
        await expect(state).to_have_text("Saved", timeout=SOON_MS)
        stored = await ada.get(f"/sessions/{session['id']}/drafts")
        assert stored["reflection"]["text"] == "I rushed the metrics."


async def test_two_devices_lose_no_edit_in_silence(browser: Browser) -> None:
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        (session,) = await _made(ada, 1)
        await _end(ada, session)
        phone = await ada.another_device()
        for one in (ada, phone):
            await one.page.goto(f"{ada.url}/sessions/{session['id']}")
            await expect(one.part("draft-notes")).to_be_enabled(timeout=SOON_MS)
        await phone.part("draft-notes").fill("Written on the phone.")
        await expect(phone.part("draft-state-notes")).to_have_text("Saved")
        await ada.part("draft-notes").fill("Written on the laptop.")
        replaced = ada.part("draft-replaced-notes")
        await expect(replaced).to_have_text("Written on the phone.", timeout=SOON_MS)
        await ada.pictures("drafts")
        await ada.part("draft-restore-notes").click()
        await expect(ada.part("draft-notes")).to_have_value("Written on the phone.")
        await expect(replaced).to_have_text("Written on the laptop.")
        await expect(ada.part("draft-state-notes")).to_have_text("Saved")
        stored = await ada.get(f"/sessions/{session['id']}/drafts")
        assert stored["notes"]["text"] == "Written on the phone."
        assert [ada.problems, phone.problems] == [[], []]


async def test_a_reviewer_reads_and_no_more(browser: Browser) -> None:
    async with site() as url, visitor(browser, url) as ada, visitor(browser, url) as grace:
        await ada.register()
        await grace.register()
        (session,) = await _made(ada, 1)
        await _end(ada, session)
        await ada.page.goto(f"{ada.url}/sessions/{session['id']}")
        await ada.part("reviewer-email").fill((await grace.get("/me"))["email"])
        await ada.part("reviewer-add").click()
        await expect(ada.part("reviewer")).to_have_count(1)

        await _opens_history(grace)
        await expect(grace.part("history-empty")).to_contain_text("no interview yet")
        await grace.part("history-shared").check()
        await _shows(grace, session["scenario_title"])
        await expect(grace.part("history-delete")).to_have_count(0)
        await grace.part("history-open").click()
        await expect(grace.part("end-screen")).to_contain_text("Interview of Ada Example")
        for own in ("draft-notes", "draft-reflection", "reviewers"):
            await expect(grace.part(own)).to_have_count(0)

        await ada.part("reviewer-remove").click()
        await expect(ada.part("reviewer")).to_have_count(0)
        await grace.page.reload()
        await expect(grace.part("page-problem")).to_be_visible(timeout=SOON_MS)
