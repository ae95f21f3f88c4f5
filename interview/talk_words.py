"""A wish in a wording nobody thought of: a short turn with no word in it but those in which people
talk about the talk itself. An answer names something of its subject sooner or later."""

from __future__ import annotations

import re
from typing import Literal

# An end and staying are never read so.
Talked = Literal["rephrase", "repeat", "hint", "extend", "pause", "next"]

MOST_WORDS = 18
WORDS = frozenset(
    """
a about actually add again ahead all already an and another answer any anything anywhere apologies
are as ask asked asking at attention away be because been before begin being better bit break but
by call can can't catch clarify clear clearer clue clues confused connection could couldn't couple
cut did didn't died different differently direction distracted do does doesn't doing don't done
door down dropped each else end english even exactly example explain extra few first five
following for from get getting give giving go going good got guidance had half hang has have
haven't having headphones hear heard help here here's hint hints hold how i i'd i'll i'm i've idea
if in internet interview is isn't it it's just keep kind know last later leave let let's like
listening little longer lost loud louder made make makes maybe me mean meant might mind minute
minutes missed moment more move much muted my myself need new next no noise noisy not nothing now
nudge of off on once one ones only or other our out outside over part pause paying phone phrase
plain please point pointer possible put putting question quick quickly quite ready really repeat
repeating rephrase rephrasing reword right ringing running said same say saying sec second section
sense short should show simple simpler skip slower slowly so some something somewhere sorry spend
start started starting stay step stepping still stuck sure take talk tell ten terms than thank
thanks that that's the then there there's thing things think this time to topic total totally
trouble try trying two um unclear understand understanding understood until up us use used very
wait want was wasn't way we we'd we'll we're were what what's when where whether which while will
with word words would yes yet you you're your
    """.split()  # noqa: SIM905
)
# Said to somebody, or of oneself and what one needs.
_ADDRESSED = re.compile(
    r"\b(?:(?:can|could|would|will|may|might|should|shall) (?:you|i|we)"
    r"|way you (?:can|could)|please|let's|let us"
    r"|i (?:might |would |could |may |really |still |do |will )*(?:need|want|could use)|i'd (?:like"
    r"|love|say we|prefer)|i'll need|(?:we|i)(?:'re|'m| am| are) going to need|we (?:might |would"
    r"|do |will |'ll )*need|give me|tell me|next (?:question|one|part|section)$)\b"
)
_STATES = re.compile(r"\b(?:i|i'm|i've|you|your|that|the question)\b")
# In the order in which they are taken where several fit.
_ABOUT: tuple[tuple[Talked, re.Pattern[str], bool], ...] = (
    (
        "rephrase",
        re.compile(
            r"\b(?:rephras|reword)\w*|\b(?:put|putting|say|saying|ask|asking|explain|word)\b.*"
            r"\b(?:different(?:ly)?|other words|simple|simpler|clearer|plain|another way)\b"
            r"|\b(?:question|that|it)\b.*\b(?:clearer|simpler)\b"
            r"|\banother way\b.*\b(?:say|ask|put)\b"
            r"|\b(?:explain|clarify)\b.*\b(?:question|mean|asking|want)\b"
        ),
        True,
    ),
    (
        "rephrase",
        re.compile(
            r"\b(?:don't|didn't|not sure|no idea|can't)\b.*\b(?:what you mean|what you meant"
            r"|what you're asking|what you want|what you asked|understand (?:you|the question|it"
            r"|that)|the question (?:is|means))\b"
            r"|\btrouble understanding\b|\bwhat (?:is|was) meant by (?:that|it|the question)\b"
            r"|\bquestion (?:is|was)(?: \w+)? (?:unclear|confusing)|\bquestion isn't(?: \w+)? clear"
        ),
        False,
    ),
    (
        "repeat",
        re.compile(
            r"\brepeat(?:ing)?\b"
            r"|\b(?:say|ask|hear|tell me)\b.*\b(?:again|once more|one more time)\b"
            r"|\bquestion\b.*\b(?:again|once more|one more time)$"
            r"|^(?:(?:oh|sorry|i was muted|i wasn't listening|so) )*what did you (?:ask|say)"
        ),
        True,
    ),
    (
        "hint",
        re.compile(
            r"\b(?:hint|clue|nudge|guidance)s?\b|\b(?:some|any|a) pointers?\b"
            r"|\b(?:you|please) help\b"
            r"|\bpoint me (?:somewhere|anywhere)\b|\bget (?:me )?started\b"
            r"|\bhelp (?:me|us|please)\b|\b(?:some|any|little|bit of|need) (?:more )?help\b"
            r"|\b(?:some|any|little|right) direction\b|\bwhere (?:to|i should|should i) (?:start"
            r"|begin)\b"
        ),
        True,
    ),
    (
        "extend",
        re.compile(
            r"\b(?:more|extra) (?:time|minutes)\b|\blonger\b.*\b(?:on|here|this|part|question)\b"
            r"|\b(?:on|here|this|part|question)\b.*\blonger\b"
        ),
        True,
    ),
    ("pause", re.compile(r"\b(?:break|pause|step away|step out)\b"), True),
    (
        "next",
        re.compile(
            r"\bnext (?:question|part|section|topic|one|thing)\b|\bmove on\b"
            r"|\bskip (?:this|that|it)\b|\b(?:something|question) (?:else|new)\b"
            r"|\b(?:another|a different|a new) question\b|\bdo another(?: one)?\b"
        ),
        True,
    ),
)
_DENIED = re.compile(
    r"\b(?:not|don't|doesn't|isn't|never|without|no need|wouldn't|before|if|when|until"
    r"|(?:i|we)'d(?! (?:like|love|prefer|rather|say we)))\b"
)


def talked_of(said: str) -> Talked | None:
    """What `said`, in lower-case words, asks for where all of it is talk about the talk."""
    words = said.split()
    if not 2 < len(words) <= MOST_WORDS or not WORDS.issuperset(words):
        return None
    for wish, pattern, asks in _ABOUT:
        found = pattern.search(said)
        if not found:
            continue
        before = said[: found.start()]
        plain = (_ADDRESSED if asks else _STATES).search(said)
        if plain and asks and plain.start() > found.start() and not said.endswith("please"):
            continue
        near = " ".join(before.split()[-4:])
        if plain and not (asks and _DENIED.search(near)):
            return wish
    return None
