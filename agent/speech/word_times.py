"""When the interviewer says each word: from when the voice says each phoneme.

A voice that does not tell gives the sound of each sentence, in which its pauses are, and the
phonemes of each word; between two pauses a word lasts in proportion to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agent.recording.playing import Sounded
from agent.speech.phoneme_times import PUNCTUATION, STRESS, SoundsOf, word_spans
from interview.transcript import Word

# Phonemes that a pause is worth, at a comma and at a full stop, where the sound does not tell.
COMMA, STOP = 3.0, 6.0
_LONGER = "\u02d0"
# Silence for so long is one that a comma asks for.
PAUSE_S = 0.1
# Of the loudest sample; what is below is no speech.
_QUIET = 0.02
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Uttered:
    """One sentence as it was synthesised: 16-bit mono PCM, and its phonemes with the spaces between
    words; "" when they are not known. `onsets`: when each phoneme begins, in seconds, and when the
    last ends; empty when the voice does not tell."""

    pcm: bytes
    phonemes: str = ""
    onsets: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Timed:
    """A word, in seconds from the beginning of the speech."""

    text: str
    start: float
    end: float


class SpeechWords:
    """The words of one speech, as its sentences are synthesised."""

    def __init__(self, sounds_of: SoundsOf = lambda word: word) -> None:
        self._sounds_of = sounds_of
        self._timed: list[Timed] = []
        self._seconds = 0.0

    @property
    def timed(self) -> tuple[Timed, ...]:
        return tuple(self._timed)

    def begin(self) -> None:
        """A new speech begins."""
        self._timed, self._seconds = [], 0.0

    def add(self, text: str, uttered: Sequence[Uttered], rate: int) -> None:
        """The next piece of the speech, `text`, sounds like `uttered`, at `rate` samples a
        second."""
        sentences = [sentence.split() for sentence in _SENTENCE.split(text) if sentence.strip()]
        if len(sentences) != len(uttered):
            uttered = [_joined(uttered, rate)]
            sentences = [text.split()]
        for one, words in zip(uttered, sentences, strict=True):
            spans = word_spans(one.phonemes, one.onsets, words, self._sounds_of)
            for word, (start, stop) in zip(
                words, spans or _estimated(one, words, rate), strict=True
            ):
                self._timed.append(Timed(word, self._seconds + start, self._seconds + stop))
            self._seconds += len(one.pcm) / 2 / rate

    def heard(self, text: str, sounded: Sounded) -> tuple[Word, ...]:
        """The words of `text`, what was heard of the speech, when they were played. Without
        confidence, for nobody recognised them."""
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
        spoken = sum(0.5 if s == _LONGER else 1.0 for s in sounds if s not in STRESS | PUNCTUATION)
        pause = {",": COMMA, ";": COMMA, ":": COMMA}.get(sounds[-1:], 0.0)
        if sounds[-1:] in {".", "!", "?"}:
            pause = STOP
        return cls(max(1.0, spoken), pause)


def _joined(uttered: Sequence[Uttered], rate: int) -> Uttered:
    pcm = b"".join(one.pcm for one in uttered)
    if not all(one.onsets for one in uttered):
        return Uttered(pcm)
    onsets: list[float] = []
    since = 0.0
    for one in uttered:
        onsets += [since + onset for onset in one.onsets]
        since += len(one.pcm) / 2 / rate
    # The end of a sentence is the onset of the space that parts it from the next.
    return Uttered(pcm, " ".join(one.phonemes for one in uttered), tuple(onsets))


def _estimated(uttered: Uttered, words: Sequence[str], rate: int) -> list[tuple[float, float]]:
    """Spans of the `words` of a sentence, in seconds from its beginning."""
    # Small words may be spoken as one with their neighbours: then letters have to do.
    sounds = uttered.phonemes.split()
    weights = [_Weight.of(one) for one in (sounds if len(sounds) == len(words) else words)]
    pauses = [n for n, one in enumerate(weights[:-1]) if one.pause]
    pieces = _voiced(uttered.pcm, rate)
    if len(pieces) != len(pauses) + 1:
        pieces, pauses = [(pieces[0][0], pieces[-1][1])], []
    spans: list[tuple[float, float]] = []
    since = 0
    for (begin, end), last in zip(pieces, [*pauses, len(weights) - 1], strict=True):
        spans += _spread(weights[since : last + 1], begin, end)
        since = last + 1
    return spans


def _spread(weights: Sequence[_Weight], begin: float, end: float) -> list[tuple[float, float]]:
    """Spans of words between `begin` and `end`, in seconds; nothing follows the last."""
    whole = sum(one.sound + one.pause for one in weights) - (weights[-1].pause if weights else 0.0)
    unit = max(0.0, end - begin) / whole if whole else 0.0
    spans = []
    for one in weights:
        spans.append((begin, begin + one.sound * unit))
        begin += (one.sound + one.pause) * unit
    return spans


def _voiced(pcm: bytes, rate: int) -> list[tuple[float, float]]:
    """The pieces of sound in `pcm` between pauses of PAUSE_S, in seconds; at least one."""
    loud = np.abs(np.frombuffer(pcm, dtype=np.int16).astype(np.int32))
    if not loud.size or not loud.max():
        return [(0.0, loud.size / rate)]
    where = np.flatnonzero(loud > loud.max() * _QUIET)
    breaks = np.flatnonzero(np.diff(where) > PAUSE_S * rate)
    begins = [where[0], *where[breaks + 1]]
    ends = [*where[breaks], where[-1]]
    return [
        (float(begin) / rate, float(end + 1) / rate)
        for begin, end in zip(begins, ends, strict=True)
    ]


def _plain(word: str) -> str:
    return _LETTERS.sub("", word).lower()
