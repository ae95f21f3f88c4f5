"""A candidate at a real Chromium, whose microphone is a sound file."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
import wave
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import psutil
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from interview.scenario import SEGMENT_IDS
from viva.levels import RATE
from viva.places import ROOT
from viva.speaker import Speaker
from viva.temporary import TemporaryViva

CHROMIUM = "/usr/bin/chromium"
PICTURES = ROOT / "tests" / "artifacts"
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PASSWORD = "correct horse battery"
PHONE: ViewportSize = {"width": 390, "height": 844}

_VARIANTS: tuple[tuple[str, ViewportSize, Literal["dark", "light"]], ...] = (
    ("dark", DESKTOP, "dark"),
    ("narrow", PHONE, "light"),
    ("light", DESKTOP, "light"),
)

# Generous: two cores carry recognition, speech and the browser's own encoding.
SOON_MS = 15_000
INTERVIEWER_COMES_MS = 60_000
RECOGNISED_MS = 90_000

_QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_FAKE_DEVICE = "--use-fake-device-for-media-stream"
# Before anybody has signed in the page asks who is there, and Chromium logs the 401.
_EXPECTED_ERROR = re.compile(r"status of 401")


def write_microphone(path: Path, sentence: str, silence_s: float) -> Path:
    """A WAV file of `sentence` and silence, which Chromium plays over and over as a microphone."""
    quiet = np.zeros(int(silence_s * RATE), dtype=np.int16)
    lead = np.zeros(RATE // 2, dtype=np.int16)
    samples = np.concatenate([lead, Speaker().say(sentence).samples, quiet])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


@dataclass
class Candidate:
    """One page in its own browser. `problems`: what the page wrote as errors on its console."""

    page: Page
    url: str
    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED_ERROR.search(message.text):
            self.problems.append(message.text)

    def part(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    @property
    def screen(self) -> Locator:
        return self.part("interview-screen")

    @property
    def session_id(self) -> str:
        return self.page.url.rsplit("/", 1)[1]

    async def register(self) -> None:
        await self.page.goto(self.url)
        await self.part("auth-switch").click()
        await self.part("auth-name").fill("Ada Example")
        await self.part("auth-email").fill(f"ada-{secrets.token_hex(6)}@example.com")
        await self.part("auth-password").fill(PASSWORD)
        await self.part("auth-submit").click()
        await expect(self.part("start-screen")).to_be_visible(timeout=SOON_MS)

    async def another_device(self) -> Candidate:
        """The same person, signed in at a browser that shares nothing with this one."""
        browser = self.page.context.browser
        assert browser is not None
        context = await browser.new_context(viewport=PHONE, color_scheme="light")
        other = Candidate(await context.new_page(), self.url)
        other.watch(other.page)
        me = await self.get("/me")
        await other.post("/auth/login", {"email": me["email"], "password": PASSWORD})
        await other.page.goto(self.url)
        await expect(other.part("start-screen")).to_be_visible(timeout=SOON_MS)
        return other

    async def set_minutes(self, minutes: Sequence[float]) -> None:
        if not await self.part(f"length-{SEGMENT_IDS[0]}").is_visible():
            await self.part("lengths-toggle").click()
        for segment, length in zip(SEGMENT_IDS, minutes, strict=True):
            await self.part(f"length-{segment}").fill(str(length))

    async def start(self) -> None:
        """Presses Start Session and waits for the device check."""
        await self.part("start-session").click()
        await expect(self.part("check-screen")).to_be_visible(timeout=SOON_MS)

    async def join(self) -> None:
        """From the device check into an interview that has begun."""
        await expect(self.part("check-join")).to_be_enabled(timeout=SOON_MS)
        await self.part("check-join").click()
        await self.has_begun()

    async def has_begun(self) -> None:
        await self.is_in("live", timeout_ms=INTERVIEWER_COMES_MS)
        await expect(self.part("caption-interviewer")).to_contain_text(
            re.compile(r"\w+ \w+"), timeout=INTERVIEWER_COMES_MS
        )

    async def is_in(self, state: str, timeout_ms: float = SOON_MS) -> None:
        """The page has its seat and shows `state`."""
        await expect(self.screen).to_have_attribute("data-state", state, timeout=timeout_ms)
        await expect(self.screen).to_have_attribute("data-link", "here", timeout=timeout_ms)

    async def segment(self) -> str:
        return await self.screen.get_attribute("data-segment") or ""

    async def remaining_s(self) -> int:
        """What the segment's clock shows, seconds."""
        minutes, seconds = (await self.part("segment-clock").inner_text()).split(":")
        return int(minutes) * 60 + int(seconds)

    async def notice(self, code: str, timeout_ms: float) -> str:
        """Waits for the notice of this code; its sentence."""
        shown = self.page.locator(f"[data-testid=notice][data-notice={code}]")
        await expect(shown).to_be_visible(timeout=timeout_ms)
        return await shown.inner_text()

    async def get(self, path: str) -> Any:
        answer = await self.page.request.get(f"{self.url}/api/v1{path}")
        assert answer.ok, f"{path}: {answer.status}"
        return await answer.json()

    async def post(self, path: str, body: Any) -> Any:
        answer = await self.page.request.post(
            f"{self.url}/api/v1{path}", data=body, headers={"origin": self.url}
        )
        assert answer.ok, f"{path}: {answer.status}"
        return await answer.json() if await answer.body() else None

    async def session(self) -> dict[str, Any]:
        found: dict[str, Any] = await self.get(f"/sessions/{self.session_id}")
        return found

    async def turns(self, speaker: str | None = None) -> list[dict[str, Any]]:
        """The stored transcript, of one side or both."""
        stored = await self.get(f"/sessions/{self.session_id}/transcript")
        return [turn for turn in stored["turns"] if speaker in (None, turn["speaker"])]

    async def greetings(self) -> int:
        return sum(turn["move"] == "greet" for turn in await self.turns("interviewer"))

    async def press_end(self) -> None:
        await self.part("control-end").click()
        await self.part("end-confirm").click()
        await expect(self.part("end-screen")).to_be_visible(timeout=INTERVIEWER_COMES_MS)

    async def pictures(self, name: str) -> None:
        """Saves the page in light, dark and narrow. A narrow page must not scroll sideways."""
        PICTURES.mkdir(exist_ok=True)
        for variant, size, scheme in _VARIANTS:
            await self.page.set_viewport_size(size)
            await self.page.emulate_media(color_scheme=scheme)
            await self.page.screenshot(
                path=PICTURES / f"{name}-{variant}.png", animations="disabled"
            )
            await self.fits()

    async def fits(self) -> None:
        too_wide = await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{too_wide} pixels too wide"


@asynccontextmanager
async def chromium(
    microphone: Path | None = None, *, may_listen: bool = True
) -> AsyncIterator[Browser]:
    """A browser. `microphone`: the WAV file that it hears, None for its own beeps. `may_listen`:
    whether the permission is given."""
    args = [*_QUIET, _FAKE_DEVICE, "--autoplay-policy=no-user-gesture-required"]
    if may_listen:
        args.append("--use-fake-ui-for-media-stream")
    if microphone:
        args.append(f"--use-file-for-fake-audio-capture={microphone}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def visitor(browser: Browser, url: str) -> AsyncIterator[Candidate]:
    """Somebody who shares nothing with others at the same browser: no cookie, nothing stored.
    Interviews still open at the end are ended, so that they hold no place."""
    context = await browser.new_context(viewport=DESKTOP, color_scheme="light")
    try:
        page = await context.new_page()
        one = Candidate(page, url)
        one.watch(page)
        yield one
        await _end_open_interviews(context, url)
    finally:
        await context.close()


@asynccontextmanager
async def candidate(
    running: TemporaryViva | str, microphone: Path | None, *, may_listen: bool = True
) -> AsyncIterator[Candidate]:
    """A candidate with a fresh browser, at a running Viva or at an address."""
    url = running if isinstance(running, str) else running.url
    async with chromium(microphone, may_listen=may_listen) as browser, visitor(browser, url) as one:
        yield one


async def _end_open_interviews(context: BrowserContext, url: str) -> None:
    listed = await context.request.get(f"{url}/api/v1/sessions")
    if not listed.ok:
        return
    for session in (await listed.json())["items"]:
        if session["state"] in {"live", "paused"}:
            await context.request.post(
                f"{url}/api/v1/sessions/{session['id']}/control",
                data={"action": "end"},
                headers={"origin": url},
            )


async def until(condition: Callable[[], Awaitable[bool]], within_s: float, what: str) -> None:
    """Asks real processes again and again; fails with `what` when the time is up."""
    deadline = time.monotonic() + within_s
    while not await condition():
        assert time.monotonic() < deadline, f"not within {within_s:.0f} s: {what}"
        await asyncio.sleep(0.25)


def process_of(running: TemporaryViva, command: str) -> psutil.Process:
    """The part of the running Viva whose command line holds `command`."""
    for child in psutil.Process(running.process.pid).children():
        if command in " ".join(child.cmdline()):
            return child
    raise AssertionError(f"no part runs {command}")
