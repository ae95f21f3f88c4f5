"""What a candidate asks of the interviewer by voice, recognised in whole short utterances only."""

from __future__ import annotations

import re
from typing import Literal

from interview.language import normal

Wish = Literal["repeat", "rephrase", "hint", "next", "pause", "resume", "extend", "end"]

_LEAD = (
    r"(?:(?:um|uh|sorry|okay|ok|so|well|yeah|please|hey|hi|actually|excuse me|pardon|no|yes"
    r"|i think|maybe|and|but) )*"
)
_TAIL = (
    r"(?: (?:please|now|then|for me|again|thanks|thank you|here|sorry|if possible|okay"
    r"|for a (?:moment|minute|second|bit)|if that's okay|if you can))*"
)
_MODAL = (
    r"(?:(?:can|could|would|will) (?:you|we|i) (?:please |just |maybe )?"
    r"|(?:i'd|i would) like (?:you )?to |let's (?:just )?|let us |may i |i want to |i need to "
    r"|shall we |please )?"
)
_IT = r"(?:that|it|the question|the last (?:question|part|bit|thing))"
_MORE = r"(?:again|once more|one more time)"
_PART = r"(?:part|one|section|question|topic)"
_BREAK = r"(?:short |quick )?break"

_PATTERNS: tuple[tuple[Wish, str], ...] = (
    (
        "repeat",
        rf"{_MODAL}(?:repeat {_IT}?(?: {_MORE})?|say (?:that|it) {_MORE}|ask (?:that|it|me) again"
        rf"|(?:hear|have) (?:that|it|the question) {_MORE})",
    ),
    (
        "repeat",
        r"(?:what was the question|come again|pardon|pardon me|sorry|what did you say|say again"
        r"|what was that|i didn't (?:catch|hear|get) (?:that|it|you|the question)|i missed that"
        r"|what)",
    ),
    (
        "rephrase",
        rf"{_MODAL}(?:rephrase(?: {_IT})?|clarify (?:that|it|the question|what you mean)"
        r"|(?:put|say|ask) (?:that|it) (?:differently|another way|in other words"
        r"|in a different way)|explain (?:the question|what you mean))",
    ),
    (
        "rephrase",
        r"(?:what do you mean(?: by that)?|i don't understand(?: (?:that|the question))?"
        r"|i'm not sure (?:i understand(?: (?:that|the question))?|what you mean))",
    ),
    (
        "hint",
        rf"{_MODAL}(?:(?:give|offer) me|have|get|use|take|do with)? ?(?:a|another|one|some) "
        r"(?:small |little )?(?:hint|clue|nudge)",
    ),
    ("hint", r"(?:(?:i'm|i am) stuck|help me(?: out)?|(?:can|could) you help(?: me)?(?: out)?)"),
    (
        "next",
        rf"{_MODAL}(?:move on|(?:move|move on|go|go on) to the next {_PART}"
        rf"|skip (?:this|that|it|ahead|this {_PART}))",
    ),
    ("next", rf"(?:next {_PART}|i'm done with this {_PART}|ready to move on)"),
    (
        "pause",
        rf"{_MODAL}(?:pause(?: (?:this|it|the interview))?|take a (?:{_BREAK}|pause)"
        rf"|stop for a (?:moment|minute|second|bit)|have a {_BREAK})",
    ),
    (
        "resume",
        rf"{_MODAL}(?:resume(?: (?:this|it|the interview))?|continue|carry on|go on|keep going"
        r"|unpause|pick (?:it |this )?up again|get back to it)",
    ),
    ("resume", r"(?:(?:i'm|i am) (?:back|ready)|ready|back)"),
    (
        "extend",
        rf"{_MODAL}(?:(?:i|we) (?:need|want|could use) |have |get |give me |take "
        r"|(?:i'd|i would) like )?(?:some |a bit |a little |a few |two |five )?"
        r"(?:more time|more minutes|extra time|longer)(?: on this| for this)?",
    ),
    (
        "end",
        rf"{_MODAL}(?:(?:end|stop|finish|wrap up) (?:it|this|the interview)"
        r"|(?:end|stop)(?= here)|finish(?= (?:here|now))|call it a day"
        r"|leave it(?= (?:here|there)))(?: there)?",
    ),
)
_COMPILED = tuple(
    (wish, re.compile(f"^{_LEAD}{pattern.strip()}{_TAIL}$")) for wish, pattern in _PATTERNS
)
LONGEST_WISH_WORDS = 12


def recognise(text: str, *, paused: bool = False) -> Wish | None:
    """The wish that `text` as a whole expresses. While `paused` only "resume" and "end"
    are listened for, and "resume" only then: "go on" says nothing in a running conversation."""
    said = normal(text)
    if not said or len(said.split()) > LONGEST_WISH_WORDS:
        return None
    for wish, pattern in _COMPILED:
        fits = wish in {"resume", "end"} if paused else wish != "resume"
        if fits and pattern.match(said):
            return wish
    return None
