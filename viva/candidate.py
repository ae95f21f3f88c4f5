"""A simulated candidate in the room: microphone, ear, captions, and what the page would see."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from livekit import rtc

from viva.ear import Ear
from viva.levels import Samples
from viva.microphone import Microphone

_CAPTIONS = "lk.transcription"
_FINAL = "lk.transcription_final"
# Silence after which the interviewer's turn is over, if it does not say that it goes on.
_TURN_PAUSE_S = 0.5
# The same when it does: longer than it ever takes to find words, so that nobody waits for ever.
_LOST_TURN_S = 12.0
_POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Caption:
    speaker: str
    text: str


class CandidateInRoom:
    """`async with`: joins and leaves. `on_caption` gets every finished caption of both sides;
    `background` is heard all the time. `repairs_s`: how long a lost connection may be repaired
    before the room counts as gone; as long as the library tries by default."""

    def __init__(
        self,
        server_url: str,
        token: str,
        on_caption: Callable[[Caption], None],
        background: Samples | None = None,
        repairs_s: float | None = None,
    ) -> None:
        self.ear = Ear()
        self.microphone = Microphone(background)
        self.segments: list[str] = []
        self._over = asyncio.Event()
        self._server_url = server_url
        self._token = token
        self._on_caption = on_caption
        self._room = rtc.Room()
        self._attributes: dict[str, str] = {}
        self._question = ""
        self._repairs_s = repairs_s
        self._giving_up: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> str:
        """`viva.state` of the interviewer; "" before it is there."""
        return self._attributes.get("viva.state", "")

    @property
    def segment(self) -> str:
        return self._attributes.get("viva.segment", "")

    @property
    def ended(self) -> bool:
        return self._over.is_set()

    async def __aenter__(self) -> CandidateInRoom:
        room = self._room
        room.on("track_subscribed", self._on_track)
        room.on("participant_attributes_changed", self._on_attributes)
        room.on("participant_connected", self._on_participant)
        room.on("disconnected", lambda _reason: self._over.set())
        room.on("reconnecting", self._on_repairing)
        room.on("reconnected", self._on_repaired)
        room.register_text_stream_handler(_CAPTIONS, self._on_text)
        await room.connect(self._server_url, self._token)
        for participant in room.remote_participants.values():
            self._on_participant(participant)
        self._start(self.microphone.run())
        track = rtc.LocalAudioTrack.create_audio_track("microphone", self.microphone.source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await room.local_participant.publish_track(track, options)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._on_repaired()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(Exception):
            await self._room.disconnect()
        await self.microphone.aclose()

    def take_question(self) -> str:
        """What the interviewer has said since the last call."""
        question, self._question = self._question, ""
        return question

    async def first_sound(self, after: float) -> float | None:
        """When the interviewer was first heard after `after`; None when it has gone before."""
        while not self.ended:
            heard = self.ear.first_sound_after(after)
            if heard is not None:
                return heard
            await asyncio.sleep(_POLL_S)
        return None

    async def end(self) -> None:
        """Waits until the interview has ended or the room has gone."""
        await self._over.wait()

    async def turn_over(self) -> None:
        """Waits until the interviewer is silent and the floor is free, or it has gone."""
        while not self.ended:
            silence = self.ear.silent_since(time.monotonic())
            holds = self._attributes.get("viva.floor") in {"interviewer", "thinking"}
            if silence >= (_LOST_TURN_S if holds else _TURN_PAUSE_S) and self.state != "paused":
                return
            await asyncio.sleep(_POLL_S)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _on_repairing(self) -> None:
        if self._repairs_s is not None and self._giving_up is None:
            loop = asyncio.get_running_loop()
            self._giving_up = loop.call_later(self._repairs_s, self._over.set)

    def _on_repaired(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None

    def _on_track(
        self,
        track: rtc.Track,
        _publication: rtc.RemoteTrackPublication,
        _participant: rtc.RemoteParticipant,
    ) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            self._start(self.ear.listen(track))

    def _on_participant(self, participant: rtc.RemoteParticipant) -> None:
        self._take(participant.attributes)

    def _on_attributes(self, _changed: dict[str, str], participant: rtc.Participant) -> None:
        if participant.identity != self._room.local_participant.identity:
            self._take(participant.attributes)

    def _take(self, attributes: dict[str, str]) -> None:
        self._attributes.update(
            {name: value for name, value in attributes.items() if name.startswith("viva.")}
        )
        if self.state == "ended":
            self._over.set()
        if self.segment and (not self.segments or self.segments[-1] != self.segment):
            self.segments.append(self.segment)

    def _on_text(self, reader: rtc.TextStreamReader, identity: str) -> None:
        self._start(self._read(reader, identity))

    async def _read(self, reader: rtc.TextStreamReader, identity: str) -> None:
        mine = identity == self._room.local_participant.identity
        text = ""
        try:
            async for piece in reader:
                text += piece
                if not mine:
                    self._question += piece
        except rtc.StreamError:
            # Whoever wrote it is gone; it was never finished.
            return
        attributes = reader.info.attributes or {}
        # The interviewer's captions are one stream a sentence; the candidate's come again and
        # again until they are final.
        if text.strip() and (not mine or attributes.get(_FINAL) == "true"):
            self._on_caption(Caption("candidate" if mine else "interviewer", text.strip()))
