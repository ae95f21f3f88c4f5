"""How much a candidate says at a time, and the room that is left for more."""

from __future__ import annotations

from typing import Literal

from interview.conversation import Conversation
from interview.language import words_of

Manner = Literal["terse", "usual"]

# Turns of so few words are short.
SHORT_TURN_WORDS = 7
# Of the last so many turns all but one have to be short.
RECENT_TURNS = 4
# A turn of so few words may be only the beginning of an answer.
VERY_SHORT_TURN_WORDS = 5
# Seconds left after such an answer: to somebody who answers briefly, and where room was promised.
# With what recognition takes, both have to stay well under the 8 s that feel like a lost line.
ROOM_S = 4.5
PROMISED_ROOM_S = 5.3


def manner(talk: Conversation) -> Manner:
    turns = [
        sum(len(words_of(item.text)) for item in turn) for turn in talk.turns()[-RECENT_TURNS:]
    ]
    short = sum(words <= SHORT_TURN_WORDS for words in turns)
    return "terse" if len(turns) >= 3 and short >= len(turns) - 1 else "usual"


def room_for_more(talk: Conversation, text: str) -> float:
    """Seconds of silence to leave after `text`, a finished turn, in case there is more to come; 0
    for who says enough at a time, and after a question."""
    words = words_of(text)
    short = len(words) <= VERY_SHORT_TURN_WORDS
    if not short or manner(talk) != "terse" or text.rstrip().endswith("?"):
        return 0.0
    return PROMISED_ROOM_S if "roomy" in talk.marks else ROOM_S
