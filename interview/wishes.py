"""What a candidate asks of the interviewer by voice, recognised in whole short utterances only."""

from __future__ import annotations

import re
from typing import Literal

from interview.language import normal, sentences

Wish = Literal["repeat", "rephrase", "hint", "next", "pause", "resume", "extend", "end"]

_LEAD = (
    r"(?:(?:um|uh|er|hmm|sorry|okay|ok|so|well|yeah|please|hey|hi|actually|excuse me|pardon|no|yes"
    r"|i think|maybe|and|but|oh|alright|right|i'm afraid|honestly|i lost you there"
    r"|that's all from me on this|i have nothing (?:more )?to add(?: here| there)?|i have to go"
    r"|someone's at the door|i'm sorry|if you don't mind|perhaps) )*"
)
_TAIL = (
    r"(?: (?:please|now|then|for me|again|thanks|thank you|here|sorry|if possible|okay|there"
    r"|for (?:a|one) (?:moment|minute|second|bit)|if that's okay|if you can|with (?:this|that)"
    r"|(?:on|for) (?:this|that)(?: (?:one|part|section|question|bit))?|real quick|if i may))*"
)
_MODAL = (
    r"(?:(?:can|could|would|will|may) (?:you|we|i) (?:please |just |maybe |possibly )?"
    r"|(?:i'd|i would|we'd) (?:really )?like (?:you )?to |(?:i think )?we (?:can|could|should) "
    r"|let's (?:just )?|let us |i want to |i need to |i have to |shall we |should we |please )?"
)
_THAT = r"(?:that|it|the question|the (?:last|whole) (?:question|part|bit|thing|sentence))"
_MORE = r"(?:again|once more|one more time|a second time)"
_PART = r"(?:part|one|section|question|topic|point|segment|thing)"
_BREAK = r"(?:(?:short|quick|little|small|brief|two|five|ten) )*(?:minute )?(?:break|pause)"
_HELP = r"(?:hint|clue|nudge|pointer)s?"
_SOME = r"(?:a|an|another|one|some|one more|any)(?: (?:small|little|tiny|quick))?"
_OTHERWISE = r"(?:differently|(?:in )?another way|in other words|in (?:a )?different (?:way|words))"

_PATTERNS: tuple[tuple[Wish, tuple[str, ...]], ...] = (
    (
        "repeat",
        (
            rf"{_MODAL}(?:repeat(?: {_THAT})?(?: {_MORE})?|say {_THAT} {_MORE}"
            rf"|ask (?:{_THAT}|me) {_MORE}|(?:hear|have) {_THAT} {_MORE}"
            rf"|read (?:me )?{_THAT} {_MORE})",
            rf"would you mind (?:repeating|saying) {_THAT}(?: {_MORE})?",
            r"(?:what was the question|come again|pardon|pardon me|sorry|what did you say|say again"
            r"|what was that|say that again|what|once more|one more time|i missed (?:that|it)"
            r"|i (?:didn't|did not|couldn't) (?:quite )?(?:catch|hear) (?:that|it|you"
            r"|the question))",
        ),
    ),
    (
        "rephrase",
        (
            rf"{_MODAL}(?:(?:rephrase|reword)(?: {_THAT})?|(?:put|say|ask) {_THAT} {_OTHERWISE}"
            rf"|(?:clarify|explain) (?:{_THAT}|what you mean(?: by that)?|what you're asking)"
            rf"|make {_THAT} (?:clearer|simpler))",
            r"(?:what do you mean(?: by that)?|in other words|what (?:exactly )?are you asking"
            r"|i (?:don't|didn't|do not|did not) (?:quite |really )?(?:understand|follow|get)"
            r"(?: (?:that|it|you|the question|what you mean|what you're asking))?"
            r"|i'm (?:a bit |a little )?confused"
            r"|i'm not sure (?:i (?:understand|follow|get)(?: (?:that|it|you|the question))?"
            r"|what you mean|what you're asking(?: for)?))",
        ),
    ),
    (
        "hint",
        (
            rf"{_MODAL}(?:give|offer) (?:me|us) {_SOME} {_HELP}",
            rf"(?:{_MODAL}|i could )?(?:have|get|use|take|need|want) {_SOME} {_HELP}",
            rf"i (?:need|want|could use|could do with) {_SOME} (?:{_HELP}|help)",
            rf"(?:{_SOME} )?{_HELP}(?: would (?:help|be (?:good|nice|great|helpful)))?",
            rf"do you have {_SOME} {_HELP}",
            r"(?:(?:i'm|i am) (?:completely |totally |a bit |really )?stuck"
            rf"|{_MODAL}(?:help(?: (?:me|us))?(?: out)?|nudge me|give me (?:a little|some) help"
            r"|point me in the right direction))",
            r"i (?:don't|do not) know (?:where|how) to (?:start|begin)",
        ),
    ),
    (
        "next",
        (
            rf"{_MODAL}(?:move on(?: to (?:something else|the next {_PART}))?"
            rf"|(?:go|go on|continue|proceed|move|skip|jump|carry on)(?: ahead)? (?:to|with)"
            rf" the next {_PART}|skip (?:this|that|it|ahead|this {_PART}))",
            rf"(?:(?:the )?next {_PART}|next(?= please)|pass|(?:i'm |i am |we're )?"
            rf"(?:done|finished) with this {_PART}|(?:i'm |i am |we're )?ready to move on)",
        ),
    ),
    (
        "pause",
        (
            rf"{_MODAL}(?:pause(?: (?:this|it|the (?:interview|clock|session)))?"
            rf"|take (?:a |an )?{_BREAK}|take five|have (?:a )?{_BREAK}"
            r"|stop the clock|hold (?:the interview)|stop(?= for (?:a|one) (?:moment|minute|second"
            r"|bit)))",
            rf"i (?:need|want|could use) (?:a )?{_BREAK}",
            rf"(?:time out|(?:a )?{_BREAK}(?= please))",
        ),
    ),
    (
        "resume",
        (
            rf"(?:you can |{_MODAL})(?:resume(?: (?:this|it|the interview))?|continue|carry on"
            r"|go on|keep going|unpause|pick (?:it |this )?up again|get back to it|go(?! to))",
            r"(?:(?:i'm|i am) (?:back|ready)|ready(?: when you are)?|back)",
        ),
    ),
    (
        "extend",
        (
            rf"{_MODAL}(?:have |get |give (?:me |us )|take |add |spend |use )?"
            r"(?:(?:some|a bit|a little|a few|a couple of|an|one|two|three|five|ten|any) )?"
            r"(?:more time|more minutes|extra (?:time|minutes?)|(?:minutes? )more(?: minutes?)?)",
            r"(?:i|we) (?:need|want|could use|(?:would|'d) like) (?:(?:some|a bit|a little|a few"
            r"|a couple of|two|five) )?(?:more time|more minutes|extra time|longer)",
            r"i'd like (?:(?:some|a bit|a little) )?more time",
            rf"{_MODAL}(?:give (?:me|us) |have |get |add )?(?:a few|two|three|five|ten|a couple of)"
            r" (?:more )?minutes(?: more)?(?<!^two minutes)",
            rf"{_MODAL}(?:stay|be|remain|keep) (?:on|with|in) (?:this|that|here)"
            r"(?: part| question)?(?: (?:a bit|a little|some))? longer",
            rf"{_MODAL}extend (?:this|it|the (?:part|section|time))(?: part| section| one)?"
            r"(?: by (?:a few|a couple of|one|two|three|five|ten) minutes?)?",
            rf"{_MODAL}spend (?:(?:a bit|a little|some) )?(?:longer|more time)",
            r"is there (?:any |some )?(?:more|extra) time",
            r"(?:some |a bit |a little )?(?:more|extra) time",
        ),
    ),
    (
        "end",
        (
            rf"{_MODAL}(?:(?:end|stop|finish|quit|wrap up|conclude) (?:it|this|the interview)"
            r"|(?:end|stop)(?= here)|finish(?= (?:here|now))|quit|call it a day|wrap (?:it|this) up"
            r"|leave it(?= (?:here|there)))",
            r"(?:i'm|i am|we're) (?:done|finished) with the interview",
        ),
    ),
)
_COMPILED = tuple(
    (wish, re.compile(f"^{_LEAD}(?:{pattern}){_TAIL}$"))
    for wish, patterns in _PATTERNS
    for pattern in patterns
)
# A hint, and then on what.
_HINT_ON = re.compile(
    rf"^{_LEAD}{_MODAL}(?:(?:give|offer) (?:me|us)|have|get|use) {_SOME} {_HELP}"
    r"(?: (?:what|on|for|about|as to|where|how|which)(?: [\w']+){1,10})$"
)
LONGEST_WISH_WORDS = 16


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


def last_wish(text: str) -> Wish | None:
    """ "hint" when `text` ends with a sentence that asks for one, whatever came before it. No other
    wish is read so: a part of an answer may sound like it."""
    parts = sentences(text)
    ends = parts[-1] if parts else ""
    return "hint" if recognise(ends) == "hint" or _HINT_ON.match(normal(ends)) else None
