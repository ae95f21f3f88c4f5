"""Where the interviewer's sound lies on the session clock, as it is played.

The track is handed sound a little ahead of its playing, and gives back on a pause what it has not
played: what was said is known to the sample, and so is when.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

# A track that is never empty plays without a break; smaller differences are the clocks' readings.
SEAM_S = 0.005


class PlayedSound(Protocol):
    """Takes what is played. `at`: session-clock seconds of the first sample."""

    def played(self, pcm: bytes, at: float) -> None: ...

    def silent_from(self, at: float) -> None:
        """What was to be played from `at` on is not."""


@dataclass(slots=True)
class _Piece:
    """Sound played without a break, from `start` on."""

    start: float
    samples: int


@dataclass(frozen=True, slots=True)
class Sounded:
    """One speech as it was played: pieces of (session-clock second, seconds), in order."""

    pieces: tuple[tuple[float, float], ...]

    @property
    def start(self) -> float:
        return self.pieces[0][0]

    @property
    def end(self) -> float:
        start, length = self.pieces[-1]
        return start + length

    @property
    def seconds(self) -> float:
        return sum(length for _, length in self.pieces)

    def at(self, seconds: float) -> float:
        """When the sound so many seconds into the speech was played; its end for what was not."""
        for start, length in self.pieces:
            if seconds < length:
                return start + max(0.0, seconds)
            seconds -= length
        return self.end


class Playing:
    """`now` is the session clock. `into`, when set, is given everything that is played."""

    def __init__(self, *, rate: int, now: Callable[[], float]) -> None:
        self._rate = rate
        self._now = now
        self._pieces: list[_Piece] = []
        self._over: list[Sounded] = []
        self.into: PlayedSound | None = None

    def hand_over(self, pcm: bytes, *, ahead: float) -> None:
        """`pcm` begins to play in `ahead` seconds, 0 for at once."""
        start = self._now() + ahead
        piece = self._pieces[-1] if self._pieces else None
        if piece is None or abs(start - self._end(piece)) > SEAM_S:
            piece = _Piece(start, 0)
            self._pieces.append(piece)
        if self.into is not None:
            self.into.played(pcm, self._end(piece))
        piece.samples += len(pcm) // 2

    def take_back(self, samples: int) -> None:
        """The last so many samples are not played."""
        while samples > 0 and self._pieces:
            piece = self._pieces[-1]
            back = min(samples, piece.samples)
            piece.samples -= back
            samples -= back
            if self.into is not None:
                self.into.silent_from(self._end(piece))
            if not piece.samples:
                self._pieces.pop()
            else:
                break

    def finish(self) -> None:
        """The speech is over, or was broken off."""
        if self._pieces:
            self._over.append(
                Sounded(tuple((piece.start, piece.samples / self._rate) for piece in self._pieces))
            )
            self._pieces = []

    def take(self) -> Sounded | None:
        """What was played since this was last asked; None when nothing was."""
        over, self._over = self._over, []
        return Sounded(tuple(piece for one in over for piece in one.pieces)) if over else None

    @property
    def started(self) -> float | None:
        """When the speech began that is being played."""
        return self._pieces[0].start if self._pieces else None

    def _end(self, piece: _Piece) -> float:
        return piece.start + piece.samples / self._rate
