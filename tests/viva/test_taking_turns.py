"""When a simulated candidate gives way, on virtual time. The interviewer is what the ear is fed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import numpy as np
import pytest

from tests.virtual_time import run_virtual
from viva import microphone as module
from viva.ear import Ear
from viva.levels import RATE
from viva.microphone import Microphone, Saying
from viva.speaker import Clip, Part
from viva.taking_turns import speak_until_done, wait_to_break_in

LOUD = np.full(160, 2000, dtype=np.int16)
QUIET = np.zeros(160, dtype=np.int16)
# Words for four seconds, a pause of six, words for two.
PARTS = (Part("I would use", 0.0, 4.0), Part("a model", 10.0, 12.0))
CLIP = Clip(np.zeros(12 * RATE, dtype=np.int16), "I would use a model", PARTS)


@dataclass
class Room:
    """In place of viva.candidate.CandidateInRoom, without a connection."""

    ear: Ear
    microphone: Microphone
    ended: bool = False


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr(module.rtc, "AudioSource", lambda *_, **__: None)
    return Room(Ear(), Microphone())


async def _interviewer(ear: Ear, *spans: tuple[float, float]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        now = loop.time()
        speaking = any(start <= now < end for start, end in spans)
        ear.hear(LOUD if speaking else QUIET, now)
        await asyncio.sleep(0.01)


def _speak(room: Room, *spans: tuple[float, float], gives_way: bool = True) -> tuple[float, Saying]:
    """When the candidate fell silent who began at 1 s, and what became of the clip."""

    async def play() -> tuple[float, Saying]:
        loop = asyncio.get_running_loop()
        interviewer = asyncio.create_task(_interviewer(room.ear, *spans))
        await asyncio.sleep(1.0)
        saying = room.microphone.say(CLIP)
        saying.started = loop.time()
        loop.call_later(CLIP.seconds, saying.done.set)
        await speak_until_done(room, saying, gives_way=gives_way)
        interviewer.cancel()
        await asyncio.gather(interviewer, return_exceptions=True)
        return loop.time(), saying

    return run_virtual(play())


def test_nobody_else_speaks(room: Room) -> None:
    ended, saying = _speak(room)
    assert ended == pytest.approx(13.0, abs=0.05)
    assert not saying.broken_off


def test_in_a_pause_the_candidate_gives_way_at_once(room: Room) -> None:
    ended, saying = _speak(room, (7.0, 10.0))
    assert saying.broken_off
    assert ended == pytest.approx(7.35, abs=0.1)


def test_in_the_middle_of_words_after_a_moment(room: Room) -> None:
    ended, saying = _speak(room, (2.0, 6.0))
    assert saying.broken_off
    assert ended == pytest.approx(3.5, abs=0.1)


def test_a_short_word_of_the_interviewer_changes_nothing(room: Room) -> None:
    assert not _speak(room, (2.0, 2.6), (7.0, 7.2))[1].broken_off


def test_the_rest_of_what_the_interviewer_was_saying_changes_nothing(room: Room) -> None:
    assert not _speak(room, (0.0, 4.0))[1].broken_off


def test_who_breaks_in_speaks_on(room: Room) -> None:
    assert not _speak(room, (2.0, 6.0), gives_way=False)[1].broken_off


def test_when_the_room_ends_nobody_speaks_on(room: Room) -> None:
    room.ended = True
    ended, saying = _speak(room)
    assert saying.broken_off
    assert ended == pytest.approx(1.02, abs=0.05)


@pytest.mark.parametrize(("until", "breaks_in"), [(6.0, True), (3.2, False)])
def test_breaking_in_needs_somebody_who_still_speaks(
    room: Room, until: float, breaks_in: bool
) -> None:
    async def wait() -> tuple[bool, float]:
        loop = asyncio.get_running_loop()
        interviewer = asyncio.create_task(_interviewer(room.ear, (2.0, until)))
        found = await wait_to_break_in(room.ear, after_s=1.5)
        interviewer.cancel()
        await asyncio.gather(interviewer, return_exceptions=True)
        return found, loop.time()

    found, at = run_virtual(wait())
    assert found is breaks_in
    assert at == pytest.approx(3.5, abs=0.05)


def test_waiting_for_somebody_who_never_speaks_ends(room: Room) -> None:
    async def wait() -> bool:
        return await wait_to_break_in(room.ear, after_s=1.5)

    assert run_virtual(wait()) is False
