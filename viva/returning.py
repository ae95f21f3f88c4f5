"""A simulated candidate who stays: whatever is lost, it comes back and goes on talking."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from random import Random

from viva.candidate import CandidateInRoom, Caption
from viva.client import Client
from viva.errors import CommandError
from viva.room_record import Span
from viva.speaker import Clip, Speaker
from viva.taking_turns import speak_until_done, within

# The page asks for a new place a second after it lost the room.
_AGAIN_S = 1.0
# So long the library may try to repair a lost connection before a new place is asked for.
_REPAIRS_S = 2.0
_ANSWER_S = 20.0
_OVER = frozenset({"ended", "scored", "abandoned"})

_BEGINNINGS = (
    "I would begin with",
    "Then I would look at",
    "After that I would add",
    "I would also think about",
    "For the next step I prefer",
    "In practice I would test",
)
_WAYS = ("a small", "a simple", "a careful", "an early", "a second", "a separate", "a daily")
_THINGS = (
    "model of the clicks",
    "table of the features",
    "check of the labels",
    "test with real users",
    "store for the results",
    "plan for the training",
    "report on the errors",
    "queue for the requests",
)
_ENDINGS = (
    "so that the answer stays fast and stable.",
    "because the traffic changes every week.",
    "and compare it with the old system.",
    "before we show it to more people.",
    "and keep the memory below the limit.",
)


def sentences(random: Random) -> Iterator[str]:
    """Sentences of an answer, each another one, in an order that `random` gives."""
    every = [
        f"{begins} {way} {thing} {ends}"
        for begins in _BEGINNINGS
        for way in _WAYS
        for thing in _THINGS
        for ends in _ENDINGS
    ]
    random.shuffle(every)
    return iter(every)


class ReturningCandidate:
    """Holds one interview until `leave`. Times are epoch seconds, those of `joined` the moments at
    which it was in the room."""

    def __init__(
        self, client: Client, session_id: str, random: Random, say: Callable[[str], None]
    ) -> None:
        self.session_id = session_id
        self.captions: list[Caption] = []
        self.joined: list[float] = []
        self.said: list[tuple[float, float, str]] = []
        self._client = client
        self._say = say
        self._sentences = sentences(random)
        self._speaker: Speaker | None = None
        self._room: CandidateInRoom | None = None
        self._heard: list[Span] = []
        self._leaving = asyncio.Event()

    @property
    def heard(self) -> list[Span]:
        """When the interviewer was heard, in epoch seconds."""
        to_epoch = time.time() - time.monotonic()
        spans = self._heard + (self._room.ear.spans if self._room else [])
        return [(one + to_epoch, other + to_epoch) for one, other in spans]

    def leave(self) -> None:
        self._leaving.set()

    async def run(self) -> None:
        """Until `leave`, or the end of the interview."""
        while not self._leaving.is_set():
            try:
                url, token = await self._client.connect(self.session_id)
                if await self._visit(url, token):
                    return
            except Exception as error:
                # Whatever the room or the server answers while a part of it is dead.
                self._say(f"(not let in: {type(error).__name__})")
                if await self._over():
                    return
            await asyncio.sleep(_AGAIN_S)

    async def _visit(self, url: str, token: str) -> bool:
        """From joining to losing the room; True when there is nothing to come back to."""
        async with CandidateInRoom(url, token, self._caption, repairs_s=_REPAIRS_S) as room:
            self._room = room
            self.joined.append(time.time())
            self._say("(in the room)")
            try:
                await self._talk(room)
            finally:
                self._heard += room.ear.spans
                self._room = None
            if not self._leaving.is_set():
                self._say("(lost the room)")
            return room.state == "ended" or self._leaving.is_set()

    async def _talk(self, room: CandidateInRoom) -> None:
        await within(_ANSWER_S, room.first_sound(0.0))
        while not room.ended and not self._leaving.is_set():
            await room.turn_over()
            clip = await asyncio.to_thread(self._clip)
            if room.ended or self._leaving.is_set():
                return
            saying = room.microphone.say(clip)
            await speak_until_done(room, saying, gives_way=True)
            if saying.started is None or saying.ended is None:
                return
            to_epoch = time.time() - time.monotonic()
            words = saying.text or ""
            self.said.append((saying.started + to_epoch, saying.ended + to_epoch, words))
            await within(_ANSWER_S, self._answered(room, saying.ended))

    async def _answered(self, room: CandidateInRoom, after: float) -> None:
        leaving = asyncio.create_task(self._leaving.wait())
        sound = asyncio.create_task(room.first_sound(after))
        try:
            await asyncio.wait({leaving, sound}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            sound.cancel()
            await asyncio.gather(leaving, sound, return_exceptions=True)

    def _clip(self) -> Clip:
        if self._speaker is None:
            self._speaker = Speaker()
        return self._speaker.say(next(self._sentences))

    async def _over(self) -> bool:
        try:
            return (await self._client.session(self.session_id))["state"] in _OVER
        except CommandError:
            return False

    def _caption(self, caption: Caption) -> None:
        self.captions.append(caption)
        self._say(f"{caption.speaker:<12} {caption.text}")
