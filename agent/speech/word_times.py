"""When the interviewer says each word: an estimate, from what its sentences sound like.

The voice gives no times of words, but the length of each sentence, where sound begins and ends in
it, and the phonemes of each word; a word lasts in proportion to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agent.recording.playing import Sounded
from interview.transcript import Word

# Phonemes that a pause at a comma, and one between sentences, is worth.
COMMA, STOP = 3.0, 6.0
_STRESS = frozenset("ˈˌ'")
_LONGER = "\u02d0"
_PUNCTUATION = frozenset(",;:.!?")
# Of the loudest sample; what is below is no speech.
_QUIET = 0.02
_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Uttered:
    """One sentence as it was synthesised: 16-bit mono PCM, and its phonemes with the spaces between
    words; "" when they are not known."""

    pcm: bytes
    phonemes: str = ""


@dataclass(frozen=True, slots=True)
class Timed:
    """A word, in seconds from the beginning of the speech."""

    text: str
    start: float
    end: float


class SpeechWords:
    """The words of one speech, as its sentences are synthesised."""

    def __init__(self) -> None:
        self._timed: list[Timed] = []
        self._seconds = 0.0

    def begin(self) -> None:
        """A new speech begins."""
        self._timed, self._seconds = [], 0.0

    def add(self, text: str, uttered: Sequence[Uttered], rate: int) -> None:
        """The next piece of the speech, `text`, sounds like `uttered`, at `rate` samples a
        second."""
        words = text.split()
        groups = [one.phonemes.split() for one in uttered]
        known = sum(map(len, groups)) == len(words)
        if not known:
            joined = b"".join(one.pcm for one in uttered)
            uttered, groups = [Uttered(joined)], [words]
        for one, group in zip(uttered, groups, strict=True):
            begin, end = _voiced(one.pcm, rate)
            spans = _spread([_Weight.of(sound) for sound in group], begin, end)
            for start, stop in spans:
                self._timed.append(Timed(words.pop(0), self._seconds + start, self._seconds + stop))
            self._seconds += len(one.pcm) / 2 / rate

    def heard(self, text: str, sounded: Sounded) -> tuple[Word, ...]:
        """The words of `text`, what was heard of the speech, when they were played. Without
        confidence, for they are estimated."""
        said = text.split()
        timed = self._timed[: len(said)]
        if [_plain(one.text) for one in timed] != [_plain(word) for word in said]:
            spans = _spread([_Weight.of(word) for word in said], 0.0, sounded.seconds)
            timed = [Timed(word, *span) for word, span in zip(said, spans, strict=True)]
        return tuple(
            Word(
                one.text,
                round(sounded.at(one.start) * 1000),
                round(max(sounded.at(one.start), sounded.at(one.end)) * 1000),
            )
            for one in timed
            if one.start < sounded.seconds
        )


@dataclass(frozen=True, slots=True)
class _Weight:
    sound: float
    pause: float

    @classmethod
    def of(cls, sounds: str) -> _Weight:
        spoken = sum(
            0.5 if s == _LONGER else 1.0 for s in sounds if s not in _STRESS | _PUNCTUATION
        )
        pause = {",": COMMA, ";": COMMA, ":": COMMA}.get(sounds[-1:], 0.0)
        if sounds[-1:] in {".", "!", "?"}:
            pause = STOP
        return cls(max(1.0, spoken), pause)


def _spread(weights: Sequence[_Weight], begin: float, end: float) -> list[tuple[float, float]]:
    """Spans of words between `begin` and `end`, in seconds; nothing follows the last."""
    whole = sum(one.sound + one.pause for one in weights) - (weights[-1].pause if weights else 0.0)
    unit = max(0.0, end - begin) / whole if whole else 0.0
    spans = []
    for one in weights:
        spans.append((begin, begin + one.sound * unit))
        begin += (one.sound + one.pause) * unit
    return spans


def _voiced(pcm: bytes, rate: int) -> tuple[float, float]:
    """Where sound begins and ends in `pcm`, in seconds."""
    loud = np.abs(np.frombuffer(pcm, dtype=np.int16).astype(np.int32))
    if not loud.size or not loud.max():
        return 0.0, loud.size / rate
    where = np.flatnonzero(loud > loud.max() * _QUIET)
    return float(where[0]) / rate, float(where[-1] + 1) / rate


def _plain(word: str) -> str:
    return _LETTERS.sub("", word).lower()
