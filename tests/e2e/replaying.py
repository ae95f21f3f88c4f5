"""What tests do with a replay in a real browser: open it, read what it shows, play, pause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.browser import SOON_MS, Candidate, until

# A frame or two, in which the page marks the word that the sound has come to.
FRAME_MS = 60
# Scrolls the element of a data-testid by `step` pixels a frame, along or down; how long each frame
# took, in ms, from the shortest to the longest, and how far it came.
SCROLL = """
({ part, side, step, count }) => new Promise((done) => {
  const box = document.querySelector(`[data-testid=${part}]`);
  const frames = [];
  let last = performance.now();
  const next = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    box[side] += step;
    if (frames.length < count) requestAnimationFrame(next);
    else done({ frames: frames.sort((one, other) => one - other), scrolled: box[side] });
  };
  requestAnimationFrame(next);
})
"""


@dataclass(frozen=True)
class Spoken:
    """A word of the transcript and its span; `known`: it has times of its own."""

    text: str
    start_ms: int
    end_ms: int
    known: bool


async def words_of(one: Candidate, session_id: str) -> list[Spoken]:
    """In the order in which the page numbers them."""
    stored = await one.get(f"/sessions/{session_id}/transcript")
    return list(itertools.chain.from_iterable(_spoken(turn) for turn in stored["turns"]))


def _spoken(turn: dict[str, Any]) -> Iterator[Spoken]:
    texts = turn["text"].split()
    if len(texts) == len(turn["words"]):
        for text, word in zip(texts, turn["words"], strict=True):
            yield Spoken(text, word["start_ms"], word["end_ms"], True)
    else:
        for text in texts:
            yield Spoken(text, turn["start_ms"], turn["end_ms"], False)


async def open_page(one: Candidate, path: str, sound: bool = True) -> None:
    """Opens a page with a replay in it and waits until the sound can be heard; with `sound` false,
    until the page says that there is none."""
    await one.page.goto(f"{one.url}{path}")
    state = "ready" if sound else "none"
    await expect(one.part("replay")).to_have_attribute("data-sound", state, timeout=SOON_MS)


async def position(page: Page) -> float:
    """Milliseconds."""
    found: float = await page.get_by_test_id("replay-audio").evaluate("one => one.currentTime")
    return found * 1000


async def is_at(one: Candidate, ms: float, within: float = FRAME_MS) -> None:
    async def there() -> bool:
        return abs(await position(one.page) - ms) <= within

    await until(there, 10, f"the player is at {ms} ms")


async def plays(one: Candidate) -> None:
    await expect(one.part("replay-play")).to_have_attribute("data-playing", "yes")


async def pause(one: Candidate) -> None:
    await one.part("replay-play").click()
    await expect(one.part("replay-play")).to_have_attribute("data-playing", "no")
