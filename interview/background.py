"""What the candidate said of themself in the beginning: experience, the role they are after, and
what they want from today. Everything is in their own words; what they did not say is None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interview.conversation import Conversation
from interview.language import normal, sentences, words_of
from interview.quoting import NEVER_LAST
from interview.scenario import Question, Scenario

LONGEST_WORDS = 9

_ROLE_NOUN = (
    r"(?:engineer|scientist|researcher|developer|lead|manager|architect|role|position|job|post)"
)
_WANTED = re.compile(
    r"(?:\b(?:i'm|i am) after|\b(?:look(?:ing)?|apply(?:ing)?|applied|interview(?:ing)?"
    r"|prepar(?:e|ing)|practi[sc](?:e|ing)"
    r"|aim(?:ing)?|hop(?:e|ing)|going|getting ready|ready|after|target(?:ing)?|training|want"
    r"|would like|i'd like|next step|next move|dream|move|moving|grow(?:ing)?|switch(?:ing)?"
    r"|become|goal)\b[^.?!;]*?\b(?:for|after|is|be|become|into|to|at|as|want|target|targeting))\s+"
    r"(?P<x>(?!(?:be|become|becoming|get|work|move|join)\b)(?:(?:a|an|the|some)\s+)?"
    rf"(?:[\w'+/-]+\s+){{0,6}}?{_ROLE_NOUN}s?(?:\s+{_ROLE_NOUN}s?)?)\b",
    re.IGNORECASE,
)
_BARE_ROLE = re.compile(
    r"^(?:(?:um|uh|well|so|probably|mostly|mainly|maybe|for|it's|that's|that would be|i think)\s+)*"
    rf"(?P<x>(?:(?:a|an|the)\s+)?(?:[\w'+/-]+\s+){{0,5}}?{_ROLE_NOUN}s?(?:\s+{_ROLE_NOUN}s?)?)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:(?:i'd|i would|i) (?:really |also |just )?(?:like|love|want|hope|need|wish) to"
    r"|i'm (?:hoping|trying|here|looking) to|my (?:goal|aim|wish)(?: for today| today)? is to"
    r"|it should help me(?: to)?|help me(?: to)?)\s+"
    r"(?P<x>(?:get better|get faster|become better|be better|improve|practi[sc]e|work on|sharpen"
    r"|learn|focus on|train|rehearse|get more|get used|understand|prepare|structure|explain"
    r"|talk through|be more|feel more|find out|see where|go deeper|get feedback)\b[^.?!;,]*)",
    re.IGNORECASE,
)
_WEAKNESS = re.compile(
    r"\b(?:i|i'm|i am) (?:usually |often |always |sometimes |still |mostly |really )*"
    r"(?P<x>(?:struggle|struggling|weak|not good|bad|get lost|getting lost|slow|nervous|unsure)"
    r"\s+(?:with|at|in|on|about|when)\b[^.?!;,]*)",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\b(?:i|we)(?:'ve| have|'m| am)? (?:also |mostly |mainly |recently |once |just )?"
    r"(?P<verb>worked on|work on|been working on|working on|built|build|designed|led|lead|trained"
    r"|shipped|launched|owned|own|maintained|maintain|wrote|developed|created|ran|run)\s+"
    r"(?P<x>[^.?!;,]+)",
    re.IGNORECASE,
)
_SAID_AS = {
    "work on": "work on",
    "been working on": "have been working on",
    "working on": "are working on",
}
_CUT = re.compile(
    r"\s+(?:because|so that|so|but|and (?:i|we|it|then|my)|which|since|where|while|although|when i"
    r"|if|for (?:about |over |almost |nearly )?(?:\w+ )?(?:years?|months?)|at the moment|right now"
    r"|today|in this|here|please|that (?:i|we|was|is|had)|with (?:my|about)|over the|until)\b.*$",
    re.IGNORECASE,
)
_FIRST_PERSON = frozenset("i i'm i'd i've i'll me mine myself we us ours".split())  # noqa: SIM905
_YOURS = re.compile(r"\b(?:my|our)\b", re.IGNORECASE)
_NOTHING = frozenset({"it", "that", "this", "them", "things", "stuff", "something", "everything"})
_ASKS_ROLE = re.compile(r"\b(?:role|position|job|post|seat)s?\b|\bpreparing for\b", re.IGNORECASE)
_ASKS_GOAL = re.compile(
    r"\b(?:get better|do better (?:by|next)|more at ease|surer|get stuck|practi[sc]e"
    r"|sharpen|work on today|get out of|take away|from today|improve"
    r"|find hardest|hardest to explain|hope for|want from|leave with|goal for|struggle)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """`words`: the candidate's, verbatim. `told`: the same after "you" or "you're after"."""

    words: str
    told: str


@dataclass(frozen=True, slots=True)
class Background:
    experience: Said | None = None
    role: Said | None = None
    goal: Said | None = None


def asks_for_role(question: Question) -> bool:
    """True when an authored question asks which role the candidate is after."""
    return bool(_ASKS_ROLE.search(question.ask) and re.search(r"\byou", question.ask))


def asks_for_goal(question: Question) -> bool:
    return bool(_ASKS_GOAL.search(question.ask))


def background(scenario: Scenario, talk: Conversation) -> Background:
    """Read from what was said in the first segment; later words on it replace earlier ones."""
    first = scenario.segments[0]
    said = tuple(item.text for item in talk.candidate if item.segment == first.id)
    roles = [q.id for q in first.questions if asks_for_role(q)]
    answers = tuple(item.text for id_ in roles for item in talk.answers_to(id_))
    return _read(said, answers)


@lru_cache(maxsize=256)
def _read(said: tuple[str, ...], role_answers: tuple[str, ...]) -> Background:
    experience = role = goal = None
    for text in said:
        for sentence in sentences(text):
            if sentence.endswith("?"):
                continue
            goal = _goal(sentence) or goal
            role = _role(sentence, _WANTED) or role
            experience = experience or _experience(sentence)
    if role is None:
        bare = (
            _role(sentence, _BARE_ROLE) for text in role_answers for sentence in sentences(text)
        )
        role = next((found for found in bare if found), None)
    return Background(experience, role, goal)


def _trimmed(words: str) -> str | None:
    """As much of `words` as can be said back to the candidate; None when nothing can."""
    kept = _CUT.sub("", words.strip()).split()[:LONGEST_WORDS]
    while kept and kept[-1].lower() in NEVER_LAST:
        kept.pop()
    if len(kept) < 1 or _FIRST_PERSON & set(words_of(" ".join(kept))):
        return None
    return " ".join(kept)


def _role(sentence: str, pattern: re.Pattern[str]) -> Said | None:
    found = pattern.search(sentence)
    words = _trimmed(found.group("x")) if found else None
    if words is None or len(words.split()) < 2 or _YOURS.search(words):
        return None
    first = normal(words).split()[0]
    if first in {"a", "an", "the", "some"} or words.lower().endswith("s"):
        return Said(words, words[:1].lower() + words[1:])
    return Said(words, f"{'an' if first[0] in 'aeiou' else 'a'} {words[:1].lower()}{words[1:]}")


def _goal(sentence: str) -> Said | None:
    for pattern, lead in ((_WISH, "you'd like to"), (_WEAKNESS, "")):
        found = pattern.search(sentence)
        words = _trimmed(found.group("x")) if found else None
        if words is None or len(words.split()) < 2:
            continue
        if not lead:
            lead = "you" if words.lower().startswith(("struggle ", "get ")) else "you're"
        return Said(words, f"{lead} {_YOURS.sub('your', words)}")
    return None


def _experience(sentence: str) -> Said | None:
    found = _DID.search(sentence)
    words = _trimmed(found.group("x")) if found else None
    if not found or words is None or words.split()[0].lower() in _NOTHING:
        return None
    verb = found.group("verb").lower()
    return Said(words, f"you {_SAID_AS.get(verb, verb)} {_YOURS.sub('your', words)}")
