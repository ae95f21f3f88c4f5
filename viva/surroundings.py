"""The sound around a candidate: room noise, other people talking, and a telephone line.

Levels are signal-to-noise ratios in dB: the RMS of the candidate's speech, taken where there is
speech, against the RMS of the noise. Every noise is a loop without a seam, made with numpy.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from viva.levels import RATE, Samples, as_samples, factor

LOOP_S = 10
# A silent room is not digital zero: uniform noise of this peak, about -76 dBFS.
_FAINT_PEAK = 5
_ROOM_BAND_HZ = (40.0, 8_000.0)
# What a telephone passes, and the rate and law it is sent with (G.711).
PHONE_BAND_HZ = (300.0, 3_400.0)
_PHONE_RATE = 8_000
_MU = 255.0
# Each voice of a babble is the one voice at another pitch and another time.
_BABBLE_PITCHES = (0.82, 0.9, 0.97, 1.06, 1.14, 1.22)

Wave = npt.NDArray[np.float64]


def faint_noise(seed: int = 0) -> Samples:
    """What a microphone hears in a silent room."""
    rng = np.random.default_rng(seed)
    return rng.integers(-_FAINT_PEAK, _FAINT_PEAK + 1, LOOP_S * RATE).astype(np.int16)


def room_noise(seed: int = 1) -> Wave:
    """Pink noise of RMS 1: fans, traffic, a street."""
    rng = np.random.default_rng(seed)
    length = LOOP_S * RATE
    spectrum = np.fft.rfft(rng.standard_normal(length))
    hertz = np.fft.rfftfreq(length, 1 / RATE)
    spectrum /= np.sqrt(np.maximum(hertz, 1.0))
    low, high = _ROOM_BAND_HZ
    spectrum[(hertz < low) | (hertz > high)] = 0
    return _unit(np.fft.irfft(spectrum, length))


def babble(speech: Sequence[Samples], seed: int = 2) -> Wave:
    """Several people talking at once, of RMS 1, made of clips of one voice."""
    rng = np.random.default_rng(seed)
    length = LOOP_S * RATE
    spoken = np.concatenate([np.concatenate([clip, _breath()]) for clip in speech])
    voice = spoken.astype(np.float64)
    total = np.zeros(length)
    for pitch in _BABBLE_PITCHES:
        at = np.arange(0, len(voice) - 1, pitch)
        shifted = np.resize(np.interp(at, np.arange(len(voice)), voice), length)
        total += _unit(np.roll(shifted, int(rng.integers(length))))
    return _unit(total)


def background(
    level: float,
    *,
    noise_snr_db: float | None = None,
    babble_snr_db: float | None = None,
    babble_of: Sequence[Samples] = (),
    phone: bool = False,
) -> Samples:
    """The loop that is heard beside speech of the RMS `level`.

    On the phone it has passed the line, which also adds a faint hiss of its own."""
    total = faint_noise().astype(np.float64)
    if noise_snr_db is not None:
        total = total + room_noise() * level * factor(-noise_snr_db)
    if babble_snr_db is not None:
        total = total + babble(babble_of) * level * factor(-babble_snr_db)
    return over_the_phone(as_samples(total)) if phone else as_samples(total)


def over_the_phone(samples: Samples) -> Samples:
    """`samples` after a telephone line: 300 to 3400 Hz, 8 kHz, mu-law of 8 bits."""
    step = RATE // _PHONE_RATE
    length = -(-len(samples) // step) * step
    padded = np.zeros(length)
    padded[: len(samples)] = samples
    sent = _banded(padded, PHONE_BAND_HZ)[::step] / 32768
    packed = np.sign(sent) * np.log1p(_MU * np.minimum(1.0, np.abs(sent))) / np.log1p(_MU)
    coarse = np.rint(packed * 127) / 127
    heard = np.sign(coarse) * np.expm1(np.abs(coarse) * np.log1p(_MU)) / _MU
    spread = np.zeros(length)
    spread[::step] = heard * step * 32768
    return as_samples(_banded(spread, PHONE_BAND_HZ)[: len(samples)])


def _banded(values: Wave, band_hz: tuple[float, float]) -> Wave:
    spectrum = np.fft.rfft(values)
    hertz = np.fft.rfftfreq(len(values), 1 / RATE)
    spectrum[(hertz < band_hz[0]) | (hertz > band_hz[1])] = 0
    return np.fft.irfft(spectrum, len(values))


def _unit(values: Wave) -> Wave:
    unit: Wave = values / np.sqrt(np.mean(values**2))
    return unit


def _breath() -> Samples:
    return np.zeros(RATE // 4, dtype=np.int16)
