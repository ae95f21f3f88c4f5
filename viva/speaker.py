"""A simulated candidate's voice: text spoken by Piper, or any sound file, as frames for a room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from agent.speech.piper_tts import Piper
from viva.errors import CommandError

# What a microphone track carries: 16-bit mono at this rate.
RATE = 48_000
# Samples below this are taken for silence when the end of a clip is looked for (about -44 dBFS).
_SILENCE = 200

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Clip:
    """`samples`: mono at RATE, cut after the last sound. `text`: what is said, None if unknown."""

    samples: Samples
    text: str | None

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


class Speaker:
    """Turns text into clips with one Piper voice. `say` blocks for a fraction of a second."""

    def __init__(self, voice: str = "joe") -> None:
        self._piper = Piper(voice)

    def say(self, text: str) -> Clip:
        pcm = np.frombuffer(self._piper.synthesize(text), dtype=np.int16)
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = self._piper.sample_rate
        return Clip(_without_tail(_resampled([frame])), text)


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
    pieces = [piece for frame in frames for piece in resampler.resample(frame)]
    pieces += resampler.resample(None)
    if not pieces:
        return np.zeros(0, dtype=np.int16)
    return np.concatenate([piece.to_ndarray().reshape(-1) for piece in pieces]).astype(np.int16)


def _without_tail(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _SILENCE)
    return samples[: loud[-1] + 1] if len(loud) else samples
