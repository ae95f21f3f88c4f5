"""Handlers of requests, by the page or by voice."""

from __future__ import annotations

import math

from interview import wishes
from interview.core import Core
from interview.events import Event, ExtendRequested, PauseRequested
from interview.language import duration_aloud
from interview.state import Intent

VOICE_EXTENSION_S = 120.0


class Asking(Core):
    """Pause, more time, next, hint, repeat, end."""

    def _grant(self, wish: wishes.Wish) -> None:
        at = self._state.at
        match wish:
            case "pause":
                self._pause(PauseRequested(at=at, by="voice"))
            case "extend":
                planned = self._state.ledger.planned[self._state.ledger.index]
                seconds = min(VOICE_EXTENSION_S, 0.5 * planned)
                self._extend(ExtendRequested(at=at, seconds=seconds, by="voice"))
            case "next":
                self._move_on()
            case "end":
                self._close("ended_early")
            case "repeat" | "rephrase" | "hint":
                self._speaker.speak(Intent(wish))
            case "resume":
                pass

    def _pause(self, event: Event) -> None:
        state = self._state
        state.phase = "paused"
        state.paused_words.clear()
        state.intent = None
        self._speaker.speak(Intent("paused"))

    def _pause_away(self, event: Event) -> None:
        self._state.pause_kept = True

    def _resume(self, event: Event) -> None:
        self._state.unanswered.clear()
        self._state.turn_over()
        self._state.intent = None
        self._go_on("resumed")

    def _resume_away(self, event: Event) -> None:
        self._state.pause_kept = False

    def _extend(self, event: Event) -> None:
        assert isinstance(event, ExtendRequested)  # noqa: S101 - the table says so
        state, ledger = self._state, self._state.ledger
        wanted = event.seconds
        if not math.isfinite(wanted) or wanted == 0:
            self._refuse("extend", "Say by how many seconds, for example 120.")
            return
        if wanted < 0:
            taken = ledger.shorten(-wanted)
            if taken < -wanted - 1e-9:
                self._refuse(
                    "extend",
                    f"Only {taken:.0f} of the {-wanted:.0f} seconds could be taken off; "
                    "the rest is used up already.",
                )
            return
        granted = ledger.extend(wanted)
        if granted < wanted - 1e-9:
            kept = "the later parts keep at least half of their time"
            self._refuse(
                "extend",
                f"There is no more time to give: {kept}."
                if granted < 1
                else f"Added {duration_aloud(granted)}, not {duration_aloud(wanted)}: {kept}.",
            )
        if state.phase == "landing" and state.intent is None and granted > 0:
            state.phase = "live"
        if event.by == "voice":
            self._speaker.speak(Intent("extended", seconds=granted))

    def _next(self, event: Event) -> None:
        self._move_on()

    def _hint(self, event: Event) -> None:
        self._speaker.speak(Intent("hint"))

    def _repeat(self, event: Event) -> None:
        self._speaker.speak(Intent("repeat"))

    def _end(self, event: Event) -> None:
        self._close("ended_early")

    def _end_now(self, event: Event) -> None:
        """Nobody is there to say goodbye to."""
        self._hush()
        self._state.end("ended_early")
