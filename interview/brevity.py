"""How much a candidate says at a time, and the room that is left for more."""

from __future__ import annotations

import re
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
# So few words of a sentence are as likely its misheard beginning, and the rest is being thought of:
# seconds left after them.
BEGUN_WORDS = 4
BEGUN_S = 4.5
_BEGUN = re.compile(
    r"(?:(?:um|uh|er|so|well|okay|ok|yeah|yes|and|but|hmm|oh) )*"
    r"(?:(?:i|we|you|they|it|that|there|he|she)(?:'(?:d|ll|m|re|ve|s))?|my|our|the|this|these)\b"
)
_WHOLE_REPLY = re.compile(
    r"\b(?:know|idea|sure|remember|so|done|ready|pass|all|it|fine|enough|nothing|say|care|mind"
    r"|agree|understand|see|right|correct|true|same|depends|\w+n't|do|did|am|have|would|could)$"
)


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
    if len(words) > VERY_SHORT_TURN_WORDS or text.rstrip().endswith("?"):
        return 0.0
    if manner(talk) == "terse":
        return PROMISED_ROOM_S if "roomy" in talk.marks else ROOM_S
    return BEGUN_S if only_begun(words) else 0.0


def only_begun(words: list[str]) -> bool:
    """True when a turn of these words, in lower case, may be the beginning of a sentence that was
    misheard as all of it: "I have worked on" as "I have work gone"."""
    said = " ".join(words)
    begins = 1 < len(words) <= BEGUN_WORDS and bool(_BEGUN.match(said))
    return begins and not _WHOLE_REPLY.search(said)
