"""Says one line at a time through an AgentSession, and tells what was heard of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from livekit.agents import AgentSession, AgentStateChangedEvent, llm
from livekit.agents.voice import SpeechHandle

from interview.events import SpeechOutcome


@dataclass(frozen=True, slots=True)
class Spoken:
    """`text`: what was heard. Wall times are epoch seconds; equal when no sound was made."""

    text: str
    outcome: SpeechOutcome
    started_wall: float
    ended_wall: float


class Voice(Protocol):
    def say(
        self,
        text: str,
        *,
        interruptible: bool,
        on_start: Callable[[], None],
        on_end: Callable[[Spoken], None],
    ) -> None:
        """Exactly one `on_end` follows; `on_start` comes before it if any sound was made."""

    def hush(self) -> None: ...


class SessionVoice:
    def __init__(self, agent_session: AgentSession[Any]) -> None:
        self._agent_session = agent_session
        self._handle: SpeechHandle | None = None
        self._on_start: Callable[[], None] | None = None
        self._hushed = False
        agent_session.on("agent_state_changed", self._on_state)

    def say(
        self,
        text: str,
        *,
        interruptible: bool,
        on_start: Callable[[], None],
        on_end: Callable[[Spoken], None],
    ) -> None:
        # What was said before may have been interrupted in a pause.
        self.resume()
        try:
            handle = self._agent_session.say(text, allow_interruptions=interruptible)
        except RuntimeError:
            now = time.time()
            on_end(Spoken("", "failed", now, now))
            return
        self._handle, self._on_start, self._hushed = handle, on_start, False

        def done(finished: SpeechHandle) -> None:
            if self._handle is finished:
                self._handle = self._on_start = None
            on_end(heard(finished, hushed=self._hushed))

        handle.add_done_callback(done)

    @property
    def current(self) -> object | None:
        """What is being said; None when nothing is, or when it may not be interrupted."""
        handle = self._handle
        if handle is None or handle.done() or handle.interrupted or not handle.allow_interruptions:
            return None
        return handle

    def pause(self) -> None:
        if self._agent_session.output.audio is not None:
            self._agent_session.output.audio.pause()

    def resume(self) -> None:
        if self._agent_session.output.audio is not None:
            self._agent_session.output.audio.resume()

    def break_in(self) -> None:
        """The candidate interrupts what is being said."""
        if self._handle is not None and not self._handle.done():
            self._handle.interrupt()

    def hush(self) -> None:
        if self._handle is not None and not self._handle.done():
            self._hushed = True
            self._handle.interrupt(force=True)

    def _on_state(self, event: AgentStateChangedEvent) -> None:
        if event.new_state == "speaking" and self._on_start is not None:
            started, self._on_start = self._on_start, None
            started()


def heard(handle: SpeechHandle, *, hushed: bool) -> Spoken:
    now = time.time()
    messages = [item for item in handle.chat_items if isinstance(item, llm.ChatMessage)]
    text = " ".join(message.text_content or "" for message in messages).strip()
    started = min((m.metrics.get("started_speaking_at", now) for m in messages), default=now)
    ended = max((m.metrics.get("stopped_speaking_at", now) for m in messages), default=now)
    if handle.interrupted:
        outcome: SpeechOutcome = "stopped" if hushed else "interrupted"
    else:
        outcome = "finished" if text else "failed"
    return Spoken(text, outcome, started, max(started, ended))
