"""Was an utterance recognised well enough to be taken at its word?

Measured with Whisper tiny.en on 12 lines of Piper under 15 conditions (room noise at 20, 10 and
0 dB, white noise at 15 to -5 dB, a telephone band, reverberation, mumbling as a low-pass filter at
1200, 800 and 500 Hz): clean, room and telephone speech has a confidence of 0.78 to 0.97 at 4 %
word errors, white noise at 5 dB 0.66 to 0.95 at 12 %, at -5 dB 0.28 to 0.78 at 71 %, mumbling at
500 Hz 0.2 to 0.45 at 127 %. Of the 47 results with at least half of the words wrong, 37 lie below
0.5; of the 107 with at most a fifth wrong, one. At 0.6 it would be 44 and one, but voices that are
not synthetic lie lower than these, and to be asked again without need is worse than to be
misheard once."""

from __future__ import annotations

from collections import Counter

from interview.events import UtteranceFinal
from interview.language import words_of

# Mean token probability of the recogniser below which its words are not believed.
LEAST_CONFIDENCE = 0.5
# The same for one word, below which it is not said back.
LEAST_WORD_CONFIDENCE = 0.5
# A recogniser that has lost its way says one word over and over.
LOOP_WORDS = 12
LOOP_PART = 0.7


def garbled(event: UtteranceFinal) -> bool:
    """True when the words are not to be believed. Typed ones always are; those of a recogniser
    that gives no confidence are, unless they go round in circles."""
    if event.source == "typed":
        return False
    if event.confidence is not None and event.confidence < LEAST_CONFIDENCE:
        return True
    words = words_of(event.text)
    commonest = max(Counter(words).values(), default=0)
    return len(words) >= LOOP_WORDS and commonest > LOOP_PART * len(words)


def doubtful(event: UtteranceFinal) -> frozenset[str]:
    """The words of `event`, in lower case, that may have been misheard; none of typed ones, and
    none where the recogniser gives no confidence for words."""
    if event.source == "typed":
        return frozenset()
    return frozenset(
        part
        for word in event.words
        if word.confidence is not None and word.confidence < LEAST_WORD_CONFIDENCE
        for part in words_of(word.text)
    )
