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
_TAIL = r"(?: (?:please|now|then|for me|again|thanks|thank you|here|sorry|if possible|for a (?:moment|minute|second|bit)|if that's okay|if you can|okay))*"
_MODAL = r"(?:(?:can|could|would|will) (?:you|we|i) (?:please |just |maybe )?|(?:i'd|i would) like (?:you )?to |let's (?:just )?|let us |may i |i want to |i need to |shall we |please )?"

_PATTERNS: tuple[tuple[Wish, str], ...] = (
    (
        "repeat",
        _MODAL
        + r"(?:repeat (?:that|it|the question|the last (?:question|part|bit|thing))?(?: one more time| once more)?"
        r"|say (?:that|it) (?:again|once more|one more time)|ask (?:that|it|me) again"
        r"|(?:hear|have) (?:that|it|the question) (?:again|once more|one more time))",
    ),
    (
        "repeat",
        r"(?:what was the question|come again|pardon|pardon me|sorry|what did you say"
        r"|what was that|i didn't (?:catch|hear|get) (?:that|it|you|the question)"
        r"|i missed that|say again|what)",
    ),
    (
        "rephrase",
        _MODAL + r"(?:rephrase(?: (?:that|it|the question|the last question))?"
        r"|(?:put|say|ask) (?:that|it) (?:differently|another way|in other words|in a different way)"
        r"|clarify (?:that|it|the question|what you mean)|explain (?:the question|what you mean))",
    ),
    (
        "rephrase",
        r"(?:what do you mean(?: by that)?|i don't understand(?: (?:that|the question))?"
        r"|i'm not sure i understand(?: (?:that|the question))?|i'm not sure what you mean)",
    ),
    (
        "hint",
        _MODAL + r"(?:(?:give|offer) me|have|get|use|take|do with)? ?(?:a|another|one|some) "
        r"(?:small |little )?(?:hint|clue|nudge)",
    ),
    ("hint", r"(?:i'm stuck|i am stuck|help me(?: out)?|(?:can|could) you help(?: me)?(?: out)?)"),
    (
        "next",
        _MODAL
        + r"(?:move on|go on to the next (?:part|one|section|question|topic)|skip (?:this|that|it|ahead|this part|this one|this section)"
        r"|go to the next (?:part|one|section|topic)|move to the next (?:part|one|section|topic)"
        r"|move on to the next (?:part|one|section|topic))",
    ),
    ("next", r"(?:next part|next section|i'm done with this part|ready to move on)"),
    (
        "pause",
        _MODAL
        + r"(?:pause(?: (?:this|it|the interview))?|take a (?:short |quick )?(?:break|pause)|stop for a (?:moment|minute|second|bit)|have a (?:short |quick )?break)",
    ),
    (
        "resume",
        _MODAL
        + r"(?:resume(?: (?:this|it|the interview))?|continue|carry on|go on|keep going|unpause|pick (?:it |this )?up again|get back to it)",
    ),
    ("resume", r"(?:i'm back|i am back|i'm ready|i am ready|ready|back)"),
    (
        "extend",
        _MODAL
        + r"(?:(?:i|we) (?:need|want|could use) |have |get |give me |take |(?:i'd|i would) like )?"
        r"(?:some |a bit |a little |a few |two |five )?(?:more time|more minutes|extra time|longer)(?: on this| for this)?",
    ),
    (
        "end",
        _MODAL
        + r"(?:end (?:it|this|the interview)|end(?= here)|stop (?:it|this|the interview)|stop(?= here)"
        r"|finish(?= (?:here|now))|(?:finish|wrap up) (?:it|this|the interview)|call it a day|leave it(?= (?:here|there)))(?: there)?",
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
