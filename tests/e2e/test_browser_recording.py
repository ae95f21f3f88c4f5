"""Consent to a recording at a real browser: asked each time, stored, taken back, and kept for as
long as one wants."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from playwright.async_api import expect
from pydantic import SecretStr

from tests.e2e.browser import SOON_MS, Candidate, candidate
from tests.e2e.site import site
from tests.server import sounds

pytestmark = pytest.mark.browser

TOKEN = "the-worker-and-the-server-share-this"


@asynccontextmanager
async def _ada() -> AsyncIterator[Candidate]:
    """Somebody who has just made an account, on a server that a worker may bring segments to."""
    async with site(agent_token=SecretStr(TOKEN)) as url, candidate(url, None) as ada:
        await ada.register()
        yield ada


async def _at_the_check(ada: Candidate) -> str:
    """In the device check of a new session; its id."""
    session = await ada.post("/sessions", {})
    await ada.page.goto(f"{ada.url}/sessions/{session['id']}")
    await expect(ada.part("check-screen")).to_be_visible(timeout=SOON_MS)
    return str(session["id"])


async def _go_in(ada: Candidate) -> None:
    await ada.part("check-type").click()
    await expect(ada.part("interview-screen")).to_be_visible(timeout=SOON_MS)


async def _consent(ada: Candidate, id_: str) -> bool | None:
    found: bool | None = (await ada.get(f"/sessions/{id_}"))["recording"]["consent"]
    return found


async def _bring(ada: Candidate, id_: str) -> str:
    """The problem's code when a worker brings a second of sound; "" for none."""
    body, packets = sounds.segments(sounds.stereo(sounds.tone(1.0), sounds.tone(1.0)))[0]
    name = {"epoch": 1, "number": 0, "start_ms": 0, "packets": packets}
    url = f"{ada.url}/internal/v1/sessions/{id_}/recording/segments"
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(headers=headers) as worker:
        answer = await worker.put(url, params=name, content=body)
        return "" if answer.status_code == 204 else str(answer.json()["code"])


async def test_who_says_nothing_is_not_recorded() -> None:
    async with _ada() as ada:
        id_ = await _at_the_check(ada)
        await expect(ada.part("record-choice")).not_to_be_checked()
        await ada.pictures("record-choice")
        await _go_in(ada)
        assert await _consent(ada, id_) is False
        await expect(ada.part("recording-mark")).to_contain_text("Not being recorded")
        assert await _bring(ada, id_) == "recording_refused"
        assert (await ada.get(f"/sessions/{id_}"))["recording"]["state"] is None


async def test_consent_is_stored_shown_and_taken_back() -> None:
    async with _ada() as ada:
        id_ = await _at_the_check(ada)
        await ada.part("record-choice").check()
        assert await _consent(ada, id_) is None
        await _go_in(ada)
        assert await _consent(ada, id_) is True
        await expect(ada.part("recording-mark")).to_contain_text("Being recorded")
        await ada.pictures("recording-mark")
        mark, change = ada.part("recording-mark"), ada.part("recording-change")
        await change.click()
        await expect(mark).to_have_attribute("data-recording", "off", timeout=SOON_MS)
        assert await _consent(ada, id_) is False
        # The next one is asked for again; what was said last is only where the switch stands.
        again = await _at_the_check(ada)
        await expect(ada.part("record-choice")).to_be_checked()
        assert await _consent(ada, again) is None


async def test_an_answer_can_be_changed_as_often_as_one_likes() -> None:
    async with _ada() as ada:
        id_ = await _at_the_check(ada)
        await _go_in(ada)
        assert await _consent(ada, id_) is False
        mark, change = ada.part("recording-mark"), ada.part("recording-change")
        for granted in (True, False, True):
            # By the keyboard, which stays where it is.
            await change.focus()
            await ada.page.keyboard.press("Enter")
            state = "on" if granted else "off"
            await expect(mark).to_have_attribute("data-recording", state, timeout=SOON_MS)
            await expect(change).to_be_focused()
            described = "What was recorded so far" if granted else "Nobody else hears it"
            await expect(change).to_have_accessible_description(re.compile(described))
            assert await _consent(ada, id_) is granted
        await ada.pictures("recording-on-again")
        # Who comes back through the device check finds the switch as it was left.
        await ada.page.evaluate("sessionStorage.clear()")
        await ada.page.goto(f"{ada.url}/sessions/{id_}")
        await expect(ada.part("record-choice")).to_be_checked(timeout=SOON_MS)
        await ada.part("record-choice").uncheck()
        await _go_in(ada)
        await expect(ada.part("recording-mark")).to_contain_text("Not being recorded")
        assert await _consent(ada, id_) is False
        await ada.page.reload()
        await expect(ada.part("recording-mark")).to_contain_text("Not being recorded")


async def test_who_never_wants_to_be_recorded_is_not_asked() -> None:
    async with _ada() as ada:
        await ada.page.goto(f"{ada.url}/settings/data")
        await ada.part("record-never").check()
        await ada.part("set-keep_recordings_days").select_option("30")
        for field in ("record", "keep_recordings_days"):
            saving = ada.part(f"saving-{field}")
            await expect(saving).to_have_attribute("data-saving", "saved", timeout=SOON_MS)
        values = (await ada.get("/me/settings"))["values"]
        assert (values["record"], values["keep_recordings_days"]) == ("never", 30)
        await ada.pictures("recording-settings")
        id_ = await _at_the_check(ada)
        await expect(ada.part("record-choice")).to_have_count(0)
        await _go_in(ada)
        assert await _consent(ada, id_) is None
