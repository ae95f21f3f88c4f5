"""Handlers of requests, by the page or by voice."""

from __future__ import annotations

import math

from interview import wishes
from interview.core import Core
from interview.events import Event, ExtendRequested, PauseRequested, RequestedBy
from interview.language import duration_aloud
from interview.state import Intent, IntentKind
from interview.thinking_time import named_length

VOICE_EXTENSION_S = 120.0
# Several wishes of one turn are granted in this order: the pause before all else, what tells before
# what asks.
_IN_THIS_ORDER: tuple[wishes.Wish, ...] = (
    "pause", "next", "stay", "extend", "hint", "rephrase", "repeat",
)  # fmt: skip
_SERVES: dict[wishes.Wish, IntentKind] = {
    "next": "bridge",
    "stay": "stay",
    "hint": "hint",
    "rephrase": "rephrase",
    "repeat": "repeat",
}


class Asking(Core):
    """Pause, more time, next, hint, repeat, end."""

    def _grant(self, wish: wishes.Wish, said: str = "") -> None:
        at = self._state.at
        match wish:
            case "pause":
                self._pause(PauseRequested(at=at, by="voice"))
            case "extend":
                self._extend(self._longer("voice", said))
            case "next":
                self._move_on()
            case "end":
                self._close("ended_early")
            case "repeat" | "rephrase" | "hint" | "stay":
                self._speaker.speak(Intent(wish))
            case "resume":
                pass

    def _granted(self, said: str) -> bool:
        """True when `said` asks for something, which it is given: an end only when it is sure,
        a pause first and the rest after it, anything else in one breath and then the silence."""
        state = self._state
        asked = wishes.requested(said)
        last = None if asked.wishes else wishes.last_wish(said)
        wanted = set(asked.wishes or ([last] if last else []))
        if not wanted:
            return False
        if "end" in wanted:
            if asked.sure:
                self._grant("end")
            else:
                self._speaker.speak(Intent("end_asked"))
            return True
        first = next(wish for wish in _IN_THIS_ORDER if wish in wanted)
        wanted.remove(first)
        if first == "pause" and "extend" in wanted:
            self._extend(self._longer("page", said))
        if first != "next":
            state.also = tuple(_SERVES[w] for w in _IN_THIS_ORDER if w in wanted and w in _SERVES)
        self._grant(first, said)
        if asked.hold_s is not None and first != "pause" and state.intent is None:
            state.hold_s = asked.hold_s
            state.hold_granted = True
        return True

    def _longer(self, by: RequestedBy, said: str) -> ExtendRequested:
        """As much more time as was named, or what somebody is given who does not say how much."""
        planned = self._state.ledger.planned[self._state.ledger.index]
        seconds = named_length(said) or min(VOICE_EXTENSION_S, 0.5 * planned)
        return ExtendRequested(at=self._state.at, seconds=seconds, by=by)

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
        also, self._state.also = self._state.also, ()
        if "bridge" in also:
            self._state.phase = "live"
            self._move_on()
        else:
            self._go_on(also[0] if also else "resumed")

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
