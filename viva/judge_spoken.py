"""What becomes of words that are spoken and recognised: Piper's voice, Whisper's ear, no room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import av
import numpy as np

from agent.settings import Settings
from agent.speech.piper_tts import Piper
from agent.speech.whisper import SAMPLE_RATE, Whisper
from interview.voices import piper_voices
from viva.errors import CommandError

_SETTLE_S = 0.3


def recognised(
    settings: Settings, texts: Sequence[str], terms: Sequence[tuple[str, ...]]
) -> Iterator[str]:
    """Each of `texts` spoken by one of the voices that are set up in turn, and what is understood.
    `terms`: the words to expect with each. Slow: about a second each. Raises CommandError."""
    try:
        voices = [Piper(voice.source) for voice in piper_voices(settings.piper_voice)]
        whisper = Whisper(settings.whisper_model, threads=settings.whisper_threads)
    except Exception as error:
        raise CommandError(
            f"the voice or the recogniser cannot be read ({type(error).__name__}); see viva "
            "doctor, or leave out what is spoken with --no-spoken"
        ) from error
    for index, (text, expected) in enumerate(zip(texts, terms, strict=True)):
        voice = voices[index % len(voices)]
        sound = at_recogniser_rate(voice.synthesize(text), voice.sample_rate, _SETTLE_S)
        yield whisper.transcribe(sound, terms=expected).text


def at_recogniser_rate(
    pcm: bytes, rate: int, around_s: float
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """16-bit mono as Whisper takes it, with so many seconds of silence before and after it."""
    frame = av.AudioFrame.from_ndarray(
        np.frombuffer(pcm, dtype=np.int16).reshape(1, -1), format="s16", layout="mono"
    )
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    pieces = [*resampler.resample(frame), *resampler.resample(None)]
    silence = np.zeros(round(around_s * SAMPLE_RATE), dtype=np.float32)
    return np.concatenate([silence, *(p.to_ndarray().reshape(-1) for p in pieces), silence])
