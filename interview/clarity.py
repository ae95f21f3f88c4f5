"""Was an utterance recognised well enough to be taken at its word?"""

from __future__ import annotations

from interview.events import UtteranceFinal
from interview.language import words_of

# Mean token probability of the recogniser below which its words are not believed.
LEAST_CONFIDENCE = 0.42
# A word less probable than this is a guess; an utterance of many guesses is not believed either.
GUESSED_WORD = 0.35
MOST_GUESSED = 0.5


def garbled(event: UtteranceFinal) -> bool:
    """True when the recogniser itself doubts the words. Typed words, and those of a recogniser
    that gives no confidence, are never garbled."""
    if event.source == "typed":
        return False
    if event.confidence is not None and event.confidence < LEAST_CONFIDENCE:
        return True
    rated = [word.confidence for word in event.words if word.confidence is not None]
    if len(rated) < 3 or len(rated) < len(words_of(event.text)) // 2:
        return False
    return sum(1 for value in rated if value < GUESSED_WORD) / len(rated) > MOST_GUESSED
