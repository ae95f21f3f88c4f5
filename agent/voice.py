"""Says one line at a time through an AgentSession, and tells what was heard of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from livekit.agents import AgentSession, AgentStateChangedEvent, llm
from livekit.agents.voice import SpeechHandle

from agent.recording.playing import Playing
from agent.speech.piper_tts import PiperTTS
from agent.speech.word_times import SpeechWords
from interview.events import SpeechOutcome
from interview.transcript import Word


@dataclass(frozen=True, slots=True)
class Spoken:
    """`text`: what was heard, from `started` to `ended` on the session clock, in seconds; they are
    equal when no sound was made. `words`: when each of them was heard, as far as that is known."""

    text: str
    outcome: SpeechOutcome
    started: float
    ended: float
    words: tuple[Word, ...] = ()


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
    """`playing` knows what is played, `now` is the session clock."""

    def __init__(
        self, agent_session: AgentSession[Any], playing: Playing, now: Callable[[], float]
    ) -> None:
        self._agent_session = agent_session
        self._playing = playing
        self._now = now
        speaks = agent_session.tts
        self._words = speaks.words if isinstance(speaks, PiperTTS) else SpeechWords()
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
        self._words.begin()
        try:
            handle = self._agent_session.say(text, allow_interruptions=interruptible)
        except RuntimeError:
            on_end(Spoken("", "failed", self._now(), self._now()))
            return
        self._handle, self._on_start, self._hushed = handle, on_start, False

        def done(finished: SpeechHandle) -> None:
            if self._handle is finished:
                self._handle = self._on_start = None
            on_end(self._heard(finished))

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

    def _heard(self, handle: SpeechHandle) -> Spoken:
        messages = [item for item in handle.chat_items if isinstance(item, llm.ChatMessage)]
        text = " ".join(message.text_content or "" for message in messages).strip()
        if handle.interrupted:
            outcome: SpeechOutcome = "stopped" if self._hushed else "interrupted"
        else:
            outcome = "finished" if text else "failed"
        sounded = self._playing.take()
        if sounded is None:
            return Spoken(text, outcome, self._now(), self._now())
        words = self._words.heard(text, sounded)
        return Spoken(text, outcome, sounded.start, sounded.end, words)

    def _on_state(self, event: AgentStateChangedEvent) -> None:
        if event.new_state == "speaking" and self._on_start is not None:
            started, self._on_start = self._on_start, None
            started()
