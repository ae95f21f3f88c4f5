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
# Whether it had one is known when for so long no sound came faster than it was said: what was only
# held up has been handed over by then.
SETTLED_S = 0.2
# Sound that is found to have been placed too late lies at most so much earlier.
BACK_S = 5.0
# Sound that runs late for so long, at its promptest, by more than DRIFT_S, is moved there.
WATCHED_S = 1.0
DRIFT_S = 0.01
# So far ahead of its arrival sound may seem to lie, for frames arrive by the scheduler's grace.
AHEAD_S = 0.005


class Stretch:
    """Sound without a break. `start`, in seconds, may still move, down to `earliest`, until it is
    settled. `follows`: there it would go on from the stretch before it."""

    __slots__ = ("earliest", "follows", "samples", "settled", "start")

    def __init__(self, start: float, earliest: float, *, follows: bool = False) -> None:
        self.start = start
        self.earliest = earliest
        self.follows = follows
        self.samples = 0
        self.settled = False

    @property
    def end(self) -> float:
        return self.start + self.samples / RATE

    def settle(self) -> None:
        """It stays where it is: somebody relies on it."""
        if not self.settled:
            self.settled = True
            if self.follows and self.start - self.earliest < GAP_S:
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

    def sure(self, samples: int) -> float:
        """Up to where nothing more can come, when the frame, of so many samples, is the last."""
        stretch = self.stretch
        return self.at(samples) if stretch.settled or not stretch.follows else stretch.earliest


class Placing:
    """Places frames of 16 kHz in the order in which they come."""

    def __init__(self) -> None:
        self._stretch: Stretch | None = None
        self._promptest = float("inf")
        self._watched_from = 0.0
        # When sound last came faster than it was said, or anew.
        self._hurried = 0.0

    def place(self, samples: int, now: float) -> Place:
        """Place of the next frame, of `samples`, which arrived at `now` on the session clock."""
        stretch = self._stretch
        starts = now - samples / RATE
        if stretch is None:
            stretch = self._begin(Stretch(starts, min(0.0, starts)), now)
        late = starts - stretch.end
        if late < 0 and not stretch.settled:
            if late < -AHEAD_S:
                self._hurried = now
            stretch.start = max(stretch.earliest, stretch.start + late)
            late = starts - stretch.end
        elif now - self._hurried > SETTLED_S:
            stretch.settle()
            late = starts - stretch.end
        if late > GAP_S:
            stretch = self._begin(Stretch(starts, stretch.end, follows=True), now)
        elif late < -AHEAD_S:
            stretch = self._begin(Stretch(starts, starts - BACK_S), now)
        elif self._runs_late(late, now):
            moved = stretch.end + self._promptest
            stretch = self._begin(Stretch(moved, moved), now)
        place = Place(stretch, stretch.samples)
        stretch.samples += samples
        return place

    def _begin(self, stretch: Stretch, now: float) -> Stretch:
        self._stretch, self._hurried = stretch, now
        self._promptest, self._watched_from = float("inf"), now
        return stretch

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

    A stream is what a recogniser counts its samples in; only the last stretches are kept, enough
    for one that is minutes behind."""

    MOST = 20_000

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
