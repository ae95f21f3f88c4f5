"""How loud sound is: samples of 16 bits, RMS in their units, gains in dB."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# What a microphone track carries: 16-bit mono at this rate.
RATE = 48_000
# Every voice speaks at this RMS before its gain, about -22 dBFS.
SPEECH_RMS = 2_500.0

_FRAME = RATE // 50
# Frames of speech this far below the loudest one are pauses in it.
_PAUSE_BELOW_DB = 35.0

Samples = npt.NDArray[np.int16]


def rms(samples: npt.NDArray[np.generic]) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) if len(samples) else 0.0


def speech_rms(samples: Samples) -> float:
    """The RMS of those 20 ms frames that are speech and not a pause in it."""
    count = len(samples) // _FRAME
    if count == 0:
        return rms(samples)
    frames = samples[: count * _FRAME].astype(np.float64).reshape(count, _FRAME)
    levels = np.sqrt(np.mean(frames**2, axis=1))
    loud = levels > levels.max() * 10 ** (-_PAUSE_BELOW_DB / 20)
    return float(np.sqrt(np.mean(levels[loud] ** 2))) if loud.any() else 0.0


def factor(gain_db: float) -> float:
    return float(10.0 ** (gain_db / 20))


def amplified(samples: Samples, gain_db: float) -> Samples:
    """`samples` louder by `gain_db`, clipped where they do not fit."""
    return as_samples(samples * factor(gain_db)) if gain_db else samples


def levelled(samples: Samples) -> Samples:
    """`samples` of speech at SPEECH_RMS, silence as it is."""
    level = speech_rms(samples)
    return as_samples(samples * (SPEECH_RMS / level)) if level else samples


def as_samples(values: npt.NDArray[np.floating]) -> Samples:
    """Rounded and clipped to 16 bits."""
    whole: Samples = np.clip(np.rint(values), -32768, 32767).astype(np.int16)
    return whole
