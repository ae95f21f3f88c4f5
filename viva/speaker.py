"""A simulated candidate's voice: text spoken by Piper, or any sound file, as frames for a room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np

from agent.speech.piper_tts import Piper
from agent.speech.word_times import SpeechWords, Timed
from viva.errors import CommandError
from viva.levels import RATE, Samples, amplified, levelled
from viva.marks import pieces

# Samples below this are taken for silence when the end of a clip is looked for (about -44 dBFS).
_SILENCE = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Words said in one go: where they begin and end in the clip, in seconds."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """`samples`: mono at RATE, cut after the last sound. `text`: what is said, None if unknown.
    `parts`: the words between pauses; between one part and the next there is silence. `words`: when
    each is said, in seconds from the clip's beginning."""

    samples: Samples
    text: str | None
    parts: tuple[Part, ...] = ()
    words: tuple[Timed, ...] = ()

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE

    @property
    def pauses(self) -> tuple[tuple[float, float], ...]:
        """Beginning and end of each marked pause, in seconds from the clip's beginning."""
        following = zip(self.parts, self.parts[1:], strict=False)
        return tuple((one.end_s, other.start_s) for one, other in following)

    def said_until(self, seconds: float) -> str | None:
        """What was said of it when it was broken off after `seconds`: whole parts, and of the one
        under way the words that fit, in proportion."""
        if self.text is None or seconds >= self.seconds:
            return self.text
        said: list[str] = []
        for part in self.parts:
            share = (seconds - part.start_s) / max(1e-9, part.end_s - part.start_s)
            words = part.text.split()
            said += words[: round(len(words) * min(1.0, max(0.0, share)))]
        return " ".join(said)

    def louder(self, gain_db: float) -> Clip:
        return replace(self, samples=amplified(self.samples, gain_db))


class Speaker:
    """Turns text into clips with one Piper voice. `say` blocks for a fraction of a second.

    `pace`: 1 is the voice's own. `gain_db`: against SPEECH_RMS, at which it speaks otherwise."""

    def __init__(self, voice: str = "joe", pace: float = 1.0, gain_db: float = 0.0) -> None:
        self._piper = Piper(voice)
        self._pace = pace
        self._gain_db = gain_db

    def say(self, text: str) -> Clip:
        """`text` may have pauses marked in it, see viva/marks.py."""
        sounds: list[Samples] = []
        parts: list[Part] = []
        words: list[Timed] = []
        at = 0
        for piece in pieces(text):
            sound, timed = self._spoken(piece.text)
            words += [Timed(one.text, at / RATE + one.start, at / RATE + one.end) for one in timed]
            parts.append(Part(piece.text, at / RATE, (at + len(sound)) / RATE))
            silence = np.zeros(round(piece.pause_s * RATE), dtype=np.int16)
            sounds += [sound, silence]
            at += len(sound) + len(silence)
        said = " ".join(part.text for part in parts)
        samples = amplified(np.concatenate(sounds), self._gain_db)
        return Clip(samples, said, tuple(parts), tuple(words))

    def _spoken(self, text: str) -> tuple[Samples, tuple[Timed, ...]]:
        uttered = self._piper.utter(text, self._pace)
        words = SpeechWords(self._piper.sounds_of)
        words.add(text, uttered, self._piper.sample_rate)
        pcm = np.frombuffer(b"".join(one.pcm for one in uttered), dtype=np.int16)
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = self._piper.sample_rate
        return levelled(_without_tail(_resampled([frame]))), words.timed


def load_sound(path: Path) -> Clip:
    """Any sound file: every rate, width and number of channels; channels are mixed down.

    Raises CommandError when it cannot be read as sound.
    """
    try:
        with av.open(str(path)) as container:
            samples = _resampled(container.decode(audio=0))
    except (OSError, IndexError, ValueError) as error:
        # PyAV's errors derive from OSError or ValueError.
        raise CommandError(f"{path} cannot be read as sound: {error}") from error
    return Clip(_without_tail(samples), None)


def _resampled(frames: Iterable[av.AudioFrame]) -> Samples:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    pieces_of_sound = [piece for frame in frames for piece in resampler.resample(frame)]
    pieces_of_sound += resampler.resample(None)
    if not pieces_of_sound:
        return np.zeros(0, dtype=np.int16)
    flat = [piece.to_ndarray().reshape(-1) for piece in pieces_of_sound]
    return np.concatenate(flat).astype(np.int16)


def _without_tail(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _SILENCE)
    return samples[: loud[-1] + 1] if len(loud) else samples
