"""Where the candidate's sound lies on the session clock.

Frames arrive late, never early: a blocked event loop hands over a second of them at once. What
comes without a break is therefore placed by counting its samples from where it began, and that
beginning is the earliest that any arrival admits. Only what really stopped coming, a muted
microphone or a lost connection, begins again where it arrives.
"""

from __future__ import annotations

from bisect import bisect_right

from livekit import rtc

RATE = 16_000
# What a placed frame carries on its way to the recogniser.
PLACE = "viva.place"
# So much later than its samples say, sound may have had a hole before it.
GAP_S = 0.04
# Whether it had one is known after so long: what was only held up has been handed over by then.
SETTLED_S = 0.2
# Sound that runs late for so long, at its promptest, by more than DRIFT_S, is moved there.
WATCHED_S = 1.0
DRIFT_S = 0.01
# So far ahead of its arrival sound may seem to lie, for frames arrive by the scheduler's grace.
AHEAD_S = 0.005


class Stretch:
    """Sound without a break. `start`, in seconds, may still move to where the stretch before it
    ended, until it is settled."""

    __slots__ = ("begun", "earliest", "samples", "settled", "start")

    def __init__(self, start: float, earliest: float, begun: float) -> None:
        self.start = start
        self.earliest = earliest
        self.begun = begun
        self.samples = 0
        self.settled = False

    @property
    def end(self) -> float:
        return self.start + self.samples / RATE

    def settle(self) -> None:
        """It stays where it is: somebody relies on it."""
        if not self.settled:
            self.settled = True
            if 0 < self.start - self.earliest < GAP_S and self.earliest > 0:
                self.start = self.earliest


class Place:
    """Where a frame lies: `offset` samples into its stretch."""

    __slots__ = ("offset", "stretch")

    def __init__(self, stretch: Stretch, offset: int) -> None:
        self.stretch = stretch
        self.offset = offset

    def at(self, samples: int = 0) -> float:
        """Session-clock second of the sample so many after the frame's first."""
        return self.stretch.start + (self.offset + samples) / RATE


class Placing:
    """Places frames of 16 kHz in the order in which they come."""

    def __init__(self) -> None:
        self._stretch: Stretch | None = None
        self._promptest = float("inf")
        self._watched_from = 0.0

    def place(self, samples: int, now: float) -> Place:
        """Place of the next frame, of `samples`, which arrived at `now` on the session clock."""
        stretch = self._stretch
        starts = now - samples / RATE
        if stretch is None:
            stretch = self._begin(starts, -GAP_S, now)
        if now - stretch.begun > SETTLED_S:
            stretch.settle()
        late = starts - stretch.end
        if late < 0 and not stretch.settled:
            stretch.start = max(stretch.earliest, stretch.start + late)
            late = starts - stretch.end
        if late > GAP_S:
            stretch = self._begin(starts, stretch.end, now)
        elif late < -AHEAD_S:
            stretch = self._begin(starts, starts, now)
        elif self._runs_late(late, now):
            moved = stretch.end + self._promptest
            stretch = self._begin(moved, moved, now)
        place = Place(stretch, stretch.samples)
        stretch.samples += samples
        return place

    @property
    def end(self) -> float | None:
        """Session-clock second up to which sound has come; None before any."""
        return None if self._stretch is None else self._stretch.end

    def _begin(self, start: float, earliest: float, now: float) -> Stretch:
        self._stretch = Stretch(start, earliest, now)
        self._promptest, self._watched_from = float("inf"), now
        return self._stretch

    def _runs_late(self, late: float, now: float) -> bool:
        if now - self._watched_from < WATCHED_S:
            self._promptest = min(self._promptest, late)
            return False
        self._promptest = min(self._promptest, late)
        if self._promptest > DRIFT_S:
            return True
        self._promptest, self._watched_from = late, now
        return False


class StreamPlaces:
    """Where the samples of a stream lie whose frames were placed before they went into it.

    A stream is what a recogniser counts its samples in; only the last stretches are kept."""

    MOST = 200

    def __init__(self) -> None:
        self._from: list[int] = []
        self._places: list[Place] = []
        self.samples = 0

    def add(self, samples: int, place: Place | None) -> None:
        """The next frame; `place` is None for one that nobody placed, which lies after the one
        before."""
        last = self._places[-1] if self._places else None
        if place is not None and (
            last is None
            or last.stretch is not place.stretch
            or last.offset + self.samples - self._from[-1] != place.offset
        ):
            self._from.append(self.samples)
            self._places.append(place)
            del self._from[: -self.MOST], self._places[: -self.MOST]
        self.samples += samples

    def at(self, seconds: float) -> float | None:
        """Session-clock second of what lies so many seconds into the stream; None when no frame of
        it was placed."""
        if not self._places:
            return None
        position = round(seconds * RATE)
        which = max(0, bisect_right(self._from, position) - 1)
        return max(0.0, self._places[which].at(position - self._from[which]))


def place_of(frame: rtc.AudioFrame) -> Place | None:
    """Where the candidate's frame lies; None when nobody placed it."""
    place = frame.userdata.get(PLACE)
    return place if isinstance(place, Place) else None
