"""When a simulated candidate speaks on, gives way or breaks in, judged by what it hears.

Times are those of the event loop, which are time.monotonic()."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

from viva.ear import Ear
from viva.microphone import Microphone, Saying

T = TypeVar("T")

# Who is spoken over in a pause gives way at once, in the middle of a sentence after this.
GIVES_WAY_S = 1.5
NOTICES_S = 0.3
_POLL_S = 0.02
# A silence of the interviewer so long is no breath.
_SILENT_S = 0.5
_SPEAKING_S = 0.2
_SPEAKS_WITHIN_S = 30.0


class Room(Protocol):
    """What is needed of viva.candidate.CandidateInRoom."""

    ear: Ear
    microphone: Microphone

    @property
    def ended(self) -> bool: ...


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of `work`, or None when it takes longer."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        return None


async def wait_to_break_in(ear: Ear, after_s: float) -> bool:
    """Until the interviewer has spoken for `after_s`; False when it fell silent before."""
    loop = asyncio.get_running_loop()
    if ear.silent_since(loop.time()) > _SILENT_S:
        await within(_SPEAKS_WITHIN_S, ear.sound())
    await asyncio.sleep(after_s)
    return ear.silent_since(loop.time()) < _SPEAKING_S


async def speak_until_done(room: Room, saying: Saying, *, gives_way: bool) -> None:
    """To the end of the clip, unless the room ends or, for who `gives_way`, the interviewer takes
    the floor."""
    loop = asyncio.get_running_loop()
    while not saying.done.is_set():
        await within(_POLL_S, _wait(saying.done))
        if room.ended or (gives_way and _spoken_over(room.ear, saying, loop.time())):
            room.microphone.stop(saying)


def _spoken_over(ear: Ear, saying: Saying, now: float) -> bool:
    if saying.started is None or not ear.spans:
        return False
    start, end = ear.spans[-1]
    if start < saying.started or now - end > NOTICES_S:
        return False
    at = now - saying.started
    pausing = any(one <= at <= other for one, other in saying.clip.pauses)
    return end - start > (NOTICES_S if pausing else GIVES_WAY_S)


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
